"""Bodies as HTML: what Markdown means, nothing that runs, in bounded time."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.site.links import ROOT
from plainwork.site.markdown import MOST_BYTES, render_markdown

ALLOWED = {
    *("p", "em", "strong", "del", "ul", "ol", "li", "blockquote", "br", "hr", "a", "span", "div"),
    *("table", "thead", "tbody", "tr", "th", "td", "code", "pre", "h3", "h4", "h5", "h6"),
}
ATTRIBUTES = {
    *("href", "rel", "class", "id", "start", "role", "aria-label", "tabindex"),
}


def find_work(id_: str) -> str:
    return f"work/{id_}.html" if id_ in ("ops-7k3q9", "close.2026-05-31", "aria-label") else ""


def html(text: str) -> str:
    return render_markdown(text, find_work).html.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# One", '<h3 id="text-one">One</h3>', id="headings-below-the-page's"),
        pytest.param(
            "###### Six", '<h3 id="text-six">Six</h3>', id="the-first-heading-is-no-deeper"
        ),
        pytest.param(
            "    code",
            '<pre tabindex="0"><code>code\n</code></pre>',
            id="code-is-scrolled-with-the-keyboard",
        ),
        pytest.param(
            "## A\n#### B\n### C\n# D",
            '<h3 id="text-a">A</h3>\n<h4 id="text-b">B</h4>\n'
            '<h4 id="text-c">C</h4>\n<h3 id="text-d">D</h3>',
            id="no-level-is-left-out",
        ),
        pytest.param(
            "# A\n## B\n### C\n#### D\n##### E",
            '<h3 id="text-a">A</h3>\n<h4 id="text-b">B</h4>\n<h5 id="text-c">C</h5>\n'
            '<h6 id="text-d">D</h6>\n<h6 id="text-e">E</h6>',
            id="no-heading-below-six",
        ),
        pytest.param(
            "# A\n# a",
            '<h3 id="text-a">A</h3>\n<h3 id="text-a--2">a</h3>',
            id="ids-are-unique",
        ),
        pytest.param("# 漢字", '<h3 id="text-part">漢字</h3>', id="a-heading-without-letters"),
        pytest.param(
            "- [ ] a\n- [x] b",
            '<ul>\n<li><span class="box" role="img" aria-label="to do">☐</span> a</li>\n'
            '<li><span class="box" role="img" aria-label="done">☑</span> b</li>\n</ul>',
            id="boxes-have-labels",
        ),
        pytest.param("a  \nb", "<p>a<br>\nb</p>", id="a-break"),
        pytest.param("---", "<hr>", id="a-rule"),
        pytest.param("3. x", '<ol start="3">\n<li>x</li>\n</ol>', id="where-a-list-starts"),
        pytest.param("`ops-7k3q9`", "<p><code>ops-7k3q9</code></p>", id="code-mentions-nothing"),
        pytest.param(
            "See ops-7k3q9.",
            f'<p>See <a href="{ROOT}work/ops-7k3q9.html">ops-7k3q9</a>.</p>',
            id="a-mention",
        ),
        pytest.param(
            "OPS-7K3Q9 (ops-7k3q9)",
            f'<p><a href="{ROOT}work/ops-7k3q9.html">OPS-7K3Q9</a>'
            f' (<a href="{ROOT}work/ops-7k3q9.html">ops-7k3q9</a>)</p>',
            id="a-mention-in-any-case",
        ),
        pytest.param(
            "close.2026-05-31",
            f'<p><a href="{ROOT}work/close.2026-05-31.html">close.2026-05-31</a></p>',
            id="what-a-routine-made",
        ),
        pytest.param("x/ops-7k3q9 no-such", "<p>x/ops-7k3q9 no-such</p>", id="no-mention"),
        pytest.param(
            "[ops-7k3q9](https://a.example)",
            '<p><a href="https://a.example" rel="noreferrer">ops-7k3q9</a></p>',
            id="no-link-in-a-link",
        ),
        pytest.param(
            "Go to https://a.example/x?y=1&z, now",
            '<p>Go to <a href="https://a.example/x?y=1&amp;z" rel="noreferrer">'
            "https://a.example/x?y=1&amp;z</a>, now</p>",
            id="an-address",
        ),
        pytest.param("[x](../a.md)", '<p><span class="no-link">x</span></p>', id="a-file"),
        pytest.param(
            "![a picture](https://a.example/p.png)",
            '<p><a href="https://a.example/p.png" rel="noreferrer">a picture</a></p>',
            id="a-picture-is-a-link",
        ),
        pytest.param("![a](p.png)", "<p>a</p>", id="a-picture-of-ours-is-its-words"),
        pytest.param("a <!-- b --> c", "<p>a  c</p>", id="comments-are-not-shown"),
        pytest.param("`<!-- b -->`", "<p><code>&lt;!-- b --&gt;</code></p>", id="but-in-code"),
        pytest.param("<!-- open", "&lt;!-- open", id="a-comment-without-an-end"),
        pytest.param(
            "<b onclick='x'>a</b>", "<p>&lt;b onclick='x'&gt;a&lt;/b&gt;</p>", id="raw-html"
        ),
        pytest.param("a\u202eb", "<p>a\\u202eb</p>", id="a-character-that-turns-the-direction"),
    ],
)
def test_what_markdown_means(text: str, expected: str) -> None:
    assert html(text) == expected


def test_a_table() -> None:
    found = html("| a | b |\n|:-:|---|\n| 1 | 2 |")
    assert '<th class="center">a</th>' in found
    assert "<td>2</td>" in found
    assert found.startswith('<div class="wide" tabindex="0"><table>')


def test_boxes_are_counted_below_their_headings() -> None:
    found = render_markdown("- [x] a\n# B <i>\n- [ ] b\n- [x] c\n# D\n", find_work)
    assert [(each.heading, each.ticked, each.boxes) for each in found.boxes] == [
        ("", 1, 1),
        ("B <i>", 1, 2),
    ]


def test_mentions_are_told_whether_or_not_they_lead_anywhere() -> None:
    found = render_markdown("ops-7k3q9 and no-such and `in-code`", find_work)
    assert found.mentions == {"ops-7k3q9": "work/ops-7k3q9.html", "no-such": ""}


def test_nothing_of_ours_is_a_mention() -> None:
    assert render_markdown("- [ ] a\n\n| a |\n|---|\n", find_work).mentions == {}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _is_inert(found: str) -> bool:
    tags = _Tags()
    tags.feed(found)
    for tag, attributes in tags.found:
        address = attributes.get("href") or "https:"
        if tag not in ALLOWED or not attributes.keys() <= ATTRIBUTES:
            return False
        if not address.startswith(("https:", "http:", "mailto:", ROOT)):
            return False
    return "<!--" not in found


PROBES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](data:text/html,<script>)",
    "[x](//evil.example)",
    "[x](vbscript:x)",
    "![x](javascript:alert(1))",
    '![x"onerror="alert(1)](https://a.example)',
    "[x](https://a.example \"'onclick='x\")",
    '<https://a.example/"onclick=x>',
    "<javascript:alert(1)>",
    '```js" onclick="x\n<script>\n```',
    "<a href='javascript:x'>y</a>",
    "[x]: javascript:alert(1)\n\n[x]",
    'https://a.example/"><script>x</script>',
    "https://a.example/'onmouseover='x",
    "# <script>alert(1)</script>",
    "| <script> |\n|---|\n| [x](javascript:x) |",
    "{{ 7 * 7 }} {% include 'x' %}",
    "<svg/onload=alert(1)>",
    "<!--><script>x</script>-->",
    "<style>*{}</style>",
    "\x01\x00\x1b",
]


@pytest.mark.parametrize("text", PROBES)
def test_nothing_runs(text: str) -> None:
    assert _is_inert(html(text))


@given(st.lists(st.sampled_from([*PROBES, "*", "_", "`", "\n\n", "> ", "- ", "|", "<", "]("])))
def test_nothing_runs_however_it_is_mixed(parts: list[str]) -> None:
    assert _is_inert(html("".join(parts)))


@given(st.text())
def test_any_text_is_inert(text: str) -> None:
    assert _is_inert(html(text))


MIB = 1 << 20


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("> " * (MIB // 4), id="quotations-in-quotations"),
        pytest.param("\n".join(f"{'  ' * depth}- a" for depth in range(700)), id="lists-in-lists"),
        pytest.param("|a" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + "|a\n" * 1_000, id="short-rows"),
        pytest.param("<!-- " * (MIB // 20), id="comments-without-an-end"),
        pytest.param("a@b.c " * (MIB // 20), id="addresses"),
        pytest.param("a-" * (MIB // 10), id="one-long-word"),
        pytest.param("- " * (MIB // 10), id="marks"),
        pytest.param("x-y " * (MIB // 20), id="words-with-hyphens"),
        pytest.param("https://" * (MIB // 40), id="one-long-address"),
        pytest.param("[" * (MIB // 10), id="brackets"),
        pytest.param("a" * MIB, id="the-largest-body"),
    ],
)
def test_the_answer_is_bounded(text: str) -> None:
    """What is too much is shown as it is written."""
    found = html(text)
    assert len(found) < 12 * len(text)
    assert _deepest(found) <= 130


def test_2000_columns_are_a_table() -> None:
    row = "|a" * 2_000 + "|\n"
    assert html(row + "|-" * 2_000 + "|\n" + row * 3).count("<td>") == 6_000


def test_what_is_longer_than_the_limit_is_text() -> None:
    assert html("*a* " * (MOST_BYTES // 4 + 1)).startswith('<pre class="plain">')
    assert html("*a* " * 100).startswith("<p>")


def _deepest(found: str) -> int:
    depth = deepest = 0
    for slash in re.findall(r"<(/?)(?:ul|ol|li|blockquote|div|table|p)[ >]", found):
        depth += -1 if slash else 1
        deepest = max(deepest, depth)
    return deepest
