"""What the reader of fields makes of values: right ones in canonical form, wrong ones reported."""

from typing import Any

import pytest

from plainwork.model import field_type as ft
from plainwork.model.diagnostic import Location, Severity
from plainwork.model.work import ReferenceUse
from plainwork.parsing.fields import FieldReader
from plainwork.parsing.yaml_tree import parse_yaml

LINE = ft.Text(single_line=True)
STATE = ft.Group(
    (ft.Field("category", LINE, "What it means", required=True), ft.Field("help", LINE))
)


def read(type_: ft.FieldType, text: str, *, required: bool = False) -> tuple[Any, FieldReader]:
    """Read ``f:`` with a type; the value is None if there is none."""
    reader = FieldReader("work/a.md")
    root = parse_yaml("work/a.md", f"f: {text}\n", line=1, index=4)
    fields = {"f": ft.Field("f", type_, "What it is", required=required)}
    return reader.read_fields(root, fields).get("f"), reader


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        pytest.param(ft.Text(), "|\n  two\n  lines", "two\nlines\n", id="text"),
        pytest.param(LINE, "|\n  one line", "one line", id="line-of-a-block"),
        pytest.param(LINE, "'null'", "null", id="quoted-null"),
        pytest.param(LINE, "NO", "NO", id="no-is-text"),
        pytest.param(LINE, "12:30:45", "12:30:45", id="time-is-text"),
        pytest.param(ft.Boolean(), "true", True, id="boolean"),
        pytest.param(ft.Number(), "3e2", 300.0, id="number"),
        pytest.param(ft.Integer(), "-12", -12, id="integer"),
        pytest.param(ft.Date(), "2028-02-29", "2028-02-29", id="date"),
        pytest.param(ft.Timestamp(), "2026-05-01T09:30:00Z", "2026-05-01T09:30:00Z", id="time"),
        pytest.param(ft.Span(), "3 business days", "3bd", id="duration"),
        pytest.param(ft.Span(effort=True), "1.50d", "1.5d", id="effort"),
        pytest.param(ft.Money(), "1840.50", "1840.50", id="money-keeps-its-cents"),
        pytest.param(ft.Percentage(), "50%", "50%", id="percentage"),
        pytest.param(ft.Distance(), "date + 3 business days", "date + 3bd", id="distance"),
        pytest.param(ft.Condition(), "|\n  a &&\n  b\n", "a &&\nb", id="condition"),
        pytest.param(ft.Reference("party"), "Mara", "Mara", id="reference-of-any-case"),
        pytest.param(ft.Name("field"), "x-Any Thing", "x-Any Thing", id="extension"),
        pytest.param(ft.Many(LINE), "[a, b]", ["a", "b"], id="list"),
        pytest.param(ft.Many(LINE), "[]", [], id="empty-list"),
        pytest.param(ft.Many(LINE, or_one=True), "a", ["a"], id="one-for-a-list"),
        pytest.param(ft.Table(ft.Name(), LINE), "{a: b, c: }", {"a": "b"}, id="table"),
        pytest.param(ft.Anything(), "{a: [1, {b: '~'}]}", {"a": ["1", {"b": "~"}]}, id="anything"),
        pytest.param(LINE, "", None, id="unset"),
    ],
)
def test_a_right_value_is_read_in_canonical_form(
    type_: ft.FieldType, text: str, value: Any
) -> None:
    found, reader = read(type_, text)

    assert reader.diagnostics == []
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("type_", "text", "rule", "message", "hint"),
    [
        pytest.param(LINE, "~", "null-value", "`~` is no value", "leave the value", id="null"),
        pytest.param(LINE, "[a]", "wrong-type", "expected text, found a list", "", id="list"),
        pytest.param(
            LINE, "|\n  a\n  b", "wrong-type", "text of more than one", "keep", id="lines"
        ),
        pytest.param(
            ft.Date(), "{a: b}", "wrong-type", "expected a date, found a map", "", id="map"
        ),
        pytest.param(
            ft.Boolean(), "yes", "wrong-type", "`yes` is not `true` or `false`", "", id="yes"
        ),
        pytest.param(
            ft.Number(), "1_000", "wrong-type", "`1_000` is not a number", "write", id="number"
        ),
        pytest.param(
            ft.Number(minimum=0), "-1", "out-of-range", "-1 is less than 0", "", id="minimum"
        ),
        pytest.param(
            ft.Integer(), "1.0", "wrong-type", "`1.0` is not a whole number", "", id="integer"
        ),
        pytest.param(
            ft.Integer(),
            "9007199254740992",
            "out-of-range",
            "9007199254740992 is too",
            "",
            id="large",
        ),
        pytest.param(
            ft.Date(), "2026-02-29", "wrong-type", "`2026-02-29` is not a date", "write", id="date"
        ),
        pytest.param(
            ft.Span(effort=True),
            "3bd",
            "wrong-type",
            "`3bd` is not an effort",
            "write 4h",
            id="effort",
        ),
        pytest.param(
            ft.Money(), "1,5", "wrong-type", "`1,5` is not an amount of money", "write", id="money"
        ),
        pytest.param(
            ft.Choice(("low", "high")),
            "hihg",
            "unknown-option",
            "`hihg` is no",
            "did you mean `high`?",
            id="near",
        ),
        pytest.param(
            ft.Choice(("low", "high")),
            "x",
            "unknown-option",
            "`x` is no",
            "use one of low, high",
            id="option",
        ),
        pytest.param(
            ft.Identifier(), "Ops-1", "invalid-id", "`Ops-1` is not an id", "ids are", id="id"
        ),
        pytest.param(
            ft.Reference("party"),
            "\u212aarl",
            "invalid-id",
            "`\u212aarl` is not an id",
            "ids",
            id="kelvin-sign",
        ),
        pytest.param(
            ft.Reference("party"),
            "hr:a",
            "invalid-id",
            "`hr:a` is not an id",
            "ids",
            id="foreign-party",
        ),
        pytest.param(
            ft.Name("state"),
            "To do",
            "wrong-type",
            "`To do` is not a state name",
            "lower",
            id="name",
        ),
        pytest.param(
            ft.Url(),
            "'javascript:a'",
            "wrong-type",
            "`javascript:a` is not a URL",
            "write",
            id="url",
        ),
        pytest.param(
            ft.Attachment(),
            "'file:///a'",
            "wrong-type",
            "`file:///a` is not a path",
            "write",
            id="path",
        ),
        pytest.param(
            ft.Approver(),
            "a b",
            "wrong-type",
            "`a b` is not a person, a team",
            "write",
            id="approver",
        ),
        pytest.param(
            ft.Many(LINE),
            "a",
            "lone-value",
            "expected a list, found a lone value",
            "write",
            id="lone",
        ),
        pytest.param(
            ft.Many(LINE),
            "\n  - a\n  -\n",
            "null-value",
            "an entry says nothing",
            "remove it",
            id="empty-entry",
        ),
        pytest.param(
            STATE,
            "a",
            "wrong-type",
            "expected a map of category, help, found a lone",
            "",
            id="group",
        ),
        pytest.param(
            STATE,
            "{help: x}",
            "missing-field",
            "`category` is not set",
            "set `category` (what",
            id="missing",
        ),
        pytest.param(
            STATE,
            "{category: a, x-b: c}",
            "unknown-field",
            "unknown field `x-b`",
            "known are",
            id="inside",
        ),
        pytest.param(
            ft.Table(ft.Name(), STATE),
            "{a: }",
            "wrong-type",
            "`a` says nothing",
            "",
            id="empty-group",
        ),
        pytest.param(
            ft.Table(ft.Name(), LINE),
            "{A: b}",
            "wrong-type",
            "`A` is not a name",
            "lower",
            id="key",
        ),
        pytest.param(
            ft.Either(scalar=LINE),
            "[a]",
            "wrong-type",
            "a list does not belong here",
            "",
            id="either",
        ),
    ],
)
def test_a_wrong_value_is_reported_once_and_left_out(
    type_: ft.FieldType, text: str, rule: str, message: str, hint: str
) -> None:
    found, reader = read(type_, text)

    (problem,) = reader.diagnostics
    assert (problem.rule, problem.severity) == (rule, Severity.ERROR)
    assert problem.message.startswith(message)
    assert problem.hint.startswith(hint)
    assert found in (None, {}, [], ["a"], {"help": "x"}, {"category": "a"})


