"""Whoever moved work in the example organisation was allowed to: every guard on the way held."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from plainwork.analysis.guards import Attempt, judge_path
from plainwork.analysis.transitions import creation_path, find_path
from plainwork.model.snapshot import Snapshot
from plainwork.plans.demo import DemoCommit
from plainwork.rules import check_change
from plainwork.storage.checking import load_check
from plainwork.storage.workspace import load_snapshot
from support.demo import history, trees
from support.git import run_git

TODAY = date(2026, 11, 23)


def test_every_guard_held_when_work_was_moved(tmp_path: Path) -> None:
    run_git("init", "--quiet", cwd=tmp_path)  # where unchanged documents are not read again
    before: Snapshot | None = None
    moves = 0
    for commit, _, tree in trees(TODAY):
        for path in commit.changes:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(tree[path])
        after = load_snapshot(tmp_path)
        assert list(after.diagnostics) == []
        if before is not None:
            for attempt in attempts(before, after, commit):
                judge(attempt)
                moves += 1
            assert check_change(before, after, day_of(commit)) == ()
        before = after
    assert moves > 250
    assert before is not None
    assert load_check(tmp_path, before, TODAY) == ()


def attempts(before: Snapshot, after: Snapshot, commit: DemoCommit) -> Iterator[Attempt]:
    """Yield what a commit did to the status of each work, by the author of its branch."""
    branch = history(TODAY)[commit.parents[-1]] if len(commit.parents) == 2 else commit
    actor = next(party.id for party in after.parties.values() if party.name == branch.author.name)
    for work in after.works:
        old = before.work(work.id)
        if work.path in commit.changes and (old is None or old.status != work.status):
            yield Attempt(old, work, before, day_of(commit), actor)


def day_of(commit: DemoCommit) -> date:
    return datetime.fromtimestamp(commit.time, UTC).date()


def judge(attempt: Attempt) -> None:
    old, new = attempt.before, attempt.after
    workflow = attempt.snapshot.workflow(new)
    if workflow is None or (old and workflow.state(new.status) is None):
        return  # the same change made or renamed the state: there was no guard before it
    path = (
        find_path(workflow, old.status, new.status) if old else creation_path(workflow, new.status)
    )
    assert path is not None, new.path
    unmet = [judgement for judgement in judge_path(attempt, path) if not judgement.met]
    assert unmet == [], new.path
