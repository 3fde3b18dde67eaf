"""The scripts of a site: an addition, under a policy that lets nothing else run."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from support.archive import unpack
from support.git import make_repository
from support.site import build, read_site
from support.small import WORKSPACE

ASSETS = Path(__file__).parents[2] / "site/assets"
SCRIPTS = sorted(ASSETS.glob("*.js"))

_DANGEROUS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|eval\("
    r"|new Function|fetch\(|XMLHttpRequest|sendBeacon|https?:|\.style\b|\bimport\b|\bexport\b"
)


class _Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    folder = tmp_path_factory.mktemp("scripts")
    root = make_repository(unpack(WORKSPACE), folder / "ws")
    build(root, folder / "site")
    return read_site(folder / "site")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_a_script_makes_nothing_of_text_and_asks_nobody(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert _DANGEROUS.findall(text) == []
    assert '"use strict";' in text


def test_every_page_has_the_scripts_and_they_are_there(site: Mapping[str, bytes]) -> None:
    pages = [address for address in site if address.endswith(".html")]
    for page in pages:
        found = [attrs for tag, attrs in _Elements(site[page].decode()).found if tag == "script"]
        root = "../" * page.count("/")
        assert [each.get("src") for each in found] == [
            f"{root}assets/tables.js",
            f"{root}assets/search.js",
        ], page
        assert all(each.keys() == {"defer", "src"} for each in found), page
    assert {"assets/tables.js", "assets/search.js", "data/search.js"} <= site.keys()


def test_a_page_waits_neither_for_the_index_nor_shows_what_needs_scripts(
    site: Mapping[str, bytes],
) -> None:
    for address, data in site.items():
        if address.endswith(".html"):
            assert b"data/search.js" not in data
            tags = {tag for tag, _ in _Elements(data.decode()).found}
            assert not tags & {"button", "dialog"}, address


def test_all_of_it_is_small() -> None:
    assert sum(script.stat().st_size for script in SCRIPTS) < 16_000
    assert sum(sheet.stat().st_size for sheet in ASSETS.glob("*.css")) < 20_000
