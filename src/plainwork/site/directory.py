"""What ids lead to on a site: addresses, and what people call it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from plainwork.model.party import kind_of_party
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.site.address import document_address
from plainwork.site.page import Link
from plainwork.views.approval_words import describe_relation


class Directory:
    """Addresses of a workspace's documents, as one audience sees it.

    Args:
        snapshot: The workspace without what is left out.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The address of each work, by row. Of works that share an id, the first has it."""
        columns = self._snapshot.works.columns
        taken: set[str] = set()
        found = []
        for kind, id_, path in zip(columns["kind"], columns["id"], columns["path"], strict=True):
            address = document_address(kind, id_)
            if address in taken:
                address = document_address(kind, f"/{path}")
            taken.add(address)
            found.append(address)
        return tuple(found)

    def of(self, work: Work) -> str:
        """Return the address of a work."""
        return self.addresses[work.row]

    def work(self, id_: str) -> str:
        """Return the address of the work with an id or alias, or ``""``."""
        found = self._by_id.get(id_)
        if found is not None:
            return found
        work = self._snapshot.work(id_)
        return self.of(work) if work is not None else ""

    def title(self, id_: str) -> str:
        """Return what the work with an id or alias is called; of none, the id."""
        work = self._snapshot.work(id_)
        return (work.title or work.id) if work is not None else id_

    def party(self, id_: str) -> Link:
        """Return the page and name of a party; of none, the text itself without an address."""
        return self._parties.get(id_.lower()) or Link("", id_)

    def workflow(self, id_: str) -> Link:
        """Return the page and title of a workflow; of none, the text without an address."""
        found = self._snapshot.workflows.get(id_.lower())
        if found is None:
            return Link("", id_)
        return Link(document_address("workflow", found.id), found.title or found.id)

    def state(self, name: str, workflow: str) -> str:
        """Return what people call a state of a workflow; of none, its name in words."""
        found = self._snapshot.workflows.get(workflow.lower())
        state = found.state(name) if found else None
        return state.label if state else name.replace("_", " ").replace("-", " ").capitalize()

    def asked(self, rule: str) -> Sequence[Link]:
        """Return whom a rule such as ``requester.manager or board`` asks, one after the other."""
        words = rule.split(" or ")
        return [Link(self.party(each).address, self.call(each)) for each in words]

    def call(self, by: str) -> str:
        """Return what people call whom a rule names: a party, or a relation."""
        party = self.party(by)
        return party.label if party.address else describe_relation(by)

    def project(self, id_: str) -> Link:
        """Return the page and title of a project; of none, the text without an address."""
        found = self._snapshot.work(id_)
        return Link(self.of(found), found.title) if found is not None else Link("", id_)

    def policy(self, id_: str) -> Link:
        """Return the page and title of a policy; of none, the text without an address."""
        found = self._snapshot.policies.get(id_.lower())
        if found is None:
            return Link("", id_)
        return Link(document_address("policy", found.id), found.title or found.id)

    @cached_property
    def _by_id(self) -> Mapping[str, str]:
        ids = self._snapshot.works.columns["id"]
        return dict(zip(reversed(ids), reversed(self.addresses), strict=True))

    @cached_property
    def _parties(self) -> Mapping[str, Link]:
        return {
            key: Link(document_address(kind_of_party(party), party.id), party.name)
            for key, party in self._snapshot.parties.items()
        }
