"""Different people for every place."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.matching import match_places

PEOPLE = "abcd"


@pytest.mark.parametrize(
    ("places", "filled"),
    [
        pytest.param([], 0, id="none"),
        pytest.param(["a", "a"], 1, id="nobody fills two"),
        pytest.param(["ab", "a"], 2, id="the first one gives way"),
        pytest.param(["ab", "ab", "ab"], 2, id="too few"),
        pytest.param(["ab", "bc", "c", "ad"], 4, id="a chain of changes"),
        pytest.param(["", "a"], 1, id="a place for nobody"),
    ],
)
def test_as_many_as_possible(places: list[str], filled: int) -> None:
    found = match_places(places)
    assert sum(person is not None for person in found) == filled


@given(st.lists(st.sets(st.sampled_from(PEOPLE)).map(sorted), max_size=5))
def test_it_is_a_best_matching(places: list[list[str]]) -> None:
    found = match_places(places)
    people = [person for person in found if person is not None]
    assert len(set(people)) == len(people)
    assert all(
        person is None or person in place for person, place in zip(found, places, strict=True)
    )
    order = [*PEOPLE, *[""] * len(places)]
    best = max(
        sum(person in place for person, place in zip(chosen, places, strict=True))
        for chosen in permutations(order, len(places))
    )
    assert len(people) == best


def test_many_places_take_no_recursion() -> None:
    count = 2_000
    places = [[f"p{n}", f"p{n + 1}"] for n in range(count)]
    assert None not in match_places([*places, ["p0"]])
