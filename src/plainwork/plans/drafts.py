"""Files while a plan of many small edits is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plainwork.editing.front_matter_edit import set_field
from plainwork.editing.yaml_text import Value
from plainwork.model.diagnostic import FieldPath
from plainwork.model.plan import FileEdit


class Draft:
    """A file as it is and as it shall be.

    Attributes:
        before: The bytes that it has.
        text: What it shall hold.
        path: Where it shall stand.
    """

    def __init__(self, path: str, before: bytes) -> None:
        """Begin with a file as it is.

        Raises:
            UnicodeDecodeError: If it is not UTF-8.
        """
        self.before = before
        self.path = path
        self.text = before.decode("utf-8")
        self._old_path = path

    def set(self, field: FieldPath, value: Value) -> None:
        """Set a field.

        Raises:
            UsageError: If the front matter is written in a way that cannot be edited.
        """
        self.text = set_field(self.text, field, value)

    def edits(self) -> Iterator[FileEdit]:
        """Yield what has to be written."""
        after = self.text.encode("utf-8")
        if self.path != self._old_path:
            yield FileEdit(self._old_path, self.before, None)
            yield FileEdit(self.path, None, after)
        elif after != self.before:
            yield FileEdit(self.path, self.before, after)


class Drafts:
    """The files that a plan changes, each read when it is first needed."""

    def __init__(self, read_bytes: Callable[[str], bytes]) -> None:
        self._read_bytes = read_bytes
        self._drafts: dict[str, Draft] = {}

    def open(self, path: str) -> Draft:
        """Return the draft of a file, by the path that it has now."""
        draft = self._drafts.get(path)
        if draft is None:
            draft = self._drafts[path] = Draft(path, self._read_bytes(path))
        return draft

    def edits(self) -> tuple[FileEdit, ...]:
        """Return what has to be written, sorted by path."""
        edits = [edit for draft in self._drafts.values() for edit in draft.edits()]
        return tuple(sorted(edits, key=lambda edit: edit.path))
