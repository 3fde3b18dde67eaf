"""Where a plainwork came from, as pip writes it down beside it."""

from pathlib import Path

import pytest

from plainwork.storage.installation import load_origin


@pytest.mark.parametrize(
    ("files", "origin"),
    [
        pytest.param({}, {}, id="a checkout"),
        pytest.param({"METADATA": ""}, None, id="an index"),
        pytest.param({"direct_url.json": '{"url": "x"}'}, {"url": "x"}, id="somewhere"),
        pytest.param({"direct_url.json": '{"url": '}, {}, id="torn"),
        pytest.param({"direct_url.json": "[]"}, {}, id="another form"),
    ],
)
def test_an_origin(files: dict[str, str], origin: object, tmp_path: Path) -> None:
    (tmp_path / "another-1.0.dist-info").mkdir()
    for name, text in files.items():
        file = tmp_path / "plainwork-1.2.3.dist-info" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    assert load_origin(tmp_path) == origin
