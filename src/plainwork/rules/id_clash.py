"""The rule ``id-clash``: what another branch has named meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.model.diagnostic import Severity
from plainwork.model.snapshot import Snapshot
from plainwork.model.surroundings import FIXABLE_KINDS, Clash, Surroundings
from plainwork.rules.rule import Found, Rule, Scope


def _check(_snapshot: Snapshot, surroundings: Surroundings) -> Iterator[Found]:
    if surroundings.branches_unread:
        message = f"the other branches could not be compared: {surroundings.branches_unread}"
        yield Found("plainwork.toml", message, severity=Severity.INFO)
    for clash in surroundings.clashes:
        message = f"`{clash.id}` is another document on branch {clash.branch}: {clash.other_path}"
        yield Found(clash.path, message, _hint(clash), ("id",))


def _hint(clash: Clash) -> str:
    if clash.kind not in FIXABLE_KINDS:
        return "give one of them another id"
    if clash.newer:
        return "`plainwork check --fix` gives this one, the newer, another id"
    return f"the one there is newer; run `plainwork check --fix` on {clash.branch}"


RULE = Rule(
    name="id-clash",
    summary="No other local branch gives the same id to another document.",
    remedy=(
        "Both are fine until the branches meet; then one id means two things. "
        "`check --fix` gives the newer work another id and rewrites every reference to it."
    ),
    scope=Scope.SURROUNDINGS,
    severity=Severity.WARNING,
    check_surroundings=_check,
    fixable=True,
)
