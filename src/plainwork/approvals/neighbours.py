"""Which documents that a change leaves alone have to be read to judge it.

That is what the changed ones are called like, inherit from and refer to, and, if what others see
of them changes, what refers to them or is called as if they had created it. Of the others only the
words in their front matter are known, so this takes some too many and none too few.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

import msgspec

from plainwork.analysis.work_columns import EFFECTIVE_INPUTS
from plainwork.model.document import Document
from plainwork.parsing.outline import Outline

SEEN_BY_OTHERS = frozenset(name.removeprefix("written_") for name in EFFECTIVE_INPUTS) | {
    "created",
    "deleted",
    "schedule",
}
"""What a change must touch to matter to documents that refer to the changed one."""


class Bystander(msgspec.Struct, frozen=True):
    """A document that a change leaves alone.

    Attributes:
        kind: ``work`` or ``record``.
        names: Its id and aliases, in lower case.
        source: Its outline, or the document, if only reading it tells what it says.
    """

    kind: str
    names: tuple[str, ...]
    source: Outline | Document


class Neighbourhood(msgspec.Struct, frozen=True):
    """What a change does, as far as others notice.

    Attributes:
        changed: The documents that it changes, before and after.
        moving: Ids and aliases, in lower case, of those of which others see a difference.
        entered: States with a limit that work enters.
    """

    changed: tuple[Document, ...]
    moving: frozenset[str]
    entered: frozenset[str]


def names_of(document: Document) -> tuple[str, ...]:
    """Return a document's id and aliases, in lower case."""
    aliases = document.fields.get("aliases", ())
    return tuple(dict.fromkeys(name.lower() for name in (document.id, *aliases)))


def creator_of(id_: str) -> str:
    """Return the id, in lower case, of what would create work with an id, or ``""``."""
    return id_.rpartition(".")[0].lower()


def find_neighbours(change: Neighbourhood, bystanders: Mapping[str, Bystander]) -> frozenset[str]:
    """Return the paths of the documents that have to be read, too.

    Args:
        change: What changes.
        bystanders: Every other work and record, by path.
    """
    return _Search(change, bystanders).find()


class _Search:
    def __init__(self, change: Neighbourhood, bystanders: Mapping[str, Bystander]) -> None:
        self._change = change
        self._bystanders = bystanders
        self._named: dict[str, list[str]] = {}
        for path, bystander in bystanders.items():
            for name in bystander.names:
                self._named.setdefault(name, []).append(path)
        words = frozenset({*self._named, *change.moving, *change.entered})
        encoded = frozenset(word.encode() for word in words)
        self._mentioned = {
            path: each.source.mentions(encoded)
            if isinstance(each.source, Outline)
            else words & _words_of(each.source)
            for path, each in bystanders.items()
        }

    def find(self) -> frozenset[str]:
        changed = {name for document in self._change.changed for name in names_of(document)}
        referred = {name for document in self._change.changed for name in _words_of(document)}
        creators = {creator_of(name) for name in changed}
        near = self._named_by(changed | referred | creators) | self._named_after()
        chosen = self._above(near | self._below())
        about = changed | {name for path in chosen for name in self._bystanders[path].names}
        return frozenset(self._above(chosen | self._records_about(about)))

    def _named_by(self, names: Iterable[str]) -> set[str]:
        return {path for name in names for path in self._named.get(name, ())}

    def _named_after(self) -> set[str]:
        """Return what bears the id of work that something which moves may create."""
        return {
            path
            for name, paths in self._named.items()
            if creator_of(name) in self._change.moving
            for path in paths
        }

    def _below(self) -> set[str]:
        """Return what refers to what moves, what refers to that, and what shares a limit."""
        if not self._change.moving and not self._change.entered:
            return set()
        referring: dict[str, list[str]] = {}
        for path, words in self._mentioned.items():
            for word in words:
                referring.setdefault(word, []).append(path)
        found = {path for state in self._change.entered for path in referring.get(state, ())}
        reached: set[str] = set()
        names = list(self._change.moving)
        while names:
            for path in referring.get(names.pop(), ()):
                if path not in reached:
                    reached.add(path)
                    names.extend(self._bystanders[path].names)
        return found | reached

    def _above(self, chosen: set[str]) -> set[str]:
        """Return some documents, and all that they refer to, directly or not."""
        found = set(chosen)
        todo = list(chosen)
        while todo:
            for path in self._named_by(self._mentioned[todo.pop()]):
                if path not in found:
                    found.add(path)
                    todo.append(path)
        return found

    def _records_about(self, names: Set[str]) -> set[str]:
        return {
            path
            for path, bystander in self._bystanders.items()
            if bystander.kind == "record" and not names.isdisjoint(self._mentioned[path])
        }


def _words_of(document: Document) -> frozenset[str]:
    """Return what a document refers to, and the state that it is in, in lower case."""
    status = str(document.fields.get("status", ""))
    return frozenset({status, *(use.target.lower() for use in document.references)})
