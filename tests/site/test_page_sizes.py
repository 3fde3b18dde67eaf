"""No page is large, however much work there is: whoever opens it on a phone does not wait."""

import re
from pathlib import Path

import pytest

from plainwork.cli.app import run
from support.broad import many_rules, write_broad_workspace
from support.git import make_repository
from support.site import TODAY, build

MOST = 100_000
"""Bytes of a page before compression, a work's own text left out, of which there is none here."""


@pytest.mark.parametrize("make", ["demo", "broad"])
def test_no_page_is_large(make: str, tmp_path: Path) -> None:
    if make == "demo":
        assert run(["demo", str(tmp_path / "ws"), "--today", TODAY.isoformat()]) == 0
    else:
        write_broad_workspace(tmp_path / "ws", 1_000, TODAY)
    build(tmp_path / "ws", tmp_path / "site")
    sizes = {
        page.relative_to(tmp_path / "site").as_posix(): page.stat().st_size
        for page in (tmp_path / "site").rglob("*.html")
    }
    assert len(sizes) > 250
    assert _too_large(sizes) == {}


def test_no_list_of_rules_or_parties_is_large(tmp_path: Path) -> None:
    build(make_repository(many_rules(), tmp_path / "ws"), tmp_path / "site")
    pages = {page.name: page.read_bytes() for page in (tmp_path / "site").glob("*.html")}
    assert _too_large({name: len(text) for name, text in pages.items()}) == {}
    rows = re.compile(rb'<th scope="row"><a href="(?:person|team|agent|policy|workflow)/([^"]+)')
    listed = [row for text in pages.values() for row in rows.findall(text)]
    assert len(listed) == len(set(listed)) == 4 * 300 + 120
    words = re.findall(rb"<dt>Word \d+ \d+</dt>", b"".join(pages.values()))
    assert len(words) == len(set(words)) == 120 * 8
    assert all(f"{name}~2.html" in pages for name in ("glossary", "workflows", "teams", "agents"))


def _too_large(sizes: dict[str, int]) -> dict[str, int]:
    return {page: size for page, size in sizes.items() if size > MOST}
