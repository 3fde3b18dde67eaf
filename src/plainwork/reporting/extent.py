"""What numbers are about: over which days, and of which work."""

from __future__ import annotations

from datetime import date

from plainwork.flow.scope import Scope


def format_days(since: date | None, until: date) -> str:
    """Return over which days something is told."""
    return f"{since} to {until}" if since else f"from the beginning to {until}"


def describe_scope(scope: Scope) -> str:
    """Return which work it is about: `` of support, workshop``, or ``""`` for all."""
    names = [name for name in (scope.workflow, scope.team, scope.project) if name]
    return f" of {', '.join(names)}" if names else ""