@pytest.mark.parametrize(
    ("type_", "text", "kinds"),
    [
        pytest.param(ft.Reference("party"), "mara", ["party"], id="party"),
        pytest.param(ft.Reference("work"), "hr:hr-1", ["workspace"], id="another-workspace"),
        pytest.param(ft.Reference("work", or_url=True), "https://a.example", [], id="url"),
        pytest.param(ft.Reference("party", or_text=True), "mara", [], id="maybe-outside"),
        pytest.param(ft.Attachment(), "docs/a.pdf", ["file"], id="file"),
        pytest.param(ft.Attachment(), "https://a.example/a.pdf", [], id="file-elsewhere"),
        pytest.param(ft.Approver(), "owner.manager", ["approver"], id="approver"),
        pytest.param(LINE, "mara", [], id="text"),
    ],
)
def test_references_are_noted(type_: ft.FieldType, text: str, kinds: list[str]) -> None:
    _, reader = read(ft.Many(type_), f"['{text}']")

    assert reader.references == [ReferenceUse(kind, text, ("f", 0)) for kind in kinds]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        pytest.param("g: 1", 0, 0, id="absent"),
        pytest.param("g: 1\nf:", 3, 3, id="empty"),
        pytest.param("g: 1\nf: ''", 3, 4, id="empty-text-is-a-value"),
    ],
)
def test_a_missing_field_is_reported_where_it_could_be(text: str, line: int, column: int) -> None:
    reader = FieldReader("a.md")
    fields = {"f": ft.Field("f", ft.Identifier(), required=True), "g": ft.Field("g", LINE)}

    reader.read_fields(parse_yaml("a.md", text, line=1, index=4), fields)

    assert reader.diagnostics[0].location == Location("a.md", line, column)


def test_unknown_fields_are_kept_only_if_marked() -> None:
    root = parse_yaml("a.md", "titel: a\nx-b: {c: d}\nzzz: e\n", line=0, index=0)
    reader = FieldReader("a.md")

    values = reader.read_fields(root, {"title": ft.Field("title", LINE)}, open_names=True)

    assert values == {"x-b": {"c": "d"}}
    assert [problem.hint for problem in reader.diagnostics] == [
        "did you mean `title`?",
        "declare it in the workflow's `fields`, or begin its name with `x-`",
    ]


def test_fields_of_an_unknown_workflow_go_unreported() -> None:
    root = parse_yaml("a.md", "zzz: e\n", line=0, index=0)
    reader = FieldReader("a.md")

    assert reader.read_fields(root, {}, foreign=True) == {}
    assert reader.diagnostics == []


def test_near_matches_are_sought_for_the_first_mistakes_only() -> None:
    _, reader = read(ft.Many(ft.Choice(("high",))), f"[{', '.join(['hihg'] * 50_000)}]")

    hints = [problem.hint for problem in reader.diagnostics]
    assert len(hints) == 50_000
    assert hints.count("did you mean `high`?") == 20
