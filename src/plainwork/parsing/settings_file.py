"""Reading ``plainwork.toml``.

A wrong value is reported and left out, so that its default holds and the rest can still be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from plainwork.model.diagnostic import Diagnostic, FieldPath
from plainwork.model.settings import DOCUMENT_FOLDERS, FOLDER_KINDS, Calendar, Settings, View
from plainwork.model.settings_fields import SETTINGS_FIELDS, WEEKDAYS
from plainwork.parsing import yaml_tree
from plainwork.parsing.fences import BYTE_ORDER_MARK
from plainwork.parsing.field_tables import fields_by_name
from plainwork.parsing.fields import FieldReader
from plainwork.parsing.near_match import did_you_mean
from plainwork.parsing.quantities import parse_date
from plainwork.parsing.source_text import (
    decode_text,
    find_control_character,
    find_escaped_controls,
    find_hidden_differences,
)
from plainwork.parsing.time_zones import find_zone_hint, time_zone_exists
from plainwork.parsing.toml_tree import parse_toml

Values = Mapping[str, Any]


def parse_settings(path: str, data: bytes) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Read a workspace's settings.

    Args:
        path: For diagnostics.
        data: The file's bytes.

    Returns:
        The settings, with the default for whatever is unset or wrong, and what is wrong, in the
        order of the file.
    """
    root = parse_settings_tree(path, data)
    if isinstance(root, Diagnostic):
        return Settings(), (root,)
    reader = FieldReader(path)
    reader.diagnostics.extend(find_escaped_controls(path, root))
    reader.diagnostics.extend(find_hidden_differences(path, data.decode("utf-8"), root))
    values = reader.read_fields(root, fields_by_name(SETTINGS_FIELDS))
    settings = _Builder(reader, root).settings(values)
    return settings, tuple(sorted(reader.diagnostics))


def parse_settings_tree(path: str, data: bytes) -> yaml_tree.Mapping | Diagnostic:
    """Return the tables of a settings file with their places, or why it cannot be read."""
    text = decode_text(path, data)
    if isinstance(text, Diagnostic):
        return text
    control = find_control_character(path, text, len(text))
    if control is not None:
        return control
    return parse_toml(path, text, start=int(text.startswith(BYTE_ORDER_MARK)))


