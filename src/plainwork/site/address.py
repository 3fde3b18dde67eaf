"""Where each thing of a site lives, as paths from its root.

Every address names a file, so that the site works where nobody serves it: opened from a folder.
Names hold lower-case letters, digits and ``._-`` only; one made of a hash begins with ``~``,
which no id does, so two things never share a file, whatever a disk makes of upper and lower case.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from urllib.parse import urlsplit

from plainwork.parsing.scalars import ID_PATTERN

HOME = "index.html"
ABOUT = "about.html"
MISSING = "404.html"
"""What GitHub, GitLab and Forgejo Pages show instead of a page that is not there."""

_FOLDERS = {"item": "work"}
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
)
"""What Windows takes for a device, whatever follows behind a dot."""

_HASH_SIZE = 12

_ADDRESS = re.compile(r"(?:[a-z0-9~][a-z0-9._~-]*/)?[a-z0-9~][a-z0-9._~-]*")


def is_address(text: str) -> bool:
    """Tell whether a file of a site may be there: in its folder, or one folder below."""
    return _ADDRESS.fullmatch(text) is not None


def document_address(kind: str, id_: str) -> str:
    """Return where the page of a document is.

    Args:
        kind: ``item``, ``project``, ``routine``, ``person``, ``team``, ``agent``, ``workflow``,
            ``policy``, or what is shown of one: ``board``.
        id_: Its id, or any text that nothing else of its kind has.
    """
    return f"{_FOLDERS.get(kind, kind)}/{file_name(id_)}.html"


def list_address(name: str, page: int = 1) -> str:
    """Return where a page of a list of the whole workspace is; pages count from 1."""
    return f"{name}.html" if page == 1 else f"{name}~{page}.html"


def part_address(address: str, page: int) -> str:
    """Return where a further page of what is at an address is; pages count from 1."""
    return address if page == 1 else f"{address.removesuffix('.html')}~{page}.html"


def document_name(kind: str, id_: str) -> str:
    """Return what the data, feeds and badges of a document are called: ``project-apollo``."""
    return f"{kind}-{file_name(id_)}"


def data_address(name: str, form: str) -> str:
    """Return where a table is as data; `form` is ``csv`` or ``json``."""
    return f"data/{name}.{form}"


def feed_address(name: str, form: str) -> str:
    """Return where a feed is; `form` is ``atom`` or ``ics``."""
    return f"feeds/{name}.{form}"


def badge_address(name: str) -> str:
    """Return where a badge is."""
    return f"badges/{name}.svg"


def asset_address(name: str) -> str:
    """Return where a style sheet or script is."""
    return f"assets/{name}"


def file_name(id_: str) -> str:
    """Return the name that an id gives its files: itself, or ``~`` and a hash of it."""
    if ID_PATTERN.fullmatch(id_) and id_.partition(".")[0] not in _RESERVED:
        return id_
    text = id_.encode("utf-8", "surrogatepass")
    return f"~{blake2b(text, digest_size=_HASH_SIZE).hexdigest()}"


def way_from_host(base: str) -> str:
    """Return what leads to the site's root from any page of its host: ``/work/``.

    Args:
        base: Where the site will be, with a slash at its end.
    """
    return urlsplit(base).path


def way_to_root(address: str) -> str:
    """Return the prefix that leads from a page to the site's root: ``""`` or ``../``."""
    return "../" * address.count("/")
