"""Where the files are that plainwork brings with it, installed or in a checkout."""

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
