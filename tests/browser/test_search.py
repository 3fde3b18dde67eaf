"""The search of a site, over titles that want to be more than text."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.hostile import TITLES


@pytest.fixture
def searched(hostile_site: Path, page: Page) -> Page:
    page.goto((hostile_site / "work.html").as_uri())
    return page


def search(page: Page, words: str) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill(words)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        pytest.param("img onerror", "markup", id="an element"),
        pytest.param("alert script", "end-of-script", id="the end of a script"),
        pytest.param("7 * 7", "template", id="a template"),
    ],
)
def test_titles_are_shown_as_text(searched: Page, words: str, title: str) -> None:
    search(searched, words)
    option = searched.get_by_role("option").first
    expect(option).to_contain_text(TITLES[title])
    expect(option).to_have_attribute("aria-selected", "true")
    expect(searched.get_by_role("combobox")).to_have_attribute("aria-activedescendant", "found-0")


def test_enter_opens_what_is_chosen(searched: Page) -> None:
    search(searched, "hyperlink")
    expect(searched.get_by_role("option")).to_have_count(2)
    searched.keyboard.press("ArrowDown")
    searched.keyboard.press("Enter")
    searched.wait_for_url("**/project/of-formula.html")


def test_escape_closes_it_and_the_focus_is_where_it_was(searched: Page) -> None:
    link = searched.locator("tbody th a").first
    link.focus()
    search(searched, "zzz")
    expect(searched.get_by_role("dialog").get_by_role("status")).to_have_text("Nothing found")
    searched.keyboard.press("Escape")
    expect(searched.get_by_role("dialog")).to_have_count(0)
    expect(link).to_be_focused()


def test_it_opens_and_closes_with_a_finger(hostile_site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto((hostile_site / "index.html").as_uri())
    page.get_by_role("button", name="Search").click()
    page.get_by_role("combobox").fill("漢")
    expect(page.get_by_role("option")).to_have_count(2)
    dialog = page.get_by_role("dialog").bounding_box()
    assert dialog is not None
    assert dialog["x"] >= 0
    assert dialog["x"] + dialog["width"] <= 360
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_pages_and_people_are_found_too(hostile_site: Path, page: Page) -> None:
    page.goto((hostile_site / "project/of-markup.html").as_uri())
    for words, address in (("glossary", "glossary.html"), ("ada", "person/ada.html")):
        search(page, words)
        expect(page.get_by_role("option", selected=True)).to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{address}")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        pytest.param("antena", "Choose the antenna", id="a-letter-too-few"),
        pytest.param("anntenna", "Choose the antenna", id="a-letter-too-many"),
        pytest.param("fork-lidt", "Fork-lift for the new workshop", id="another-letter"),
        pytest.param("choose anetnna", "Choose the antenna", id="two-in-each-others-places"),
        pytest.param("purchase req", "Purchase request", id="a-workflow"),
        pytest.param("governance consent", "consent of governance", id="a-policy"),
        pytest.param("nl-h2a9r", "Choose the antenna", id="an-id"),
    ],
)
def test_what_somebody_means_is_found(words: str, title: str, site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    search(page, words)
    expect(page.get_by_role("option").filter(has_text=title).first).to_be_visible()


@pytest.mark.parametrize("words", ["zzzz", "ant xyzzy", "qntenna", "cho antelope"])
def test_what_nobody_wrote_is_not_guessed(words: str, site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    search(page, words)
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("Nothing found")
