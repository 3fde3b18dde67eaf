"""The README's picture shows what the program prints."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_picture_is_what_status_prints() -> None:
    spec = importlib.util.spec_from_file_location("picture", ROOT / ".github/picture.py")
    assert spec is not None
    assert spec.loader is not None
    picture = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(picture)
    fresh = picture.render_picture()
    assert picture.PICTURE.read_text(encoding="utf-8") == fresh, "run python .github/picture.py"
    assert "plainwork status" in fresh
