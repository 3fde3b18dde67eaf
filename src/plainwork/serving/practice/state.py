"""What the practice forge remembers; it changes, and only the forge's own verbs change it."""

from __future__ import annotations

from datetime import datetime
from itertools import count

import msgspec

from plainwork.serving.practice.accounts import ACTIONS, BUILT_IN, Account, App
from plainwork.serving.practice.git import BareRepository


class Event(msgspec.Struct, frozen=True):
    """One entry of a pull request's timeline.

    Attributes:
        name: GitHub's: ``head_ref_force_pushed``, ``labeled``, ``review_dismissed``, …
        details: The further keys of GitHub's answer.
    """

    id: int
    name: str
    actor: Account | None
    at: datetime
    commit: str = ""
    details: dict[str, object] = {}


class Review(msgspec.Struct):
    """A review; ``commit`` changes when the forge binds it to another head.

    Attributes:
        state: GitHub's: ``APPROVED``, ``CHANGES_REQUESTED``, ``COMMENTED`` or ``DISMISSED``.
    """

    id: int
    account: Account
    state: str
    body: str
    at: datetime
    commit: str
    edited_at: datetime | None = None


class Pull(msgspec.Struct):
    """A pull request.

    Attributes:
        base: The name of the branch that it would be merged into.
        base_commit: Its tip when the pull request last changed; it is not kept up to date.
        source: The repository of the branch: ``acme/operations``, or a fork's name.
        branch: The name of the branch in the source.
        head: The branch's tip; it stays when the pull request is closed.
        asked: Whose review was asked for.
    """

    id: int
    number: int
    title: str
    body: str
    author: Account
    base: str
    base_commit: str
    source: str
    branch: str
    head: str
    created_at: datetime
    updated_at: datetime
    draft: bool = False
    state: str = "open"
    closed_at: datetime | None = None
    merged_at: datetime | None = None
    merged_by: Account | None = None
    merge_commit: str = ""
    labels: tuple[str, ...] = ()
    assignees: tuple[Account, ...] = ()
    asked: tuple[Account, ...] = ()
    reviews: list[Review] = []
    events: list[Event] = []


class Push(msgspec.Struct, frozen=True):
    """A change of a branch, as the repository's activity lists it.

    Attributes:
        kind: GitHub's: ``push``, ``force_push``, ``branch_creation``, ``branch_deletion``,
            ``pr_merge`` or ``merge_queue_merge``.
    """

    id: int
    repository: str
    ref: str
    before: str
    after: str
    at: datetime
    actor: Account | None
    kind: str


class Suite(msgspec.Struct, frozen=True):
    """A check suite: the forge makes one for each commit that is pushed, when it is pushed."""

    id: int
    branch: str
    before: str
    commit: str
    at: datetime
    app: App


class Run(msgspec.Struct):
    """A check run, as who reports it asked for it.

    Attributes:
        said: The keys of the request.
    """

    id: int
    suite: int
    commit: str
    app: App
    at: datetime
    said: dict[str, object]


class Status(msgspec.Struct, frozen=True):
    """A commit status."""

    id: int
    commit: str
    context: str
    state: str
    description: str
    target_url: str
    creator: Account
    at: datetime


class RequiredCheck(msgspec.Struct, frozen=True):
    """A check that must pass; without an app anybody who may write can report it."""

    context: str
    app: int | None = None


class Protection(msgspec.Struct, frozen=True):
    """How a branch is protected.

    Attributes:
        strict: Whether a pull request must be up to date with the branch.
        approvals: How many approvals the forge itself asks for.
        dismiss_stale: Whether a push that changes the patch dismisses approvals.
        last_push: Whether somebody other than the last pusher must approve.
        for_admins: Whether it binds administrators, too.
        bypass: Who may push all the same.
        queue: Whether merging goes through the merge queue.
        ruleset: Whether it is a ruleset, or the older branch protection.
    """

    checks: tuple[RequiredCheck, ...] = ()
    strict: bool = False
    approvals: int = 0
    dismiss_stale: bool = False
    last_push: bool = False
    code_owners: bool = False
    for_admins: bool = False
    bypass: tuple[Account, ...] = ()
    queue: bool = False
    ruleset: bool = False


class Token(msgspec.Struct, frozen=True):
    """What stands behind a token: an account, and the app if it is one."""

    account: Account
    app: App | None = None


class State(msgspec.Struct):
    """All of it.

    Attributes:
        name: The repository: ``acme/operations``.
        git: The repository.
        now: The server's time; it stands still until somebody sets it.
        accounts: By number; a deleted one is gone.
        permissions: Account number to ``admin``, ``maintain``, ``write``, ``triage``, ``read``.
        public: Whether everybody may read, as on a public repository.
        forks: Names of other repositories of it.
        tokens: Token to who bears it.
        ids: The next number of anything.
    """

    name: str
    git: BareRepository
    now: datetime
    branch: str = "main"
    public: bool = True
    accounts: dict[int, Account] = msgspec.field(
        default_factory=lambda: {account.id: account for account in BUILT_IN}
    )
    permissions: dict[int, str] = {}
    forks: list[str] = []
    tokens: dict[str, Token] = {}
    pulls: dict[int, Pull] = {}
    pushes: list[Push] = []
    suites: list[Suite] = []
    runs: list[Run] = []
    statuses: list[Status] = []
    protections: dict[str, Protection] = {}
    numbers: count[int] = msgspec.field(default_factory=lambda: count(1))
    ids: count[int] = msgspec.field(default_factory=lambda: count(1001))

    def account(self, login: str) -> Account:
        """Return the account of a login, whatever its case.

        Raises:
            KeyError: There is none.
        """
        for account in self.accounts.values():
            if account.login.lower() == login.lower():
                return account
        raise KeyError(login)

    def current(self, account: Account | None) -> Account | None:
        """Return an account as it is named now; None: it was deleted."""
        return self.accounts.get(account.id) if account else None

    def permission(self, account: Account) -> str:
        """Return what an account may do, in GitHub's words; ``none`` in a private repository."""
        return self.permissions.get(account.id, "read" if self.public else "none")

    def may_write(self, account: Account) -> bool:
        """Whether an account may push."""
        return self.permission(account) in ("admin", "maintain", "write")

    def open_pulls(self) -> list[Pull]:
        """Return the pull requests that are open."""
        return [pull for pull in self.pulls.values() if pull.state == "open"]

    def tip(self, branch: str) -> str:
        """Return the commit of a branch, or ``""``."""
        return self.git.find(f"refs/heads/{branch}")

    def add_event(
        self, pull: Pull, name: str, actor: Account | None, commit: str = "", **details: object
    ) -> None:
        """Write an entry in a pull request's timeline, now."""
        pull.events.append(Event(next(self.ids), name, actor, self.now, commit, details))
        pull.updated_at = self.now

    def add_push(
        self,
        repository: str,
        ref: str,
        *,
        before: str,
        after: str,
        actor: Account | None,
        kind: str,
    ) -> None:
        """Remember that a branch changed, now; a new tip gets its check suite."""
        push = Push(next(self.ids), repository, ref, before, after, self.now, actor, kind)
        self.pushes.append(push)
        if after and repository == self.name:
            self.add_suite(after, ref.removeprefix("refs/heads/"), before)

    def add_suite(self, commit: str, branch: str, before: str = "", app: App = ACTIONS) -> Suite:
        """Return the check suite of an app and a commit; make it if there is none."""
        for suite in self.suites:
            if (suite.commit, suite.app) == (commit, app):
                return suite
        suite = Suite(next(self.ids), branch, before, commit, self.now, app)
        self.suites.append(suite)
        return suite
