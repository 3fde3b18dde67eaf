"""Whom a forge invites to review what: the rules as far as they are about paths.

CODEOWNERS knows paths and people, but no fields, no conditions and no state of work. So there is
one line for each folder of documents and one for each path of a policy, never one for a work, and
what depends on the work itself, such as its owner, is left to the gate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from plainwork.analysis.globs import matches_glob
from plainwork.model.party import Account, Person, Team
from plainwork.model.policy import Policy
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Approval

_LOGIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
_KINDS = {"items": "item", "projects": "project", "routines": "routine", "people": "person"}
"""The kind that a policy names of each folder of ``[folders]``; of others the singular."""


class OwnedPath(msgspec.Struct, frozen=True):
    """Some paths, and who is invited to review a change of them.

    Attributes:
        glob: As policies write it, from the workspace's root.
        logins: Accounts on the forge, sorted: ``ada`` or ``acme/finance``.
        policies: Ids of the policies that ask for them, sorted.
    """

    glob: str
    logins: tuple[str, ...]
    policies: tuple[str, ...]


class CodeOwners(msgspec.Struct, frozen=True):
    """Who is invited to review what.

    Attributes:
        paths: In the order of CODEOWNERS, where the last one that matches counts: it names
            whomever those before it would.
        without_account: Ids of approvers whom the forge cannot invite, sorted.
    """

    paths: tuple[OwnedPath, ...]
    without_account: tuple[str, ...]


def compute_codeowners(snapshot: Snapshot, today: date) -> CodeOwners:
    """Compute who is invited to review what, by the forge of ``plainwork.toml``."""
    asking = [policy for policy in snapshot.policies.values() if policy.approvals]
    globs = dict.fromkeys([*_folders(snapshot), *_policy_paths(asking)])
    invited = _Invited(snapshot, today)
    paths = []
    for glob in sorted(globs, key=_order):
        policies = [policy for policy in asking if _covers(policy, glob, snapshot)]
        logins = {login for policy in policies for login in invited.by(policy)}
        if logins:
            ids = sorted(policy.id for policy in policies if set(invited.by(policy)) & logins)
            paths.append(OwnedPath(glob, tuple(sorted(logins)), tuple(ids)))
    return CodeOwners(tuple(paths), tuple(sorted(invited.without_account)))


def _folders(snapshot: Snapshot) -> Iterator[str]:
    for folders in snapshot.settings.folders.values():
        yield from (f"{folder}/**" for folder in folders)


def _policy_paths(policies: Iterable[Policy]) -> Iterator[str]:
    for policy in policies:
        yield from policy.applies_to.paths


def _order(glob: str) -> tuple[int, int, str]:
    """The more a glob says, the later it comes."""
    steps = glob.split("/")
    return sum("*" not in step for step in steps), len(steps), glob


def _covers(policy: Policy, glob: str, snapshot: Snapshot) -> bool:
    """Whether a policy asks about whatever is changed below a glob, as far as that tells."""
    scope = policy.applies_to
    if scope.paths:
        return any(own == glob or matches_glob(_sample(glob), own) for own in scope.paths)
    if scope.fields or scope.workflows or scope.when:
        return False  # about some changes only: inviting to all of them would be noise
    kinds = {_kind_of(name) for name in _names_of_folder(glob, snapshot)}
    return bool(kinds) and (not scope.kinds or kinds <= set(scope.kinds))


def _names_of_folder(glob: str, snapshot: Snapshot) -> Iterator[str]:
    for name, folders in snapshot.settings.folders.items():
        if glob.removesuffix("/**") in folders:
            yield name


def _kind_of(name: str) -> str:
    return _KINDS.get(name) or ("policy" if name == "policies" else name.removesuffix("s"))


def _sample(glob: str) -> str:
    """Return a path that a glob matches and that looks like nothing in particular."""
    return re.sub(r"\*+|\[[^\]]*\]|\?", "x", glob)


class _Invited:
    """Finds the accounts of approvers, and keeps who has none."""

    def __init__(self, snapshot: Snapshot, today: date) -> None:
        self._snapshot = snapshot
        self._today = today
        self._kind = snapshot.settings.forge_kind
        self.without_account: set[str] = set()

    def by(self, policy: Policy) -> tuple[str, ...]:
        words = (word for approval in _flatten(policy.approvals or ()) for word in approval.by)
        return tuple(dict.fromkeys(login for word in words for login in self._logins(word)))

    def _logins(self, word: str) -> Iterator[str]:
        party = self._snapshot.party(word)
        if isinstance(party, Team):
            login = self._login(party.accounts)
            if login:
                yield login
                return
            for member in party.people:
                yield from self._logins(member)
        elif isinstance(party, Person) and party.present(self._today):
            login = self._login(party.accounts)
            if login:
                yield login
            else:
                self.without_account.add(party.id)

    def _login(self, accounts: dict[str, Account]) -> str:
        account = accounts.get(self._kind)
        return account.login if account and _LOGIN.fullmatch(account.login) else ""


def _flatten(approvals: Iterable[Approval]) -> Iterator[Approval]:
    for approval in approvals:
        yield from approval.any or (approval,)
