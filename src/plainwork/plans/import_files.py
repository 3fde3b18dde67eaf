"""The files of a folder that is imported, read as its mapping says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from plainwork.model.diagnostic import Diagnostic
from plainwork.parsing.foreign_yaml import ForeignValue
from plainwork.plans.import_mapping import FileRule, Mapping, WorkRule
from plainwork.plans.import_source import SourceDocument, parse_source, parse_yaml_source


class SourceFolder(msgspec.Struct, frozen=True):
    """What is imported.

    Attributes:
        paths: Every file, from the folder, with ``/``.
        read: Returns the bytes of one, or why they cannot be read.
    """

    paths: Sequence[str]
    read: Callable[[str], bytes | Diagnostic]


class SourceFiles(msgspec.Struct):
    """Every file, by what becomes of it.

    Attributes:
        work: What becomes work, in the order of the mapping's rules.
        groups: What defines teams: names of people by the name of their team.
        team_files: Where that stands.
        copied: What is copied as it is.
        skipped: What is no work, by the reason why.
        unmatched: Of which the mapping says nothing.
        unreadable: What is wrong with what could not be read.
    """

    work: list[tuple[SourceDocument, WorkRule]] = []
    groups: dict[str, ForeignValue] = {}
    team_files: list[str] = []
    copied: list[tuple[str, bytes]] = []
    skipped: dict[str, list[str]] = {}
    unmatched: list[str] = []
    unreadable: list[Diagnostic] = []


def read_files(mapping: Mapping, source: SourceFolder) -> SourceFiles:
    """Read the files of a folder."""
    files = SourceFiles()
    for path in source.paths:
        rule = mapping.find_rule(path)
        if rule is None:
            files.unmatched.append(path)
        elif rule.skip:
            files.skipped.setdefault(rule.skip, []).append(path)
        else:
            problem = _read_file(files, path, rule, source.read(path))
            if problem is not None:
                files.unreadable.append(problem)
    order = {id(rule.work): number for number, rule in enumerate(mapping.files)}
    files.work.sort(key=lambda entry: order[id(entry[1])])
    return files


def _read_file(
    files: SourceFiles, path: str, rule: FileRule, data: bytes | Diagnostic
) -> Diagnostic | None:
    """Read a file and put it where it belongs, or return why that is impossible."""
    if isinstance(data, Diagnostic):
        return data
    if rule.work:
        document = parse_source(path, data)
        if isinstance(document, Diagnostic):
            return document
        files.work.append((document, rule.work))
    elif rule.teams:
        found = parse_yaml_source(path, data)
        if isinstance(found, Diagnostic):
            return found
        files.team_files.append(path)
        groups = found.values.get(rule.teams)
        files.groups |= groups if isinstance(groups, dict) else {}
    else:
        files.copied.append((path, data))
    return None
