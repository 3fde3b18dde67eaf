"""What an import did, for people: every file and every field is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork.plans.import_report import ImportReport
from plainwork.reporting.table import format_table
from plainwork.reporting.text import escape_line, plural

_MOST_NAMED = 10
_INDENT = "  "


def format_import(report: ImportReport) -> Iterator[str]:
    """Yield what became of the files, of their fields, and what else was made."""
    yield f"{escape_line(report.title)}: {plural(report.files, 'file')}"
    rows = _file_rows(report)
    yield from _indented(format_table(("", ""), rows, align="><"))
    made = [plural(n, kind, _MANY.get(kind, "")) for kind, n in report.created.items() if n]
    if made:
        yield from ("", f"Made besides: {', '.join(made)}")
    yield from ("", *_format_fields(report))
    for heading, names in _remarks(report):
        yield from ("", heading)
        yield from _indented(map(escape_line, names[:_MOST_NAMED]))
        if len(names) > _MOST_NAMED:
            yield f"{_INDENT}and {len(names) - _MOST_NAMED} more"


_MANY = {"person": "people"}


def _file_rows(report: ImportReport) -> list[tuple[str, str]]:
    rows = [(n, f"became work: {workflow}") for workflow, n in report.work.items()]
    rows += [
        (len(report.teams), "read for teams"),
        (len(report.copied), "copied as they are"),
        *((len(paths), f"no work: {reason}") for reason, paths in report.skipped.items()),
        (len(report.unmatched), "the mapping says nothing about"),
        (len(report.unreadable), "could not be read"),
    ]
    return [(str(n), text) for n, text in rows if n]


def _format_fields(report: ImportReport) -> Iterator[str]:
    rows = [
        (
            field.name,
            ", ".join(field.places),
            *(
                str(n) if n else ""
                for n in (field.total, field.mapped, field.both, field.kept, field.empty)
            ),
        )
        for field in report.fields
    ]
    total = sum(field.total for field in report.fields)
    yield f"{plural(total, 'value')} of {plural(len(report.fields), 'field')}"
    headers = ("field", "became", "found", "mapped", "mapped and kept", "kept as x-", "empty")
    yield from _indented(format_table(headers, rows, align="<<>>>>>"))


def _remarks(report: ImportReport) -> Iterator[tuple[str, Sequence[str]]]:
    if report.repaired:
        yield "Lines that are no YAML, read as the text that was meant:", report.repaired
    if report.unmatched:
        yield "The mapping says nothing about:", report.unmatched
    if report.unreadable:
        lines = [f"{found.location}: {found.message}" for found in report.unreadable]
        yield "Could not be read, and was left out:", lines


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"{_INDENT}{line}" for line in lines)
