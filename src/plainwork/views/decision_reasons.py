"""Every word that a decision gives as a reason, explained; names of rules are explained there."""

from __future__ import annotations

import msgspec


class ExplainedReason(msgspec.Struct, frozen=True):
    """A reason of ``plainwork gate``.

    Attributes:
        reason: The fixed word.
        effect: ``not counted`` (an approval), ``rejects``, ``blocks`` (nothing could be decided),
            ``waits`` or ``approves``.
    """

    reason: str
    effect: str
    summary: str
    remedy: str


_NOT_COUNTED = {
    "author": (
        "Whoever makes a change does not approve it, unless the rule says `author: true`.",
        "Somebody else whom the rule names has to approve.",
    ),
    "contributor": (
        "Whoever wrote, committed or pushed a part of the change does not approve it, unless the"
        " rule says otherwise under `exclude`.",
        "Somebody else whom the rule names has to approve.",
    ),
    "requester": (
        "Who asked for the work, or had a program make the change, counts as its author.",
        "Somebody else whom the rule names has to approve.",
    ),
    "agent": (
        "Programs approve nothing: not as a bot, and not by an account that agents/ names.",
        "A person has to approve.",
    ),
    "unknown-account": (
        "No document in people/ of the branch names this account by its number.",
        "Add `accounts` with login and id to the person, in a pull request of its own.",
    ),
    "not-in-role": (
        "The rule asks other people, as teams and relations of the branch say.",
        "Ask those whom the gate names.",
    ),
    "excluded": (
        "The rule says under `exclude` that this person does not count here.",
        "Somebody else whom the rule names has to approve.",
    ),
    "stale-digest": (
        "The document, what it replaces or a rule for it was another one when it was approved.",
        "Update the branch if that is asked, look at it again, and approve once more.",
    ),
    "rebound-commit": (
        "Nobody can tell which state was looked at: forges move reviews to later commits.",
        "Approve with the digest in the first line, which `plainwork approve` prints.",
    ),
    "superseded": (
        "The same person has said something else since.",
        "Whoever means to approve approves again.",
    ),
    "dismissed": (
        "The review was dismissed, and an older one does not come back.",
        "Whoever means to approve approves again.",
    ),
    "expired": (
        "The approval is older than the rule's `max_age`.",
        "Approve again.",
    ),
    "draft": (
        "The pull request is a draft, or was one when it was approved.",
        "Mark it as ready, and approve it then.",
    ),
    "no-consent": (
        "The rule says `consent: digest`, and the review does not begin with the digest.",
        "`plainwork approve` prints the line that the review has to begin with.",
    ),
    "delegation-invalid": (
        "Nobody has delegated this to the person, or not for this day and workflow.",
        "The delegator approves, or says so under `delegates` in a pull request of its own.",
    ),
    "left": (
        "The person is not there on this day, by `from` and `until` in people/.",
        "Somebody who is there has to approve.",
    ),
}
_REJECTS = {
    "workspace-gone": (
        "The change takes plainwork.toml away, and with it all rules.",
        "Restore it.",
    ),
    "conflict": (
        "The change and the branch change the same lines.",
        "Rebase it, or merge the branch into it.",
    ),
    "no-merge-base": (
        "It has no commit in common with the branch.",
        "Make it anew on the branch.",
    ),
    "several-merge-bases": (
        "It left the branch at several commits, so what it changes is ambiguous.",
        "Rebase it.",
    ),
    "too-many-commits": ("It has more commits than are looked at.", "Squash them."),
    "too-many-files": ("More differs than anybody reviews.", "Split it into several."),
    "too-many-bytes": ("More differs than is read.", "Split it into several."),
    "nested-workspace": (
        "A workspace stands inside another, so it is unclear whose rules hold.",
        "Move it beside the other one.",
    ),
    "executable-document": (
        "A document may be run as a program.",
        "`git update-index --chmod=-x FILE` takes that back.",
    ),
    "lfs-pointer": (
        "A pointer stands in place of the document, so nobody sees what it says.",
        "Take documents out of Git LFS.",
    ),
    "name-collision": (
        "Two files have names that some systems take for one.",
        "Rename one of them.",
    ),
    "altering-attribute": (
        "A Git attribute lets people see other bytes than those that are judged.",
        "Take merge, filter, ident and working-tree-encoding off documents.",
    ),
    "no-default-policy": (
        "No policy of the branch says `default: true`, so some changes meet no rule at all.",
        "`plainwork explain default-policy`",
    ),
    "agent-not-allowed": (
        "An agent does what `may` in its document does not list.",
        "Change what it may do first, or let a person make the change.",
    ),
    "record-not-by-author": (
        "A record is by somebody who neither made the change nor a part of it.",
        "Whoever says it adds it, or is a co-author of the commit.",
    ),
    "waiver-without-end": ("A waiver says no day until which it holds.", "Add `until`."),
    "waiver-of-other-change": (
        "A waiver names the digest of something else.",
        "`plainwork approve` shows the digest of each document.",
    ),
    "veto": (
        "Somebody whom the rule lets block has asked for changes.",
        "Only the same person lets it go, by approving or by dismissing their own review.",
    ),
}
_BLOCKS = {
    "incomplete-evidence": (
        "The forge did not tell everything, and what was not read may matter.",
        "Run it again later.",
    ),
    "other-evidence": (
        "The evidence is about another repository, branch or commit.",
        "Run it again; something has moved.",
    ),
    "count-mismatch": (
        "Forge and Git count commits or files differently.",
        "Run it again; the branch may just have moved.",
    ),
    "not-governed": (
        "The branch held rules and holds none any more.",
        "Restore plainwork.toml.",
    ),
    "unreadable-rule": (
        "A workflow, a policy or the settings of the branch cannot be read.",
        "Whoever may push past the check puts the file back as it was, or mends it there.",
    ),
    "no-digest": (
        "It could not be found out what exactly would be approved.",
        "Run it again with a clone that has the whole history.",
    ),
}
_WAITS = {
    "sibling": (
        "Another open pull request has the same head, and what is green for one is for both.",
        "Close one of them, or push another commit.",
    ),
    "group-not-approved": (
        "In the merge queue a document would be another one than was approved.",
        "Take it out of the queue, update its branch and approve again.",
    ),
}
_APPROVES = {
    "init": (
        "The branch holds no rules yet, so nothing governed this change.",
        "From the next one on the rules of this one hold.",
    ),
}

REASONS: tuple[ExplainedReason, ...] = tuple(
    ExplainedReason(reason, effect, summary, remedy)
    for effect, reasons in (
        ("not counted", _NOT_COUNTED),
        ("rejects", _REJECTS),
        ("blocks", _BLOCKS),
        ("waits", _WAITS),
        ("approves", _APPROVES),
    )
    for reason, (summary, remedy) in reasons.items()
)
"""All of them, by their effect."""
