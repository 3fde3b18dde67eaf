"""Where the files are that plainwork brings with it, installed or in a checkout."""

import os
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from plainwork.errors import StorageError

_PACKAGE = Path(__file__).parents[1]
_CHECKOUT = _PACKAGE.parents[1]


def find_resource(name: str) -> Path:
    """Return a folder such as ``templates``: of the wheel, else of the checkout.

    Raises:
        StorageError: If it is in neither; the installation is damaged.
    """
    for folder in (_PACKAGE / "_data" / name, _CHECKOUT / name):
        if folder.is_dir():
            return folder
    message = f"the folder `{name}` of plainwork is missing; install it again"
    raise StorageError(message)


@cache
def identify_program() -> bytes:
    """Return a digest by which this plainwork is told from others, of the same version too.

    A version is that of a release; between two of them whoever installs a commit gets other
    modules under the same number. Their sizes and times tell, in a few milliseconds.
    """
    stamps = sorted(_stamps(str(_PACKAGE)))
    return blake2b(repr(stamps).encode(errors="surrogateescape"), digest_size=16).digest()


def _stamps(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _stamps(entry.path)
            elif entry.name.endswith(".py"):
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns
