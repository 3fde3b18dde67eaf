"""Several decisions together: of several pull requests, or workspaces of one."""

import msgspec

from plainwork.model.decision import Decision


class Decisions(msgspec.Struct, frozen=True):
    """Decisions, in the order in which they were made."""

    decisions: tuple[Decision, ...]
