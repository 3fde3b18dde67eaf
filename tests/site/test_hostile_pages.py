"""Whatever people write, pages show it as text: nothing runs, leads astray or turns around."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from support.git import commit_files, make_repository
from support.hostile import TITLES, hostile_files
from support.site import build, read_site

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MARKUP = "<b onclick=alert(1)>bold</b>"
_LINKED = f"""\
---
title: Linked
workflow: task
status: todo
owner: ada
blocked: "{_MARKUP} `<i>` see of-link"
labels: ["{_MARKUP}"]
attachments: ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>"]
links: {{relates: ["javascript:alert(1)", link]}}
x-page: "javascript:alert(1)"
---
{_MARKUP} [a](javascript:alert(1)) <script>alert(1)</script>
"""


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    folder: Path = tmp_path_factory.mktemp("hostile-pages")
    root = make_repository({}, folder / "ws")
    files = {**hostile_files(), "work/linked.md": _LINKED}
    commit_files(files, root, f"\u202e{_MARKUP}")
    build(root, folder / "site")
    found = read_site(folder / "site").items()
    return {address: data.decode() for address, data in found if address.endswith(".html")}


def _tags(pages: Mapping[str, str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    for address, html in pages.items():
        for tag, attributes in _Tags(html).found:
            yield address, tag, attributes


def test_nothing_runs(pages: Mapping[str, str]) -> None:
    for address, tag, attributes in _tags(pages):
        assert tag not in {"iframe", "object"}, address
        assert tag != "img" or re.match(r"(\.\./)?badges/", attributes.get("src", "")), address
        assert tag != "script" or "assets/" in attributes.get("src", ""), address
        assert not [name for name in attributes if name.startswith("on")], address


def test_no_link_leads_to_a_script_or_to_data(pages: Mapping[str, str]) -> None:
    schemes = {
        attributes["href"].partition(":")[0].lower()
        for _, _, attributes in _tags(pages)
        if ":" in attributes.get("href", "")
    }
    assert schemes <= {"http", "https", "mailto"}


def test_nothing_turns_the_direction_of_reading(pages: Mapping[str, str]) -> None:
    assert [address for address, html in pages.items() if _TURNS & set(html)] == []


def test_templates_in_titles_are_not_rendered(pages: Mapping[str, str]) -> None:
    assert TITLES["template"] in pages["work/template.html"]


def test_what_was_written_is_still_to_be_read(pages: Mapping[str, str]) -> None:
    shown = pages["work/linked.html"]
    assert "&lt;b onclick=alert(1)&gt;bold&lt;/b&gt;" in shown
    assert "<code>&lt;i&gt;</code>" not in shown  # a reason is text as it is
    assert "javascript:alert(1)" in shown


def test_only_its_own_page_shows_all_of_a_long_title(pages: Mapping[str, str]) -> None:
    own = {"work/long.html", "project/of-long.html"}
    full = {address for address, html in pages.items() if TITLES["long"] in html}
    assert full == own
    assert {address for address in pages.keys() - own if len(pages[address]) > 100_000} == set()
