"""Who made a step of work: the people whom ``did.<transition>`` means."""

from __future__ import annotations

import msgspec


class StepMakers(msgspec.Struct, frozen=True):
    """Who made one transition of one work.

    Commits can be written in anybody's name and a forge's word may be lost, so the two ways of
    asking get two answers: whom a rule names are those of whom all tells it; whom it excludes is
    everybody of whom anything does.

    Attributes:
        people: Ids of those who made it, as the commits that did it say: ``by: did.x``.
        involved: Ids, in lower case, of whoever else had a hand in it: ``exclude: did.x`` means
            these too, and nothing is ever granted by them.
    """

    people: tuple[str, ...] = ()
    involved: frozenset[str] = frozenset()
