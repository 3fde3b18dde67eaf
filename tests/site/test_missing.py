"""The page for what is not there, which forges show at any address."""

from pathlib import Path

import pytest

from plainwork.serving.site_build import check_built
from plainwork.site.page_facts import parse_page
from support.archive import unpack
from support.git import make_repository
from support.site import build
from support.small import WORKSPACE

ROOT = "/a&b/"
BASE = f"https://acme.example{ROOT}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("missing")
    root = make_repository(unpack(WORKSPACE), folder / "ws")
    build(root, folder / "site", base_url=BASE)
    return folder / "site"


def test_its_links_lead_on_from_any_depth(site: Path) -> None:
    links = parse_page((site / "404.html").read_text("utf-8")).links
    whole = [link for link in links if not link.startswith("#")]
    assert [link for link in whole if not link.startswith(ROOT)] == []
    pages = {link.removeprefix(ROOT) for link in whole}
    assert {"index.html", "work.html", "assets/site.css", "assets/search.js"} <= pages
    assert {page for page in pages if not (site / page).is_file()} == set()
    assert check_built(site, BASE) == ()
    assert check_built(site) != ()


def test_nobody_looks_for_it(site: Path) -> None:
    assert "404.html" not in (site / "sitemap.xml").read_text("utf-8")
    others = [page.read_text("utf-8") for page in site.rglob("*.html") if page.name != "404.html"]
    assert others
    assert not any("404.html" in text for text in others)


def test_there_is_none_if_nobody_says_where_the_site_will_be(tmp_path: Path) -> None:
    build(make_repository(unpack(WORKSPACE), tmp_path / "ws"), tmp_path / "site")
    assert (tmp_path / "site/index.html").is_file()
    assert not (tmp_path / "site/404.html").exists()
