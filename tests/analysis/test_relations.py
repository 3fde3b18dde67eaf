"""The words that stand for people in rules."""

from collections.abc import Iterator

from plainwork.analysis.relations import RESERVED_NAMES
from plainwork.model import field_type as ft
from plainwork.model.document_fields import DOCUMENT_FIELDS, RECORD_KIND_FIELDS


def test_every_field_of_type_party_is_reserved() -> None:
    tables = (*DOCUMENT_FIELDS.values(), *RECORD_KIND_FIELDS.values())

    assert {name for table in tables for name in names_of_parties(table)} <= RESERVED_NAMES


def names_of_parties(fields: tuple[ft.Field, ...]) -> Iterator[str]:
    for field in fields:
        single = field.type.item if isinstance(field.type, ft.Many) else field.type
        if isinstance(single, ft.Reference) and single.to in {"party", "person", "team"}:
            yield field.name
