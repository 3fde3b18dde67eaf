"""Whatever stands in a history, flow stays within its screen and prints only text."""

import csv
import io
from datetime import UTC, date
from itertools import count

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.flow.conventions import CONVENTIONS
from plainwork.flow.measures import GROUPINGS, Flow, compute_flow
from plainwork.flow.service_levels import Share
from plainwork.reporting.display_width import display_width
from plainwork.reporting.flow_tables import FLOW_TABLES, format_share
from plainwork.reporting.flow_text import format_flow, format_flow_csv, format_measure
from plainwork.reporting.text import escape_line
from support.builders import make_snapshot, make_workflow
from support.events import DAY, commit, read, written
from support.hostile import TITLES

LONG = "in_the_hands_of_somebody_who_is_on_leave_until_the_end_of_next_summer"
STATES = ("todo", "doing", "waiting", "done", "dropped", "lost", LONG)
WORKFLOW = make_workflow(
    states={
        "todo": "ready",
        "doing": "active",
        LONG: "active",
        "waiting": "waiting",
        "done": "done",
        "dropped": "dropped",
    },
    within="3d",
)


def compute(
    steps: list[tuple[str, str, str, int]], by: str = "", compat: str = "plainwork"
) -> Flow:
    """Compute the flow of items that are written with a title in a state on a day."""
    numbers = count()
    history = read(
        commit(0, unreadable=[f"work/{'deep/' * 30}a.md"]),
        *(
            msgspec.structs.replace(
                commit(next(numbers), written(id_, state, title=title), at=day * DAY),
                workflows={"task": WORKFLOW},
            )
            for id_, title, state, day in steps
        ),
    )
    return compute_flow(
        history,
        make_snapshot(workflows=[WORKFLOW]),
        UTC,
        since=date(1970, 1, 1),
        until=date(1970, 2, 28),
        today=date(1970, 2, 28),
        convention=CONVENTIONS[compat],
        by=by,
    )


def everything(flow: Flow, *, blocks: bool) -> list[str]:
    lines = list(format_flow(flow, width=80, height=24, color=False, blocks=blocks))
    for name in FLOW_TABLES:
        lines += format_measure(flow, name, width=80, color=False, blocks=blocks)
    return lines


_IDS = st.from_regex(r"[a-z][a-z0-9.-]{0,48}[a-z0-9]", fullmatch=True)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=90)
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["a", "an-item.with-a-rather-long-name.2026-01-01"]) | _IDS,
        st.sampled_from([*TITLES.values()]) | _TEXTS,
        st.sampled_from(STATES),
        st.integers(0, 70),
    ),
    max_size=12,
)


@given(_STEPS, st.sampled_from(["", *GROUPINGS]), st.sampled_from([*CONVENTIONS]))
def test_it_fits_and_prints_only_text(
    steps: list[tuple[str, str, str, int]], by: str, compat: str
) -> None:
    for line in everything(compute(steps, by, compat), blocks=True):
        assert display_width(line) <= 80, line
        assert escape_line(line) == line


@given(_STEPS)
def test_it_fits_on_one_screen(steps: list[tuple[str, str, str, int]]) -> None:
    flow = compute(steps)
    assert len(list(format_flow(flow, width=80, height=24, color=False, blocks=True))) < 24


def test_without_block_characters_charts_are_ascii() -> None:
    steps = [("a", "One", state, day) for day, state in enumerate(STATES[:4])]
    text = "\n".join(everything(compute(steps), blocks=False))
    assert text.translate({ord("·"): None, ord("…"): None}).isascii()
    assert "####" in text


@pytest.mark.parametrize("name", FLOW_TABLES)
@given(steps=_STEPS)
def test_csv_has_every_case(name: str, steps: list[tuple[str, str, str, int]]) -> None:
    flow = compute(steps)
    header, *rows = csv.reader(io.StringIO(format_flow_csv(flow, name), newline=""))
    assert tuple(header) == FLOW_TABLES[name].headers
    assert len(rows) == len(list(FLOW_TABLES[name].rows(flow)))
    assert all(len(row) == len(header) for row in rows)


def test_a_title_is_no_formula() -> None:
    flow = compute([("a", "=HYPERLINK(1)", "doing", 1)])
    assert ",'=HYPERLINK(1)\r\n" in format_flow_csv(flow, "in-progress")


SHARES = {(0, 0): "", (0, 3): "0%", (1, 1000): "1%", (999, 1000): "99%", (1, 1): "100%"}


@pytest.mark.parametrize(("share", "told"), SHARES.items())
def test_all_and_nothing_are_told_only_if_it_is_so(share: tuple[int, int], told: str) -> None:
    assert format_share(Share(*share)) == told