class _Builder:
    """Checks what the type of a single value cannot, and builds the settings."""

    def __init__(self, reader: FieldReader, root: yaml_tree.Mapping) -> None:
        self._reader = reader
        self._root = root

    def settings(self, values: Values) -> Settings:
        calendars = {
            name: self._calendar(name, calendar)
            for name, calendar in values.get("calendars", {}).items()
        }
        return Settings(
            **self._workspace(values.get("workspace", {}), calendars),
            **values.get("ids", {}),
            folders=self._folders(values.get("folders", {})),
            calendars=calendars,
            views={
                name: View(name, **view)
                for name, view in values.get("views", {}).items()
                if "query" in view
            },
            workspaces=values.get("workspaces", {}),
            **{f"forge_{key}": value for key, value in values.get("forge", {}).items()},
            **{f"site_{key}": value for key, value in values.get("site", {}).items()},
        )

    def _workspace(self, values: dict[str, Any], calendars: Values) -> Values:
        zone = values.get("timezone")
        if zone is not None and not time_zone_exists(zone):
            message = f"there is no time zone `{zone}`"
            self._report(
                ("workspace", "timezone"), "unknown-timezone", message, find_zone_hint(zone)
            )
            del values["timezone"]
        calendar = values.get("calendar")
        if calendar is not None and calendar not in calendars:
            hint = did_you_mean(calendar, calendars) or f"add `[calendars.{calendar}]`"
            message = f"there is no calendar `{calendar}`"
            self._report(("workspace", "calendar"), "unknown-calendar", message, hint)
            del values["calendar"]
        return values

    def _folders(self, written: Values) -> dict[str, tuple[str, ...]]:
        folders = dict(DOCUMENT_FOLDERS)
        owners = {
            f"{folder}/": kind
            for kind, defaults in DOCUMENT_FOLDERS.items()
            if kind not in written
            for folder in defaults
        }
        for kind, right in written.items():
            kept = tuple(self._folders_of_kind(kind, right, owners))
            if kept:
                folders[kind] = kept
            elif not right:
                message, hint = f"`{kind}` has no folder", "name one, or remove the line"
                self._report(("folders", kind), "out-of-range", message, hint)
        return folders

    def _folders_of_kind(self, kind: str, right: list[str], owners: dict[str, str]) -> list[str]:
        entries = list(self._entries(("folders", kind), right))
        wrong: set[int] = set()
        outer = ""
        # Sorted, what lies in a folder follows it. macOS takes `Work` for `work`.
        for folder, node in sorted(entries, key=lambda entry: f"{entry[0].lower()}/"):
            place = f"{folder.lower()}/"
            owner = owners.setdefault(place, kind)
            if FOLDER_KINDS[owner] != FOLDER_KINDS[kind]:
                message = f"`{folder}` is already the folder of `{owner}`"
                self._reader.report(node, "folder-overlap", message, "name another folder")
            elif outer and place.startswith(outer):
                message = f"`{folder}` lies in `{outer[:-1]}`, which `{kind}` has too"
                self._reader.report(node, "folder-overlap", message, "remove it")
            else:
                outer = place
                continue
            wrong.add(node.start)
        return [folder for folder, node in entries if node.start not in wrong]

    def _calendar(self, name: str, values: Values) -> Calendar:
        holidays = values.get("holidays", ())
        if isinstance(holidays, str):
            days = self._holidays_of(("calendars", name, "holidays"), holidays)
        else:
            days = tuple(sorted({day for text in holidays if (day := parse_date(text))}))
        return Calendar(
            name,
            hours=tuple(
                self._hours(("calendars", name, day), values.get(day, ())) for day in WEEKDAYS
            ),
            holidays=days,
        )

    def _holidays_of(self, at: FieldPath, region: str) -> tuple[date, ...]:
        from plainwork.parsing.public_holidays import find_public_holidays, known_regions

        days = find_public_holidays(region)
        if days is None:
            hint = did_you_mean(region, list(known_regions())) or "list the dates"
            message = f"the public holidays of `{region}` are not known"
            self._report(at, "unknown-region", message, hint)
        return days or ()

    def _hours(self, at: FieldPath, texts: list[str]) -> tuple[tuple[int, int], ...]:
        spans: list[tuple[int, int]] = []
        entries = [(*_minutes(text), text, node) for text, node in self._entries(at, texts)]
        for start, end, text, node in sorted(entries, key=lambda entry: entry[:2]):
            if start >= end:
                message = f"`{text}` ends before it begins"
                self._reader.report(node, "out-of-range", message, "split it at midnight")
            elif spans and start < spans[-1][1]:
                message = f"`{text}` begins before the hours in front of it end"
                self._reader.report(node, "out-of-range", message, "say every hour once")
            else:
                spans.append((start, end))
        return tuple(spans)

    def _entries(self, at: FieldPath, right: list[str]) -> Iterator[tuple[str, yaml_tree.Scalar]]:
        """Yield the entries of a list that were read without fault, each with its place."""
        node, known = yaml_tree.find_node(self._root, at), frozenset(right)
        for item in node.items if isinstance(node, yaml_tree.Sequence) else ():
            if isinstance(item, yaml_tree.Scalar) and item.text in known:
                yield item.text, item

    def _report(self, at: FieldPath, rule: str, message: str, hint: str) -> None:
        node = yaml_tree.find_node(self._root, at) or self._root
        self._reader.report(node, rule, message, hint)


def _minutes(span: str) -> tuple[int, int]:
    start, end = (
        60 * int(hours) + int(minutes)
        for hours, minutes in (time.split(":") for time in span.split("-"))
    )
    return start, end
