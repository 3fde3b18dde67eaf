"""What search engines are told."""

from xml.etree import ElementTree as ET

import pytest

from plainwork.site.crawling import ROBOTS, SITEMAP, plan_crawling
from plainwork.site.page import Output

_NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://acme.example/a&b/"


def make(addresses: list[str], audience: str = "public", base_url: str = "") -> dict[str, bytes]:
    outputs = plan_crawling(addresses, audience=audience, base=base_url)
    return {each.address: make_bytes(each) for each in outputs}


def make_bytes(output: Output) -> bytes:
    made = output.make()
    assert isinstance(made, bytes)
    return made


def places(data: bytes) -> list[str | None]:
    return [element.text for element in ET.fromstring(data).iter(f"{_NAMESPACE}loc")]  # noqa: S314


@pytest.mark.parametrize(
    ("audience", "base_url", "lines"),
    [
        pytest.param("public", "", ["User-agent: *", "Allow: /"], id="everybody may look"),
        pytest.param("internal", BASE, ["User-agent: *", "Disallow: /"], id="nobody may look"),
        pytest.param("restricted", "", ["User-agent: *", "Disallow: /"], id="the default"),
        pytest.param(
            "public",
            BASE,
            ["User-agent: *", "Allow: /", f"Sitemap: {BASE}sitemap.xml"],
            id="with a sitemap",
        ),
    ],
)
def test_robots(audience: str, base_url: str, lines: list[str]) -> None:
    assert make([], audience, base_url)[ROBOTS].decode().splitlines() == lines


def test_a_sitemap_names_pages_only() -> None:
    made = make(["index.html", "work/~a.html", "data/work.csv"], base_url=BASE)
    assert places(made[SITEMAP]) == [f"{BASE}index.html", f"{BASE}work/~a.html"]


def test_without_an_address_there_is_no_sitemap() -> None:
    assert make(["index.html"]).keys() == {ROBOTS}


def test_a_large_site_has_several_sitemaps() -> None:
    made = make([f"work/{number}.html" for number in range(50_001)], base_url=BASE)
    parts = places(made[SITEMAP])
    assert parts == [f"{BASE}sitemap~1.xml", f"{BASE}sitemap~2.xml"]
    assert sum(len(places(made[str(part).removeprefix(BASE)])) for part in parts) == 50_001
