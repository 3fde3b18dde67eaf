"""People of a decision in words, by name."""

from __future__ import annotations

from collections.abc import Mapping

from plainwork.model.decision import DecidedRequirement, Objection
from plainwork.views.approval_words import join_words

_MOST_NAMED = 5


def name_people(people: tuple[str, ...], names: Mapping[str, str], last: str = "or") -> str:
    """Return people by name, at most five: ``Greta Holm, Ole Brandt or 3 more``."""
    shown = tuple(names.get(person.lower(), person) for person in people[:_MOST_NAMED])
    more = len(people) - len(shown)
    return join_words((*shown, f"{more} more") if more else shown, last)


def describe_whom(need: DecidedRequirement, names: Mapping[str, str]) -> str:
    """Return who can give what is missing: ``2 of Greta Holm, Ole Brandt or Sara Lind``."""
    given = {given.person.lower() for given in need.given}
    left = tuple(person for person in need.people if person.lower() not in given)
    if len(left) < need.missing:
        return f"{name_people(left, names, 'and')}, who are too few" if left else "nobody"
    count = f"{need.missing} of " if need.missing > 1 and len(left) > need.missing else ""
    return f"{count}{name_people(left, names, 'or' if count or need.missing == 1 else 'and')}"


def describe_rule(need: DecidedRequirement) -> str:
    """Return who must agree and which rule says so: ``2 of board (transition approve)``."""
    count = f"{need.count} of " if need.count > 1 else ""
    return f"{count}{join_words(need.by)} ({need.source})"


def describe_objection(objection: Objection, names: Mapping[str, str]) -> str:
    """Return who asks for changes and when: ``Greta Holm asked for changes on 2026-06-01``."""
    who = names.get(objection.person.lower(), objection.person)
    return f"{who} asked for changes on {objection.at:%Y-%m-%d}"
