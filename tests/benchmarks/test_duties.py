"""The benchmark of what recurs, small: what is measured is also right."""

from pathlib import Path

from benchmarks.duties import find_wrong, write_duties


def test_tick_answers_rightly(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    write_duties(root, routines=5, years=1)
    assert len([*(root / "work").rglob("*.md")]) == 5 * 12
    assert list(find_wrong(root, 5)) == []
