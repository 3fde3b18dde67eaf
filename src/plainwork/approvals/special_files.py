"""Files that decide what happens to others: of Git, of forges and of their automation.

They are judged whatever the workspace's policies say of paths, and wherever they lie: who may
change them could run code with the forge's rights, or hide differences from reviewers.
"""

from __future__ import annotations

SPECIAL_NAMES = frozenset(
    {".mailmap", ".lfsconfig", "codeowners", ".forgejo", ".gitea", ".woodpecker", ".circleci"}
    | {".buildkite", ".travis.yml", ".drone.yml", ".woodpecker.yml", ".woodpecker.yaml"}
    | {"action.yml", "action.yaml", "azure-pipelines.yml", "bitbucket-pipelines.yml"}
    | {"jenkinsfile"}
)
"""Beside everything that begins with ``.git``; of files and of folders, in lower case."""


def is_special(path: str) -> bool:
    """Tell whether a file, or a folder that it lies in, is Git's or a forge's."""
    return any(name.startswith(".git") or name in SPECIAL_NAMES for name in path.lower().split("/"))
