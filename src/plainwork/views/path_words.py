"""What globs of paths cover, in words: people who read a policy do not read globs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

_SETTINGS = "plainwork.toml"
_CI = "what CI runs"
_KNOWN = {
    _SETTINGS: "the settings",
    ".git*": "the settings of Git",
    ".git*/**": "what the forge shows and runs",
    "CODEOWNERS": "whom the forge asks about files",
    ".mailmap": "which authors are the same person",
    ".lfsconfig": "where Git keeps large files",
    **dict.fromkeys(
        (
            *("action.yml", "action.yaml", "Jenkinsfile", ".travis.yml", ".drone.yml"),
            *(".forgejo/**", ".gitea/**", ".github/**", ".circleci/**", ".buildkite/**"),
            *(".woodpecker/**", ".woodpecker.yml", ".woodpecker.yaml", ".gitlab-ci.yml"),
            *("azure-pipelines.yml", "bitbucket-pipelines.yml"),
        ),
        _CI,
    ),
}
"""Files that mean the same wherever they lie."""

_PLAIN = re.compile(r"[^*?\[]+")
_ENDING = re.compile(r"\*(\.[^*?\[/]+)")


class CoveredPaths(msgspec.Struct, frozen=True):
    """Globs that cover the same sort of files, and what that is in words."""

    words: str
    globs: tuple[str, ...]


def describe_paths(globs: Iterable[str], folders: Mapping[str, str]) -> tuple[CoveredPaths, ...]:
    """Say what globs cover; those that cover the same sort of files stand together.

    Args:
        globs: From the workspace's root, as policies write them.
        folders: Of each folder of documents what it holds: ``people``, ``workflows``.
    """
    found: dict[str, list[str]] = {}
    for glob in globs:
        found.setdefault(_describe(glob, folders), []).append(glob)
    return tuple(CoveredPaths(words, tuple(each)) for words, each in found.items())


def _describe(glob: str, folders: Mapping[str, str]) -> str:
    place, anywhere = glob.removeprefix("**/"), glob.startswith("**/")
    known = _KNOWN.get(place)
    if known and (anywhere or place == _SETTINGS):
        return known
    folder = place.removesuffix("/**")
    if glob in ("**", "**/*"):
        return "every file"
    if not anywhere and folder != place and folder in folders:
        return folders[folder]
    return _describe_other(place) + (", in any folder" if anywhere else "")


def _describe_other(place: str) -> str:
    folder = place.removesuffix("/**")
    if _PLAIN.fullmatch(place):
        return f"the file {place}"
    if folder != place and _PLAIN.fullmatch(folder):
        return f"everything in {folder}"
    before, _, name = place.rpartition("/")
    ending, above = _ENDING.fullmatch(name), before.removesuffix("/**")
    if not ending or not (not above or _PLAIN.fullmatch(above)):
        return "files with such a path"
    where = f" {'below' if above != before else 'in'} {above}" if above else ""
    return f"files{where} that end with {ending[1]}"
