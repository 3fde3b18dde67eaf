"""Plans: what a command would do, before it does it."""

import msgspec


class FileEdit(msgspec.Struct, frozen=True):
    """One file as it is (``before``) and as it shall be (``after``); None: there is none.

    ``before`` is what the plan was made from: applying it to anything else is refused, so
    that an edit made meanwhile in an editor is never lost.
    """

    path: str
    before: bytes | None
    after: bytes | None


class Plan(msgspec.Struct, frozen=True):
    """Edits that are applied together or not at all.

    Attributes:
        edits: Sorted by path; paths are relative to the workspace's root, with ``/``.
        message: The subject of a commit of exactly these edits.
        notes: What the person should know: one line each.
    """

    edits: tuple[FileEdit, ...]
    message: str
    notes: tuple[str, ...] = ()
