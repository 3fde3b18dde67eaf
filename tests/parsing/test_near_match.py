"""What somebody may have meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.parsing.near_match import did_you_mean

MANY = {f"ops-{number:05}" for number in range(5000)}
WORDS = st.text("abc-1", min_size=2, max_size=8)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        pytest.param("asignees", "assignees", id="left-out"),
        pytest.param("assigneees", "assignees", id="added"),
        pytest.param("asignee", "assignees", id="two-mistakes"),
        pytest.param("horse", "", id="nothing-near"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_few_names_are_compared(word: str, meant: str) -> None:
    assert did_you_mean(word, ["title", "assignees"]) == (f"did you mean `{meant}`?" * bool(meant))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        pytest.param("osp-00042", "ops-00042", id="swapped"),
        pytest.param("ops-0x042", "ops-00042", id="mistyped"),
        pytest.param("ops00042", "ops-00042", id="left-out"),
        pytest.param("oops-00042", "ops-00042", id="added"),
        pytest.param("house", "", id="nothing-near"),
        pytest.param("x" * 100_000, "", id="endless"),
    ],
)
@pytest.mark.parametrize("known", [MANY, sorted(MANY), dict.fromkeys(MANY)], ids=type)
def test_of_many_names_one_mistake_is_forgiven(word: str, meant: str, known: object) -> None:
    assert isinstance(known, set | list | dict)
    assert did_you_mean(word, known) == (f"did you mean `{meant}`?" * bool(meant))


@given(WORDS, st.data())
def test_every_single_mistake_is_found(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abc-1"))
    mistyped = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
            ]
        )
    )

    assert did_you_mean(mistyped, MANY | {word}) != ""
