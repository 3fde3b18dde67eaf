"""Working days and hours, against counting them one by one."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plainwork.analysis.distance import resolve_distance
from plainwork.analysis.working_calendar import WorkingCalendar
from plainwork.model.quantity import Duration
from plainwork.model.settings import Calendar
from plainwork.parsing.quantities import parse_distance, parse_duration

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = WorkingCalendar()
# Lunch breaks, a short Friday, Saturdays from midnight on, and holidays also on a Sunday.
_LONG = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
SHOP = WorkingCalendar(
    Calendar(
        "shop",
        (_LONG, _LONG, _LONG, _LONG, ((8 * 60, 14 * 60),), ((0, 2 * 60), (22 * 60, 24 * 60)), ()),
        holidays=(date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6), date(2026, 12, 25)),
    )
)
calendars = st.sampled_from([OFFICE, SHOP])
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def duration(text: str) -> Duration:
    parsed = parse_duration(text)
    assert parsed is not None
    return parsed


def moment(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("day", "count", "reached"),
    [
        pytest.param("2026-05-01", 1, "2026-05-04", id="over-a-weekend"),
        pytest.param("2026-05-02", 1, "2026-05-04", id="from-a-saturday"),
        pytest.param("2026-05-02", -1, "2026-05-01", id="back-from-a-saturday"),
        pytest.param("2026-05-04", -1, "2026-05-01", id="back-over-a-weekend"),
        pytest.param("2026-05-02", 0, "2026-05-02", id="no-distance"),
        pytest.param("2026-05-04", 5, "2026-05-11", id="a-week"),
        pytest.param("2026-05-04", 2_610, "2036-05-05", id="ten-years"),
        pytest.param("9999-12-30", 10, "9999-12-31", id="the-last-day-that-there-is"),
        pytest.param("0001-01-03", -10, "0001-01-01", id="the-first-day-that-there-is"),
    ],
)
def test_working_days_are_added(day: str, count: int, reached: str) -> None:
    assert OFFICE.add_working_days(date.fromisoformat(day), count).isoformat() == reached


def test_holidays_are_free() -> None:
    # Easter: Good Friday to Monday, of which the Saturday is a working day.
    assert SHOP.add_working_days(date(2026, 4, 2), 1) == date(2026, 4, 4)
    assert SHOP.next_working_day(date(2026, 4, 5)) == date(2026, 4, 7)
    assert SHOP.previous_working_day(date(2026, 4, 3)) == date(2026, 4, 2)
    assert SHOP.next_working_day(date(2026, 4, 7)) == date(2026, 4, 7)


def test_a_calendar_without_hours_is_the_default() -> None:
    empty = WorkingCalendar(Calendar("empty", ((),) * 7, holidays=(date(2026, 5, 4),)))
    assert empty.next_working_day(date(2026, 5, 2)) == date(2026, 5, 5)
    assert empty.day_hours == 8


@given(calendars, days, st.integers(-5, 60))
def test_working_days_are_counted(calendar: WorkingCalendar, day: date, length: int) -> None:
    counted = sum(calendar.is_working_day(day + timedelta(each)) for each in range(length + 1))
    assert calendar.count_working_days(day, day + timedelta(length)) == counted


@given(calendars, days, st.integers(1, 60))
def test_adding_days_is_counting_them(calendar: WorkingCalendar, day: date, count: int) -> None:
    later, earlier = calendar.add_working_days(day, count), calendar.add_working_days(day, -count)
    assert _working_days(calendar, day, later) == count
    assert calendar.is_working_day(later)
    one = timedelta(days=1)
    assert _working_days(calendar, earlier - one, day - one) == count
    assert calendar.is_working_day(earlier)


def _working_days(calendar: WorkingCalendar, after: date, last: date) -> int:
    span = (last - after).days
    return sum(calendar.is_working_day(after + timedelta(days=n)) for n in range(1, span + 1))


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        pytest.param("2026-05-04T10:00", "4bh", "2026-05-04T14:00", id="the-same-day"),
        pytest.param("2026-05-01T16:00", "4bh", "2026-05-04T12:00", id="over-a-weekend"),
        pytest.param("2026-05-02T10:00", "1bh", "2026-05-04T10:00", id="from-a-saturday"),
        pytest.param("2026-05-04T07:00", "8bh", "2026-05-04T17:00", id="to-the-end-of-the-day"),
        pytest.param("2026-05-04T10:00", "0bh", "2026-05-04T10:00", id="no-time"),
        pytest.param("2026-05-04T10:00", "0.5bh", "2026-05-04T10:30", id="half-an-hour"),
        pytest.param("2026-05-01T10:00", "1bd", "2026-05-04T10:00", id="a-business-day"),
        pytest.param("2026-05-02T10:00", "1bd", "2026-05-04T10:00", id="a-day-from-a-saturday"),
        pytest.param("2026-05-01T15:00", "1.5bd", "2026-05-05T11:00", id="a-day-and-a-half"),
        pytest.param("2026-05-01T16:00", "30m", "2026-05-01T16:30", id="elapsed-minutes"),
        pytest.param("2026-05-01T16:00", "2w", "2026-05-15T16:00", id="elapsed-weeks"),
        pytest.param("2026-03-28T12:00", "1d", "2026-03-29T13:00", id="clocks-go-forward"),
        pytest.param("2026-10-24T12:00", "24h", "2026-10-25T11:00", id="clocks-go-back"),
    ],
)
def test_a_duration_ends(start: str, text: str, end: str) -> None:
    assert OFFICE.add(moment(start), duration(text)) == moment(end)


def test_an_hour_that_the_clocks_pass_over_is_the_next_one() -> None:
    night = WorkingCalendar(Calendar("night", (((2 * 60, 4 * 60),),) * 7))
    # On 29 March 2026 there is no 02:30 in Berlin.
    ended = night.add(moment("2026-03-28T02:30"), duration("1bd"))
    assert ended.isoformat() == "2026-03-29T03:30:00+02:00"


@pytest.mark.parametrize("text", ["36525d", "36525bd", "290000bh", "5000w"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue", "UTC"])
def test_time_ends(text: str, zone: str) -> None:
    late = moment("9998-06-01T12:00", ZoneInfo(zone))
    end = OFFICE.add(late, duration(text))
    assert late < end.astimezone(UTC)
    assert OFFICE.add_to_date(late.date(), duration(text)) == date.max
    assert OFFICE.add_to_date(date(2, 1, 1), duration(text), -1) == date.min


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        pytest.param("2026-05-04T10:00", "2026-05-04T12:30", 2.5, id="within-a-day"),
        pytest.param("2026-05-01T16:00", "2026-05-04T10:00", 2, id="over-a-weekend"),
        pytest.param("2026-05-02T00:00", "2026-05-03T23:59", 0, id="a-weekend"),
        pytest.param("2026-05-04T00:00", "2026-05-04T23:59", 8, id="a-whole-day"),
        pytest.param("2026-05-04T12:00", "2026-05-04T10:00", 0, id="backwards"),
        pytest.param("2026-01-01T00:00", "2126-01-01T00:00", 208_704, id="a-hundred-years"),
    ],
)
def test_working_time_between_two_moments(start: str, end: str, hours: float) -> None:
    assert OFFICE.working_time(moment(start), moment(end)) == timedelta(hours=hours)


quarters = st.integers(0, 4 * 24 * 40).map(
    lambda n: datetime(2026, 3, 20, tzinfo=UTC) + n * timedelta(minutes=15)
)


@given(calendars, quarters, quarters)
def test_working_time_is_the_sum_of_its_quarters(
    calendar: WorkingCalendar, start: datetime, end: datetime
) -> None:
    assume(start < end)
    quarter = timedelta(minutes=15)
    steps = [start + n * quarter for n in range((end - start) // quarter)]
    parts = [calendar.working_time(step, step + quarter) for step in steps]
    assert set(parts) <= {timedelta(), quarter}
    assert sum(parts, timedelta()) == calendar.working_time(start, end)


@given(calendars, quarters, st.integers(1, 400_000))
def test_added_working_time_has_passed(
    calendar: WorkingCalendar, start: datetime, seconds: int
) -> None:
    end = calendar.add_working_time(start, seconds)
    assert calendar.working_time(start, end) == timedelta(seconds=seconds)
    # No earlier moment would do.
    assert calendar.working_time(start, end - timedelta(seconds=1)) < timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("text", "hours"),
    [("90m", "1.5"), ("4h", "4"), ("3d", "22.8"), ("0.5w", "19"), ("2bh", "2"), ("1bd", "7.6")],
)
def test_an_effort_in_hours(text: str, hours: str) -> None:
    friday = (((9 * 60, 15 * 60),),)
    week = WorkingCalendar(Calendar("w", (*((((9 * 60, 17 * 60),),) * 4), *friday, (), ())))
    assert week.hours(duration(text)) == Decimal(hours)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("date", "2026-05-15", id="the-day"),
        pytest.param("first_day", "2026-05-01", id="the-first"),
        pytest.param("last_day", "2026-05-31", id="the-last"),
        pytest.param("date + 3bd", "2026-05-20", id="business-days-later"),
        pytest.param("first_day - 5bd", "2026-04-24", id="business-days-earlier"),
        pytest.param("last_day - 1bd", "2026-05-29", id="before-a-sunday"),
        pytest.param("last_day + 10d", "2026-06-10", id="days-later"),
        pytest.param("date - 2w", "2026-05-01", id="weeks-earlier"),
        pytest.param("last_day + 0bd", "2026-05-31", id="none"),
    ],
)
def test_a_distance_is_resolved(text: str, expected: str) -> None:
    distance = parse_distance(text)
    assert distance is not None
    resolved = resolve_distance(
        distance,
        day=date(2026, 5, 15),
        first_day=date(2026, 5, 1),
        last_day=date(2026, 5, 31),
        calendar=OFFICE,
    )
    assert resolved.isoformat() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1h", "2026-05-02", id="a-begun-day"),
        pytest.param("48h", "2026-05-03", id="two-days"),
        pytest.param("4bh", "2026-05-04", id="a-begun-business-day"),
        pytest.param("9bh", "2026-05-05", id="two-business-days"),
        pytest.param("1.5bd", "2026-05-05", id="a-day-and-a-half"),
    ],
)
def test_a_begun_day_counts(text: str, expected: str) -> None:
    assert OFFICE.add_to_date(date(2026, 5, 1), duration(text)).isoformat() == expected
