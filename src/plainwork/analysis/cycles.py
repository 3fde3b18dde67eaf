"""Rings in a graph: what is above, or waits for, itself."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)

_MOST_NAMED = 8


def find_cycles(successors: Mapping[Node, Sequence[Node]]) -> Iterator[tuple[Node, ...]]:
    """Yield rings, no two of which share a node; if there is any ring, at least one.

    Takes time linear in the edges. Each ring begins with the node of it that comes first in
    the mapping, and every node is followed by its successor.

    Args:
        successors: Node to the nodes that it leads to; a node that is no key leads nowhere.
    """
    order = {node: position for position, node in enumerate(successors)}
    finished: set[Node] = set()
    reported: set[Node] = set()
    for start in successors:
        if start in finished:
            continue
        trail = [start]
        places = {start: 0}
        waiting = [iter(successors[start])]
        while trail:
            following = next(waiting[-1], None)
            if following is None:
                waiting.pop()
                node = trail.pop()
                del places[node]
                finished.add(node)
            elif following in places:
                ring = trail[places[following] :]
                if reported.isdisjoint(ring):
                    reported.update(ring)
                    yield _rotated(ring, order)
            elif following in successors and following not in finished:
                places[following] = len(trail)
                trail.append(following)
                waiting.append(iter(successors[following]))


def _rotated(ring: Sequence[Node], order: Mapping[Node, int]) -> tuple[Node, ...]:
    first = min(range(len(ring)), key=lambda position: order[ring[position]])
    return (*ring[first:], *ring[:first])


def format_cycle(names: Sequence[str]) -> str:
    """Return ``a → b → a``; of a long ring the middle is left out."""
    shown = [*names, names[0]]
    if len(shown) > _MOST_NAMED:
        shown[_MOST_NAMED // 2 : -_MOST_NAMED // 2] = ["…"]
    return " → ".join(shown)
