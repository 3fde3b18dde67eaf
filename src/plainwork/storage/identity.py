"""Who works here, according to Git."""

from pathlib import Path

from plainwork.errors import RepositoryError
from plainwork.storage.repository import Identity, Repository


def load_identity(root: Path) -> Identity | None:
    """Return the name and e-mail that Git would put into a commit, or None."""
    try:
        with Repository.open(root) as repository:
            return repository.identity()
    except RepositoryError:
        return None
