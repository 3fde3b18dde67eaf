"""Whether a workspace is set up to enforce what its rules say, as far as files tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from itertools import chain

import msgspec

from plainwork.analysis.globs import matches_glob
from plainwork.analysis.relations import people_of
from plainwork.model.party import Person
from plainwork.model.policy import Policy
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Approval

SIGNED = "signed"
"""The kind of a workspace whose approvals are signatures in Git, and no reviews on a forge."""

OLDEST_GIT = (2, 38)
"""The first that merges in a bare repository (``git merge-tree --write-tree``)."""

_MOST_NAMED = 5
_OPTIONAL = frozenset({"plainwork-tick.yml", "plainwork-site.yml", "plainwork-preview.yml"})
"""Recipes that enforce nothing: not everybody has routines, or publishes a site."""

_GUARDED = {
    "the workspace's settings": "plainwork.toml",
    "workflows": "workflows/some.md",
    "policies": "policies/some.md",
    "people": "people/some.md",
    "teams": "teams/some.md",
    "CI files": ".github/workflows/some.yml",
    "Git's own files": ".gitattributes",
    "CODEOWNERS": "CODEOWNERS",
}
"""What decides who may do what, and a path of each that nobody has thought of by name."""


class State(StrEnum):
    """How something stands; only what is missing keeps the rules from being enforced."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    ADVICE = "advice"
    FINE = "fine"


class SetupFinding(msgspec.Struct, frozen=True):
    """One thing that enforcement rests on.

    Attributes:
        topic: A fixed word: ``forge``, ``accounts``, ``recipe``, ``required-check``, …
        what: How it stands, in one line.
        why: What somebody could do otherwise; ``""`` if it is fine.
        remedy: What to do; ``""`` likewise.
    """

    state: State
    topic: str
    what: str
    why: str = ""
    remedy: str = ""


class Setup(msgspec.Struct, frozen=True):
    """Everything that enforcement rests on.

    Attributes:
        forge: The kind of forge, or ``""``.
        asked: Whether the forge has told how the branch is protected.
        findings: What is missing first.
    """

    workspace: str
    forge: str
    repository: str
    branch: str
    asked: bool
    findings: tuple[SetupFinding, ...]

    @property
    def missing(self) -> int:
        """How much is missing."""
        return sum(finding.state is State.MISSING for finding in self.findings)


class Clone(msgspec.Struct, frozen=True):
    """What stands around the documents.

    Attributes:
        git: The version of Git, such as ``(2, 39)``; None: there is none.
        repository: Whether the workspace is in a repository.
        shallow: Whether its history was cut off.
        recipes: Path of each CI recipe to whether it is as this version of plainwork writes it;
            None: it is not there.
        codeowners: Whether CODEOWNERS says what the policies do; None: there is none.
    """

    git: tuple[int, ...] | None
    repository: bool
    shallow: bool
    recipes: Mapping[str, bool | None]
    codeowners: bool | None


def order_findings(findings: Iterable[SetupFinding]) -> tuple[SetupFinding, ...]:
    """Return findings as they are shown: what is missing first."""
    places = list(State)
    return tuple(sorted(findings, key=lambda finding: places.index(finding.state)))


def judge_workspace(snapshot: Snapshot, today: date, clone: Clone) -> Iterator[SetupFinding]:
    """Yield how what can be judged without a forge stands."""
    kind = snapshot.settings.forge_kind
    yield _judge_settings(snapshot)
    if kind == SIGNED:
        yield _judge_keys(snapshot, today)
    elif kind:
        yield _judge_accounts(snapshot, today)
        yield _judge_recipes(kind, clone)
        yield _judge_codeowners(clone)
    yield _judge_guard(snapshot)
    yield _judge_git(clone)
    yield _judge_history(clone)


def _judge_settings(snapshot: Snapshot) -> SetupFinding:
    settings = snapshot.settings
    if settings.forge_kind == SIGNED:
        return SetupFinding(State.FINE, "forge", "approvals are signatures in Git")
    if settings.forge_kind and settings.forge_repository:
        what = f"changes are reviewed on {settings.forge_kind}, in {settings.forge_repository}"
        return SetupFinding(State.FINE, "forge", what)
    return SetupFinding(
        State.MISSING,
        "forge",
        "plainwork.toml does not say where changes are reviewed",
        "an approval of another repository could be held against this one, and nobody's account"
        " is known",
        "write `[forge]` with `kind` and `repository` in plainwork.toml",
    )


def _judge_accounts(snapshot: Snapshot, today: date) -> SetupFinding:
    kind = snapshot.settings.forge_kind

    def is_known(person: Person) -> bool:
        account = person.accounts.get(kind)
        return account is not None and account.id is not None

    approvers = _approvers(snapshot, today)
    unknown = [person.id for person in approvers if not is_known(person)]
    if not unknown:
        what = f"the account of everybody who approves is known by its number ({len(approvers)})"
        return SetupFinding(State.FINE, "accounts", what)
    return SetupFinding(
        State.MISSING,
        "accounts",
        f"no number of an account on {kind}: {_format_names(unknown)}",
        "their approvals count for nobody; a login alone can be renamed and taken by another",
        f"write `accounts: {{{kind}: {{login: …, id: …}}}}` in people/",
    )


