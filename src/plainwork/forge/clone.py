"""Where the commits of a forge's pull requests are fetched from."""

from __future__ import annotations

from plainwork.forge.address import join_path, read_origin
from plainwork.forge.place import Place

_JOB_TOKEN = "CI_JOB_TOKEN"  # noqa: S105 - the name of a variable


def clone_address(place: Place) -> str:
    """Return the address of Git's own server: ``https://github.com/acme/operations.git``.

    It follows from the API's address alone, for that is where the token may go.

    Raises:
        UsageError: If the API's address or the repository's name is none.
    """
    origin = read_origin(place.api)
    scheme, _, host = origin.partition("://")
    # GitHub keeps the API on a host of its own, but for installations of one's own.
    server = f"{scheme}://{host.removeprefix('api.')}" if place.kind == "github" else origin
    return f"{server}{join_path(*place.repository.split('/'))}.git"


def token_user(place: Place, variable: str) -> str:
    """Return the name that a token goes with; only GitLab tells one from another.

    Args:
        place: Which forge.
        variable: The variable that holds the token.
    """
    if place.kind == "gitlab":
        return "gitlab-ci-token" if variable == _JOB_TOKEN else "oauth2"
    return "x-access-token"
