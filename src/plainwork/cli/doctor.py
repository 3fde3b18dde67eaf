"""``plainwork doctor``: can this workspace and its forge enforce what the rules say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from plainwork.cli.context import (
    FormatOption,
    Invocation,
    TodayOption,
    choose_format,
    invocation,
)
from plainwork.cli.output import find_screen, write_json, write_lines
from plainwork.cli.recipes import load_filled_recipes, read_top_file
from plainwork.errors import ForgeUnavailableError
from plainwork.model.snapshot import Snapshot
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.git_questions import load_default_branch, load_version
from plainwork.views.setup import (
    SIGNED,
    Clone,
    Setup,
    SetupFinding,
    State,
    judge_workspace,
    order_findings,
)

_QUEUE = ".github/workflows/plainwork-queue.yml"

BranchOption = Annotated[
    str, typer.Option("--branch", metavar="BRANCH", help="Which one.", show_default="the default")
]


def doctor(
    context: typer.Context,
    *,
    branch: BranchOption = "",
    format_: FormatOption = "text",
    today: TodayOption = "",
) -> int:
    """Say whether the workspace and its forge can enforce what the rules say.

    What is missing is named with what somebody could do about it, in both senses. With a token in
    the environment (PLAINWORK_TOKEN, or the forge's own variable) it asks how the branch is
    protected; only administrators see all of it. The exit code is 1 if something is missing, 3 if
    the forge was not reached.

    For example: plainwork doctor
    """
    choose_format(format_, "text", "json")
    call = invocation(context)
    snapshot = call.load()
    day = call.today(today, snapshot)
    branch = branch or load_default_branch(call.root)
    clone = _load_clone(call, snapshot, day)
    findings = list(judge_workspace(snapshot, day, clone))
    failure: ForgeUnavailableError | None = None
    asked = False
    try:
        told = _ask_forge(call, snapshot.settings.forge_kind, branch, clone)
        asked = told is not None
        findings += told if told is not None else _explain_silence(snapshot)
    except ForgeUnavailableError as error:
        failure = error
    settings = snapshot.settings
    setup = Setup(
        settings.name,
        settings.forge_kind,
        settings.forge_repository,
        branch,
        asked,
        order_findings(findings),
    )
    _show(setup, format_)
    if failure is not None:
        raise failure
    return int(bool(setup.missing))


def _ask_forge(call: Invocation, kind: str, branch: str, clone: Clone) -> list[SetupFinding] | None:
    """Return how the branch is protected; None: there is no forge, or no token to ask it with."""
    if kind in ("", SIGNED):
        return None
    from plainwork.forge.connect import find_token

    if not find_token(kind, os.environ)[1]:
        return None
    from plainwork.cli.forge_access import open_access
    from plainwork.forge.protection_findings import judge_protection

    protection = open_access(call, None).forge.fetch_protection(f"refs/heads/{branch}")
    # GitLab decides its merge trains by the same pipeline as everything else.
    hears_queue = kind != "github" or clone.recipes.get(_QUEUE) is not None
    return list(judge_protection(protection, kind, hears_queue=hears_queue))


def _explain_silence(snapshot: Snapshot) -> Iterator[SetupFinding]:
    if snapshot.settings.forge_kind in ("", SIGNED):
        return
    yield SetupFinding(
        State.UNKNOWN,
        "protection",
        "how the branch is protected: there is no token to ask the forge with",
        "a check that is not required, or not for everybody, holds nobody back",
        "set PLAINWORK_TOKEN to the token of an administrator, and run this again",
    )


def _load_clone(call: Invocation, snapshot: Snapshot, today: date) -> Clone:
    folder = find_git_folder(call.root)
    return Clone(
        git=load_version(call.root),
        repository=folder is not None,
        shallow=folder is not None and folder.is_shallow(),
        recipes=_load_recipes(call, snapshot.settings.forge_kind),
        codeowners=_load_codeowners(call, snapshot, today),
    )


def _load_recipes(call: Invocation, kind: str) -> dict[str, bool | None]:
    if kind in ("", SIGNED):
        return {}
    recipes = load_filled_recipes(call.root, "forgejo" if kind == "gitea" else kind)
    found = {path: read_top_file(call.root, path) for path in recipes}
    return {
        path: None if found[path] is None else found[path] == recipe
        for path, recipe in recipes.items()
    }


def _load_codeowners(call: Invocation, snapshot: Snapshot, today: date) -> bool | None:
    if snapshot.settings.forge_kind in ("", SIGNED):
        return None
    from plainwork.cli.codeowners import load_codeowners_plan

    (edit,) = load_codeowners_plan(call.root, snapshot, today)[0].edits
    return None if edit.before is None else edit.before == edit.after


def _show(setup: Setup, format_: str) -> None:
    if format_ == "json":
        write_json("doctor", setup)
        return
    from plainwork.reporting.setup_text import format_setup

    screen = find_screen()
    write_lines(format_setup(setup, width=screen.width, color=screen.color))


COMMAND = doctor
