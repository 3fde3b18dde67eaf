"""A page on paper: what is read, and nothing that is clicked."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.page_types import PAGE_TYPES, find_page_types
from support.archive import unpack
from support.git import make_repository
from support.site import build
from support.small import WORKSPACE

LONG = "with a title that goes on for so long that it needs two lines of every column"


def count_sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


@pytest.mark.parametrize("name", ["harbour", "move"])
def test_a_project_is_one_sheet(name: str, site: Path, page: Page) -> None:
    page.goto((site / f"project/{name}.html").as_uri())
    assert count_sheets(page) == 1


def test_a_project_is_one_sheet_however_large(tmp_path: Path, page: Page) -> None:
    root = make_repository(large_project(), tmp_path / "ws")
    build(root, tmp_path / "site")
    page.goto((tmp_path / "site/project/apollo.html").as_uri())
    for words in ("Task 9", "Milestone 11", "Risk 11", "Decision 11"):
        expect(page.get_by_text(f"{words} {LONG}").first).to_be_attached()
    assert count_sheets(page) == 1


def large_project() -> dict[str, str]:
    """Return a workspace in which a project has much of everything, with long titles."""
    files = unpack(WORKSPACE)
    for name in ("milestone", "risk", "decision"):
        files[f"workflows/{name}.md"] = files["workflows/task.md"].replace(
            "title: Task", f"title: {name}"
        )
    for name, count in (("task", 60), ("milestone", 12), ("risk", 12), ("decision", 12)):
        for number in range(count):
            files[f"work/{name}-{number}.md"] = (
                f"---\ntitle: {name.capitalize()} {number} {LONG}\nworkflow: {name}\n"
                f"status: todo\nproject: apollo\nowner: bob\nstart: 2026-03-01\n"
                f"due: 2026-03-{10 + number % 20}\n---\n"
            )
    return files


def test_sheets_are_counted(site: Path, page: Page) -> None:
    page.goto((site / "work.html").as_uri())
    assert count_sheets(page) > 1


@pytest.mark.parametrize("type_", PAGE_TYPES)
def test_nothing_is_printed_that_is_clicked(type_: str, site: Path, page: Page) -> None:
    page.goto(find_page_types(site)[type_].as_uri())
    page.emulate_media(media="print")
    for part in (".menu", ".top", ".crumbs", ".skip", ".filter", ".open-search"):
        expect(page.locator(part).filter(visible=True)).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    # Else the right side of the sheet is lost.
    page.set_viewport_size({"width": 718, "height": 1000})
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 718, "wider than a sheet of A4 between its margins"
