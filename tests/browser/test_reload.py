"""A served page shows what is saved: it loads again by itself, and says what is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import note_problems
from support.preview import ServedSite, serve_site
from support.small import make_small_workspace

ALPHA = "work/a.md"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedSite]:
    with serve_site(make_small_workspace(tmp_path / "ws"), "--audience", "restricted") as served:
        yield served


@pytest.fixture
def open_page(browser: Browser, served: ServedSite) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    problems = note_problems(page, served.url)
    yield page
    context.close()
    assert problems == []


def save(served: ServedSite, old: str, new: str) -> None:
    text = (served.root / ALPHA).read_text(encoding="utf-8")
    assert old in text
    served.save(ALPHA, text.replace(old, new))


def test_a_save_is_seen_where_somebody_reads(served: ServedSite, open_page: Page) -> None:
    open_page.goto(f"{served.url}work/a.html")
    heading = open_page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Alpha")
    save(served, "Alpha", "Omega")
    expect(heading).to_have_text("Omega")


def test_an_error_is_told_and_goes_when_it_is_mended(served: ServedSite, open_page: Page) -> None:
    open_page.goto(f"{served.url}index.html")
    save(served, "status: todo", "status: no-such-state")
    told = open_page.get_by_role("alert")
    expect(told).to_contain_text("work/a.md:4:9")
    save(served, "status: no-such-state", "status: todo")
    expect(told).to_have_count(0)
