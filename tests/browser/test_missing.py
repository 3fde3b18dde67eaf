"""A page that is not there, asked for at any depth of a site that lies in a folder of its host."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from support.archive import unpack
from support.git import make_repository
from support.site import build
from support.small import WORKSPACE

BASE = "https://acme.example/team/work/"


@pytest.mark.parametrize("address", ["old.html", "work/old.html", "a/b/c/", "404.html"])
def test_it_leads_to_what_is_there(address: str, browser: Browser, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(make_repository(unpack(WORKSPACE), tmp_path / "ws"), site, base_url=BASE)
    refused: list[str] = []

    def answer(route: Route) -> None:
        file = site / route.request.url.removeprefix(BASE).partition("#")[0]
        there = file.is_file()
        route.fulfill(path=file if there else site / "404.html", status=200 if there else 404)

    page = browser.new_page()
    page.route("**/*", answer)
    page.on("console", lambda said: refused.append(said.text))
    page.goto(f"{BASE}{address}")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    # The style sheet is there: without it, links are as the browser paints them.
    menu = page.get_by_label("Site").get_by_role("link", name="Glossary")
    expect(menu).to_have_css("text-decoration-line", "none")
    page.get_by_role("button", name="Search").locator("visible=true").click()
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).fill("ada")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("There is no such page")
    assert page.url.startswith(BASE)
    page.get_by_label("Breadcrumb").get_by_role("link", name="Home").click()
    page.wait_for_url(f"{BASE}index.html")
    assert [said for said in refused if "404" not in said] == []
    page.close()
