"""Times as people say them."""

import pytest

from plainwork.site.text import format_duration, format_span

DAY = 86_400


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        pytest.param(None, "–", id="unknown"),
        pytest.param(59, "a minute", id="seconds"),
        pytest.param(3 * 3_600, "3.0 hours", id="hours"),
        pytest.param(729 * DAY, "729 days", id="days"),
        pytest.param(730 * DAY, "2.0 years", id="years"),
        pytest.param(28_969 * DAY, "79 years", id="a-life"),
    ],
)
def test_a_span_is_said_in_the_largest_unit(seconds: int | None, said: str) -> None:
    assert format_span(seconds) == said


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
    assert format_duration(written) == said
