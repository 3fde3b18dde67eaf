"""Times as people say them."""

import pytest

from plainwork.site.text import format_span

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
