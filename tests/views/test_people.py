"""Who is there, who answers for what, and how much it is."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from plainwork.model.party import Absence, Delegate, Party
from plainwork.model.settings import Calendar, Settings
from plainwork.views.attendance import compute_attendance
from plainwork.views.load import compute_hours, compute_loads
from plainwork.views.ownership import compute_ownership
from plainwork.views.presence import Presence, StandIn, compute_presence
from plainwork.views.raci import compute_raci
from plainwork.views.roles import count_roles
from support.builders import make_person, make_snapshot, make_team, make_workflow

TODAY = date(2026, 3, 2)  # a Monday
LEAVE = (
    Absence(date(2026, 3, 2), date(2026, 3, 6)),
    Absence(date(2026, 3, 7), date(2026, 3, 10)),
    Absence(date(2026, 4, 1), date(2026, 4, 3)),
)
OFFICE = (((540, 1020),),) * 5 + ((), ())


@pytest.mark.parametrize(
    ("person", "presence"),
    [
        pytest.param({}, Presence("here"), id="here"),
        pytest.param({"last": TODAY}, Presence("here", TODAY), id="last-day"),
        pytest.param({"last": date(2026, 3, 1)}, Presence("left"), id="left"),
        pytest.param({"first": date(2026, 3, 3)}, Presence("not-yet", TODAY), id="not-yet"),
        pytest.param({"first": TODAY}, Presence("here"), id="first-day"),
        pytest.param({"leave": LEAVE}, Presence("away", date(2026, 3, 10)), id="two-leaves"),
        pytest.param({"leave": LEAVE[1:]}, Presence("here"), id="leave-to-come"),
    ],
)
def test_presence(person: dict[str, object], presence: Presence) -> None:
    assert compute_presence(make_person("ada", **person), TODAY) == presence


def test_stand_ins_are_those_of_the_day() -> None:
    delegates = (
        Delegate("bo", date(2026, 3, 1), date(2026, 3, 2), ("purchase",)),
        Delegate("cy", date(2026, 3, 3), None),
        Delegate("dee"),
    )
    person = make_person("ada", delegates=delegates)
    assert compute_presence(person, TODAY).stand_ins == (
        StandIn("bo", ("purchase",)),
        StandIn("dee", ()),
    )
    snapshot = make_snapshot(parties=[person, make_person("bo")])
    bo = next(each for each in compute_attendance(snapshot, today=TODAY).people if each.id == "bo")
    assert bo.stands_in_for == ("ada",)


def test_people_of_a_team_and_of_the_teams_below_it() -> None:
    parties: list[Party] = [
        *(make_person(name) for name in ("ada", "bo", "cy")),
        make_team("all", lead="ada", parent="some"),  # a ring is no reason to hang
        make_team("some", members=("bo",), parent="all"),
        make_team("other", members=("cy",)),
    ]
    snapshot = make_snapshot(parties=parties)
    found = compute_attendance(snapshot, today=TODAY, team=snapshot.team("all"))
    assert [person.id for person in found.people] == ["ada", "bo"]


def test_duties_are_standing_routines_and_turns() -> None:
    workflows = [make_workflow(), make_workflow("routine", {"on": "active"}, kind="routine")]
    rotation, weekly = {"rotation": ["ada", "bo"]}, {"rrule": "FREQ=WEEKLY"}
    works: list[Any] = [
        {"id": "phone", "workflow": "routine", "owner": "ada"},
        {"id": "rota", "workflow": "routine", "schedule": weekly, "creates": rotation},
        {"id": "close", "workflow": "routine", "owner": "ada", "schedule": {"rrule": "x"}},
        {"id": "rota.1", "parent": "rota", "assignees": ("bo",)},
        {"id": "rota.0", "parent": "rota", "assignees": ("bo",), "status": "done"},
    ]
    parties: list[Party] = [make_person("ada"), make_person("bo")]
    snapshot = make_snapshot(works, workflows=workflows, parties=parties)
    found = compute_attendance(snapshot, today=TODAY).people
    duties = {person.id: [duty.id for duty in person.duties] for person in found}
    assert duties == {"ada": ["phone"], "bo": ["rota.1"]}


@pytest.mark.parametrize(
    ("person", "hours"),
    [
        pytest.param({}, 160, id="the-calendar"),
        pytest.param({"capacity": "20h"}, 80, id="half-time"),
        pytest.param({"capacity": "2d"}, 64, id="two-days-a-week"),
        pytest.param({"leave": LEAVE[:2]}, 104, id="leave"),
        pytest.param({"last": date(2026, 3, 6)}, 40, id="leaves-soon"),
        pytest.param({"calendar": "half"}, 80, id="own-calendar"),
    ],
)
def test_hours_of_four_weeks(person: dict[str, object], hours: int) -> None:
    calendars = {
        "office": Calendar("office", OFFICE),
        "half": Calendar("half", (((540, 780),),) * 5 + ((), ())),
    }
    snapshot = make_snapshot(settings=Settings(calendar="office", calendars=calendars))
    assert compute_hours(make_person("ada", **person), snapshot, TODAY) == hours


def test_load_is_told_in_hundredths_of_an_hour() -> None:
    people = [make_person(id_) for id_ in ("ada", "bob", "eve")]
    works: list[Any] = [
        {"assignees": ["ada", "bob", "eve"], "estimate": "10h", "due": "2026-03-02"}
    ]
    snapshot = make_snapshot(works, parties=people)
    load = compute_loads(snapshot.works, snapshot, TODAY)["ada"]
    assert (str(load.hours), str(load.available)) == ("3.33", "160")


def test_load_is_what_is_due_of_what_they_do() -> None:
    works: list[Any] = [
        {"estimate": "2d", "due": "2026-03-09", "assignees": ("ada", "bo")},
        {"estimate": "1d", "due": "2026-02-01", "owner": "ada"},
        {"estimate": "8h", "due": "2026-12-01", "owner": "ada"},
        {"estimate": "8h", "owner": "ada", "assignees": ("bo",)},
        {"owner": "ada"},
        {"estimate": "8h", "owner": "gone"},
    ]
    snapshot = make_snapshot(works, parties=[make_person("ada"), make_person("bo")])
    loads = compute_loads(snapshot.works, snapshot, TODAY)
    shown = {
        id_: (load.hours, load.later, load.without_estimate, load.over)
        for id_, load in loads.items()
    }
    assert shown == {
        "ada": (Decimal(16), Decimal(8), 1, False),
        "bo": (Decimal(8), Decimal(8), 0, False),
    }


def test_owners_orphans_and_teams() -> None:
    parties: list[Party] = [
        make_person("ada"),
        make_person("old", last=date(2026, 1, 1)),
        make_team("crew", lead="old"),
        make_team("band", lead="ada"),
        make_team("void"),
    ]
    works: list[Any] = [
        {"owner": "ada", "status": "doing", "due": "2026-02-01"},
        {"owner": "ada", "status": "done"},
        {"owner": "old"},
        {},
    ]
    snapshot = make_snapshot(works, parties=parties)
    found = compute_ownership(snapshot, today=TODAY, last_changed=lambda _: None)
    rows = [(row.id, row.active, row.overdue, row.open, row.leads) for row in found.owners]
    assert rows == [("ada", 1, 1, 1, ("band",)), ("old", 0, 0, 1, ("crew",))]
    assert [orphan.why for orphan in found.orphans.works] == ["old has left", "no owner"]
    problems = {team.id: team.problem for team in found.teams}
    assert problems == {"crew": "the lead has left", "void": "no lead", "band": ""}


def test_raci() -> None:
    works: list[Any] = [
        {"owner": "ada", "assignees": ("bo",), "consulted": ("cy",), "informed": ("all",)},
        {"owner": "ada", "team": "crew"},
        {"owner": "ada"},
        {},
    ]
    people: list[Party] = [make_person("ada")]
    found = compute_raci(make_snapshot(works, parties=people), range(4), today=TODAY).works
    assert [(row.responsible, row.accountable) for row in found] == [
        (("bo",), "ada"),
        (("crew",), "ada"),
        (("ada",), "ada"),
        ((), ""),
    ]
    assert (found[0].consulted, found[0].informed) == (("cy",), ("all",))


def test_roles_are_counted() -> None:
    works: list[Any] = [
        {"owner": "ada", "assignees": ("bo", "bo"), "consulted": ("cy",), "informed": ("bo",)},
        {"owner": "ada", "team": "crew"},
        {"owner": "ada", "assignees": ("bo",)},
        {},
    ]
    snapshot = make_snapshot(works, parties=[make_person("ada")])
    found = count_roles(snapshot.works[1:], snapshot)
    assert [(each.party, each.responsible, each.accountable) for each in found] == [
        ("ada", 0, 2),
        ("bo", 1, 0),
        ("crew", 1, 0),
    ]
    first = {each.party: each for each in count_roles(snapshot.works[:1], snapshot)}
    assert (first["bo"].responsible, first["bo"].informed, first["cy"].consulted) == (1, 1, 1)
