"""Durations as people say them."""

import pytest

from plainwork.views.duration_words import describe_duration


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param("20bd", "20 working days", id="business-days"),
        pytest.param("1bh", "1 working hour", id="one"),
        pytest.param("1.5h", "1.5 hours", id="a-part"),
        pytest.param("2w", "2 weeks", id="weeks"),
        pytest.param("3 business days", "3 business days", id="words-already"),
        pytest.param("soon", "soon", id="none"),
    ],
)
def test_a_duration_is_said_in_words(written: str, said: str) -> None:
    assert describe_duration(written) == said
