"""Deciding for commands: from a file, from the forge, or before there is a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork.cli import clock
from plainwork.cli.context import Invocation
from plainwork.cli.gate_question import Question
from plainwork.cli.output import write_notice
from plainwork.errors import PlainworkError, UsageError

if TYPE_CHECKING:
    from plainwork.cli.forge_access import ForgeAccess
    from plainwork.forge.client import Forge
    from plainwork.model.evidence import Evidence
    from plainwork.serving.deciding import Judged


class Troubles:
    """What went wrong with single pull requests, beside their verdicts.

    Attributes:
        worst: The highest exit code of what went wrong.
    """

    def __init__(self) -> None:
        self.worst = 0

    def note(self, pull: str, message: str, code: int) -> None:
        """Say what went wrong with one pull request."""
        write_notice(f"pull request {pull}: {message}" if pull else message)
        self.worst = max(self.worst, code)


def decide(call: Invocation, asked: Question, troubles: Troubles) -> Iterator[Judged]:
    """Decide what was asked for.

    Args:
        call: How the command was called.
        asked: What.
        troubles: Takes what goes wrong with one of several pull requests.

    Raises:
        UsageError: If it makes no sense.
        ForgeUnavailableError: If the forge is not reached.
        RepositoryError: If the commits cannot be read.
    """
    if asked.evidence:
        yield _replay(call, asked)
    elif asked.about_pull:
        yield from _ask_forge(call, asked, troubles)
    elif asked.publish:
        message = "which pull request? --pull N or --all says it; this is no CI job for one"
        raise UsageError(message)
    else:
        yield _decide_branch(call, asked)


def _replay(call: Invocation, asked: Question) -> Judged:
    """Decide again from a file; the same file gives the same bytes."""
    from plainwork.forge.file import LARGEST, parse_evidence
    from plainwork.serving.deciding import decide_evidence
    from plainwork.storage.source_repository import resolve_revision

    try:
        with (call.directory / asked.evidence).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as problem:
        message = f"{asked.evidence}: {problem.strerror}"
        raise UsageError(message) from problem
    evidence = parse_evidence(data, asked.evidence)
    given = {
        "base": asked.base and resolve_revision(call.root, asked.base),
        "head": asked.head and resolve_revision(call.root, asked.head),
        "ref": asked.ref and f"refs/heads/{asked.ref.removeprefix('refs/heads/')}",
    }
    for name, value in given.items():
        if value and value != getattr(evidence, name):
            message = f"--{name} {value}: the evidence is about {getattr(evidence, name)}"
            raise UsageError(message)
    return decide_evidence(call.root, evidence, now=asked.moment)


def _ask_forge(call: Invocation, asked: Question, troubles: Troubles) -> Iterator[Judged]:
    """Decide what the forge knows of, one pull request after the other.

    What goes wrong with one of all open ones does not keep the others from being decided.
    """
    from plainwork.cli.forge_access import open_access

    access = open_access(call, asked.job)
    if not asked.every:
        yield _decide_one(call, access, _fetch(access.forge, asked), asked, troubles)
        return
    for pull in access.forge.fetch_open():
        try:
            evidence = access.forge.fetch_evidence(pull.number)
            yield _decide_one(call, access, evidence, asked, troubles)
        except PlainworkError as problem:
            troubles.note(pull.number, str(problem), problem.exit_code)


def _fetch(forge: Forge, asked: Question) -> Evidence:
    if asked.pull or asked.job is None or not asked.job.group:
        return forge.fetch_evidence(asked.pull or (asked.job.pull if asked.job else ""))
    return forge.fetch_group(asked.job.ref, asked.job.head)


def _decide_one(
    call: Invocation, access: ForgeAccess, evidence: Evidence, asked: Question, troubles: Troubles
) -> Judged:
    from plainwork.serving.deciding import fetch_and_decide
    from plainwork.serving.publishing import decide_in_public

    if asked.save:
        _save(call.directory / asked.save, evidence)
    if not asked.publish:
        return fetch_and_decide(call.root, access.remote, evidence, now=asked.moment)
    judged, published = decide_in_public(call.root, access.forge, access.remote, evidence)
    for moved in published.moved:
        troubles.note(evidence.pull, f"{moved} while it was decided; it is not approved", 1)
    return judged


def _save(path: Path, evidence: Evidence) -> None:
    from plainwork.forge.file import format_evidence

    path.write_bytes(format_evidence(evidence))


def _decide_branch(call: Invocation, asked: Question) -> Judged:
    """Decide a branch of the clone, of which no forge is asked."""
    from plainwork.serving.branch import Proposal, decide_branch
    from plainwork.storage.git_questions import (
        is_all_committed,
        load_default_branch,
        load_identity,
        load_tip_name,
    )

    branch = asked.ref.removeprefix("refs/heads/") or load_default_branch(call.root)
    identity = load_identity(call.root)
    proposal = Proposal(
        ref=f"refs/heads/{branch}",
        base=asked.base or load_tip_name(call.root, branch),
        head=asked.head or "HEAD",
        email=identity.email if identity else "",
    )
    if not asked.head and not is_all_committed(call.root):
        write_notice("what is not committed yet is no part of this")
    judged = decide_branch(call.root, proposal, read_at=clock.now(), now=asked.moment)
    if asked.save:
        _save(call.directory / asked.save, judged.evidence)
    return judged
