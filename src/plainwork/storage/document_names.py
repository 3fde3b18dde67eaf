"""Which names in a folder of documents are documents, and what to say of those that are none.

The same for the working tree and for commits (``FORMAT.md``, *Documents*).
"""

from __future__ import annotations

from plainwork.model.diagnostic import Diagnostic, Location, Severity


def is_hidden(name: str) -> bool:
    """Whether a file or folder is left out on purpose."""
    return name[0] in "._"


def names_document(name: str) -> bool:
    """Whether a file of this name is a document."""
    return name.endswith(".md") and name != "README.md"


def is_plain(name: str) -> bool:
    """Whether a name can be shown, and written as UTF-8 again."""
    return name.isprintable()  # surrogates, which stand for other bytes, are not


def way_to(folder: str) -> list[str]:
    """Return the folders on the way to one, outer before inner, and itself."""
    steps = folder.split("/")
    return ["/".join(steps[:count]) for count in range(1, len(steps) + 1)]


def odd_name(path: str) -> Diagnostic:
    """Return what is wrong with a file or folder whose name is not plain."""
    shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
    message = "a file name with characters that cannot be shown"
    return error_at(shown, "invalid-path", message, "rename the file")


def link(path: str) -> Diagnostic:
    """Return what is wrong with a symbolic link."""
    return _irregular(path, "a symbolic link", "put what it leads to here")


def misnamed_folder(path: str) -> Diagnostic:
    """Return what is wrong with a folder that has the name of a document."""
    return _irregular(path, "a folder whose name ends in `.md`", "rename the folder")


def inner_repository(path: str) -> Diagnostic:
    """Return what is wrong with a submodule."""
    message = "a submodule or another repository inside a folder of documents"
    return _irregular(path, message, "keep it outside the workspace")


def special_file(path: str) -> Diagnostic:
    """Return what is wrong with a pipe, a socket or a device."""
    return _irregular(path, "neither a file nor a folder", "remove it")


def unreadable(path: str, error: OSError) -> Diagnostic:
    """Return what is wrong with a file or folder that the system does not let us read."""
    message = f"cannot be read: {error.strerror or error}"
    return error_at(path, "unreadable-file", message, "check its permissions")


def _irregular(path: str, message: str, hint: str) -> Diagnostic:
    if not is_plain(path):
        return odd_name(path)
    return error_at(path, "not-a-regular-file", message, hint)


def error_at(path: str, rule: str, message: str, hint: str) -> Diagnostic:
    """Return a diagnostic of a whole file."""
    return Diagnostic(Location(path), rule, Severity.ERROR, message, hint)
