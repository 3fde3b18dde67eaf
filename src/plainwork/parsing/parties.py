"""Turning documents of people, teams and agents into typed values.

What the reader left out because it was wrong is a default here, see
:mod:`~plainwork.parsing.definitions`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from plainwork.model.document import Document
from plainwork.model.party import Absence, Account, Agent, Delegate, Party, Person, Team
from plainwork.parsing.quantities import parse_date


def make_party(document: Document) -> Party:
    """Return the person, team or agent that a document describes."""
    return _PARTIES[document.kind](document)


def _accounts(values: Mapping[str, Any]) -> dict[str, Account]:
    return {
        forge: Account(login=account["login"], id=account.get("id"))
        for forge, account in values.get("accounts", {}).items()
        if "login" in account
    }


def _make_person(document: Document) -> Person:
    values = document.fields
    return Person(
        id=document.id,
        path=document.path,
        name=values.get("name", document.id),
        manager=values.get("manager", ""),
        emails=tuple(values.get("emails", ())),
        accounts=_accounts(values),
        signing_keys=tuple(values.get("signing_keys", ())),
        calendar=values.get("calendar", ""),
        capacity=values.get("capacity", ""),
        leave=tuple(
            Absence(first, last)
            for entry in values.get("leave", ())
            if (first := parse_date(entry.get("from", "")))
            and (last := parse_date(entry.get("until", "")))
        ),
        delegates=tuple(
            Delegate(
                to=entry["to"],
                first=parse_date(entry.get("from", "")),
                last=parse_date(entry.get("until", "")),
                workflows=tuple(entry.get("workflows", ())),
            )
            for entry in values.get("delegates", ())
            if "to" in entry
        ),
        first=parse_date(values.get("from", "")),
        last=parse_date(values.get("until", "")),
    )


def _make_team(document: Document) -> Team:
    values = document.fields
    return Team(
        id=document.id,
        path=document.path,
        name=values.get("name", document.id),
        lead=values.get("lead", ""),
        members=tuple(values.get("members", ())),
        parent=values.get("parent", ""),
        calendar=values.get("calendar", ""),
        accounts=_accounts(values),
    )


def _make_agent(document: Document) -> Agent:
    values = document.fields
    may = values.get("may", {})
    return Agent(
        id=document.id,
        path=document.path,
        name=values.get("name", document.id),
        owner=values.get("owner", ""),
        accounts=_accounts(values),
        create=tuple(may.get("create", ())),
        move=tuple(may.get("move", ())),
        edit=tuple(may.get("edit", ())),
        last=parse_date(values.get("until", "")),
    )


_PARTIES: dict[str, Callable[[Document], Party]] = {
    "person": _make_person,
    "team": _make_team,
    "agent": _make_agent,
}
