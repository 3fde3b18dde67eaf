"""No page is large, however much work there is: whoever opens it on a phone does not wait."""

from pathlib import Path

import pytest

from plainwork.cli.app import run
from support.broad import write_broad_workspace
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
    assert {page: size for page, size in sizes.items() if size > MOST} == {}
