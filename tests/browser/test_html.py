"""The HTML of every page is what the standard allows."""

from pathlib import Path

import pytest

from browser.html_validate import validate


@pytest.mark.parametrize("made", ["site", "hostile_site"])
def test_pages_are_sound(made: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(made)
    assert validate(sorted(folder.rglob("*.html"))) == {}


def test_what_is_unsound_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html>\n<p>\n<ul><p></p></ul>\n", encoding="utf-8")
    found = validate([page])[str(page)]
    assert "element-permitted-content" in {each.rule for each in found}
