"""Which names a file may get.

A workspace is cloned to systems that take ``Plan.md`` and ``plan.md``, or two ways to compose an
``é``, for one file; there one of the two would vanish. So no new file gets such a name.
"""

from collections.abc import Callable, Iterable

from plainwork.errors import RefusedError


def check_path(path: str) -> None:
    """Check that a path, relative to the workspace's root and with ``/``, stays inside.

    Raises:
        RefusedError: If it does not, leads into a Git folder, or cannot be written as UTF-8.
    """
    parts = path.split("/")
    if "\0" in path or any(part in ("", ".", "..") for part in parts):
        message = "no path inside the workspace"
        raise RefusedError(message)
    if ".git" in map(fold_name, parts):
        message = "only Git writes there"
        raise RefusedError(message)
    try:
        path.encode()
    except UnicodeEncodeError:
        message = "the name is not UTF-8"
        raise RefusedError(message) from None


def fold_name(name: str) -> str:
    """Return what two names have in common if some file system takes them for one."""
    if name.isascii():
        return name.lower()
    from unicodedata import normalize  # rare

    return normalize("NFC", normalize("NFD", name).casefold())


class NameTable:
    """The names in the folders of a workspace, together with those about to be added."""

    def __init__(self, list_names: Callable[[str], Iterable[str]]) -> None:
        """Start with what is there; each folder is listed once, when it is first needed."""
        self._list_names = list_names
        self._folders: dict[str, dict[str, str]] = {}
        self.new_folders: list[str] = []
        """The folders that what was added needs, outer before inner."""

    def add(self, path: str) -> None:
        """Add a file with the folders that it needs.

        Raises:
            RefusedError: If a name on its path differs in case or composition only from one
                that is already there.
        """
        folder = ""
        for name in path.split("/")[:-1]:
            inner = f"{folder}/{name}" if folder else name
            if inner not in self._folders and self._add_name(folder, name):
                self.new_folders.append(inner)
            folder = inner
        self._add_name(folder, path.rpartition("/")[2])

    def _add_name(self, folder: str, name: str) -> bool:
        """Add a name to a folder; tell whether it is new."""
        names = self._folders.get(folder)
        if names is None:
            names = {fold_name(known): known for known in self._list_names(folder)}
            self._folders[folder] = names
        folded = fold_name(name)
        known = names.get(folded)
        if known is None:
            names[folded] = name
        elif known != name and name not in self._list_names(folder):
            message = f"`{known}` is already there, and some systems take the two for one"
            raise RefusedError(message)
        return known is None