def _judge_keys(snapshot: Snapshot, today: date) -> SetupFinding:
    approvers = _approvers(snapshot, today)
    unknown = [person.id for person in approvers if not person.signing_keys]
    if not unknown:
        what = f"everybody who approves has a signing key ({len(approvers)})"
        return SetupFinding(State.FINE, "signing-keys", what)
    return SetupFinding(
        State.MISSING,
        "signing-keys",
        f"no signing key: {_format_names(unknown)}",
        "what they sign proves nothing: keys count as they are merged, never as a change has them",
        "write their public keys as `signing_keys` in people/",
    )


def _approvers(snapshot: Snapshot, today: date) -> list[Person]:
    """Return whom rules name as approvers; everybody, where it depends on the work who that is."""
    words = {word for approval in _approvals(snapshot) for word in approval.by}
    people = [party for party in snapshot.parties.values() if isinstance(party, Person)]
    present = [person for person in people if person.present(today)]
    if any(snapshot.party(word) is None for word in words):
        return present
    named = {person.lower() for person in people_of(sorted(words), None, snapshot, today)}
    return [person for person in present if person.id.lower() in named]


def _approvals(snapshot: Snapshot) -> Iterator[Approval]:
    lists = [policy.approvals or () for policy in snapshot.policies.values()]
    lists += [policy.waivers for policy in snapshot.policies.values()]
    for workflow in snapshot.workflows.values():
        lists += [field.approvals for field in workflow.fields]
        lists += [transition.approvals for transition in workflow.transitions]
    for approval in chain.from_iterable(lists):
        yield from approval.any or (approval,)


def _judge_recipes(kind: str, clone: Clone) -> SetupFinding:
    name = "forgejo" if kind == "gitea" else kind
    named = {path.rpartition("/")[2]: current for path, current in clone.recipes.items()}
    absent = [file for file, current in named.items() if current is None and file not in _OPTIONAL]
    changed = [file for file, current in named.items() if current is False]
    if absent and kind == "gitlab":
        return SetupFinding(
            State.UNKNOWN,
            "recipe",
            "whether a pipeline decides merge requests: its configuration lies elsewhere",
            "what lies in the merge request's own branch could be changed by it",
            "`plainwork init --ci gitlab` writes it, with what to set around it",
        )
    if absent:
        return SetupFinding(
            State.MISSING,
            "recipe",
            f"the forge does not run plainwork, or not always: no {_format_names(absent)}",
            "no check is set, or a green one stays when somebody takes an approval back",
            f"`plainwork init --ci {name}` writes what is missing",
        )
    if changed:
        return SetupFinding(
            State.ADVICE,
            "recipe",
            f"not as this version of plainwork writes it: {_format_names(changed)}",
            "it may run an older plainwork, or more than plainwork",
            f"remove it, run `plainwork init --ci {name}`, and read what differs",
        )
    return SetupFinding(State.FINE, "recipe", "the forge runs plainwork, as this version writes it")


def _judge_codeowners(clone: Clone) -> SetupFinding:
    if clone.codeowners:
        return SetupFinding(State.FINE, "codeowners", "CODEOWNERS says what the policies do")
    how = "there is no CODEOWNERS" if clone.codeowners is None else "CODEOWNERS is out of date"
    return SetupFinding(
        State.ADVICE,
        "codeowners",
        how,
        "the forge invites nobody, or the wrong people, to review; the gate counts all the same",
        "`plainwork codeowners` writes it",
    )


def _judge_guard(snapshot: Snapshot) -> SetupFinding:
    free = [what for what, path in _GUARDED.items() if not _is_guarded(path, snapshot)]
    if not free:
        what = "who may do what is changed with consent only"
        return SetupFinding(State.FINE, "governance", what)
    return SetupFinding(
        State.MISSING,
        "governance",
        f"may be changed by anybody: {_format_names(free)}",
        "whoever changes the rules, the people or what runs the gate decides everything else, too",
        "write a policy with `approvals` whose `paths` name them, as `policies/governance.md` of"
        " the templates does",
    )


def _is_guarded(path: str, snapshot: Snapshot) -> bool:
    policies = snapshot.policies.values()
    naming = [policy for policy in policies if not policy.default and _names(policy, path)]
    # Only what nobody named falls to the default.
    deciding = naming or [policy for policy in policies if policy.default]
    return any(policy.approvals for policy in deciding)


def _names(policy: Policy, path: str) -> bool:
    scope = policy.applies_to
    if policy.approvals is None or scope.kinds or scope.workflows or scope.fields or scope.when:
        return False
    return not scope.paths or any(matches_glob(path, glob) for glob in scope.paths)


def _judge_git(clone: Clone) -> SetupFinding:
    needed = ".".join(map(str, OLDEST_GIT))
    if clone.git is None:
        found, state = "there is no Git", State.MISSING
    elif clone.git < OLDEST_GIT:
        found, state = f"Git {'.'.join(map(str, clone.git))} is too old", State.MISSING
    else:
        return SetupFinding(State.FINE, "git", f"Git is {needed} or later")
    why = "the gate judges what a merge would make, and cannot without `git merge-tree`"
    return SetupFinding(state, "git", found, why, f"install Git {needed} or later")


def _judge_history(clone: Clone) -> SetupFinding:
    if not clone.repository:
        found, remedy = "the workspace is in no repository", "`git init` starts one"
    elif clone.shallow:
        found = "the history of this clone was cut off"
        remedy = "`git fetch --unshallow`; in CI, `fetch-depth: 0`"
    else:
        return SetupFinding(State.FINE, "history", "the whole history is here")
    why = "what a reviewer has seen, and how work came in, cannot be told: nothing is approved"
    return SetupFinding(State.MISSING, "history", found, why, remedy)


def _format_names(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
