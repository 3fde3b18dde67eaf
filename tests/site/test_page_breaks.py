"""Pages of long lists: of a bounded size, and hardly any of them changes with one entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.site.page_breaks import choose_pages, find_page_breaks

SIZE = 30
_ids = st.lists(st.text("abc123", min_size=1, max_size=4), max_size=400)


def pages(ids: list[str]) -> list[list[str]]:
    starts = find_page_breaks(ids, SIZE)
    ends = [*starts[1:], len(ids)]
    return [ids[start:end] for start, end in zip(starts, ends, strict=True)]


@given(_ids)
def test_every_entry_is_on_one_page_and_no_page_is_too_long(ids: list[str]) -> None:
    found = pages(ids)
    assert [id_ for page in found for id_ in page] == ids
    assert all(len(page) <= SIZE for page in found)
    assert all(found[1:]), "no page but the first is empty"


@pytest.mark.parametrize("count", [0, 1, SIZE // 3])
def test_few_entries_are_one_page(count: int) -> None:
    assert len(pages([str(number) for number in range(count)])) == 1


@pytest.mark.parametrize("place", [0, 500, 999])
def test_one_entry_changes_few_pages(place: int) -> None:
    ids = [f"ops-{number}" for number in range(1000)]
    before = {tuple(page) for page in pages(ids)}
    after = {tuple(page) for page in pages(ids[:place] + ids[place + 1 :])}
    assert len(before - after) <= 4
    assert len(before) > 1000 // SIZE


@given(st.integers(1, 20), st.data())
def test_of_few_pages_each_leads_to_all(count: int, data: st.DataObject) -> None:
    assert choose_pages(data.draw(st.integers(1, count)), count) == list(range(1, count + 1))


@given(st.integers(1, 100_000), st.data())
def test_of_many_pages_each_leads_to_some(count: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, count))
    found = choose_pages(number, count)
    assert found == sorted(set(found))
    assert len(found) <= 40
    assert {1, max(number - 1, 1), number, min(number + 1, count), count} <= set(found)
    assert found[-1] == count


@given(st.integers(1, 20_000), st.data())
def test_a_few_clicks_lead_to_any_page(count: int, data: st.DataObject) -> None:
    here, there = data.draw(st.integers(1, count)), data.draw(st.integers(1, count))
    clicks = 0
    while here != there:
        here = min(choose_pages(here, count), key=lambda number: abs(number - there))
        clicks += 1
    assert clicks <= 12
