"""``plainwork init``: start a workspace."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Annotated

import typer

from plainwork.cli import clock
from plainwork.cli.changing import commit_plan, has_effect, refuse_without_git, show_diff
from plainwork.cli.context import CommitOption, DryRunOption, TodayOption, invocation, parse_day
from plainwork.cli.output import find_screen, write_lines, write_notice
from plainwork.cli.paths import name_folder
from plainwork.cli.recipes import below_top, find_top, load_recipe_plan, load_source
from plainwork.errors import NotAWorkspaceError, RepositoryError, StorageError, UsageError
from plainwork.model.plan import Plan
from plainwork.plans.init import Beginning, plan_workspace
from plainwork.reporting.text import wrap
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.git_questions import Identity, load_identity
from plainwork.storage.repository import initialise_repository
from plainwork.storage.scan import MARKER
from plainwork.storage.templates import list_starters, load_starter
from plainwork.storage.workspace import find_workspace

DirectoryArgument = Annotated[
    str, typer.Argument(metavar="[DIR]", help="Where to start it.", show_default="this folder")
]
TemplateOption = Annotated[
    str,
    typer.Option("--template", metavar="NAME", help="What to copy.", show_default="minimal"),
]
RecipesOption = Annotated[
    str,
    typer.Option(
        "--ci",
        metavar="FORGE",
        help="Add what the forge runs: github, gitlab or forgejo. Of a workspace, only that.",
    ),
]
ListOption = Annotated[bool, typer.Option("--list", help="Show the templates.")]

_DEFAULT = "minimal"


def init(
    context: typer.Context,
    directory: DirectoryArgument = ".",
    *,
    template: TemplateOption = "",
    ci: RecipesOption = "",
    list_: ListOption = False,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    today: TodayOption = "",
) -> None:
    """Start a workspace: copy a template, with you as its first person.

    With --ci, of a workspace that is there already: add what the forge needs to run the gate, the
    audit and the routines, and to publish the site.

    For example: plainwork init --template software-team --ci github
    """
    if list_:
        _show_templates()
        return
    root = Path(os.path.normpath(invocation(context).directory / directory)).absolute()
    if ci and not template and _is_workspace(root):
        _add_recipes(root, ci, dry_run=dry_run, commit=commit)
        return
    _refuse_inside_workspace(root)
    identity = require_identity(root)
    day = parse_day(today, "--today") if today else clock.today("UTC")
    beginning = Beginning(root.name or "Work", identity.name, identity.email, day)
    plan = plan_workspace(
        load_starter(template or _DEFAULT), beginning, lambda path: os.path.lexists(root / path)
    )
    top = root
    if ci:
        recipes = load_recipe_plan(root, ci)
        top = find_top(root)
        plan = Plan((*below_top(root, plan), *recipes.edits), plan.message, plan.notes)
    if dry_run:
        show_diff(top, plan)
        return
    new_repository = _write(top, plan)
    if commit:
        commit_plan(top, plan)
    if ci:
        _tell_recipes(ci)
    _tell(root, plan, beginning, new_repository=new_repository, committed=commit)


def _add_recipes(root: Path, forge: str, *, dry_run: bool, commit: bool) -> None:
    """Write the recipes for a forge into the repository of a workspace."""
    if commit:
        refuse_without_git(root)
    plan = load_recipe_plan(root, forge)
    top = find_top(root)
    if not has_effect(plan):
        write_notice("the recipes are there already, as this version of plainwork writes them")
        return
    if dry_run:
        show_diff(top, plan)
        return
    _write(top, plan)
    write_lines(edit.path for edit in plan.edits if edit.before != edit.after)
    if commit:
        commit_plan(top, plan)
    _tell_recipes(forge)
    write_notice("`plainwork doctor` says what the forge has to be told, so that it counts")


def _tell_recipes(forge: str) -> None:
    if not load_source().is_same(forge):
        write_notice(
            "this plainwork is no release, and the recipes run the release of its version, which"
            " may not be out: push it to a repository that the forge can reach, install it from"
            " there with `pip install git+https://…`, and the recipes run that commit"
        )


def require_identity(directory: Path) -> Identity:
    """Return who Git says is working in a folder, which need not exist yet.

    Raises:
        RepositoryError: If there is no Git, or nobody has told it.
    """
    if shutil.which("git") is None:
        message = "Git is needed for this, and there is no `git` on the PATH; install it"
        raise RepositoryError(message)
    existing = next(folder for folder in (directory, *directory.parents) if folder.is_dir())
    identity = load_identity(existing)
    if identity is None or not identity.name:
        message = (
            'Git does not know who you are; tell it with `git config --global user.name "…"`'
            " and `git config --global user.email …`"
        )
        raise RepositoryError(message)
    return identity


def make_folder(directory: Path) -> None:
    """Make a folder, with those above it.

    Raises:
        StorageError: If it cannot be made.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{directory}: {error.strerror}"
        raise StorageError(message) from error


def _write(root: Path, plan: Plan) -> bool:
    """Write the files; return whether a repository had to be made for them."""
    from plainwork.storage.apply import apply_plan

    make_folder(root)
    new_repository = find_git_folder(root) is None
    if new_repository:
        initialise_repository(root)
    apply_plan(root, plan)
    return new_repository


def _is_workspace(root: Path) -> bool:
    return root.is_dir() and (root / MARKER).is_file()


def _refuse_inside_workspace(root: Path) -> None:
    try:
        found = find_workspace(root)
    except NotAWorkspaceError:
        return
    message = f"{root} lies inside the workspace {found}; choose a folder outside of it"
    if found == root:
        message = f"{root} is a workspace already; `plainwork status` shows how it stands"
    raise UsageError(message)


def _show_templates() -> None:
    starters = list_starters()
    indent = " " * (max(len(starter.name) for starter in starters) + 2)
    for starter in starters:
        first, *others = wrap(starter.summary, width=find_screen().width, indent=indent)
        write_lines([starter.name + first[len(starter.name) :], *others])
    write_lines(
        ["", "`plainwork init DIR --template NAME` starts with one; otherwise with minimal."]
    )


def _tell(
    root: Path, plan: Plan, beginning: Beginning, *, new_repository: bool, committed: bool
) -> None:
    made = " and a Git repository" if new_repository else ""
    here = root == Path.cwd()
    lines = [
        f"Started a workspace of {len(plan.edits)} files{made} in {root}",
        f"You are {beginning.person_id}: people/{beginning.person_id}.md",
        *plan.notes,
        "",
        "Next:",
        *([] if here else [f"  cd {name_folder(root)}"]),
        *([] if committed else ['  git add . && git commit -m "Start the workspace"']),
        '  plainwork new task "Write the first task"',
        "  plainwork status",
    ]
    write_lines(lines)


COMMAND = init
