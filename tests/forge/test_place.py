"""Which forge it is, and that no token goes where only the workspace leads."""

import pytest

from plainwork.errors import UsageError
from plainwork.forge.connect import find_token, open_forge
from plainwork.forge.place import Place, find_place, read_remote


@pytest.mark.parametrize(
    ("remote", "host", "name"),
    [
        ("git@github.com:acme/operations.git", "github.com", "acme/operations"),
        ("https://github.com/acme/operations", "github.com", "acme/operations"),
        ("https://ada:t0ken@git.acme.example/a/b/c.git/", "git.acme.example", "a/b/c"),
        ("ssh://git@git.acme.example:2222/a/b.git", "git.acme.example", "a/b"),
        ("Git.Acme.Example:a/b", "git.acme.example", "a/b"),
        ("/srv/git/operations.git", "", ""),
        ("../operations", "", ""),
        ("file:///srv/git/operations.git", "", ""),
        ("https://[broken/a/b", "", ""),
        ("", "", ""),
    ],
)
def test_what_a_remote_leads_to(remote: str, host: str, name: str) -> None:
    assert read_remote(remote) == (host, name)


@pytest.mark.parametrize(
    ("settings", "remote", "environment", "place"),
    [
        pytest.param(
            {},
            "git@github.com:acme/operations.git",
            {},
            Place("github", "https://api.github.com", "acme/operations"),
            id="the remote says all",
        ),
        pytest.param(
            {"kind": "github", "repository": "acme/operations"},
            "",
            {},
            Place("github", "https://api.github.com", "acme/operations"),
            id="settings and no remote",
        ),
        pytest.param(
            {"kind": "gitlab", "repository": "a/b/c", "url": "https://git.acme.example"},
            "git@git.acme.example:a/b/c.git",
            {},
            Place("gitlab", "https://git.acme.example/api/v4", "a/b/c"),
            id="an own GitLab",
        ),
        pytest.param(
            {"kind": "github"},
            "https://git.acme.example/a/b",
            {},
            Place("github", "https://git.acme.example/api/v3", "a/b"),
            id="an own GitHub, by its remote",
        ),
        pytest.param(
            {"kind": "forgejo", "repository": "a/b", "url": "https://git.acme.example"},
            "",
            {"GITHUB_API_URL": "https://git.acme.example/api/v1"},
            Place("forgejo", "https://git.acme.example/api/v1", "a/b"),
            id="the environment names it",
        ),
        pytest.param(
            {"kind": "gitea", "repository": "a/b", "url": "http://127.0.0.1:3000"},
            "",
            {},
            Place("gitea", "http://127.0.0.1:3000/api/v1", "a/b"),
            id="this machine",
        ),
    ],
)
def test_a_place(
    settings: dict[str, str], remote: str, environment: dict[str, str], place: Place
) -> None:
    assert find_place(**settings, remote=remote, environment=environment) == place


@pytest.mark.parametrize(
    ("settings", "remote", "told"),
    [
        pytest.param({}, "", "which forge is it", id="nothing"),
        pytest.param({}, "https://git.acme.example/a/b", "which forge is it", id="unknown host"),
        pytest.param({"kind": "github"}, "", "which repository is it", id="no repository"),
        pytest.param({"kind": "signed"}, "", "has no pull requests", id="signed"),
        pytest.param(
            {"kind": "github", "url": "https://evil.example", "repository": "a/b"},
            "git@github.com:a/b.git",
            "no token is sent there",
            id="settings lead elsewhere",
        ),
        pytest.param(
            {"kind": "github", "url": "http://git.acme.example", "repository": "a/b"},
            "git@git.acme.example:a/b.git",
            "must be https",
            id="readable on the way",
        ),
    ],
)
def test_a_place_that_gets_no_token(settings: dict[str, str], remote: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        find_place(**settings, remote=remote, environment={})


@pytest.mark.parametrize(
    ("kind", "environment", "variable"),
    [
        ("github", {"GH_TOKEN": "a", "GITHUB_TOKEN": "b"}, "GITHUB_TOKEN"),
        ("github", {"GITHUB_TOKEN": "b", "PLAINWORK_TOKEN": "c"}, "PLAINWORK_TOKEN"),
        ("github", {"GITLAB_TOKEN": "b"}, ""),
        ("gitlab", {"CI_JOB_TOKEN": "b"}, "CI_JOB_TOKEN"),
        ("forgejo", {"GITEA_TOKEN": "a", "FORGEJO_TOKEN": "b"}, "FORGEJO_TOKEN"),
        ("gitea", {"GITHUB_TOKEN": "b", "GITEA_TOKEN": " \n"}, ""),
    ],
)
def test_where_a_token_comes_from(kind: str, environment: dict[str, str], variable: str) -> None:
    token = environment.get(variable, "")
    assert find_token(kind, environment) == (variable, token)


@pytest.mark.parametrize("token", ["a b", "a\r\nX-Evil: 1", "a\u00e9"])
def test_what_is_no_token_is_not_sent_and_not_shown(token: str) -> None:
    place = Place("github", "https://api.github.com", "a/b")
    with pytest.raises(UsageError) as said:
        open_forge(place, {"GITHUB_TOKEN": token})
    assert token not in str(said.value)
