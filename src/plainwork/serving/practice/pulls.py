"""Pull requests of the practice forge: opened, changed, pushed to; what that does to reviews."""

from __future__ import annotations

from plainwork.serving.practice.accounts import Account
from plainwork.serving.practice.state import Pull, Review, State


def open_pull(
    state: State,
    author: Account,
    *,
    title: str,
    body: str,
    base: str,
    source: str,
    branch: str,
    head: str,
    draft: bool,
) -> Pull:
    """Open a pull request for the branch of a repository, whose tip is at hand here."""
    pull = Pull(
        id=next(state.ids),
        number=next(state.numbers),
        title=title,
        body=body,
        author=author,
        base=base,
        base_commit=state.tip(base),
        source=source,
        branch=branch,
        head=head,
        created_at=state.now,
        updated_at=state.now,
        draft=draft,
    )
    state.pulls[pull.number] = pull
    state.git.set_ref(f"refs/pull/{pull.number}/head", head)
    state.add_suite(head, branch)
    return pull


def synchronise(state: State, pull: Pull, head: str, actor: Account | None) -> None:
    """Follow a push to the branch of an open pull request."""
    git, old, pull.head = state.git, pull.head, head
    base = state.tip(pull.base)
    same = git.patch_id(pull.base_commit, old) == git.patch_id(base, head)
    if not git.contains(head, old):
        state.add_event(pull, "head_ref_force_pushed", actor, head)
    pull.base_commit, pull.updated_at = base, state.now
    git.set_ref(f"refs/pull/{pull.number}/head", head)
    state.add_suite(head, pull.branch, old)
    if same:
        rebind(pull, old, head)
    elif pull.base in state.protections and state.protections[pull.base].dismiss_stale:
        dismiss_approvals(state, pull, actor)


def rebind(pull: Pull, old: str, head: str) -> None:
    """Bind reviews of one head to another, which the reviewer never saw, as GitHub does."""
    for review in pull.reviews:
        if review.commit == old:
            review.commit = head


def dismiss_approvals(state: State, pull: Pull, actor: Account | None) -> None:
    """Dismiss what was approved, since something else was pushed."""
    for review in pull.reviews:
        if review.state == "APPROVED":
            dismiss(state, pull, review, "", actor)


def dismiss(state: State, pull: Pull, review: Review, message: str, actor: Account | None) -> None:
    """Dismiss a review."""
    was, review.state = review.state.lower(), "DISMISSED"
    said = {"state": was, "review_id": review.id, "dismissal_message": message or None}
    state.add_event(pull, "review_dismissed", actor, dismissed_review=said)


def set_state(state: State, pull: Pull, name: str, actor: Account | None) -> None:
    """Close a pull request, or open it again."""
    pull.state = "open" if name == "reopened" else "closed"
    pull.closed_at = state.now if pull.state == "closed" else None
    state.add_event(pull, name, actor)


def set_draft(state: State, pull: Pull, actor: Account | None, *, draft: bool) -> None:
    """Turn a pull request into a draft, or say that it is ready."""
    pull.draft = draft
    state.add_event(pull, "convert_to_draft" if draft else "ready_for_review", actor)


def retarget(state: State, pull: Pull, base: str, actor: Account | None) -> None:
    """Ask for another branch; reviews stay as they are, as on GitHub."""
    pull.base, pull.base_commit = base, state.tip(base)
    state.add_event(pull, "base_ref_changed", actor)


def set_label(
    state: State, pull: Pull, label: str, actor: Account | None, *, present: bool
) -> None:
    """Put a label on a pull request, or take it off."""
    others = tuple(other for other in pull.labels if other != label)
    pull.labels = (*others, label) if present else others
    said = {"name": label, "color": "ededed"}
    state.add_event(pull, "labeled" if present else "unlabeled", actor, label=said)
