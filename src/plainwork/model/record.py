"""Records: what was said or measured about work."""

import msgspec


class Record(msgspec.Struct, frozen=True):
    """One append-only statement.

    Attributes:
        kind: ``update``, ``approval``, ``handoff``, ``spent``, ``measure`` or ``waiver``.
        about: Ids of the work it speaks of.
        at: A date, or a date and time with offset, as written.
        details: The fields of its kind, as read.
        body: What it says beside them.
    """

    id: str
    path: str
    kind: str
    about: tuple[str, ...] = ()
    by: str = ""
    at: str = ""
    details: dict[str, object] = {}
    body: str = ""
