"""What has become of a document, commit by commit."""

from datetime import date

import msgspec


class Change(msgspec.Struct, frozen=True):
    """A commit that changed a document; ``subject`` is the first line of its message."""

    day: date
    commit: str
    author: str
    subject: str
