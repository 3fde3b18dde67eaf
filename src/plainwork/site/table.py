"""A table of a site as data: how its value becomes CSV and JSON at a stable address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, Protocol

import msgspec

from plainwork.site.address import data_address
from plainwork.site.page import Output
from plainwork.site.sources import Sources


class Forms(Protocol):
    """Values as programs read them; :mod:`plainwork.reporting` has the usual ones."""

    def json(self, name: str, value: msgspec.Struct, /) -> bytes:
        """Return a value as JSON that names the schema ``plainwork/<name>/1``."""

    def entry(self, value: Any, /) -> bytes:
        """Return a value as JSON, as an entry of such a value's list."""

    def fill(self, data: bytes, field: str, entries: Sequence[bytes], /) -> bytes:
        """Return a value as JSON with entries in a field that is an empty list."""

    def csv(self, headers: Sequence[str], columns: Sequence[Sequence[Any]], /) -> list[bytes]:
        """Return columns of values as lines of CSV that no spreadsheet runs, headers first."""


class Table(msgspec.Struct, frozen=True):
    """A table of the whole workspace.

    Attributes:
        name: Of its files.
        schema: Of its JSON, which is that of the command with its value.
        compute: Returns the value; None: there is nothing to tell.
        headers: Of the columns.
        rows: Returns, of each line, what columns hold by their header; others are empty.
    """

    name: str
    schema: str
    compute: Callable[[Sources], msgspec.Struct | None]
    headers: tuple[str, ...]
    rows: Callable[[Any], Sequence[Mapping[str, Any]]]


def plan_table(
    table: Table, key: bytes, sources: Sources, forms: Forms, *, of_past: bool = False
) -> Iterator[Output]:
    """Yield a table as CSV and as JSON; its value is computed once for both."""
    compute = cache(partial(table.compute, sources))
    for form, make in (("csv", _make_csv), ("json", _make_json)):
        address = data_address(table.name, form)
        made = partial(make, table, compute, forms)
        yield Output(address, key, made, precise=of_past, of_past=of_past)


def _make_json(table: Table, compute: Callable[[], msgspec.Struct | None], forms: Forms) -> bytes:
    value = compute()
    return b"{}" if value is None else forms.json(table.schema, value)


def _make_csv(table: Table, compute: Callable[[], msgspec.Struct | None], forms: Forms) -> bytes:
    value = compute()
    rows = () if value is None else table.rows(value)
    columns = [[row.get(name) for row in rows] for name in table.headers]
    return b"".join(forms.csv(table.headers, columns))


def flatten(value: msgspec.Struct) -> dict[str, Any]:
    """Return a value's fields as JSON's values; those of a value in it as ``presence_state``."""
    found: dict[str, Any] = {}
    for name, each in msgspec.to_builtins(value).items():
        if isinstance(each, dict):
            found |= {f"{name}_{inner}": part for inner, part in each.items()}
        else:
            found[name] = each
    return found
