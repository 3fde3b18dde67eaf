"""What stands around the documents and matters to some rules: other branches and other files."""

import msgspec

from plainwork.model.diagnostic import FieldPath

FIXABLE_KINDS = frozenset({"work", "record"})
"""Documents that may get another id by machine: of others people know the ids by heart."""


class Clash(msgspec.Struct, frozen=True):
    """An id that another local branch has given to another document.

    Attributes:
        path: The document here.
        kind: Its kind, as :class:`~plainwork.model.document.Document` has it.
        id: The id of both.
        branch: The other branch.
        other_path: The document there.
        newer: Whether the document here is the newer one.
    """

    path: str
    kind: str
    id: str
    branch: str
    other_path: str
    newer: bool


class AttachedFile(msgspec.Struct, frozen=True):
    """An attachment that is a path.

    Attributes:
        document: The path of the document that names it.
        field: Where it does.
        written: The path as it is written there.
        path: The path from the workspace's root, or ``""`` if it leads out of the workspace.
    """

    document: str
    field: FieldPath
    written: str
    path: str


class Surroundings(msgspec.Struct, frozen=True):
    """What a check has to know beyond the documents.

    Attributes:
        clashes: Ids that another branch gives to another document, each once.
        branches_unread: Why the other branches could not be read, or ``""``.
        missing_files: Attachments that are not there, or lead out of the workspace.
    """

    clashes: tuple[Clash, ...] = ()
    branches_unread: str = ""
    missing_files: tuple[AttachedFile, ...] = ()
