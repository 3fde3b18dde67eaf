"""Sentences in which ids become links that say what they mean."""

import pytest

from plainwork.site.directory import Directory
from plainwork.site.links import ROOT
from plainwork.site.marked_text import make_marker
from support.builders import make_snapshot

WORKS = [
    {"id": "back-7", "title": "Draw the hull"},
    {"id": "back-8", "title": "back-7"},
    {"id": "back-9", "title": "<b>"},
]
HULL = '<a href="work/back-7.html"><bdi>Draw the hull</bdi></a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("see BACK-7.", f"see {HULL}.", id="a-name"),
        pytest.param("back-70", "back-70", id="another"),
        pytest.param("`a < b`", "<code>a &lt; b</code>", id="code"),
        pytest.param("BACK-7 - Draw the hull", HULL, id="its-title-follows"),
        pytest.param("BACK-7: draw the Hull, at last", f"{HULL}, at last", id="then-more"),
        pytest.param("BACK-7: Paint the hull", f"{HULL}: Paint the hull", id="other-words"),
        pytest.param("BACK-7: Draw", f"{HULL}: Draw", id="a-part-of-it"),
        pytest.param(
            "back-8: back-7",
            '<a href="work/back-8.html"><bdi>back-7</bdi></a>',
            id="a-title-that-is-an-id",
        ),
        pytest.param(
            "back-9: <b>", '<a href="work/back-9.html"><bdi>&lt;b&gt;</bdi></a>', id="markup"
        ),
    ],
)
def test_ids_say_what_they_mean_and_say_it_once(text: str, html: str) -> None:
    marked = make_marker(Directory(make_snapshot(WORKS)))(text)
    assert marked.replace(ROOT, "") == html
