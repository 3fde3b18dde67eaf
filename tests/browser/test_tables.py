"""Tables are filtered, sorted and walked through where they stand."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect


@pytest.fixture
def listed(hostile_site: Path, page: Page) -> Page:
    page.goto((hostile_site / "work.html").as_uri())
    return page


def rows(page: Page) -> Locator:
    return page.locator("tbody tr:visible")


def sort(page: Page, column: str) -> Locator:
    heading = page.get_by_role("columnheader", name=column)
    heading.get_by_role("button").click()
    return heading


def test_rows_are_filtered_by_every_word(listed: Page) -> None:
    box = listed.get_by_label("Filter these rows")
    count = rows(listed).count()
    box.fill("script")
    expect(rows(listed)).to_have_count(4)
    expect(listed.get_by_role("status")).to_have_text(f"4 of {count} rows")
    box.fill("SCRIPT running")
    expect(rows(listed)).to_have_count(2)
    box.fill("")
    expect(rows(listed)).to_have_count(count)
    expect(listed.get_by_role("status")).to_have_text("")


def test_rows_are_sorted_both_ways(listed: Page) -> None:
    heading = sort(listed, "State")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(rows(listed).first).to_contain_text("Running")
    sort(listed, "State")
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(rows(listed).first).to_contain_text("Todo")


def test_another_column_takes_over(listed: Page) -> None:
    first = sort(listed, "State")
    second = sort(listed, "Work")
    expect(first).not_to_have_attribute("aria-sort", "ascending")
    expect(second).to_have_attribute("aria-sort", "ascending")


def test_days_are_sorted_as_days_and_none_come_last(site: Path, page: Page) -> None:
    page.goto((site / "work.html").as_uri())
    for direction in ("ascending", "descending"):
        expect(sort(page, "Due")).to_have_attribute("aria-sort", direction)
        days = [
            row.locator("time").first.get_attribute("datetime")
            for row in rows(page).filter(has=page.locator("time")).all()[:20]
        ]
        assert days == sorted(filter(None, days), reverse=direction == "descending")
    expect(rows(page).last.locator("time")).to_have_count(0)


def test_a_phone_sorts_and_filters_too(listed: Page) -> None:
    listed.set_viewport_size({"width": 360, "height": 740})
    sort(listed, "State")
    expect(rows(listed).first).to_contain_text("Running")
    listed.get_by_label("Filter these rows").fill("script")
    expect(rows(listed)).to_have_count(4)


def test_arrows_walk_through_rows(listed: Page) -> None:
    links = listed.locator("tbody tr th a")
    links.nth(0).focus()
    listed.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    listed.keyboard.press("End")
    expect(links.last).to_be_focused()
    listed.keyboard.press("Home")
    expect(links.nth(0)).to_be_focused()


def test_what_is_seen_at_once_is_neither_filtered_nor_sorted(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    expect(page.locator("tbody").first).to_be_visible()
    expect(page.get_by_label("Filter these rows")).to_have_count(0)
    expect(page.locator(".sort")).to_have_count(0)
    page.goto((site / "people.html").as_uri())
    expect(page.get_by_label("Filter these rows")).to_have_count(2)
