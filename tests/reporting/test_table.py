from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from plainwork.reporting.display_width import display_width
from plainwork.reporting.table import format_table

_CELLS = st.text(max_size=30)
_ROWS = st.lists(st.tuples(_CELLS, _CELLS, _CELLS), max_size=8)


def _table(*args: object, **options: object) -> list[str]:
    return list(format_table(*args, **options))  # type: ignore[arg-type]


def test_columns_are_aligned() -> None:
    rows = [("ops-1", "5", "Repair"), ("ops-22", "1240", "Größe"), ("ops-3", "", "")]
    assert _table(("id", "cost", "title"), rows, align="<>") == [
        "id      cost  title",
        "ops-1      5  Repair",
        "ops-22  1240  Größe",
        "ops-3",
    ]


def test_wide_and_combining_characters_keep_the_columns() -> None:
    rows = [("作業", "a"), ("e\u0301", "b"), ("plain", "c")]
    assert _table(("", ""), rows) == ["作業   a", "e\u0301      b", "plain  c"]


def test_what_could_move_the_cursor_is_shown() -> None:
    assert _table(("title", "n"), [("a\x1b[2J\nb\u202e", "1")]) == [
        "title              n",
        r"a\x1b[2J\nb\u202e  1",
    ]


def test_no_rows_leave_the_headers() -> None:
    assert _table(("id", "title"), []) == ["id  title"]
    assert _table(("", ""), []) == []


def test_headers_are_emphasised_on_a_terminal() -> None:
    assert _table(("id", "title"), [], color=True) == ["\x1b[1mid  title\x1b[0m"]


def test_the_named_column_is_cut_to_what_is_left() -> None:
    rows = [("w-1", "A title that is rather long", "anna"), ("w-2", "Short", "anna")]
    assert _table(("id", "title", "owner"), rows, width=30, flexible="title") == [
        "id   title               owner",
        "w-1  A title that is r…  anna",
        "w-2  Short               anna",
    ]


def test_without_a_terminal_nothing_is_cut() -> None:
    assert _table(("id", "title"), [("w-1", "x" * 500)])[1] == f"w-1  {'x' * 500}"


def test_the_last_column_is_cut_if_none_is_named() -> None:
    assert _table(("id", "title"), [("w-1", "A long title")], width=12) == [
        "id   title",
        "w-1  A long…",
    ]


def test_a_long_first_cell_stands_on_a_line_of_its_own() -> None:
    rows = [("kep-1234-some-long-identity", "anna", "open", "x" * 60), ("kep-1", "bo", "", "y")]
    assert _table(("id", "team", "state", "title"), rows, width=50) == [
        "id     team  state  title",
        "kep-1234-some-long-identity",
        "       anna  open   " + "x" * 29 + "…",
        "kep-1  bo           y",
    ]


def test_without_headers_each_row_is_one_line() -> None:
    first, wide = "kep-1234-some-long-identity", "x" * 60
    lines = _table(("", "", "", ""), [(first, wide, "open", wide)], width=80)
    assert lines[0].split() == [first, "x" * 22 + "…", "open", "x" * 19 + "…"]
    assert len(lines[0]) == 80


def test_a_column_of_titles_may_be_the_first() -> None:
    assert _table(("title", "id"), [("A long title", "w-1")], width=12, flexible="title") == [
        "title    id",
        "A long…  w-1",
    ]


def test_numbers_stay_whole_and_leave_the_first_column_what_they_can() -> None:
    rows = [("somebody-else", "1", "2"), ("bo", "3", "4")]
    lines = _table(("owner", "open", "late"), rows, width=18, align="<>>", whole=("open", "late"))
    assert lines == [
        "owner  open  late",
        "somebody-else",
        "          1     2",
        "bo        3     4",
    ]


def test_a_column_that_is_of_no_use_when_cut_stays_whole() -> None:
    rows = [("w-1", "a long name", "2026-05-01", "A long title")]
    lines = _table(("id", "owner", "due", "title"), rows, width=30, whole=("due",))
    assert lines[1] == "w-1  a l…  2026-05-01  A long…"


@given(_ROWS, st.integers(70, 120), st.sampled_from(["", "b", "c"]))
def test_no_line_is_wider_than_the_terminal(
    rows: Sequence[Sequence[str]], width: int, flexible: str
) -> None:
    short = [(row[0][:4], *row[1:]) for row in rows]
    lines = _table(("a", "b", "c"), short, width=width, flexible=flexible)
    assert all(display_width(line) <= width for line in lines)


@given(_ROWS)
def test_cells_of_a_column_begin_at_the_same_place(rows: Sequence[Sequence[str]]) -> None:
    marked = [("|", *row, "|") for row in rows]
    lines = _table(("|", "a", "b", "c", "|"), marked)
    assert len({display_width(line) for line in lines}) == 1
    assert len(lines) == len(rows) + 1


def test_a_short_first_cell_is_not_worth_a_line_of_its_own() -> None:
    assert _table(("", "open"), [("projects", "12345")], width=9, whole=("open",)) == [
        "          open",
        "projects  12345",
    ]
