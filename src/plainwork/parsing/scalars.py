"""What a single value may be: text in, a value or a mistake out, one function a type.

What is read is JSON's kind of value in canonical form. Nothing is guessed and nothing repaired.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from plainwork.model import field_type as ft
from plainwork.parsing import quantities

ID_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
_ID_OF_ANY_CASE = re.compile(ID_PATTERN.pattern, re.ASCII | re.IGNORECASE)
FIELD_NAME_PATTERN = re.compile(r"[a-z][a-z0-9_]*")
NAME_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?")
FOREIGN_ID_PATTERN = re.compile(rf"[a-z0-9][a-z0-9_-]*:{ID_PATTERN.pattern}")
URL_PATTERN = re.compile(
    r"""(?:https?://[^\s<>"\\^`{|}/]+|mailto:[^\s<>"\\^`{|}]+@)[^\s<>"\\^`{|}]*"""
)
APPROVER_PATTERN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_])?")

ID_HINT = (
    "ids are lower case letters, digits, `.`, `_` and `-`, at most 64, and end in a letter or digit"
)
_LARGEST_INTEGER = 2**53 - 1  # JSON's numbers are doubles for most who read them
_LONGEST_QUOTE = 60
OTHER_WORKSPACE = frozenset({"work", "project", "milestone"})


class Mistake(msgspec.Struct, frozen=True):
    """Why a text is not a value of a type.

    Attributes:
        rule: The rule that it breaks.
        message: What is wrong.
        hint: What to write instead.
        options: Words of which one may have been meant.
    """

    rule: str
    message: str
    hint: str = ""
    options: tuple[str, ...] = ()


def parse_scalar(type_: ft.FieldType, text: str) -> Any:
    """Return the value that a text has for a type, or a Mistake."""
    return _PARSERS[type(type_)](type_, text)


def describe(type_: ft.FieldType) -> str:
    """Return what a type expects, in words: ``a date``, ``the id of a team``."""
    match type_:
        case ft.Choice(options=options):
            return f"one of {', '.join(options)}"
        case ft.Reference(to=to):
            return f"the id of a {to}"
        case ft.Name(what=what):
            return "a name" if what == "name" else f"a {what} name"
        case ft.Pattern(what=what):
            return what
        case ft.Span(effort=True):
            return "an effort"
        case _:
            return _DESCRIPTIONS[type(type_)]


def reference_kind(type_: ft.FieldType, value: str) -> str:
    """Return what a value refers to, as ``ReferenceUse`` names it, or ``""`` if to nothing."""
    if type(type_) is ft.Reference:
        if type_.or_text:  # who is meant may be outside
            return ""
        if ":" in value:
            return "" if URL_PATTERN.fullmatch(value) else "workspace"
        return type_.to
    if type(type_) is ft.Attachment:
        return "" if URL_PATTERN.fullmatch(value) else "file"
    return "approver" if type(type_) is ft.Approver else ""


def shorten(text: str) -> str:
    """Return a text as a message of one line can quote it."""
    shown = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
    return shown.replace("\n", "\\n")


def _wrong(type_: ft.FieldType, text: str, hint: str = "") -> Mistake:
    return Mistake("wrong-type", f"`{shorten(text)}` is not {describe(type_)}", hint)


def _no_id(text: str) -> Mistake:
    return Mistake("invalid-id", f"`{shorten(text)}` is not an id", ID_HINT)


def _text(type_: ft.Text, text: str) -> str | Mistake:
    if not type_.single_line:
        return text
    line = text.rstrip("\n")
    if "\n" in line:
        return Mistake("wrong-type", "text of more than one line", "keep it to one")
    return line


def _identifier(type_: ft.Identifier, text: str) -> str | Mistake:
    return text if ID_PATTERN.fullmatch(text) else _no_id(text)


def _name(type_: ft.Name, text: str) -> str | Mistake:
    if type_.what == "field":
        if FIELD_NAME_PATTERN.fullmatch(text) or text.startswith("x-"):
            return text
        hint = "field names are lower case letters, digits and `_`, a letter first"
    elif NAME_PATTERN.fullmatch(text):
        return text
    else:
        hint = "lower case letters, digits, `-` and `_`, at most 64"
    return _wrong(type_, text, hint)


def _boolean(type_: ft.Boolean, text: str) -> bool | Mistake:
    return text == "true" if text in ("true", "false") else _wrong(type_, text)


def _number(type_: ft.Number, text: str) -> float | Mistake:
    value = quantities.parse_number(text)
    if value is None:
        return _wrong(type_, text, "write numbers as in JSON: 12, -0.5, 3e8")
    if type_.minimum is not None and value < type_.minimum:
        return Mistake("out-of-range", f"{text} is less than {type_.minimum:g}")
    return value


