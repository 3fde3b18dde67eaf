"""Absences in a list of days: each is told once, from when to when."""

from datetime import date

from plainwork.views.absences import list_with_absences
from plainwork.views.calendar_days import Day, Entry, EntryKind


def day(number: int, *away: str, due: str = "") -> Day:
    entries = [*([Entry("due", due, due)] if due else []), *(Entry("away", a, a) for a in away)]
    counts: list[tuple[EntryKind, int]] = [("due", 1)] if due else []
    if away:
        counts.append(("away", len(away)))
    return Day(date(2026, 3, number), True, tuple(counts), tuple(entries))


def told(*days: Day) -> list[tuple[int, list[tuple[str, int]]]]:
    return [
        (listed.day.day.day, [(each.id, each.last.day) for each in listed.absences])
        for listed in list_with_absences(days)
    ]


def test_who_is_away_for_days_is_named_on_the_first() -> None:
    assert told(day(2, "ada"), day(3, "ada"), day(4, "ada")) == [(2, [("ada", 4)])]


def test_days_on_which_something_is_due_stay() -> None:
    days = day(2, "ada"), day(3, "ada", due="hull"), day(4, "ada")
    assert told(*days) == [(2, [("ada", 4)]), (3, [])]


def test_whoever_comes_back_and_leaves_again_is_named_again() -> None:
    assert told(day(2, "ada"), day(4, "ada")) == [(2, [("ada", 2)]), (4, [("ada", 4)])]


def test_each_has_days_of_their_own() -> None:
    days = day(2, "ada"), day(3, "ada", "bob"), day(4, "bob")
    assert told(*days) == [(2, [("ada", 3)]), (3, [("bob", 4)])]


def test_who_is_not_named_is_counted() -> None:
    crowded = Day(date(2026, 3, 2), True, (("away", 6),), day(2, "ada", "bob").entries)
    assert [listed.unnamed for listed in list_with_absences([crowded])] == [4]
