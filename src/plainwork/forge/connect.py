"""Opening a forge: its adapter, with a token from the environment and from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from plainwork.errors import UsageError
from plainwork.forge.client import Forge
from plainwork.forge.http import JsonApi
from plainwork.forge.limits import Limits
from plainwork.forge.place import Place

TOKEN_VARIABLES = {
    "github": ("PLAINWORK_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"),
    "gitlab": ("PLAINWORK_TOKEN", "GITLAB_TOKEN", "CI_JOB_TOKEN"),
    "gitea": ("PLAINWORK_TOKEN", "GITEA_TOKEN", "FORGEJO_TOKEN"),
    "forgejo": ("PLAINWORK_TOKEN", "FORGEJO_TOKEN", "GITEA_TOKEN"),
}
"""Where a token is looked for, by kind of forge: the first that is set counts."""


def open_forge(
    place: Place, environment: Mapping[str, str], *, limits: Limits | None = None
) -> Forge:
    """Return the adapter of a forge; nothing is sent yet.

    Args:
        place: Which one.
        environment: The variables of the process.
        limits: How much to wait for and to take; the usual ones if there are none.

    Raises:
        UsageError: If the token cannot be one, or could be read on the way.
    """
    variable, token = find_token(place.kind, environment)
    if place.kind == "github":
        from plainwork.forge import github

        api = JsonApi(place.api, github.headers(token), secret=token, limits=limits)
        return github.GitHub(api, place.repository)
    if place.kind == "gitlab":
        from plainwork.forge import gitlab

        sent = gitlab.headers(token, job=variable == "CI_JOB_TOKEN")
        api = JsonApi(place.api, sent, secret=token, limits=limits)
        return gitlab.GitLab(api, place.repository)
    from plainwork.forge import gitea

    api = JsonApi(place.api, gitea.headers(token), secret=token, limits=limits)
    return gitea.Gitea(api, place.repository, kind=place.kind)


def find_token(kind: str, environment: Mapping[str, str]) -> tuple[str, str]:
    """Return the variable that holds the token, and the token; two ``""`` if there is none.

    Raises:
        UsageError: If it holds blanks or other characters that no token has.
    """
    for variable in TOKEN_VARIABLES[kind]:
        token = environment.get(variable, "").strip()
        if not token:
            continue
        if not (token.isascii() and token.isprintable() and " " not in token):
            message = f"{variable} holds no token: it has characters that no token has"
            raise UsageError(message)
        return variable, token
    return "", ""
