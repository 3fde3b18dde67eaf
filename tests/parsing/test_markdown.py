import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.parsing.markdown import parse_checklists, parse_sections, parse_template

MEBIBYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("", {}, id="empty"),
        pytest.param("## A\n- [ ] x\n- [x] y\n* [X] z\n+ [ ]\n", {"A": (2, 4)}, id="bullets"),
        pytest.param("# A\n1. [x] x\n2) [ ] y\n", {"A": (1, 2)}, id="numbers"),
        pytest.param("# A\n- [ ] x\n  - [x] y\n    1. [x] z\n", {"A": (2, 3)}, id="nested"),
        pytest.param("# A\n- - [x] y\n", {"A": (1, 1)}, id="nested-on-one-line"),
        pytest.param("# A #\n\n#\n\n- [x] y\n", {"A": (0, 0), "": (1, 1)}, id="no-text"),
        pytest.param("- [ ] x\n# A\n", {"A": (0, 0)}, id="above-all-headings"),
        pytest.param("# A\n## B\n- [ ] x\n# C\n", {"A": (0, 1), "B": (0, 1), "C": (0, 0)}, id="in"),
        pytest.param("# A\n- [x] x\n# A\n- [ ] y\n", {"A": (1, 2)}, id="same-name"),
        pytest.param("# A\r\n- [x] x\r\n- [ ] y\r\n", {"A": (1, 2)}, id="crlf"),
        pytest.param("# A\n```\n- [ ] x\n# B\n```\n- [x] y\n", {"A": (1, 1)}, id="fence"),
        pytest.param("# A\n~~~~ md\n- [ ] x\n~~~\n```\n~~~~~\n", {"A": (0, 0)}, id="longer-fence"),
        pytest.param("# A\n```\n- [ ] x\n", {"A": (0, 0)}, id="open-fence"),
        pytest.param("# A\n- x\n  ```\n  # B\n- [x] y\n", {"A": (1, 1)}, id="fence-in-item"),
        pytest.param(
            "# A\n<!--\n- [ ] x\n# B\n--> - [ ] y\n- [x] z\n", {"A": (1, 1)}, id="comment"
        ),
        pytest.param("# A\n<!-- x -->\n- [x] z\n", {"A": (1, 1)}, id="comment-of-one-line"),
        pytest.param("# A\ntext <!--\n- [ ] x\n", {"A": (0, 1)}, id="comment-in-text-ends-there"),
        pytest.param("# A\n\n    - [ ] x\n    # B\n", {"A": (0, 0)}, id="indented-code"),
        pytest.param("# A\n- [ ]x\n- [] x\n- x [ ] y\n[ ] x\n", {"A": (0, 0)}, id="no-boxes"),
        pytest.param("#A\n####### B\n- [ ] x\n", {}, id="no-headings"),
        pytest.param("# A\ntext\n2. [ ] x\n", {"A": (0, 0)}, id="number-inside-a-paragraph"),
        pytest.param("# A\n- x\ny\n  - [ ] z\n", {"A": (0, 1)}, id="lazy-line"),
        pytest.param("# A ## B ##\n## C#\n", {"A ## B": (0, 0), "C#": (0, 0)}, id="closing-signs"),
        pytest.param("# A\n\t- [ ] x\n- y\n\t- [x] z\n", {"A": (1, 1)}, id="tabs"),
    ],
)
def test_checklists(body: str, expected: dict[str, tuple[int, int]]) -> None:
    assert parse_checklists(body) == expected


def test_a_section_holds_the_lower_ones() -> None:
    body = "Above.\n# A\na\n### B\nb\n## C\nc\n# D"
    found = [(s.level, s.heading, s.text) for s in parse_sections(body)]
    assert found == [
        (1, "A", "a\n### B\nb\n## C\nc\n"),
        (3, "B", "b\n"),
        (2, "C", "c\n"),
        (1, "D", ""),
    ]


@pytest.mark.parametrize(
    ("body", "template"),
    [
        pytest.param(
            "Prose.\n\n## Template\n\n### A\n\n- [ ] x\n\n", "### A\n\n- [ ] x\n", id="part"
        ),
        pytest.param("## Template\n  x\n## After\ny\n", "  x\n", id="ends-at-the-next"),
        pytest.param("Prose.\n", "", id="none"),
        pytest.param("## Template\n\n", "", id="empty"),
        pytest.param("# Template\n\nx\n", "", id="another-level"),
    ],
)
def test_the_template_of_a_workflow(body: str, template: str) -> None:
    assert parse_template(body) == template


@pytest.mark.parametrize(
    "piece",
    [
        *("[", "#", "`", "~", "- ", "* [", "<!--", "# ", "\t", "# #", "1. ", "####### ", "`` "),
        *("- [ ] x\n", "#\n", "```\n", "<!--\n", "- a\n b\n", "\r"),
        pytest.param("- " * 400 + "\nx\n", id="deep-lists"),
    ],
)
def test_no_body_is_too_hard(piece: str) -> None:
    body = "# A\n" + piece * (MEBIBYTE // len(piece))
    assert "A" in parse_checklists(body)


pieces = st.sampled_from(["# A", "## B", "- [ ] x", "- [x] y", "```", "<!--", "-->", "text", ""])
indents = st.sampled_from(["", "  ", "    ", "\t"])


@given(st.lists(st.tuples(indents, pieces).map("".join)).map("\n".join))
def test_sections_are_parts_of_the_body(body: str) -> None:
    for section in parse_sections(body):
        assert section.text in body
        assert 0 <= section.ticked <= section.boxes <= body.count("[")


@given(st.text())
def test_every_text_is_a_body(body: str) -> None:
    assert set(parse_checklists(body)) == {section.heading for section in parse_sections(body)}
