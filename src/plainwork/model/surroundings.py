"""What stands around the documents and matters to some rules: other branches and other files."""

import msgspec

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


class Surroundings(msgspec.Struct, frozen=True):
    """What a check has to know beyond the documents.

    Attributes:
        clashes: Ids that another branch gives to another document, each once.
        branches_unread: Why the other branches could not be read, or ``""``.
        missing_files: Paths of attachments, from the workspace's root, where there is no file.
    """

    clashes: tuple[Clash, ...] = ()
    branches_unread: str = ""
    missing_files: frozenset[str] = frozenset()
