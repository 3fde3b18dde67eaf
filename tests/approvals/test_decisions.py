"""The examples of decisions: what changes, who says what, and what is decided."""

from pathlib import Path

import pytest

from support.decided import Example, format_decision

EXAMPLES = sorted((Path(__file__).parent / "decisions").glob("*.txt"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example(path: Path) -> None:
    example = Example(path.read_text(encoding="utf-8"))
    assert format_decision(example.decide()) == example.expected


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 30
