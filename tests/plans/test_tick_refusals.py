"""What `tick` does not make: it says why, makes the rest, and is done in bounded time."""

from pathlib import Path

import pytest

from support.routines import days, files_of, make_workspace, routine, tick

LONG = "x" * 100_000


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        pytest.param(
            routine("rrule: FREQ=DAILY", start="1900-01-01"),
            "invalid-recurrence",
            "it owes more than 4,000 occurrences since 1900-01-01; give it a later `start`",
            id="a rule without end, long ago",
        ),
        pytest.param(
            routine("rrule: FREQ=DAILY;COUNT=9999, ahead: 5000w"),
            "invalid-recurrence",
            "it owes more than 4,000 occurrences since 2026-03-02; give it a later `start`",
            id="years ahead",
        ),
        pytest.param(
            routine("rrule: FREQ=DAILY, on_miss: skip, ahead: 5000w"),
            "invalid-recurrence",
            "it owes more than 4,000 occurrences since 2026-03-02; give it a later `start`",
            id="years ahead, skipping",
        ),
        pytest.param(
            routine("rrule: FREQ=SECONDLY"),
            "invalid-recurrence",
            "the rule: `FREQ=SECONDLY`: expected DAILY, WEEKLY, MONTHLY or YEARLY",
            id="a million occurrences",
        ),
        pytest.param(
            routine("rrule: FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"),
            "invalid-recurrence",
            "the rule: no day fits the rule within 50 years of its start",
            id="no day",
        ),
        pytest.param(
            routine().replace("start: 2026-03-02\n", ""),
            "invalid-recurrence",
            "it recurs from no day: `start` is not set",
            id="no start",
        ),
        pytest.param(
            routine().replace("creates:", "x-creates:"),
            "incomplete-routine",
            "it recurs, but does not say what it creates",
            id="nothing to create",
        ),
        pytest.param(
            routine(creates="workflow: task, title: Sweep, depends_on: [other]"),
            "creation-keys",
            "`depends_on` names siblings, and an occurrence has none",
            id="siblings",
        ),
        pytest.param(
            routine(creates="workflow: tsak, title: Sweep"),
            "unknown-workflow",
            "there is no workflow `tsak`",
            id="no such workflow",
        ),
        pytest.param(
            routine(body="{% for a in title %}{% for b in title %}x{% endfor %}{% endfor %}"),
            "invalid-template",
            "the text below, the template of what it creates: it does more than name values:"
            " write `{{ … }}`, filters and `if` only",
            id="a template that loops",
        ),
        pytest.param(
            routine(body="{{ place ~ place ~ place }}" * 700, more=f"place: {LONG}"),
            "invalid-template",
            "the text below, the template of what it creates:"
            " filled in, it may be too long for a file",
            id="a template that grows",
        ),
        pytest.param(
            routine(body="{{ place }}" * 8, more=f"place: {LONG}"),
            "invalid-template",
            "the text below, the template of what it creates:"
            " filled in, it has more than 500,000 characters",
            id="a template that is huge when filled in",
        ),
        pytest.param(
            routine(body="{{ title }}" + LONG),
            "invalid-template",
            "the text below, the template of what it creates:"
            " a template has at most 20,000 characters",
            id="a template that is huge",
        ),
        pytest.param(
            routine(body="{% if place > 3 %}much{% endif %}", more="place: hall"),
            "invalid-template",
            "the text below, the template of what it creates: it cannot be filled in:"
            " '>' not supported between instances of 'str' and 'int'",
            id="a template that compares text with numbers",
        ),
        pytest.param(
            routine(body="{% if title %}" * 99 + "{% endif %}" * 99),
            "invalid-template",
            "the text below, the template of what it creates: its brackets are nested too deeply",
            id="a template that is deep",
        ),
        pytest.param(
            routine(creates='workflow: task, title: "{{ place if title == 1 }}"'),
            "invalid-template",
            "the title: filled in, it is empty",
            id="an empty title",
        ),
        pytest.param(
            routine(creates="workflow: task, title: Sweep, set: {cost: much}"),
            "wrong-type",
            "`much` is not an amount of money",
            id="a field that would be wrong",
        ),
    ],
)
def test_not_made(text: str, rule: str, message: str, tmp_path: Path) -> None:
    make_workspace(tmp_path, {"routines/sweep.md": text, "routines/fine.md": routine()})
    found = tick(tmp_path, "2026-03-02", checked=False)
    assert [made.id for made in found.created] == ["fine.2026-03-02"]
    (unmade,) = found.unmade
    assert (unmade.rule, unmade.message) == (rule, message)
    assert "sweep" in unmade.path


