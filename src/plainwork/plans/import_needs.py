"""What imported work needs besides: people, teams, agents and workflows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping

import msgspec

from plainwork.editing.front_matter_edit import set_field
from plainwork.editing.new_document import file_name, render_document
from plainwork.editing.yaml_text import Value
from plainwork.errors import UsageError
from plainwork.model.plan import FileEdit
from plainwork.model.snapshot import Snapshot
from plainwork.plans.import_mapping import Mapping as ImportMapping
from plainwork.plans.import_parties import FoundParty, PartyFinder

_FOLDERS = {"person": "people", "team": "teams", "agent": "agents"}


class Needs(msgspec.Struct, frozen=True):
    """Documents that are made besides work, and how many of each kind."""

    edits: tuple[FileEdit, ...]
    counts: dict[str, int]


def make_needs(
    mapping: ImportMapping,
    snapshot: Snapshot,
    finder: PartyFinder,
    *,
    teams: Mapping[str, tuple[FoundParty, ...]],
    workflows: Container[str],
    owner: str,
) -> Needs:
    """Return the documents that imported work needs and the workspace does not have.

    Args:
        mapping: Has the workflows.
        snapshot: The workspace.
        finder: Knows which parties the work names.
        teams: The people of teams; the first leads.
        workflows: The ids of those that the work has.
        owner: Who answers for workflows and agents, or ``""``.

    Raises:
        UsageError: If nobody would answer for them.
    """
    parties = [party for _, party in sorted(finder.found.items()) if not snapshot.party(party.id)]
    missing = [
        id_ for id_ in mapping.workflows if id_ in workflows and id_ not in snapshot.workflows
    ]
    if not owner and (missing or any(party.kind == "agent" for party in parties)):
        message = (
            "nobody would answer for the workflows and agents that are needed: no person here has"
            " Git's e-mail; add yours to people/, or name an `owner` in the mapping"
        )
        raise UsageError(message)
    folders = snapshot.settings.folders
    edits = [
        _make(f"{folders['workflows'][0]}/{id_}.md", _own(mapping.workflows[id_], owner))
        for id_ in missing
    ]
    for party in parties:
        path = f"{folders[_FOLDERS[party.kind]][0]}/{file_name(party.id, '')}"
        edits.append(_make(path, _render(party, mapping, owner, teams.get(party.id, ()))))
    counts = {**Counter(party.kind for party in parties), "workflow": len(missing)}
    return Needs(tuple(edits), counts)


def _make(path: str, text: str) -> FileEdit:
    return FileEdit(path, None, text.encode())


def _own(text: str, owner: str) -> str:
    return set_field(text, "owner", owner, order=("title", "kind", "owner"))


def _render(
    party: FoundParty, mapping: ImportMapping, owner: str, people: tuple[FoundParty, ...]
) -> str:
    """Return the file of a party."""
    fields: dict[str, Value] = {"name": party.name}
    forge = mapping.parties.forge
    if party.kind == "person" and forge:
        fields["accounts"] = {forge: {"login": party.name}}
    elif party.kind == "agent":
        fields["owner"] = owner
    elif people:
        lead, *members = (person.id for person in people)
        fields |= {"lead": lead, "members": members} if members else {"lead": lead}
    return render_document(fields, "")
