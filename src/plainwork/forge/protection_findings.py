"""Whether the protection of a branch enforces what plainwork decides: each hole, and its danger."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.forge.client import CHECK_NAME, Protection
from plainwork.views.setup import SetupFinding, State

GITHUB_ACTIONS = "15368"
"""The number of the app GitHub Actions, as which every workflow of a repository reports."""

_PIPELINE = "pipeline"


def judge_protection(
    protection: Protection, kind: str, *, hears_queue: bool
) -> Iterator[SetupFinding]:
    """Yield how each part of it stands.

    Args:
        protection: What the forge says; what it did not say is unknown, never fine.
        kind: The kind of forge.
        hears_queue: Whether something runs plainwork for the groups of a merge queue.
    """
    yield from (_unread(line) for line in protection.unread)
    if protection.protected is False:
        yield _missing(
            "protection",
            f"{_name(protection)} is not protected",
            "whoever may write to the repository pushes to it, and nothing is decided",
            "protect it, and require a pull request",
        )
        return
    yield from _judge_check(protection, kind)
    yield from _judge_freshness(protection)
    yield from _judge_queue(protection, hears_queue=hears_queue)
    yield from _judge_bypass(protection)
    yield from _judge_rewriting(protection)
    yield from _judge_dismissal(protection)


def _judge_check(protection: Protection, kind: str) -> Iterator[SetupFinding]:
    topic = "required-check"
    if protection.checks is None:
        return
    wanted = {CHECK_NAME, _PIPELINE} if kind == "gitlab" else {CHECK_NAME}
    required = [check for check in protection.checks if check.name in wanted]
    if not required:
        yield _missing(
            topic,
            f"the check `{CHECK_NAME}` is not required",
            "a change is merged whatever the gate says, also while it says nothing yet",
            f"require the check `{CHECK_NAME}`; not the job that sets it, which may be skipped",
        )
        return
    sources = {check.source for check in required}
    if "" in sources:
        yield _missing_source(kind)
    elif GITHUB_ACTIONS in sources and kind == "github":
        yield SetupFinding(
            State.ADVICE,
            topic,
            f"`{CHECK_NAME}` is required from GitHub Actions",
            "whoever may push a branch can have a workflow there report the same check",
            "let an app of your own set it, with `token` in the recipe, and require it from that"
            " app; or require the workflow itself by a ruleset of the organisation",
        )
    else:
        yield SetupFinding(State.FINE, topic, f"`{CHECK_NAME}` is required, from one source")


def _missing_source(kind: str) -> SetupFinding:
    what = f"`{CHECK_NAME}` may be reported by anybody who can write"
    why = "another workflow, app or person sets it to green by its name alone"
    if kind == "github":
        remedy = "choose the source of the required check: the app that sets it"
        return _missing("required-check", what, why, remedy)
    # There, no setting can say more: it is not the workspace that lacks something.
    remedy = "give the right to write to few; `plainwork audit` names what had no valid decision"
    return SetupFinding(State.ADVICE, "required-check", what, why, remedy)


def _judge_freshness(protection: Protection) -> Iterator[SetupFinding]:
    if protection.up_to_date is None and protection.merge_queue is None:
        return
    if protection.up_to_date or protection.merge_queue:
        yield SetupFinding(State.FINE, "up-to-date", "what is merged is what was decided")
        return
    yield _missing(
        "up-to-date",
        "a change may be merged onto a branch that has moved since it was decided",
        "two changes that are fine alone make together what no rule allows",
        "require branches to be up to date before merging, or use a merge queue",
    )


def _judge_queue(protection: Protection, *, hears_queue: bool) -> Iterator[SetupFinding]:
    if not protection.merge_queue:
        return
    if hears_queue:
        yield SetupFinding(State.FINE, "merge-queue", "groups of the merge queue are decided")
        return
    yield _missing(
        "merge-queue",
        "nothing decides the groups of the merge queue",
        "the check is never reported there: nothing is merged, or the check is given up",
        "run plainwork on the event `merge_group`: `plainwork init --ci github` writes it",
    )


def _judge_bypass(protection: Protection) -> Iterator[SetupFinding]:
    for topic, names, what in (
        ("bypass", protection.bypass, "may go past the check"),
        ("direct-push", protection.pushers, "may push without a pull request"),
    ):
        if names:
            yield _missing(
                topic,
                f"{what}: {', '.join(dict.fromkeys(names))}",
                "what they bring in, by mistake or with a stolen password, nobody has decided",
                "take them off the list; an emergency is a waiver, or shows in `plainwork audit`",
            )
        elif names is not None:
            yield SetupFinding(State.FINE, topic, f"nobody {what}")
    if protection.admins_enforced is False:
        yield _missing(
            "administrators",
            "the rules do not hold for administrators",
            "an administrator merges what the gate refuses, with one click",
            "include administrators",
        )
    elif protection.admins_enforced:
        what = "the rules hold for administrators, too"
        yield SetupFinding(State.FINE, "administrators", what)


def _judge_rewriting(protection: Protection) -> Iterator[SetupFinding]:
    for topic, allowed, what, how in (
        ("force-push", protection.force_pushes, "be rewritten", "forbid force pushes"),
        ("deletion", protection.deletable, "be deleted", "forbid its deletion"),
    ):
        if allowed:
            why = "the history that proves who decided what can be replaced by another"
            yield _missing(topic, f"{_name(protection)} may {what}", why, how)
        elif allowed is False:
            yield SetupFinding(State.FINE, topic, f"{_name(protection)} may not {what}")


def _judge_dismissal(protection: Protection) -> Iterator[SetupFinding]:
    if protection.dismisses_stale is None:
        return
    if protection.dismisses_stale:
        what = "the forge dismisses approvals when there is a push"
        yield SetupFinding(State.FINE, "stale-reviews", what)
        return
    yield SetupFinding(
        State.ADVICE,
        "stale-reviews",
        "the forge shows approvals of what was pushed over",
        "people take them for valid; plainwork does not, it compares what was approved itself",
        "dismiss stale approvals when new commits are pushed",
    )


def _unread(line: str) -> SetupFinding:
    return SetupFinding(
        State.UNKNOWN,
        "protection",
        f"not told: {line}",
        "what cannot be read may be open",
        "ask with a token of somebody who administers the repository",
    )


def _missing(topic: str, what: str, why: str, remedy: str) -> SetupFinding:
    return SetupFinding(State.MISSING, topic, what, why, remedy)


def _name(protection: Protection) -> str:
    return f"`{protection.ref.removeprefix('refs/heads/')}`"
