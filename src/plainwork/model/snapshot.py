"""Everything a workspace says at one moment."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.document import Document
from plainwork.model.party import Party, Person, Team
from plainwork.model.policy import Policy
from plainwork.model.record import Record
from plainwork.model.settings import Settings
from plainwork.model.work import Work, WorkTable
from plainwork.model.workflow import State, Workflow


class Snapshot:
    """An immutable workspace: what rules judge and views are computed from.

    It is read once, from a working tree or a commit. To see the effect of an edit, read or
    build another. Keys of all mappings are ids in lower case.

    Attributes:
        settings: What ``plainwork.toml`` says.
        works: Every item, project and routine that could be read, even those that share an id.
        records: Every record, in the order of their paths; read when first asked for.
        diagnostics: What was wrong with single documents when they were read.
        duplicates: Definitions whose id another has already: (kind, id, path) each.
        definitions: The documents of workflows, parties and policies, as written.
        record_documents: The documents of records, as written.
        unreadable: Paths of work that says nothing, because its front matter cannot be read.
        digests: Path to a digest of the bytes of each document; made when first asked for.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        works: WorkTable,
        workflows: Mapping[str, Workflow],
        parties: Mapping[str, Party],
        policies: Mapping[str, Policy],
        records: Sequence[Record] = (),
        diagnostics: Sequence[Diagnostic] = (),
        duplicates: Sequence[tuple[str, str, str]] = (),
        definitions: Sequence[Document] = (),
        record_documents: Sequence[Document] = (),
        unreadable: Sequence[str] = (),
        digests: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        self.settings = settings
        self.works = works
        self.workflows = workflows
        self.parties = parties
        self.policies = policies
        self.records = records
        self.diagnostics = diagnostics
        self.duplicates = duplicates
        self.definitions = definitions
        self.record_documents = record_documents
        self.unreadable = unreadable
        self.digests = digests

    def work(self, id_: str) -> Work | None:
        """Return the work with an id or alias, or None."""
        return self.works.by_id.get(id_.lower())

    def party(self, id_: str) -> Party | None:
        """Return the party with an id, or None."""
        return self.parties.get(id_.lower())

    def person(self, id_: str) -> Person | None:
        """Return the person with an id, or None."""
        party = self.parties.get(id_.lower())
        return party if isinstance(party, Person) else None

    def team(self, id_: str) -> Team | None:
        """Return the team with an id, or None."""
        party = self.parties.get(id_.lower())
        return party if isinstance(party, Team) else None

    def workflow(self, work: Work) -> Workflow | None:
        """Return a work's workflow, or None if there is none of that name."""
        return self.workflows.get(work.workflow.lower())

    def state(self, work: Work) -> State | None:
        """Return the state that a work stands in, or None if its workflow has none such."""
        workflow = self.workflow(work)
        return workflow.state(work.status) if workflow else None

    def label(self, party: str) -> str:
        """Return a party's name for people, or the text itself."""
        found = self.parties.get(party.lower())
        return found.name if found else party
