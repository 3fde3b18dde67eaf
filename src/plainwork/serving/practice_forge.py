"""A small forge to practise on: GitHub's answers over HTTP on this computer, beside real Git.

It remembers accounts, branches, pull requests, reviews, checks and who pushed what when, and does
to them what GitHub does: it binds reviews to heads that nobody saw when a push keeps the patch,
keeps approvals when the base moves, and merges with the head as guard. Its clock stands still
until it is set, so the same deeds give the same answers. In one thing it is laxer: it takes an
approval of one's own pull request, as other forges do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock

from plainwork.serving.practice import checks, merge_queue, merging, pulls
from plainwork.serving.practice.accounts import Account, App
from plainwork.serving.practice.answers.links import Links
from plainwork.serving.practice.faults import Faults
from plainwork.serving.practice.git import BareRepository, signed
from plainwork.serving.practice.state import Protection, Pull, Review, Run, State, Status, Token


class PracticeForge:
    """A forge with one repository and its forks.

    Attributes:
        state: All that it remembers.
        git: The repository.
        faults: What goes wrong on demand.
        url: Where it is served, while it is: ``http://127.0.0.1:4711``.
    """

    def __init__(self, folder: Path, name: str, now: datetime, *, branch: str = "main") -> None:
        self.folder = folder
        self.git = BareRepository.create(self._path(name), branch)
        self.state = State(name, self.git, now, branch)
        self.faults = Faults()
        self.url = ""
        self.lock = RLock()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.git"

    # The server and its clock

    @property
    def links(self) -> Links:
        """Return where things are; everything but the REST interface is Git."""
        return Links(self.url, f"{self.url}/api")

    @contextmanager
    def serve(self) -> Iterator[str]:
        """Serve it on a free port of the loopback; yields the URL of the REST interface."""
        from plainwork.serving.practice.server import serve

        with serve(self) as self.url:
            yield self.links.api
        self.url = ""

    def set_time(self, now: datetime) -> None:
        """Set the server's clock."""
        self.state.now = now

    def clone_url(self, login: str, name: str = "") -> str:
        """Return what Git clones, fetches and pushes as an account; any password will do."""
        scheme, _, place = self.url.partition("://")
        return f"{scheme}://{login}:practice@{place}/{name or self.state.name}.git"

    # Accounts

    def add_account(self, account: Account, permission: str = "") -> Account:
        """Add an account; a permission makes it a collaborator."""
        self.state.accounts[account.id] = account
        if permission:
            self.state.permissions[account.id] = permission
        return account

    def delete_account(self, login: str) -> None:
        """Delete an account; what it did stays, without a name."""
        del self.state.accounts[self.state.account(login).id]

    def issue_token(self, login: str, app: App | None = None) -> str:
        """Return a token of an account, or of an app with its bot account."""
        token = f"practice-{login}-{len(self.state.tokens) + 1}"
        self.state.tokens[token] = Token(self.state.account(login), app)
        return token

    def protect(self, branch: str, protection: Protection) -> None:
        """Protect a branch."""
        self.state.protections[branch] = protection

    # Git

    def repository(self, name: str) -> BareRepository:
        """Return the repository or one of its forks."""
        return self.git if name == self.state.name else BareRepository(self._path(name))

    def fork(self, login: str) -> str:
        """Make a fork that belongs to an account; return its name."""
        name = f"{login}/{self.state.name.partition('/')[2]}"
        copy = BareRepository.create(self._path(name), self.state.branch)
        for ref, commit in self.git.refs().items():
            copy.fetch(self.git, ref)
            copy.set_ref(ref, commit)
        self.state.forks.append(name)
        return name

    def commit(
        self,
        login: str,
        branch: str,
        files: Mapping[str, bytes | None],
        message: str,
        *,
        start: str = "",
        name: str = "",
    ) -> str:
        """Commit files as their author and push them to a branch; return the commit.

        Args:
            login: Who does it.
            branch: The branch; it is made if it is not there.
            files: Path to content; None removes the file.
            message: Of the commit.
            start: What the commit follows; ``""``: the branch's tip, else the default branch's.
            name: Of a fork; ``""``: the repository itself.
        """
        git = self.repository(name or self.state.name)
        default = f"refs/heads/{self.state.branch}"
        parent = git.find(start or f"refs/heads/{branch}") or git.find(default)
        who = signed(self.state.account(login).signature, self.state.now)
        made = git.add_files(parent, files, who, f"{message}\n")
        self.push(login, branch, made, name=name)
        return made

    def push(self, login: str, branch: str, commit: str, *, name: str = "") -> None:
        """Let a branch point to a commit that the forge has; ``""`` deletes the branch."""
        name = name or self.state.name
        git, ref = self.repository(name), f"refs/heads/{branch}"
        before = git.refs()
        git.set_ref(ref, commit)
        self.receive(name, before, git.refs(), self.state.account(login))

    def receive(
        self, name: str, before: Mapping[str, str], after: Mapping[str, str], by: Account | None
    ) -> None:
        """Take note of what a push has changed.

        Args:
            name: The repository that was pushed to.
            before: Its branches' commits before.
            after: The same afterwards.
            by: Who pushed.
        """
        git = self.repository(name)
        for ref in sorted({*before, *after}):
            old, new = before.get(ref, ""), after.get(ref, "")
            if old == new:
                continue
            kind = _kind(git, old, new)
            self.state.add_push(name, ref, before=old, after=new, actor=by, kind=kind)
            self._follow(name, ref, new, by)

    def _follow(self, name: str, ref: str, new: str, by: Account | None) -> None:
        """Let the open pull requests follow a change of their branch, or of their base."""
        for pull in self.state.open_pulls():
            if (pull.source, f"refs/heads/{pull.branch}") == (name, ref):
                if new:
                    self._bring(name, new)
                    pulls.synchronise(self.state, pull, new, by)
                else:
                    self.state.add_event(pull, "head_ref_deleted", by)
                    pulls.set_state(self.state, pull, "closed", by)
            elif self._is_merged(pull, name, ref, new) and by:
                merging.close_as_merged(self.state, pull, new, by)

    def _is_merged(self, pull: Pull, name: str, ref: str, new: str) -> bool:
        """Whether a push brings what a pull request asks for: GitHub calls that merged, too."""
        onto_base = (name, ref) == (self.state.name, f"refs/heads/{pull.base}")
        return onto_base and bool(new) and self.git.contains(new, pull.head)

    def _bring(self, name: str, commit: str) -> None:
        if name != self.state.name:
            self.git.fetch(self.repository(name), commit)

    # Pull requests

    def open_pull(
        self,
        login: str,
        branch: str,
        title: str,
        *,
        body: str = "",
        base: str = "",
        name: str = "",
        draft: bool = False,
    ) -> int:
        """Open a pull request for a branch (of a fork, if named); return its number."""
        source = name or self.state.name
        head = self.repository(source).find(f"refs/heads/{branch}")
        self._bring(source, head)
        author, base = self.state.account(login), base or self.state.branch
        return pulls.open_pull(self.state, author, title=title, body=body, base=base,
            source=source, branch=branch, head=head, draft=draft,
        ).number  # fmt: skip

    def pull(self, number: int) -> Pull:
        """Return a pull request."""
        return self.state.pulls[number]

    def close(self, number: int, by: str) -> None:
        """Close a pull request."""
        pulls.set_state(self.state, self.pull(number), "closed", self.state.account(by))

    def reopen(self, number: int, by: str) -> None:
        """Open a closed pull request again; what was pushed meanwhile counts now."""
        pull, actor = self.pull(number), self.state.account(by)
        pulls.set_state(self.state, pull, "reopened", actor)
        head = self.repository(pull.source).find(f"refs/heads/{pull.branch}")
        if head not in ("", pull.head):
            self._bring(pull.source, head)
            pulls.synchronise(self.state, pull, head, actor)

    def set_draft(self, number: int, by: str, *, draft: bool) -> None:
        """Turn a pull request into a draft, or say that it is ready."""
        pulls.set_draft(self.state, self.pull(number), self.state.account(by), draft=draft)

    def retarget(self, number: int, by: str, base: str) -> None:
        """Ask for a merge into another branch."""
        pulls.retarget(self.state, self.pull(number), base, self.state.account(by))

    def set_label(self, number: int, by: str, label: str, *, present: bool = True) -> None:
        """Put a label on a pull request, or take it off."""
        pull, actor = self.pull(number), self.state.account(by)
        pulls.set_label(self.state, pull, label, actor, present=present)

    def assign(self, number: int, by: str, to: str) -> None:
        """Assign a pull request to an account, which is how some agents are asked."""
        pull, actor, assignee = self.pull(number), self.state.account(by), self.state.account(to)
        pull.assignees = (*pull.assignees, assignee)
        self.state.add_event(pull, "assigned", actor, assignee=assignee)

    # Reviews

    def review(
        self, number: int, by: str, state: str, body: str = "", *, commit: str | None = None
    ) -> int:
        """Submit a review; return its number.

        Args:
            number: The pull request.
            by: The reviewer's login.
            state: ``APPROVED``, ``CHANGES_REQUESTED`` or ``COMMENTED``.
            body: Its text.
            commit: What it says it is about, which a caller may choose; None: the head;
                ``""``: nothing.
        """
        pull = self.pull(number)
        about = pull.head if commit is None else commit
        account, now = self.state.account(by), self.state.now
        review = Review(next(self.state.ids), account, state, body, now, about)
        pull.reviews.append(review)
        pull.updated_at = now
        return review.id

    def approve(self, number: int, by: str, body: str = "") -> int:
        """Approve a pull request; return the review's number."""
        return self.review(number, by, "APPROVED", body)

    def request_changes(self, number: int, by: str, body: str = "No.") -> int:
        """Ask for changes; return the review's number."""
        return self.review(number, by, "CHANGES_REQUESTED", body)

    def dismiss(self, number: int, review: int, by: str, message: str = "Outdated.") -> None:
        """Dismiss a review."""
        pull = self.pull(number)
        for each in pull.reviews:
            if each.id == review:
                pulls.dismiss(self.state, pull, each, message, self.state.account(by))

    def edit_review(self, number: int, review: int, body: str) -> None:
        """Change the text of a review, which whoever may write can do; REST does not say so."""
        for each in self.pull(number).reviews:
            if each.id == review:
                each.body, each.edited_at = body, self.state.now

    # Checks

    def report_status(
        self, login: str, commit: str, context: str, result: str, description: str = ""
    ) -> Status:
        """Report a commit status."""
        creator = self.state.account(login)
        said = {"context": context, "state": result, "description": description}
        return checks.add_status(self.state, commit, creator, said)

    def report_run(self, app: App, commit: str, name: str, conclusion: str) -> Run:
        """Report a check run that has ended."""
        said = {"head_sha": commit, "name": name, "status": "completed", "conclusion": conclusion}
        return checks.add_run(self.state, app, said)

    # Merging

    def merge(self, number: int, by: str, method: str = "merge", *, sha: str = "") -> str:
        """Merge a pull request; return the new tip.

        Raises:
            ForgeRefusalError: GitHub would refuse.
        """
        how = merging.MergeRequest(method, sha)
        return merging.apply_merge(self.state, self.pull(number), self.state.account(by), how)

    def update_branch(
        self, number: int, by: str, method: str = "merge", *, expected: str = ""
    ) -> str:
        """Bring a pull request's branch up to date by merging or rebasing; return its tip.

        Raises:
            ForgeRefusalError: The head is not the expected one, or there is a conflict.
        """
        pull, actor = self.pull(number), self.state.account(by)
        new = merging.update_branch(self.state, pull, actor, method, expected)
        if pull.source != self.state.name:
            self.repository(pull.source).fetch(self.git, new)
        self.push(by, pull.branch, new, name=pull.source)
        return new

    def enqueue(self, number: int, by: str) -> str:
        """Put a pull request into the merge queue; return the queue's branch.

        Raises:
            ForgeRefusalError: GitHub would refuse.
        """
        actor = self.state.account(by)
        return merge_queue.enqueue(self.state, self.pull(number), actor)

    def dequeue(self, number: int, by: str) -> None:
        """Take a pull request out of the merge queue, and all behind it."""
        merge_queue.dequeue(self.state, self.pull(number), self.state.account(by))

    def finish_queue(self, base: str = "") -> list[int]:
        """Merge what is green at the head of the queue; return the numbers."""
        merged = merge_queue.finish_queue(self.state, base or self.state.branch)
        return [pull.number for pull in merged]


def _kind(git: BareRepository, old: str, new: str) -> str:
    if not old:
        return "branch_creation"
    if not new:
        return "branch_deletion"
    return "push" if git.contains(new, old) else "force_push"
