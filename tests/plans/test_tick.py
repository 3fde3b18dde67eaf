"""What routines owe: which occurrences, when, for whom, and what their files say."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.routines import days, files_of, make_workspace, routine, tick


def sweeping(root: Path, text: str, **more: str) -> Path:
    return make_workspace(root, {"routines/sweep.md": text, **more})


def test_a_file_says_what_the_routine_says(tmp_path: Path) -> None:
    creates = (
        'workflow: task, title: "Sweep {{ period }}", assignees: [ada, bo], team: crew,'
        " due: date + 3bd, set: {x-room: 12, cost: 4.50, priority: high, labels: [a, b]}"
    )
    body = "### Done\n\n- [ ] {{ title }} of {{ date }} in {{ place }}\n"
    text = routine("rrule: FREQ=DAILY", creates=creates, body=body, more="place: the hall")
    sweeping(tmp_path, text)
    tick(tmp_path, "2026-03-02")
    assert files_of(tmp_path) == {
        "work/sweep/sweep.2026-03-02.md": """\
---
title: Sweep 2026-03-02
workflow: task
status: todo
assignees: [ada, bo]
team: crew
parent: sweep
priority: high
labels: [a, b]
due: 2026-03-05
cost: 4.50
x-room: 12
---
### Done

- [ ] Sweep the floor of 2026-03-02 in the hall
"""
    }


def test_without_a_text_of_its_own_the_template_of_the_workflow_counts(tmp_path: Path) -> None:
    sweeping(tmp_path, routine())
    tick(tmp_path, "2026-03-02")
    (text,) = files_of(tmp_path).values()
    assert text.endswith("---\n### Acceptance\n\n- [ ] It works\n")


@pytest.mark.parametrize(
    ("schedule", "start", "today", "owed"),
    [
        pytest.param(
            "rrule: FREQ=MONTHLY;BYMONTHDAY=-1",
            "2026-01-31",
            "2026-04-29",
            ["2026-01-31", "2026-02-28", "2026-03-31"],
            id="the ends of months",
        ),
        pytest.param(
            "rrule: FREQ=MONTHLY;BYMONTHDAY=31",
            "2026-01-31",
            "2026-05-31",
            ["2026-01-31", "2026-03-31", "2026-05-31"],
            id="months without a 31st have none",
        ),
        pytest.param(
            "rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            "2024-01-01",
            "2032-02-29",
            ["2024-02-29", "2028-02-29", "2032-02-29"],
            id="leap days",
        ),
        pytest.param(
            "rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
            "2027-01-01",
            "2028-12-31",
            ["2027-02-28", "2028-02-29"],
            id="the last of February",
        ),
        pytest.param(
            "rrule: FREQ=WEEKLY;BYDAY=SU",
            "2026-03-22",
            "2026-03-29",
            ["2026-03-22", "2026-03-29"],
            id="the night when the clocks go forward",
        ),
        pytest.param(
            "rrule: FREQ=DAILY;COUNT=3",
            "2026-03-02",
            "2026-12-31",
            ["2026-03-02", "2026-03-03", "2026-03-04"],
            id="a rule that ends by count",
        ),
        pytest.param(
            "rrule: FREQ=DAILY;UNTIL=20260303",
            "2026-03-02",
            "2026-12-31",
            ["2026-03-02", "2026-03-03"],
            id="a rule that ends on a day",
        ),
        pytest.param(
            "rrule: FREQ=WEEKLY, ahead: 1w",
            "2026-03-02",
            "2026-03-02",
            ["2026-03-02", "2026-03-09"],
            id="a week ahead",
        ),
        pytest.param(
            "rrule: FREQ=DAILY, ahead: 2bd",
            "2026-03-05",
            "2026-03-06",
            ["2026-03-05", "2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09", "2026-03-10"],
            id="two working days ahead, over a weekend",
        ),
        pytest.param("rrule: FREQ=DAILY", "2026-03-02", "2026-03-01", [], id="not begun"),
    ],
)
def test_owed(schedule: str, start: str, today: str, owed: list[str], tmp_path: Path) -> None:
    sweeping(tmp_path, routine(schedule, start=start))
    assert days(tick(tmp_path, today)) == owed


@pytest.mark.parametrize(
    ("shift", "today", "owed"),
    [
        # The first of May 2026 is a Friday and a holiday; the 3rd is a Sunday.
        pytest.param("next", "2026-05-03", [], id="not before the next working day"),
        pytest.param("next", "2026-05-04", ["2026-05-01"], id="on the next working day"),
        pytest.param("previous", "2026-04-29", [], id="not before the working day before"),
        pytest.param("previous", "2026-04-30", ["2026-05-01"], id="on the working day before"),
    ],
)
def test_a_shifted_occurrence_keeps_its_id(
    shift: str, today: str, owed: list[str], tmp_path: Path
) -> None:
    text = routine(f"rrule: FREQ=YEARLY, shift: {shift}", start="2026-05-01")
    sweeping(tmp_path, text)
    found = tick(tmp_path, today)
    assert days(found) == owed
    assert all(made.day == date.fromisoformat(today) for made in found.created)


def test_the_due_day_is_counted_from_the_shifted_one(tmp_path: Path) -> None:
    creates = 'workflow: task, title: "{{ date }} {{ period }}", due: date + 1bd'
    sweeping(
        tmp_path,
        routine("rrule: FREQ=MONTHLY, shift: next", start="2026-05-01", creates=creates),
    )
    (made,) = tick(tmp_path, "2026-05-04").created
    assert (made.title, made.due) == ("2026-05-04 2026-05", date(2026, 5, 5))


def test_a_team_has_its_own_calendar(tmp_path: Path) -> None:
    toml = '[workspace]\nname = "R"\n[calendars.shop]\nsat = ["10:00-16:00"]\n'
    creates = "workflow: task, title: Sweep, team: shop, due: date + 1bd"
    sweeping(
        tmp_path,
        routine("rrule: FREQ=YEARLY, shift: next", creates=creates),
        **{
            "plainwork.toml": toml,
            "teams/shop.md": "---\nname: Shop\nlead: ada\ncalendar: shop\n---\n",
        },
    )
    (made,) = tick(tmp_path, "2026-03-07").created
    assert (made.day, made.due) == (date(2026, 3, 7), date(2026, 3, 14))


@pytest.mark.parametrize(
    ("rule", "period"),
    [
        ("FREQ=DAILY", "2026-05-04"),
        ("FREQ=WEEKLY", "2026-W19"),
        ("FREQ=MONTHLY", "2026-05"),
        ("FREQ=MONTHLY;INTERVAL=3", "2026-Q2"),
        ("FREQ=YEARLY", "2026"),
    ],
)
def test_periods(rule: str, period: str, tmp_path: Path) -> None:
    creates = 'workflow: task, title: "{{ period }}"'
    sweeping(tmp_path, routine(f"rrule: {rule}", start="2026-05-04", creates=creates))
    (made,) = tick(tmp_path, "2026-05-04").created
    assert made.title == period


def test_what_was_missed_stacks(tmp_path: Path) -> None:
    sweeping(tmp_path, routine("rrule: FREQ=WEEKLY, on_miss: stack"))
    found = tick(tmp_path, "2026-03-20")
    assert days(found) == ["2026-03-02", "2026-03-09", "2026-03-16"]
    assert [made.late for made in found.created] == [True, True, True]
    assert found.skipped == ()


def test_what_was_missed_is_skipped_and_said_once(tmp_path: Path) -> None:
    sweeping(tmp_path, routine("rrule: FREQ=WEEKLY, on_miss: skip, ahead: 1w"))
    found = tick(tmp_path, "2026-03-20")
    assert days(found) == ["2026-03-16", "2026-03-23"]
    assert [skipped.id for skipped in found.skipped] == ["sweep.2026-03-02", "sweep.2026-03-09"]
    again = tick(tmp_path, "2026-03-20")
    assert (again.created, again.skipped) == ((), ())


def test_what_is_open_and_was_due_is_late(tmp_path: Path) -> None:
    creates = "workflow: task, title: Sweep, due: date + 1d, assignees: [bo]"
    sweeping(tmp_path, routine("rrule: FREQ=WEEKLY", creates=creates))
    assert tick(tmp_path, "2026-03-02").late == ()
    assert tick(tmp_path, "2026-03-03").late == ()
    (late,) = tick(tmp_path, "2026-03-04").late
    assert (late.id, late.assignees, late.owner) == ("sweep.2026-03-02", ("bo",), "ada")
    (path,) = files_of(tmp_path)
    closed = (tmp_path / path).read_text().replace("status: todo", "status: done")
    (tmp_path / path).write_text(closed)
    assert tick(tmp_path, "2026-03-05").late == ()


def test_a_changed_rule_counts_from_then_on(tmp_path: Path) -> None:
    sweeping(tmp_path, routine("rrule: FREQ=WEEKLY;BYDAY=MO"))
    tick(tmp_path, "2026-03-18")
    sweeping(tmp_path, routine("rrule: FREQ=WEEKLY;BYDAY=TU", start="2020-01-01"))
    assert days(tick(tmp_path, "2026-03-26")) == ["2026-03-17", "2026-03-24"]


@pytest.mark.parametrize("gone", ["status: dropped", "moved", "renamed"])
def test_nothing_is_made_again(gone: str, tmp_path: Path) -> None:
    sweeping(tmp_path, routine("rrule: FREQ=WEEKLY"))
    tick(tmp_path, "2026-03-02")
    ((path, text),) = files_of(tmp_path).items()
    (tmp_path / path).unlink()
    match gone:
        case "moved":
            sweeping(tmp_path, routine("rrule: FREQ=WEEKLY"), **{f"work/old/{path[11:]}": text})
        case "renamed":
            text = text.replace("---\n", "---\naliases: [sweep.2026-03-02]\n", 1)
            sweeping(tmp_path, routine("rrule: FREQ=WEEKLY"), **{"work/spring.md": text})
        case _:
            text = text.replace("status: todo", f"{gone}\nreason: It was clean")
            sweeping(tmp_path, routine("rrule: FREQ=WEEKLY"), **{path: text})
    assert tick(tmp_path, "2026-03-02").created == ()


def test_a_file_that_cannot_be_read_is_not_made_again(tmp_path: Path) -> None:
    sweeping(tmp_path, routine("rrule: FREQ=WEEKLY"))
    tick(tmp_path, "2026-03-02")
    (path,) = files_of(tmp_path)
    (tmp_path / path).write_text("no front matter")
    assert tick(tmp_path, "2026-03-02").created == ()


@pytest.mark.parametrize("status", ["paused"])
def test_a_routine_that_rests_creates_nothing(status: str, tmp_path: Path) -> None:
    sweeping(tmp_path, routine().replace("status: active", f"status: {status}"))
    assert tick(tmp_path, "2026-03-02").created == ()


def test_a_standing_responsibility_creates_nothing(tmp_path: Path) -> None:
    text = "---\ntitle: Be there\nworkflow: routine\nstatus: active\nstart: 2026-01-01\n---\n"
    sweeping(tmp_path, text)
    found = tick(tmp_path, "2026-03-02")
    assert (found.created, found.unmade) == ((), ())


# Turns


def test_turns_go_by_number_and_pass_over_leave(tmp_path: Path) -> None:
    creates = "workflow: task, title: Sweep, rotation: [ada, bo, cy]"
    sweeping(tmp_path, routine("rrule: FREQ=WEEKLY", start="2026-02-09", creates=creates))
    found = tick(tmp_path, "2026-03-23")
    # Bo is away on 23 February and 2 March, Cy's last day is 28 February; nobody's turn moves.
    assert [(made.id[6:], *made.assignees) for made in found.created] == [
        ("2026-02-09", "ada"),
        ("2026-02-16", "bo"),
        ("2026-02-23", "cy"),
        ("2026-03-02", "ada"),
        ("2026-03-09", "bo"),
        ("2026-03-16", "ada"),
        ("2026-03-23", "ada"),
    ]


def test_turns_do_not_depend_on_when_they_are_made(tmp_path: Path) -> None:
    creates = "workflow: task, title: Sweep, rotation: [ada, bo]"
    text = routine("rrule: FREQ=DAILY", creates=creates)
    at_once, daily = (sweeping(tmp_path / name, text) for name in ("at-once", "daily"))
    for day in range(2, 9):
        tick(daily, f"2026-03-0{day}")
    tick(at_once, "2026-03-08")
    assert files_of(daily) == files_of(at_once)


def test_an_override_is_an_edit_and_stays(tmp_path: Path) -> None:
    creates = "workflow: task, title: Sweep, rotation: [ada, bo]"
    sweeping(tmp_path, routine("rrule: FREQ=WEEKLY", start="2026-03-09", creates=creates))
    tick(tmp_path, "2026-03-09")
    (path,) = files_of(tmp_path)
    swapped = (tmp_path / path).read_text().replace("[ada]", "[bo]")
    (tmp_path / path).write_text(swapped)
    found = tick(tmp_path, "2026-03-16")
    assert [made.assignees for made in found.created] == [("bo",)]
    assert files_of(tmp_path)[path] == swapped


def test_nobody_of_the_turns_is_there(tmp_path: Path) -> None:
    creates = "workflow: task, title: Sweep, rotation: [bo, cy]"
    sweeping(tmp_path, routine("rrule: FREQ=YEARLY", creates=creates))
    (made,) = tick(tmp_path, "2026-03-02").created
    assert (made.assignees, made.absent) == ((), ("bo", "cy"))


def test_who_has_left_is_assigned_nothing(tmp_path: Path) -> None:
    creates = "workflow: task, title: Sweep, assignees: [ada, cy]"
    sweeping(tmp_path, routine("rrule: FREQ=YEARLY", creates=creates))
    (made,) = tick(tmp_path, "2026-03-02").created
    assert (made.assignees, made.absent) == (("ada",), ("cy",))


# After it was done

AFTER_DONE = routine("rrule: FREQ=MONTHLY, mode: after-done, ahead: 1w")


def test_the_first_is_made_on_the_first_day(tmp_path: Path) -> None:
    sweeping(tmp_path, AFTER_DONE)
    assert days(tick(tmp_path, "2026-08-01")) == ["2026-03-02"]


def test_the_next_waits_until_the_last_is_done(tmp_path: Path) -> None:
    sweeping(tmp_path, AFTER_DONE)
    tick(tmp_path, "2026-03-02")
    assert tick(tmp_path, "2026-12-01").created == ()
    close(tmp_path)
    undated = tick(tmp_path, "2026-12-01")
    assert (undated.created, undated.undated) == ((), ("sweep.2026-03-02",))
    done = {"sweep.2026-03-02": date(2026, 3, 20)}
    assert tick(tmp_path, "2026-04-12", entered=done).created == ()
    assert days(tick(tmp_path, "2026-04-13", entered=done)) == ["2026-04-20"]


def test_done_early_the_next_is_still_later(tmp_path: Path) -> None:
    sweeping(tmp_path, routine("rrule: FREQ=DAILY, mode: after-done, ahead: 9d"))
    tick(tmp_path, "2026-02-25")
    close(tmp_path)
    done = {"sweep.2026-03-02": date(2026, 2, 26)}
    assert days(tick(tmp_path, "2026-02-26", entered=done)) == ["2026-03-03"]


def test_a_count_counts_what_is_there(tmp_path: Path) -> None:
    sweeping(tmp_path, routine("rrule: FREQ=DAILY;COUNT=2, mode: after-done"))
    tick(tmp_path, "2026-03-02")
    close(tmp_path)
    done = {"sweep.2026-03-02": date(2026, 3, 2), "sweep.2026-03-03": date(2026, 3, 3)}
    assert days(tick(tmp_path, "2026-03-09", entered=done)) == ["2026-03-03"]
    close(tmp_path)
    assert tick(tmp_path, "2026-03-09", entered=done).created == ()


def close(root: Path) -> None:
    for path, text in files_of(root).items():
        (root / path).write_text(text.replace("status: todo", "status: done"))


# Properties

_SCHEDULES = st.sampled_from(
    [
        "rrule: FREQ=DAILY",
        "rrule: FREQ=WEEKLY;BYDAY=MO,TH, ahead: 3d, shift: next",
        "rrule: FREQ=MONTHLY;BYMONTHDAY=-1, ahead: 5bd, shift: previous",
        "rrule: FREQ=DAILY;INTERVAL=9, shift: next",
    ]
)
_DAYS = st.dates(date(2026, 3, 1), date(2026, 6, 30))
_CREATES = 'workflow: task, title: "{{ period }}", rotation: [ada, bo, cy], due: date + 2bd'


@given(_SCHEDULES, _DAYS)
def test_twice_is_once(
    tmp_path_factory: pytest.TempPathFactory, schedule: str, today: date
) -> None:
    root = sweeping(tmp_path_factory.mktemp("twice"), routine(schedule, creates=_CREATES))
    tick(root, today.isoformat())
    once = files_of(root)
    assert tick(root, today.isoformat()).created == ()
    assert files_of(root) == once


@given(_SCHEDULES, _DAYS, _DAYS)
def test_stacked_it_does_not_matter_how_often(
    tmp_path_factory: pytest.TempPathFactory, schedule: str, one: date, other: date
) -> None:
    text = routine(f"{schedule}, on_miss: stack", creates=_CREATES)
    often, once = (sweeping(tmp_path_factory.mktemp("often"), text) for _ in range(2))
    for day in sorted((one, other)):
        tick(often, day.isoformat())
    tick(once, max(one, other).isoformat())
    assert files_of(often) == files_of(once)


@given(_SCHEDULES, _DAYS, _DAYS)
def test_skipping_makes_no_more_than_was_made_in_time(
    tmp_path_factory: pytest.TempPathFactory, schedule: str, one: date, other: date
) -> None:
    text = routine(f"{schedule}, on_miss: skip", creates=_CREATES)
    often, once = (sweeping(tmp_path_factory.mktemp("skip"), text) for _ in range(2))
    for day in sorted((one, other)):
        tick(often, day.isoformat())
    tick(once, max(one, other).isoformat())
    assert files_of(once).items() <= files_of(often).items()
