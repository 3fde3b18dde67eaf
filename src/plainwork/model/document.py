"""A document as it was read: one file, one thing."""

from typing import Any

import msgspec

from plainwork.model.diagnostic import Diagnostic
from plainwork.model.work import ReferenceUse


class Document(msgspec.Struct, frozen=True, array_like=True):
    """What one file says, and what is wrong with how it says it.

    Attributes:
        path: From the workspace's root, with ``/``.
        kind: ``work``, ``workflow``, ``person``, ``team``, ``agent``, ``policy`` or ``record``.
        id: The ``id`` field, or else the file name without ``.md``.
        readable: Whether there are fields at all; if not, the diagnostics say why.
        fields: The values that are right, in the order of the file: JSON's kinds of values.
        references: Every place where it names another document.
        diagnostics: What is wrong with it, taken by itself.
        body: The text after the front matter, of workflows, policies, records and what creates
            work, whose template it is; that of other work is read when it is asked for.
    """

    path: str
    kind: str
    id: str
    readable: bool
    fields: dict[str, Any]
    references: tuple[ReferenceUse, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    body: str = ""
