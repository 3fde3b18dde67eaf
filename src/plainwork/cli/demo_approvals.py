"""``plainwork demo --approvals``: how a change earns its way in, told on a practice forge.

The forge is a small one on this computer, with real Git; the gate is the one of ``plainwork gate``.
Every step says what must come of it, and the story ends badly if anything else does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, time
from pathlib import Path

import msgspec

from plainwork.approvals.audit import Audit, Status
from plainwork.cli.changing import load_situation
from plainwork.cli.context import Invocation
from plainwork.cli.output import find_screen, write_lines
from plainwork.forge.client import Forge
from plainwork.forge.clone import clone_address
from plainwork.forge.connect import open_forge
from plainwork.forge.place import Place
from plainwork.model.decision import NotCountedReason, Verdict
from plainwork.plans.move import plan_move
from plainwork.plans.set_fields import plan_set
from plainwork.reporting.audit_text import describe_way
from plainwork.reporting.scene_text import format_briefly, format_fact, format_scene
from plainwork.reporting.text import wrap
from plainwork.serving.auditing import load_audit, load_branch
from plainwork.serving.deciding import Judged, describe_judged
from plainwork.serving.keeping import find_new, keep_decisions
from plainwork.serving.publishing import decide_in_public
from plainwork.serving.purchase_story import FORK_LIFT, Files, PurchaseStory
from plainwork.storage.fetched_objects import Remote
from plainwork.storage.time_zone import find_zone
from plainwork.views.shown_decision import Ignored, count_missing

_BEGINS = time(8)
_MORE = "39900"
_IN_VAIN = (
    ("piet", NotCountedReason.AUTHOR),
    ("test-writer", NotCountedReason.AGENT),
    ("nils", NotCountedReason.LEFT),
)
_STALE = (
    ("ole", NotCountedReason.STALE_DIGEST),
    ("ruth", NotCountedReason.STALE_DIGEST),
    ("greta", NotCountedReason.STALE_DIGEST),
)
_INTRODUCTION = (
    "Nordlicht wants a fork-lift for 27,500 euros. Above 10,000 its rules ask the"
    " manager of who asks, finance, and two of the board who name what they agree to."
    " A practice forge on this computer stands for GitHub; there is no network."
)


class _Outcome(msgspec.Struct, frozen=True):
    """What must come of a step.

    Attributes:
        missing: How many approvals are missing; 0: it is approved.
        ignored: Whose approvals do not count, each with the reason.
    """

    missing: int
    ignored: tuple[tuple[str, NotCountedReason], ...] = ()


def tell_approvals(root: Path, day: date) -> bool:
    """Tell the story in a workspace that was just made; return whether all went as told.

    Args:
        root: The demo workspace: nothing of it is lost, what is merged is added.
        day: The day on which it happens.
    """
    call = Invocation(root)
    snapshot = call.load()
    begins = datetime.combine(day, _BEGINS, find_zone(snapshot.settings.timezone)).astimezone(UTC)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="plainwork-"))
        story = PurchaseStory(Path(folder), root, snapshot, begins)
        api = stack.enter_context(story.forge.serve())
        telling = _Telling(story, root, api)
        telling.tell(_order(call, day), _raise_amount(call, day))
        return telling.went_well


def _order(call: Invocation, day: date) -> Files:
    situation = load_situation(call, day.isoformat())
    plan = plan_move(situation, FORK_LIFT, "ordering", (), "")
    return {edit.path: edit.after for edit in plan.edits}


def _raise_amount(call: Invocation, day: date) -> Files:
    plan = plan_set(load_situation(call, day.isoformat()), FORK_LIFT, [f"amount={_MORE}"])
    return {edit.path: edit.after for edit in plan.edits}


class _Telling:
    """One telling of the story: the deeds, the gate, the screen."""

    def __init__(self, story: PurchaseStory, root: Path, api: str) -> None:
        self._story = story
        self._root = root
        self._screen = find_screen()
        self._steps = 0
        self._told: set[Ignored] = set()
        self._start = story.tip
        token = story.begin()
        place = Place("github", api, story.forge.state.name)
        self._forge: Forge = open_forge(place, {"PLAINWORK_TOKEN": token})
        self._remote = Remote(clone_address(place))
        self.went_well = True

    def tell(self, order: Files, raise_amount: Files) -> None:
        """Tell it from the beginning to the end.

        Args:
            order: What Piet changes, by path.
            raise_amount: What Finn changes.
        """
        write_lines(wrap(_INTRODUCTION, width=self._screen.width))
        self._open(order)
        self._approve_in_vain()
        self._approve_all_but_one()
        self._move_the_base(raise_amount)
        self._approve_again()
        self._merge_and_audit()
        self._end()

    def _open(self, order: Files) -> None:
        self._scene("Piet asks to order it: pull request 1")
        self._story.ask(order)
        self._ask_gate(_Outcome(4))

    def _approve_in_vain(self) -> None:
        self._scene("He approves it himself; so do an agent, and Nils, who has left")
        self._story.approve("piet", "test-writer", "nils")
        self._ask_gate(_Outcome(4, _IN_VAIN))

    def _approve_all_but_one(self) -> None:
        self._scene("Ole, Ruth and Greta approve, and Ole tries to merge")
        self._story.approve("ole", "ruth")
        self._story.approve("greta", text=self._consent())
        self._ask_gate(_Outcome(1, _IN_VAIN))
        _, refusal = self._story.merge("ole")
        self._say("forge", f"refuses: {refusal}")
        if not refusal:
            self._complain("the forge merges what is not green")

    def _move_the_base(self, raise_amount: Files) -> None:
        self._scene("Finn pushes another amount straight to main, and Piet rebases")
        self._raised = self._story.push_directly(raise_amount)
        kept = self._story.rebase()
        self._say("forge", "the patch is the same, and it keeps every approval")
        if not kept:
            self._complain("the rebase changes the patch, or the forge drops approvals")
        self._ask_gate(_Outcome(4, _STALE))

    def _approve_again(self) -> None:
        self._scene("They look at 39,900 euros and approve again")
        self._story.approve("ole", "ruth")
        self._story.approve("greta", text=self._consent())
        self._ask_gate(_Outcome(1))
        self._scene("Ines, the second of the board, approves too")
        self._story.approve("ines", text=self._consent())
        self._ask_gate(_Outcome(0))

    def _merge_and_audit(self) -> None:
        self._scene("Ole merges; an audit decides again what has come into main")
        merged, refusal = self._story.merge("ole")
        if refusal:
            self._complain(f"the forge refuses: {refusal}")
            return
        self._story.update_clone()
        found = self._audit()
        for change in reversed(found.changes):
            words = "; ".join(each for document in change.documents for each in document.changes)
            self._say(change.status.value, f"{change.commit[:10]} {describe_way(change)}: {words}")
        told = {change.commit: change.status for change in found.changes}
        if told != {self._raised: Status.UNPROVEN, merged: Status.PROVEN}:
            self._complain("expected the merge to be proven, and the push not to be")

    def _end(self) -> None:
        end = "Every step went as told" if self.went_well else "It did not go as told"
        write_lines(["", f"{end}; the workspace holds what was merged, and its proof."])

    def _audit(self) -> Audit:
        """Keep what was decided and audit it, as `plainwork audit --keep` does."""
        branch = load_branch(self._root, "refs/heads/main", self._start, self._story.tip)
        new = find_new(self._root, branch)
        list(keep_decisions(self._root, self._forge, self._remote, branch, new))
        return load_audit(self._root, branch, lambda done, total: None)

    # The gate

    def _ask_gate(self, outcome: _Outcome) -> None:
        """Let the gate decide and publish, as `plainwork gate --pull 1 --publish` does."""
        evidence = self._forge.fetch_evidence(str(self._story.pull))
        self._judged, _ = decide_in_public(self._root, self._forge, self._remote, evidence)
        screen = self._screen
        for shown in describe_judged(self._judged):
            write_lines(format_briefly(shown, self._told, width=screen.width, color=screen.color))
            self._told.update(shown.ignored)
        for complaint in _compare(self._judged, outcome):
            self._complain(complaint)

    def _consent(self) -> str:
        """Return what the gate's last decision is agreed to with."""
        (decision,) = self._judged.decisions
        return f"plainwork-approve: {decision.digest}"

    # The screen

    def _scene(self, what: str) -> None:
        self._steps += 1
        screen = self._screen
        write_lines(format_scene(self._steps, what, width=screen.width, color=screen.color))

    def _say(self, label: str, text: str) -> None:
        write_lines(format_fact(label, text, width=self._screen.width))

    def _complain(self, what: str) -> None:
        self.went_well = False
        self._say("NOT AS TOLD", what)


def _compare(judged: Judged, outcome: _Outcome) -> Iterator[str]:
    """Yield what is not as it should be."""
    (decision,) = judged.decisions
    verdict = Verdict.WAITING if outcome.missing else Verdict.APPROVED
    if decision.verdict is not verdict:
        yield f"expected {verdict.value}"
    if count_missing(decision) != outcome.missing:
        yield f"expected {outcome.missing} missing approvals"
    told = {
        (each.who, each.reason)
        for document in decision.documents
        for need in document.requirements
        for each in need.not_counted
    }
    for who, reason in outcome.ignored:
        if (who, reason) not in told:
            yield f"expected {who} not to count: {reason.value}"
