"""What the search of a site looks through: a script of one line, loaded when somebody searches.

A page that is opened from a folder may load scripts, but no data; so the index is a script that
sets one variable. It holds columns, for these compress better than rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from plainwork.model.party import kind_of_party
from plainwork.model.snapshot import Snapshot
from plainwork.site.address import data_address
from plainwork.site.page import Output
from plainwork.site.sources import Sources
from plainwork.site.text import one_line, shorten

INDEX = data_address("search", "js")
_VARIABLE = "plainworkIndex"


class _Words:
    """Words that stand often: kept once, and meant by their numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.number = cache(self._number)

    def _number(self, word: str) -> int:
        return self._numbers.setdefault(shorten(one_line(word)), len(self._numbers))

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)


def plan_search_index(sources: Sources) -> Iterator[Output]:
    """Yield the index; it says nothing that changes with the day."""
    rows = sources.order
    yield Output(INDEX, sources.keys.of_rows(rows), lambda: _make(rows, sources))


def _make(rows: Sequence[int], sources: Sources) -> bytes:
    found = [*_parties(sources), *_rules(sources), *_works(rows, sources)]
    ids, titles, kinds, states, owners, addresses = zip(*found, strict=True) if found else ((),) * 6
    index: dict[str, Any] = {"ids": ids, "titles": [shorten(one_line(each)) for each in titles]}
    for name, values in (("kind", kinds), ("state", states), ("owner", owners)):
        words = _Words()
        index[name] = list(map(words.number, values))
        index[f"{name}s"] = list(words)
    index |= _places(ids, addresses)
    return f"window.{_VARIABLE}={_encode(index)};\n".encode()


def _works(rows: Sequence[int], sources: Sources) -> Iterator[tuple[str, ...]]:
    snapshot, addresses = sources.snapshot, sources.directory.addresses
    for row in rows:
        work = snapshot.works[row]
        workflow, state = snapshot.workflow(work), snapshot.state(work)
        yield (
            one_line(work.id),
            work.title or work.id,
            (workflow.title if workflow else "") or work.workflow,
            state.label if state else work.status,
            snapshot.label(work.owner),
            addresses[row],
        )


def _parties(sources: Sources) -> Iterator[tuple[str, ...]]:
    snapshot: Snapshot = sources.snapshot
    for party in snapshot.parties.values():
        place = sources.directory.party(party.id)
        kind = kind_of_party(party).capitalize()
        yield one_line(party.id), party.name, kind, "", "", place.address


def _rules(sources: Sources) -> Iterator[tuple[str, ...]]:
    snapshot, directory = sources.snapshot, sources.directory
    for workflow in snapshot.workflows.values():
        place, owner = directory.workflow(workflow.id), snapshot.label(workflow.owner)
        yield one_line(workflow.id), place.label, "Workflow", "", owner, place.address
    for policy in snapshot.policies.values():
        place, owner = directory.policy(policy.id), snapshot.label(policy.owner)
        yield one_line(policy.id), place.label, "Policy", "", owner, place.address


def _places(ids: Sequence[str], addresses: Sequence[str]) -> dict[str, Any]:
    """Return where things are: a folder each, and the names of files that their ids do not say."""
    folders, places, names = _Words(), [], {}
    for position, (id_, address) in enumerate(zip(ids, addresses, strict=True)):
        folder, _, name = address.rpartition("/")
        places.append(folders.number(folder))
        if name != f"{id_}.html":
            names[position] = name
    return {"folder": places, "folders": list(folders), "names": names}


def _encode(value: Any) -> str:
    """Return JSON that is JavaScript too, and that ends no element of a page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # One pass each; what is left of characters that do not print was shown as text before.
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
