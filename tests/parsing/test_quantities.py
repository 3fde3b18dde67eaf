"""What the grammars of values accept, refuse and give back."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.model.quantity import Distance, Duration, Money
from plainwork.parsing.quantities import (
    parse_date,
    parse_distance,
    parse_duration,
    parse_money,
    parse_number,
    parse_percentage,
    parse_timestamp,
)

PARSERS = [
    parse_date,
    parse_timestamp,
    parse_duration,
    parse_money,
    parse_percentage,
    parse_distance,
    parse_number,
]


def amounts(places: int, largest: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, largest, places=places, allow_nan=False)


durations = st.one_of(
    st.builds(Duration, amounts(2, 5_000), st.sampled_from(["m", "h", "d", "w"])),
    st.builds(Duration, amounts(4, 36_525), st.sampled_from(["h", "d"]), st.just(True)),
)
whole_durations = st.builds(
    Duration, st.integers(0, 5_000).map(Decimal), st.sampled_from(["d", "w"])
)


def bd(amount: int) -> Duration:
    return Duration(Decimal(amount), "d", business=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-05-01", date(2026, 5, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2026-02-29", None),
        ("2026-13-01", None),
        ("0000-01-01", None),
        ("2026-5-1", None),
        ("20260501", None),
        ("2026-W18-5", None),
        ("2026-05-01T00:00:00Z", None),
        ("2026-05-01\n", None),
        ("2026-05-0\u0661", None),
    ],
)
def test_a_date_is_year_month_and_day(text: str, value: date | None) -> None:
    assert parse_date(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-05-01", date(2026, 5, 1)),
        ("2026-05-01T09:30:00Z", datetime(2026, 5, 1, 9, 30, tzinfo=UTC)),
        (
            "2026-05-01T09:30:00.25-03:30",
            datetime(2026, 5, 1, 9, 30, 0, 250_000, timezone(-timedelta(hours=3, minutes=30))),
        ),
        ("2026-05-01T09:30:00", None),
        ("2026-05-01 09:30:00Z", None),
        ("2026-05-01T09:30Z", None),
        ("2026-05-01T24:00:00Z", None),
        ("2026-05-01T23:59:60Z", None),
        ("2026-05-01T09:30:00+25:00", None),
        ("2026-05-01T09:30:00+0200", None),
        ("2026-02-30T09:30:00Z", None),
        ("0001-01-01T00:00:00+02:00", None),
        ("9999-12-31T23:00:00-02:00", None),
    ],
)
def test_a_timestamp_has_an_offset(text: str, value: datetime | date | None) -> None:
    assert parse_timestamp(text) == value


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("30m", "30m"),
        ("4h", "4h"),
        ("0.5d", "0.5d"),
        ("1.50h", "1.5h"),
        ("100d", "100d"),
        ("2w", "2w"),
        ("0d", "0d"),
        ("4bh", "4bh"),
        ("3 business days", "3bd"),
        ("1 business day", "1bd"),
        ("2.5 business hours", "2.5bh"),
        ("36525d", "36525d"),
    ],
)
def test_a_duration_has_a_canonical_form(text: str, canonical: str) -> None:
    assert str(parse_duration(text)) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3",
        "d",
        "-3d",
        "+3d",
        "3 d",
        "3D",
        "03d",
        ".5d",
        "5.d",
        "1e3d",
        "3bw",
        "3bm",
        "3y",
        "3 days",
        "3  business days",
        "3 business weeks",
        "36526d",
        "5218w",
        "9999999m9",
        "\u0663d",
        "3d\n",
        "9" * 10_000 + "d",
    ],
)
def test_what_is_no_duration(text: str) -> None:
    assert parse_duration(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1840.50", Money(Decimal("1840.50"))),
        ("61000 USD", Money(Decimal(61000), "USD")),
        ("-12.5", Money(Decimal("-12.5"))),
        ("0.10", Money(Decimal("0.10"))),
        ("-0.00", Money(Decimal("0.00"))),
        ("999999999999999.999999", Money(Decimal("999999999999999.999999"))),
        ("1e3", None),
        ("NaN", None),
        ("Infinity", None),
        ("1,000", None),
        ("1_000", None),
        ("1.000,00", None),
        ("007", None),
        ("+5", None),
        ("5 usd", None),
        ("5USD", None),
        ("5  USD", None),
        ("USD 5", None),
        ("5 EURO", None),
        ("$5", None),
        ("\u0665", None),
        ("1000000000000000", None),
    ],
)
def test_money_is_an_exact_decimal(text: str, value: Money | None) -> None:
    assert parse_money(text) == value


def test_money_keeps_its_cents() -> None:
    assert [str(parse_money(text)) for text in ("1840.50", "-0.00", "61000 USD")] == [
        "1840.50",
        "0.00",
        "61000 USD",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("50%", Decimal(50)),
        ("0%", Decimal(0)),
        ("12.5%", Decimal("12.5")),
        ("50", None),
        ("50 %", None),
        ("-5%", None),
        ("1000%", None),
        ("%", None),
    ],
)
def test_a_percentage_ends_in_a_sign(text: str, value: Decimal | None) -> None:
    assert parse_percentage(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("date", Distance("date")),
        ("last_day", Distance("last_day")),
        ("date + 3bd", Distance("date", 1, bd(3))),
        ("date + 3 business days", Distance("date", 1, bd(3))),
        ("first_day - 5bd", Distance("first_day", -1, bd(5))),
        ("last_day + 2w", Distance("last_day", 1, Duration(Decimal(2), "w"))),
        ("date+3bd", None),
        ("date + -3bd", None),
        ("date +", None),
        ("day + 3bd", None),
        ("today", None),
        ("2026-05-01 + 3d", None),
        ("date + 4h", None),
        ("date + 4bh", None),
        ("date + 0.5d", None),
        ("date + 3bd\n", None),
        ("date + 3bd + 3bd", None),
    ],
)
def test_a_distance_joins_days(text: str, value: Distance | None) -> None:
    assert parse_distance(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-12", -12),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("2.5E-1", 0.25),
        ("9223372036854775807", 2**63 - 1),
        ("9223372036854775808", None),
        ("1e999", None),
        ("NaN", None),
        ("Infinity", None),
        ("01", None),
        ("+1", None),
        (".5", None),
        ("5.", None),
        ("1_000", None),
        ("0x10", None),
        ("\u0661", None),
        ("1" * 10_000, None),
        ("0." + "1" * 10_000, None),
        ("", None),
    ],
)
def test_a_number_is_one_of_json(text: str, value: float | None) -> None:
    number = parse_number(text)
    assert number == value
    assert type(number) is type(value)


@given(st.dates())
def test_a_date_reads_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day


@given(durations)
def test_a_duration_reads_back(duration: Duration) -> None:
    assert parse_duration(str(duration)) == duration


@given(
    st.builds(
        Money,
        st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
        st.sampled_from(["", "EUR", "JPY"]),
    )
)
def test_money_reads_back(money: Money) -> None:
    back = parse_money(str(money))
    assert back == money
    assert parse_money(str(back)) == money


@given(
    st.sampled_from(["date", "first_day", "last_day"]),
    st.sampled_from([1, -1]),
    whole_durations,
)
def test_a_distance_reads_back(anchor: str, sign: int, duration: Duration) -> None:
    distance = Distance(anchor, sign, duration)  # type: ignore[arg-type]
    assert parse_distance(str(distance)) == distance


@given(st.text() | st.text("0123456789+-.:TZbdhmw% businedays_ftlor", max_size=40))
def test_any_text_is_answered(text: str) -> None:
    for parse in PARSERS:
        value = parse(text)
        assert value is None or text.isascii()
