"""What a value of another tool means for a field here: the type of the field decides.

A reading is *whole* if what was written still stands in what it became; the caller keeps all other
values as they were written, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from plainwork.model import field_type as ft
from plainwork.parsing.foreign_yaml import ForeignValue
from plainwork.parsing.quantities import parse_date
from plainwork.parsing.scalars import Mistake, parse_scalar
from plainwork.parsing.source_text import CONTROL_CHARACTER
from plainwork.plans.import_mapping import FieldRule, find_single, read_form
from plainwork.plans.import_parties import PartyFinder

_PARTIES = frozenset({"party", "person", "team", "agent"})
_WORK = frozenset({"work", "item", "project", "milestone"})
_HUMAN = frozenset({"owner", "sponsor"})
_DATE_LENGTH = 10


class Reading(msgspec.Struct, frozen=True):
    """What was read; None: nothing."""

    value: Any
    whole: bool


_NOTHING = Reading(None, whole=False)


class ValueReader:
    """Reads the values of one import.

    Args:
        parties: Finds who is meant.
        names: Which work is meant by a title, in lower case.
    """

    def __init__(self, parties: PartyFinder, names: Mapping[str, str]) -> None:
        self._parties = parties
        self._names = names

    def is_agent(self, id_: str) -> bool:
        """Whether a party that was found is an agent."""
        party = self._parties.found.get(id_)
        return party is not None and party.kind == "agent"

    def read(
        self, target: str, type_: ft.FieldType, value: ForeignValue, rule: FieldRule
    ) -> Reading:
        """Read a value for a field."""
        single = find_single(type_)
        if single is type_:
            return self._read_text(target, single, value, rule)
        items = [item for item in value if item] if isinstance(value, list) else [value]
        readings = [self._read_text(target, single, item, rule) for item in items]
        values = [reading.value for reading in readings if reading.value is not None]
        whole = all(reading.whole for reading in readings)
        return Reading(list(dict.fromkeys(values)), whole=whole) if values else _NOTHING

    def _read_text(
        self, target: str, type_: ft.FieldType, value: ForeignValue, rule: FieldRule
    ) -> Reading:
        if not isinstance(value, str) or CONTROL_CHARACTER.search(value):
            return _NOTHING
        if value in rule.values:
            return Reading(rule.values[value], whole=value in rule.usual)
        meant = read_form(value, rule.forms) if rule.forms else value
        if meant is None:
            return _NOTHING
        if isinstance(type_, ft.Reference) and type_.to in _PARTIES:
            return self._read_party(target, type_, meant)
        if isinstance(type_, ft.Reference) and type_.to in _WORK:
            meant = self._names.get(meant.strip().lower(), meant)
        if isinstance(type_, ft.Date) and parse_date(meant[:_DATE_LENGTH]):
            meant = meant[:_DATE_LENGTH]
        read = parse_scalar(type_, meant)
        if isinstance(read, Mistake):
            return _NOTHING
        return Reading(read, whole=stands_in(value, str(read)))

    def _read_party(self, target: str, type_: ft.Reference, text: str) -> Reading:
        party = self._parties.find(text)
        wrong_kind = party is not None and type_.to not in ("party", party.kind)
        if party is None or wrong_kind or (party.kind == "agent" and target in _HUMAN):
            return Reading(text, whole=True) if type_.or_text else _NOTHING
        return Reading(party.id, whole=stands_in(text.strip().removeprefix("@"), party.id))


def stands_in(text: str, value: str) -> bool:
    """Whether a text still stands in what was made of it, compared without case."""
    return text.strip().lower() in value.lower()
