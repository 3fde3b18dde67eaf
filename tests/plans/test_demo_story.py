"""How the story of the example organisation is read, and what it makes of a document."""

from datetime import date

import pytest

from plainwork.plans.demo_document import render_version
from plainwork.plans.demo_story import SHOWN, Edit, Event, parse_story

TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("line", "event"),
    [
        pytest.param("-1 lena review", Event(YESTERDAY, "lena", state="review"), id="a move"),
        pytest.param(
            "-1 lena +amount -vendor",
            Event(YESTERDAY, "lena", fields={"amount": SHOWN, "vendor": None}),
            id="fields that appear and go",
        ),
        pytest.param(
            '-1 lena due={{ day(1) }} blocked="No parts" assignees="[lena, finn]"',
            Event(
                YESTERDAY,
                "lena",
                fields={"due": "2026-11-24", "blocked": "No parts", "assignees": ["lena", "finn"]},
            ),
            id="values",
        ),
        pytest.param(
            "-1 bot done tick by=lena with=finn @close",
            Event(
                YESTERDAY,
                "bot",
                state="done",
                ticked=True,
                merged_by="lena",
                helped_by="finn",
                label="close",
            ),
            id="who, and with what",
        ),
        pytest.param(
            r'-1 lena old="" new="a: 1\n" old=x new=y',
            Event(YESTERDAY, "lena", edits=(Edit("", "a: 1\n"), Edit("x", "y"))),
            id="passages",
        ),
    ],
)
def test_a_line_is_an_event(line: str, event: Event) -> None:
    line = line.replace("{{ day(1) }}", '"{{ day(1) }}"')
    assert parse_story(f"work/a.md\n  {line}\n", TODAY).lives["work/a.md"].past == (event,)


def test_what_lies_after_today_is_still_to_come() -> None:
    life = parse_story("work/a.md\n  -1 lena todo\n  1 lena done\n", TODAY).lives["work/a.md"]
    assert [event.state for event in life.past] == ["todo"]
    assert [event.state for event in life.future] == ["done"]


def test_paths_hold_dates_and_labels_subjects() -> None:
    story = parse_story('# a remark\n@go "Let us go"\n\nwork/{{ day(0) }}.md\n  0 a todo\n', TODAY)
    assert story.subjects == {"go": "Let us go"}
    assert list(story.lives) == ["work/2026-11-23.md"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param("-1", "not enough values", id="nobody did it"),
        pytest.param("soon lena todo", "no moment of the story: soon", id="no day"),
        pytest.param("-1 lena old=x", "shorter", id="half a passage"),
        pytest.param('-1 lena title="x', "No closing quotation", id="an open quote"),
    ],
)
def test_a_slip_is_refused(line: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        parse_story(f"work/a.md\n  {line}\n", TODAY)


FINAL = """---
title: Close
status: done
amount: 12
---
- [x] Booked, all
"""
LIFE = (
    parse_story(
        """work/a.md
  -5 lena todo -amount
  -4 lena waiting reason="No bank" amount=10
  -3 lena doing blocked="No light"
  -2 lena -blocked old="Booked" new="Booked, all"
  -1 lena done tick +amount
""",
        TODAY,
    )
    .lives["work/a.md"]
    .past
)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        pytest.param(1, "title: Close\nstatus: todo\n---\n- [ ] Booked\n", id="created"),
        pytest.param(
            2,
            "title: Close\nstatus: waiting\nreason: No bank\namount: 10\n---\n- [ ] Booked\n",
            id="a move with its reason",
        ),
        pytest.param(
            3,
            "title: Close\nstatus: doing\namount: 10\nblocked: No light\n---\n- [ ] Booked\n",
            id="the next move removes the reason",
        ),
        pytest.param(
            4,
            "title: Close\nstatus: doing\namount: 10\n---\n- [ ] Booked, all\n",
            id="a passage and a field that goes",
        ),
        pytest.param(5, FINAL.removeprefix("---\n"), id="as the document shows it"),
    ],
)
def test_an_earlier_version_follows_from_what_was_to_come(count: int, expected: str) -> None:
    version = render_version(FINAL, LIFE[:count], LIFE[count:])
    assert sorted(version.splitlines()) == sorted(f"---\n{expected}".splitlines())
