"""What other teams have offered, as the workspace stands."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from plainwork.model.open_offer import OpenOffer
from plainwork.model.party import Party
from plainwork.model.record import Record
from plainwork.model.snapshot import Snapshot
from plainwork.views.found import Found
from plainwork.views.next_work import compute_next
from plainwork.views.offered import OfferedWork, describe_offered, find_unanswered, is_overlooked
from support.builders import make_person, make_snapshot, make_team

TODAY = date(2026, 3, 10)
PARTIES: list[Party] = [
    *map(make_person, ("ada", "cy")),
    make_team("shop", lead="ada"),
    make_team("lab", lead="cy"),
]


def offer(work: str, day: int, *, late: bool = False, receiver: str = "lab") -> OpenOffer:
    at = datetime(2026, 3, day, 12, tzinfo=UTC)
    return OpenOffer(work, "shop", receiver, at, "c" * 40, "1bd", at, late)


def find_offered(
    offers: Sequence[OpenOffer], snapshot: Snapshot, most: int | None = None
) -> Found[OfferedWork]:
    return describe_offered(find_unanswered(offers, snapshot), snapshot, TODAY, most=most)


def answer(at: str, by: str = "cy", about: str = "W1") -> Record:
    return Record("r", "records/r.md", "handoff", (about,), by, at, {"answer": "accept"})


@pytest.mark.parametrize(
    ("work", "records", "found"),
    [
        pytest.param({"team": "lab"}, [], ["w1"], id="waits"),
        pytest.param({"team": "lab", "status": "done"}, [], [], id="closed since"),
        pytest.param({"team": "shop"}, [], [], id="taken back since"),
        pytest.param({"team": "lab"}, [answer("2026-03-05T13:00:00Z")], [], id="answered since"),
        pytest.param({"team": "lab"}, [answer("2026-03-05")], [], id="answered that day"),
        pytest.param({"team": "lab"}, [answer("2026-03-05T11:00:00Z")], ["w1"], id="before"),
        pytest.param({"team": "lab"}, [answer("2026-03-04")], ["w1"], id="the day before"),
        pytest.param({"team": "lab"}, [answer("soon")], ["w1"], id="no date"),
        pytest.param({"team": "lab"}, [answer("2026-03-09", "ada")], ["w1"], id="by the giver"),
        pytest.param({"team": "lab"}, [answer("2026-03-09", about="w2")], ["w1"], id="of other"),
    ],
)
def test_what_waits_for_an_answer(
    work: dict[str, Any], records: list[Record], found: list[str]
) -> None:
    snapshot = make_snapshot([work], parties=PARTIES, records=records)
    offered = find_offered([offer("W1", 5), offer("gone", 5)], snapshot)
    assert [each.work.id for each in offered.works] == found
    assert offered.count == len(found)


def test_what_is_late_comes_first_and_all_are_counted() -> None:
    snapshot = make_snapshot([{"team": "lab"}] * 4, parties=PARTIES)
    offers = [offer("w1", 4), offer("w2", 5, late=True), offer("w3", 3, late=True), offer("w4", 2)]
    found = find_offered(offers, snapshot, most=3)
    assert [each.work.id for each in found.works] == ["w3", "w2", "w4"]
    assert found.count == 4


@pytest.mark.parametrize(
    ("party", "count"),
    [
        pytest.param("cy", 1, id="who is in the team"),
        pytest.param("lab", 1, id="the team"),
        pytest.param("ada", 0, id="who is not"),
    ],
)
def test_everybody_sees_what_their_team_was_offered(party: str, count: int) -> None:
    snapshot = make_snapshot([{"team": "lab"}], parties=PARTIES)
    someone = snapshot.party(party)
    assert someone is not None
    found = compute_next(
        snapshot, someone, today=TODAY, last_changed=lambda _: None, offers=[offer("w1", 5)]
    )
    assert found.offered.count == count


@pytest.mark.parametrize(
    ("day", "within", "late", "overlooked"),
    [
        pytest.param(9, "1bd", False, False, id="in time"),
        pytest.param(9, "1bd", True, True, id="late"),
        pytest.param(-20, "60d", False, False, id="long, as was promised"),
        pytest.param(-5, "", False, True, id="long, and nothing was promised"),
        pytest.param(-4, "", False, False, id="not so long"),
    ],
)
def test_what_is_overlooked(day: int, within: str, late: bool, overlooked: bool) -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=day - 1)
    due = datetime(2026, 3, 9, tzinfo=UTC) if within else None
    found = OpenOffer("w1", "shop", "lab", at, "c" * 40, within, due, late)
    assert is_overlooked(found, TODAY) is overlooked
