"""Columns as bytes, and the changes of a table."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.model.document import Document
from plainwork.model.work import Dependency
from plainwork.model.workflow import Category
from plainwork.storage.columns import STORED_COLUMNS, decode_column, encode_column
from plainwork.storage.sealed import DamagedIndexError, seal, unseal
from plainwork.storage.table_change import compare_tables

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
DATES = st.none() | st.dates()
DIAGNOSTICS = st.builds(
    Diagnostic,
    location=st.builds(Location, path=TEXT, line=st.integers(0, 9)),
    rule=TEXT,
    severity=st.sampled_from(Severity),
    message=TEXT,
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("assignees", "consulted", "informed", "labels", "aliases", "targets"), TEXTS),
    **dict.fromkeys(("start", "due"), DATES),
    "depends_on": st.lists(st.builds(Dependency, on=TEXT, lag=TEXT), max_size=2).map(tuple),
    "category": st.none() | st.sampled_from(Category),
    "front-matter": st.binary(max_size=16),
    "diagnostics": st.lists(DIAGNOSTICS, max_size=2).map(tuple),
}


@pytest.mark.parametrize("name", STORED_COLUMNS)
def test_what_is_stored_is_read_back(name: str) -> None:
    @given(st.lists(VALUES.get(name, TEXT), max_size=20))
    def check(values: list[Any]) -> None:
        assert decode_column(name, unseal(encode_column(name, values))) == values

    check()


@given(st.sampled_from(STORED_COLUMNS), st.binary(max_size=60))
def test_bytes_that_are_no_column(name: str, data: bytes) -> None:
    with suppress(DamagedIndexError):
        assert isinstance(decode_column(name, memoryview(data)), list)


def test_a_column_of_codes_without_values() -> None:
    stored = bytearray(unseal(encode_column("status", ["a", "b"])))
    stored[-1] = 99
    with pytest.raises(DamagedIndexError):
        decode_column("status", memoryview(stored))


@given(st.binary(max_size=40), st.integers(0), st.integers(0, 7))
def test_no_bit_of_what_is_sealed_may_change(data: bytes, place: int, bit: int) -> None:
    sealed = bytearray(seal(data))
    assert unseal(bytes(sealed)) == data
    sealed[place % len(sealed)] ^= 1 << bit
    with pytest.raises(DamagedIndexError):
        unseal(bytes(sealed))


@pytest.mark.parametrize("length", range(4))
def test_what_is_too_short_to_be_sealed(length: int) -> None:
    with pytest.raises(DamagedIndexError):
        unseal(seal(b"")[:length])


def document(path: str, title: str) -> Document:
    return Document(path, "work", path, readable=True, fields={"title": title})


PATHS = st.lists(st.sampled_from([f"{n:02}" for n in range(30)]), unique=True)
take: Callable[[Document], str] = lambda each: f"{each.path} {each.fields['title']}"  # noqa: E731


@given(PATHS, PATHS, PATHS)
def test_a_changed_table_is_what_it_would_be_afresh(
    stored: list[str], changed: list[str], lost: list[str]
) -> None:
    stored.sort()
    lost = [path for path in lost if path not in changed]
    before = {path: take(document(path, "old")) for path in stored}
    new = {path: document(path, "new") for path in changed}
    change = compare_tables(stored, new, lost)
    after = {path: value for path, value in before.items() if path not in lost}
    after |= {path: take(each) for path, each in new.items()}
    assert change.apply(list(before.values()), take) == [after[path] for path in sorted(after)]
    assert bool(change) == (after != before)


def test_dates_are_dates() -> None:
    days = [date(2026, 1, 5), None, date.max, date.min]
    assert decode_column("due", unseal(encode_column("due", days))) == days
