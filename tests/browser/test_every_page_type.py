"""Every type of page, on a phone and on a desk, in light and in dark."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.page_types import PAGE_TYPES, find_page_types

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
PHONE, DESK = 360, 1440
_JUDGE = """options => axe.run(document, options).then(result => result.violations.flatMap(
    each => each.nodes.map(node => `${each.id}: ${node.html.slice(0, 200)}`)))"""
_SCROLLING = """[...document.querySelectorAll("main *")].filter(each =>
    each.scrollWidth > each.clientWidth && each.clientWidth > 1
    && getComputedStyle(each).overflowX === "auto").map(each => each.outerHTML.slice(0, 200))"""
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(params=PAGE_TYPES)
def any_page(request: pytest.FixtureRequest, site: Path, page: Page) -> Page:
    page.goto(find_page_types(site)[request.param].as_uri())
    return page


def test_no_type_is_forgotten(site: Path) -> None:
    assert find_page_types(site).keys() == set(PAGE_TYPES)


def test_nobody_is_kept_out_and_nothing_is_cut_off(any_page: Page) -> None:
    any_page.evaluate(AXE)
    found = {
        f"{width} px, {scheme}": look(any_page, width, scheme)
        for width in (PHONE, DESK)
        for scheme in ("light", "dark")
    }
    assert found == {view: [] for view in found}


def look(page: Page, width: int, scheme: str) -> list[str]:
    """Return what is wrong with a page, looked at in one way."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    # Without `preload` axe asks for no style sheet, which the policy of the page would refuse.
    options: dict[str, object] = {"preload": False, "resultTypes": ["violations"]}
    if scheme == "dark":  # which differs in nothing but its colours
        options["runOnly"] = ["color-contrast"]
    problems: list[str] = page.evaluate(_JUDGE, options)
    overflow = page.evaluate(_OVERFLOW)
    return [*problems, f"{overflow} px are beside the page"] if overflow else problems


def test_a_phone_shows_the_width_of_everything(any_page: Page) -> None:
    any_page.set_viewport_size({"width": PHONE, "height": 900})
    for summary in any_page.locator("summary").all():
        summary.click()
    wide = any_page.evaluate(_SCROLLING)
    assert [each for each in wide if not each.startswith("<pre")] == []


def test_the_way_up_and_the_menu_lead_on(any_page: Page) -> None:
    start = any_page.url
    crumbs = any_page.get_by_label("Breadcrumb").get_by_role("link")
    if crumbs.count():
        crumbs.last.click()
        any_page.wait_for_url(lambda address: address != start)
    link = any_page.get_by_label("Site").get_by_role("link", name="Glossary")
    link.click()
    any_page.wait_for_url("**/glossary.html")
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Glossary")
    expect(any_page.get_by_label("Site").locator("[aria-current=page]")).to_have_text("Glossary")


def test_every_entry_of_the_menu_opens_its_page(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    entries = page.get_by_label("Site").get_by_role("listitem").get_by_role("link")
    labels = entries.all_inner_texts()
    assert len(labels) > 10
    for label in labels:
        entries.get_by_text(re.compile(f"^{re.escape(label)}$")).click()
        expect(page.get_by_label("Site").locator("[aria-current=page]")).to_have_text(label)