def test_nothing_is_made_of_what_was_not_read(tmp_path: Path) -> None:
    text = routine("rrule: FREQ=DAILY, mode: after-dnoe")
    make_workspace(tmp_path, {"routines/sweep.md": text, "routines/fine.md": routine()})
    found = tick(tmp_path, "2026-03-02")
    assert [made.id for made in found.created] == ["fine.2026-03-02"]
    assert [(unmade.path, unmade.rule) for unmade in found.unmade] == [
        ("routines/sweep.md", "unknown-option")
    ]


def test_nothing_is_made_of_a_workflow_that_was_not_read(tmp_path: Path) -> None:
    workflow = "---\ntitle: Round\nstates: {todo: {category: redy}, done: {category: done}}\n---\n"
    text = routine(creates="workflow: round, title: Sweep")
    make_workspace(tmp_path, {"routines/sweep.md": text, "workflows/round.md": workflow})
    found = tick(tmp_path, "2026-03-02")
    assert found.created == ()
    assert [(unmade.path, unmade.rule) for unmade in found.unmade] == [
        ("workflows/round.md", "unknown-option")
    ]


def test_a_long_id_leaves_no_room_for_the_day(tmp_path: Path) -> None:
    make_workspace(tmp_path, {f"routines/{'a' * 60}.md": routine()})
    found = tick(tmp_path, "2026-03-02")
    (unmade,) = found.unmade
    assert (found.created, unmade.rule) == ((), "invalid-id")


@pytest.mark.parametrize(
    "setting", ['timezone = "Europe/Berln"', '[calendars.office]\nholidays = "XX"']
)
def test_nothing_is_made_on_days_that_nobody_knows(setting: str, tmp_path: Path) -> None:
    settings = f'[workspace]\nname = "W"\n{setting}\n'
    make_workspace(tmp_path, {"routines/sweep.md": routine(), "plainwork.toml": settings})
    found = tick(tmp_path, "2026-03-02")
    assert found.created == ()
    assert [unmade.path for unmade in found.unmade] == ["plainwork.toml"]


def test_another_document_is_in_the_way(tmp_path: Path) -> None:
    other = "---\nid: other\ntitle: Other\nworkflow: task\nstatus: todo\n---\n"
    record = "---\nid: sweep.2026-03-03\nrecord: update\nabout: [other]\nby: ada\nat: 2026-03-02\n"
    make_workspace(
        tmp_path,
        {
            "routines/sweep.md": routine(),
            "work/sweep/sweep.2026-03-02.md": other,
            "records/r.md": f"{record}---\nWell.\n",
        },
    )
    found = tick(tmp_path, "2026-03-04")
    assert days(found) == ["2026-03-04"]
    assert [unmade.rule for unmade in found.unmade] == ["duplicate-id", "duplicate-id"]
    assert files_of(tmp_path)["work/sweep/sweep.2026-03-02.md"] == other


def test_an_old_rule_with_turns_is_counted_within_limits(tmp_path: Path) -> None:
    creates = "workflow: task, title: Sweep, rotation: [ada, bo]"
    old = routine("rrule: FREQ=DAILY, on_miss: skip", start="1900-01-01", creates=creates)
    make_workspace(tmp_path, {"routines/sweep.md": old})
    assert days(tick(tmp_path, "2026-03-02")) == ["2026-03-02"]
    far = tick(tmp_path, "2026-03-02", until="9999-12-31")
    (unmade,) = far.unmade
    assert unmade.message.startswith("more than 50,000 occurrences")
