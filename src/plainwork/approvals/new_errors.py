"""What a change makes wrong: errors after it that were not there before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plainwork.model.change import Fault
from plainwork.model.diagnostic import Diagnostic, Severity


def find_new_errors(
    before: Iterable[Diagnostic], after: Iterable[Diagnostic], moved: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Yield the errors of the result that the base has not; lines are not compared.

    Args:
        before: What is wrong at the base.
        after: What is wrong in the result.
        moved: New path to former path of documents that have moved.
    """
    known = Counter(_key(each, each.location.path) for each in before if _is_error(each))
    for each in after:
        if not _is_error(each):
            continue
        key = _key(each, moved.get(each.location.path, each.location.path))
        if known[key]:
            known[key] -= 1
        else:
            yield each


def fault_of(error: Diagnostic) -> Fault:
    """Return an error as a reason why no approval helps."""
    location = error.location
    return Fault(error.rule, error.message, error.hint, location.path, location.line)


def _is_error(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity is Severity.ERROR


def _key(diagnostic: Diagnostic, path: str) -> tuple[Any, ...]:
    # Neither hints, lines nor positions: they depend on what else is there.
    names = tuple(step for step in diagnostic.field if isinstance(step, str))
    return path, diagnostic.rule, diagnostic.message, names
