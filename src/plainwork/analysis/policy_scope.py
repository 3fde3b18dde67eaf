"""What a policy applies to: all keys must hold, entries of one are alternatives."""

from __future__ import annotations

from collections.abc import Iterable

from plainwork.analysis.document_change import DocumentChange
from plainwork.analysis.globs import matches_glob
from plainwork.model.document import Document
from plainwork.model.policy import Policy, Scope
from plainwork.model.work import Work

CHANGE_FIELDS = frozenset({"body", "path", "format", "created", "deleted"})
"""What ``fields`` may name beside fields: the text, the place, the bytes, the document itself."""


def policy_applies(policy: Policy, change: DocumentChange) -> bool:
    """Return whether a policy applies to a change, by its kind, fields, paths and condition."""
    scope = policy.applies_to
    return (
        covers_kind(scope, change.sides)
        and covers_fields(scope, change.fields)
        and covers_path(scope, change.paths)
        and (not scope.when or change.may_hold(scope.when))
    )


def policy_covers(policy: Policy, change: DocumentChange) -> bool:
    """Return whether a policy certainly applies: before and after the change.

    Where it only may apply, it may ask, but takes nothing from the default policy: work that
    leaves its scope, or comes to it, does not change by the rules of the better side.
    """
    scope = policy.applies_to
    # A file that is no document is never moved: its paths are names of one place.
    places = [(path,) for path in change.paths] if change.sides else [change.paths]
    return (
        all(covers_kind(scope, (side,)) for side in change.sides)
        and all(covers_path(scope, place) for place in places)
        and (not scope.when or change.surely_holds(scope.when))
    )


def covers_kind(scope: Scope, sides: Iterable[Work | Document]) -> bool:
    """Return whether a scope covers a document by its kind and workflow, on any side."""
    if scope.kinds and not any(side.kind in scope.kinds for side in sides):
        return False
    names = {name.lower() for name in scope.workflows}
    works = (side for side in sides if isinstance(side, Work))
    return not names or any(work.workflow.lower() in names for work in works)


def covers_fields(scope: Scope, names: Iterable[str]) -> bool:
    """Return whether a scope covers any of some fields."""
    return not scope.fields or any(name in scope.fields for name in names)


def covers_path(scope: Scope, paths: Iterable[str]) -> bool:
    """Return whether a scope covers any of some paths."""
    return not scope.paths or any(
        matches_glob(path, glob) for path in paths for glob in scope.paths
    )