def _integer(type_: ft.Integer, text: str) -> int | Mistake:
    value = quantities.parse_number(text)
    if not isinstance(value, int):
        return _wrong(type_, text)
    if type_.minimum is not None and value < type_.minimum:
        return Mistake("out-of-range", f"{text} is less than {type_.minimum}")
    if abs(value) > _LARGEST_INTEGER:
        return Mistake("out-of-range", f"{text} is too large")
    return value


def _date(type_: ft.Date, text: str) -> str | Mistake:
    return text if quantities.parse_date(text) else _wrong(type_, text, "write it as YYYY-MM-DD")


def _timestamp(type_: ft.Timestamp, text: str) -> str | Mistake:
    if quantities.parse_timestamp(text):
        return text
    return _wrong(type_, text, "write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+02:00")


def _span(type_: ft.Span, text: str) -> str | Mistake:
    duration = quantities.parse_duration(text)
    if duration is None or (type_.effort and (duration.business or duration.unit not in "mhd")):
        hint = "write 4h or 3d" if type_.effort else "write 30m, 4h, 3d, 2w, 4bh or 3bd"
        return _wrong(type_, text, hint)
    return str(duration)


def _money(type_: ft.Money, text: str) -> str | Mistake:
    money = quantities.parse_money(text)
    if money is None:
        return _wrong(type_, text, "write 1840.50, or 61000 USD for another currency")
    return str(money)


def _percentage(type_: ft.Percentage, text: str) -> str | Mistake:
    if quantities.parse_percentage(text) is None:
        return _wrong(type_, text, "write it as 50%")
    return text


def _distance(type_: ft.Distance, text: str) -> str | Mistake:
    distance = quantities.parse_distance(text)
    if distance is None:
        return _wrong(type_, text, "write `date + 3bd` or `first_day - 5bd`")
    return str(distance)


def _choice(type_: ft.Choice, text: str) -> str | Mistake:
    if text in type_.options:
        return text
    message = f"`{shorten(text)}` is no option"
    return Mistake("unknown-option", message, f"use {describe(type_)}", type_.options)


def _pattern(type_: ft.Pattern, text: str) -> str | Mistake:
    if _compiled(type_.pattern).fullmatch(text):
        return text
    return _wrong(type_, text, f"write it as {type_.form}")


@lru_cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _reference(type_: ft.Reference, text: str) -> str | Mistake:
    if _ID_OF_ANY_CASE.fullmatch(text) or type_.or_text:
        return text
    if type_.or_url and URL_PATTERN.fullmatch(text):
        return text
    if type_.to in OTHER_WORKSPACE and FOREIGN_ID_PATTERN.fullmatch(text):
        return text
    return _no_id(text)


def _url(type_: ft.Url, text: str) -> str | Mistake:
    if URL_PATTERN.fullmatch(text):
        return text
    return _wrong(type_, text, "write an http, https or mailto address")


def _attachment(type_: ft.Attachment, text: str) -> str | Mistake:
    if URL_PATTERN.fullmatch(text):
        return text
    if text and ":" not in text.split("/", 1)[0] and "\\" not in text and "\n" not in text:
        return text
    hint = "write an http or https URL, or a path such as proof.pdf or /docs/proof.pdf"
    return _wrong(type_, text, hint)


def _expression(type_: ft.FieldType, text: str) -> str:
    return text.rstrip("\n")  # a block scalar ends its last line; the expression has none


def _approver(type_: ft.Approver, text: str) -> str | Mistake:
    if APPROVER_PATTERN.fullmatch(text):
        return text
    hint = "write a person, a team, or a relation such as owner.manager or did.approve"
    return _wrong(type_, text, hint)


_PARSERS: Mapping[type, Callable[[Any, str], Any]] = {
    ft.Text: _text,
    ft.Identifier: _identifier,
    ft.Name: _name,
    ft.Boolean: _boolean,
    ft.Number: _number,
    ft.Integer: _integer,
    ft.Date: _date,
    ft.Timestamp: _timestamp,
    ft.Span: _span,
    ft.Money: _money,
    ft.Percentage: _percentage,
    ft.Distance: _distance,
    ft.Choice: _choice,
    ft.Pattern: _pattern,
    ft.Reference: _reference,
    ft.Url: _url,
    ft.Attachment: _attachment,
    ft.Condition: _expression,
    ft.RecurrenceRule: _expression,
    ft.Template: _expression,
    ft.Approver: _approver,
}
_DESCRIPTIONS: Mapping[type, str] = {
    ft.Text: "text",
    ft.Identifier: "an id",
    ft.Boolean: "`true` or `false`",
    ft.Number: "a number",
    ft.Integer: "a whole number",
    ft.Date: "a date",
    ft.Timestamp: "a date or a time",
    ft.Span: "a duration",
    ft.Money: "an amount of money",
    ft.Percentage: "a percentage",
    ft.Distance: "a date and a distance",
    ft.Url: "a URL",
    ft.Attachment: "a path or a URL",
    ft.Condition: "a condition",
    ft.RecurrenceRule: "a recurrence rule",
    ft.Template: "text",
    ft.Approver: "a person, a team or a relation",
}
