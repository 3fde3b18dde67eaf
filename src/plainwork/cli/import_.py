"""``plainwork import``: bring work in from other tools."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from plainwork.cli.changing import Manner, make_change
from plainwork.cli.context import CommitOption, DryRunOption, invocation
from plainwork.cli.mapping_files import read_mapping
from plainwork.cli.output import write_lines
from plainwork.errors import UsageError
from plainwork.model.plan import Plan
from plainwork.plans.import_files import SourceFolder
from plainwork.plans.import_folder import Import, plan_import
from plainwork.plans.situation import Situation
from plainwork.storage.mappings import find_mapping, list_mappings
from plainwork.storage.source_folder import list_source_files, read_source_file

_MAPPED = "mapped"

FormatArgument = Annotated[
    str,
    typer.Argument(metavar="FORMAT", help="`backlog-md`, or `mapped` for any folder."),
]
DirectoryArgument = Annotated[str, typer.Argument(metavar="DIR", help="The folder to import.")]
MappingOption = Annotated[
    str,
    typer.Option("--mapping", metavar="FILE", help="What becomes of the files: a file, or `kep`."),
]


def import_(
    context: typer.Context,
    format_: FormatArgument,
    directory: DirectoryArgument,
    *,
    mapping: MappingOption = "",
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
) -> int:
    """Bring in the work of another tool; what has no place here is kept as x- fields.

    For example: plainwork import mapped --mapping kep ../enhancements
    """
    call = invocation(context)
    root = call.root
    path = find_mapping(_choose_mapping(format_, mapping), call.directory)
    done: list[Import] = []

    def make_plan(situation: Situation) -> Plan:
        rules, _ = read_mapping(path, situation.snapshot.workflows)
        folder = call.directory / directory
        if rules.root and (folder / rules.root).is_dir():
            folder /= rules.root
        source = SourceFolder(
            list_source_files(folder), lambda path: read_source_file(folder, path)
        )
        found = plan_import(
            situation.snapshot,
            rules,
            source,
            actor=situation.actor,
            exists=lambda path: os.path.lexists(root / path),
        )
        done.append(found)
        return found.plan

    make_change(context, make_plan, Manner(dry_run, commit))
    _tell(done[-1], dry_run=dry_run)
    return int(bool(done[-1].report.unreadable))


def _choose_mapping(format_: str, mapping: str) -> str:
    if format_ == _MAPPED:
        if not mapping:
            message = f"say how: --mapping FILE, or one of {', '.join(list_mappings())}"
            raise UsageError(message)
        return mapping
    if mapping:
        message = f"--mapping goes with `{_MAPPED}`: plainwork import {_MAPPED} --mapping {mapping}"
        raise UsageError(message)
    known = list_mappings()
    if format_ not in known:
        message = f"no format `{format_}`; there are {', '.join((*known, _MAPPED))}"
        raise UsageError(message)
    return format_


def _tell(done: Import, *, dry_run: bool) -> None:
    from plainwork.reporting.import_text import format_import

    lines = format_import(done.report)
    if dry_run:
        sys.stderr.write("".join(f"{line}\n" for line in lines))
    else:
        write_lines([*lines, "", "Next: plainwork check"])


COMMAND = import_
