import json
from datetime import date
from decimal import Decimal

import jsonschema
import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plainwork.reporting.envelope import (
    fill_list,
    format_entry,
    json_schema,
    to_json,
    to_json_bytes,
)


class Inner(msgspec.Struct, frozen=True):
    name: str


class Report(msgspec.Struct, frozen=True):
    zeta: str
    alpha: date | None = None
    cost: Decimal = Decimal(0)
    inner: tuple[Inner, ...] = ()
    counts: dict[str, int] = {}


class Nothing(msgspec.Struct, frozen=True):
    pass


_ANY = st.text(st.characters(codec=None, exclude_categories=[]))


def test_a_value_is_one_object_that_names_its_schema() -> None:
    report = Report("Größe", date(2026, 5, 1), Decimal("1840.50"), (Inner("a"),), {"ä": 1})
    assert (
        to_json("status", report)
        == """\
{
  "schema": "plainwork/status/1",
  "zeta": "Größe",
  "alpha": "2026-05-01",
  "cost": "1840.50",
  "inner": [
    {
      "name": "a"
    }
  ],
  "counts": {
    "ä": 1
  }
}
"""
    )


def test_a_value_without_fields_is_an_object_too() -> None:
    assert json.loads(to_json("nothing", Nothing())) == {"schema": "plainwork/nothing/1"}


def test_surrogates_are_shown_as_text() -> None:
    report = Report("a\udc80", inner=(Inner("\ud800"),), counts={"\udfff": 1})
    read = json.loads(to_json("status", report))
    assert (read["zeta"], read["inner"], read["counts"]) == (
        r"a\udc80",
        [{"name": r"\ud800"}],
        {r"\udfff": 1},
    )


@given(st.builds(Report, _ANY, inner=st.lists(st.builds(Inner, _ANY)).map(tuple)))
def test_every_value_is_valid_unicode_and_fits_its_schema(report: Report) -> None:
    read = json.loads(to_json("status", report).encode())
    jsonschema.Draft202012Validator(json_schema("status", Report)).validate(read)


@given(st.builds(Report, _ANY, inner=st.lists(st.builds(Inner, _ANY)).map(tuple)))
@example(Report('"inner": []\n  "inner": []', inner=(Inner("[]\n"), Inner("a"))))
def test_a_list_that_is_filled_is_as_one_that_was_full(report: Report) -> None:
    empty = to_json_bytes("status", msgspec.structs.replace(report, inner=()))
    entries = [format_entry(each) for each in report.inner]
    assert fill_list(empty, "inner", entries) == to_json_bytes("status", report)


def test_a_schema_is_one_that_refuses_others() -> None:
    schema = json.loads(json.dumps(json_schema("status", Report)))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert list(schema["properties"])[:2] == ["schema", "zeta"]
    with pytest.raises(jsonschema.ValidationError, match="was expected"):
        validator.validate({"schema": "plainwork/other/1", "zeta": ""})
    with pytest.raises(jsonschema.ValidationError, match="required"):
        validator.validate({"zeta": ""})
