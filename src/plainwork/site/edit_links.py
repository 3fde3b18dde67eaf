"""Where the forge shows documents, and lets people edit them."""

from __future__ import annotations

from collections.abc import Sequence
from posixpath import commonpath, dirname
from urllib.parse import quote

import msgspec

from plainwork.site.links import is_safe

_PUBLIC = {
    "github": "https://github.com",
    "gitlab": "https://gitlab.com",
    "gitea": "https://gitea.com",
    "forgejo": "https://codeberg.org",
}
_EDITORS = {"github": "edit", "gitlab": "-/edit", "gitea": "_edit", "forgejo": "_edit"}
_FOLDERS = {
    "github": "tree",
    "gitlab": "-/tree",
    "gitea": "src/branch",
    "forgejo": "src/branch",
}


class EditLinks(msgspec.Struct, frozen=True):
    """Addresses on the forge.

    Attributes:
        kind: ``[forge] kind``; of none that is known there are no links.
        url: ``[forge] url``, or ``""`` for the public place of that kind.
        repository: ``[forge] repository``.
        branch: The branch that changes are merged into.
        folder: Where the workspace is in the repository, with a slash at its end, or ``""``.
    """

    kind: str = ""
    url: str = ""
    repository: str = ""
    branch: str = ""
    folder: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """Everything that decides where a document is edited."""
        return (self.kind, self.url, self.repository, self.branch, self.folder)

    def of(self, path: str) -> str:
        """Return where a document is edited, or ``""``."""
        return self._find(_EDITORS.get(self.kind, ""), path)

    def folder_of(self, paths: Sequence[str]) -> str:
        """Return where the folder is shown that some documents have in common, or ``""``."""
        # What the first and the last one have in common, all between them have, too.
        common = commonpath((dirname(min(paths)), dirname(max(paths)))) if paths else ""
        return self._find(_FOLDERS.get(self.kind, ""), common).rstrip("/")

    def _find(self, view: str, path: str) -> str:
        host = self.url.rstrip("/") or _PUBLIC.get(self.kind, "")
        if not (view and self.repository and self.branch and is_safe(host)):
            return ""
        place = quote(f"{self.branch}/{self.folder}{path}", errors="replace")
        return f"{host}/{quote(self.repository)}/{view}/{place}"
