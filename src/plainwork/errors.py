"""Failures that stop a command, each with the exit code it leads to.

Bad *data* is never an exception: it is a :class:`~plainwork.model.diagnostic.Diagnostic`.
These are for the environment or the request being wrong: no workspace, no
repository, a name that nothing has. The message is one line and says what to do.
"""


class PlainworkError(Exception):
    """Base class; the command line turns it into one line and an exit code."""

    exit_code = 2


class UsageError(PlainworkError):
    """What was asked for makes no sense: an unknown id, field, format or revision."""


class NotAWorkspaceError(PlainworkError):
    """No ``plainwork.toml`` here or in any folder above."""

    def __init__(self, directory: str) -> None:
        super().__init__(
            f"{directory}: no plainwork.toml here or above; `plainwork init` starts a workspace"
        )


class RepositoryError(PlainworkError):
    """Git is missing, refuses, or the repository is not one that can be read."""


class StorageError(PlainworkError):
    """A file could not be read or written: permissions, a full disk, a vanished folder."""


class RefusedError(PlainworkError):
    """The rules of the workspace, or another writer, forbid the change; nothing was written."""

    exit_code = 1


class ForgeUnavailableError(PlainworkError):
    """The forge was not reached, refused, or answered what cannot be understood.

    Nothing was decided and nothing was published.
    """

    exit_code = 3
