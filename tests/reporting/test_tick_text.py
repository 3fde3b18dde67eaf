"""What `tick` says: it fits on a screen, whatever is written in the workspace."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.owed_occurrences import Skipped
from plainwork.plans.tick import Late, Made, Tick, Unmade
from plainwork.reporting.display_width import display_width
from plainwork.reporting.text import escape_line
from plainwork.reporting.tick_text import format_tick

TODAY = date(2026, 3, 2)
LAST = date(2026, 3, 9)
ids = st.from_regex(r"\A[a-z][a-z0-9-]{0,20}\.2026-03-0[1-9]\Z")
texts = st.text(st.characters(codec="utf-8"), max_size=60)
days = st.dates(TODAY - timedelta(days=900), TODAY + timedelta(days=900))
people = st.lists(st.from_regex(r"\A[a-z]{1,12}\Z"), max_size=3).map(tuple)
made = st.builds(Made, id=ids, title=texts, due=st.none() | days, assignees=people, absent=people)
late = st.builds(Late, id=ids, title=texts, due=days, assignees=people)
skipped = st.builds(Skipped, id=ids, day=days)
unmade = st.builds(Unmade, path=ids, message=texts.map(lambda text: text[:60]))
ticks = st.builds(
    Tick,
    workspace=texts,
    today=st.just(TODAY),
    until=st.sampled_from([None, LAST]),
    created=st.lists(made, max_size=3).map(tuple),
    skipped=st.lists(skipped, max_size=3).map(tuple),
    late=st.lists(late, max_size=3).map(tuple),
    undated=st.lists(ids, max_size=3).map(tuple),
    unmade=st.lists(unmade, max_size=2).map(tuple),
)


def empty(**more: object) -> Tick:
    values: dict[str, object] = {
        "workspace": "W",
        "today": TODAY,
        "until": None,
        **dict.fromkeys(("created", "skipped", "late", "undated", "unmade"), ()),
    }
    return Tick(**{**values, **more})  # type: ignore[arg-type]


@given(ticks)
def test_it_fits_and_prints_only(tick: Tick) -> None:
    for line in format_tick(tick, width=80, color=False):
        assert escape_line(line) == line
        longest = max(map(display_width, line.split(" ")), default=0)
        assert display_width(line) <= max(80, longest + 2)


def test_of_many_the_first_are_shown_and_all_are_counted() -> None:
    row = Made("a.2026-03-02", "p", "Title", "a", TODAY, None, (), (), late=False)
    lines = list(format_tick(empty(created=(row,) * 25), width=80, color=False))
    assert "Created 25 · 5 more" in lines
    assert len(lines) == 23


def test_what_there_is_to_know_besides() -> None:
    absent = Made("a.2026-03-02", "p", "Title", "a", TODAY, None, (), ("bo", "cy"), late=False)
    fault = Unmade("routines/b.md", "invalid-recurrence", "the rule: no day", "mend it")
    tick = empty(created=(absent,), undated=("lathe", "press"), unmade=(fault,), until=LAST)
    assert list(format_tick(tick, width=80, color=False, dry_run=True)) == [
        "Owed until 9 Mar 2026 · Monday, 2 March 2026",
        "",
        "To create 1",
        "  a.2026-03-02  today  Title",
        "",
        "a.2026-03-02: bo and cy would do it, but not on 2 Mar 2026",
        "",
        "2 works create more once a commit says since when it is so: lathe, press;",
        "  commit first, or `git fetch --unshallow`",
        "",
        "Not created: routines/b.md: the rule: no day; mend it [invalid-recurrence]",
    ]
