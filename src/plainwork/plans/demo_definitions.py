"""Who and what the history of the example organisation speaks of."""

from collections.abc import Iterator, Mapping

import msgspec

from plainwork.model.document import Document
from plainwork.model.party import Agent, Party, Person
from plainwork.model.workflow import Workflow
from plainwork.parsing.definitions import make_workflow
from plainwork.parsing.documents import parse_document
from plainwork.parsing.field_tables import FieldTables
from plainwork.parsing.parties import make_party

_KINDS = {
    "people": "person",
    "teams": "team",
    "agents": "agent",
    "policies": "policy",
    "records": "record",
    "workflows": "workflow",
}


class Identity(msgspec.Struct, frozen=True):
    """Who Git says it was."""

    name: str
    email: str

    def __str__(self) -> str:
        """Return the form that Git and its trailers use."""
        return f"{self.name} <{self.email}>"


class Definitions(msgspec.Struct, frozen=True):
    """The workflows and identities by id, and the ids of the agents."""

    workflows: Mapping[str, Workflow]
    identities: Mapping[str, Identity]
    agents: frozenset[str]
    tables: FieldTables

    def read(self, path: str, text: str) -> Document:
        """Read a document below the folder of its kind."""
        return _read(path, text, self.tables)


def read_definitions(texts: Mapping[str, str]) -> Definitions:
    """Return what the documents define, by path."""
    none = FieldTables()
    workflows = [make_workflow(document) for document in _documents(texts, {"workflow"}, none)]
    parties = [make_party(document) for document in _documents(texts, {"person", "agent"}, none)]
    return Definitions(
        {workflow.id: workflow for workflow in workflows},
        {party.id: _identity(party) for party in parties},
        frozenset(party.id for party in parties if isinstance(party, Agent)),
        FieldTables(workflows),
    )


def _documents(
    texts: Mapping[str, str], kinds: set[str], tables: FieldTables
) -> Iterator[Document]:
    for path, text in texts.items():
        if path.endswith(".md") and _kind(path) in kinds:
            yield _read(path, text, tables)


def _kind(path: str) -> str:
    return _KINDS.get(path.partition("/")[0], "work")


def _read(path: str, text: str, tables: FieldTables) -> Document:
    return parse_document(path, _kind(path), text.encode(), tables)


def _identity(party: Party) -> Identity:
    if isinstance(party, Person):
        return Identity(party.name, party.emails[0])
    account = party.accounts["github"]
    # The address that GitHub gives to its apps: the number makes it unique.
    return Identity(party.name, f"{account.id}+{account.login}@users.noreply.github.com")
