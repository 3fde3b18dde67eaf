"""What is reported about commits on the practice forge: check runs and commit statuses."""

from __future__ import annotations

from collections.abc import Mapping

from plainwork.serving.practice.accounts import Account, App
from plainwork.serving.practice.state import RequiredCheck, Run, State, Status

_PASSED = ("success", "neutral", "skipped")


def add_run(state: State, app: App, said: Mapping[str, object]) -> Run:
    """Report a check run as an app."""
    commit = str(said["head_sha"])
    suite = state.add_suite(commit, state.branch, app=app)
    run = Run(next(state.ids), suite.id, commit, app, state.now, dict(said))
    state.runs.append(run)
    return run


def add_status(state: State, commit: str, creator: Account, said: Mapping[str, str]) -> Status:
    """Report a commit status as an account; ``said`` has the keys of GitHub's request."""
    names = ("context", "state", "description", "target_url")
    context, result, description, target_url = (said.get(name, "") for name in names)
    status = Status(
        next(state.ids),
        commit,
        context or "default",
        result,
        description,
        target_url,
        creator,
        state.now,
    )
    state.statuses.append(status)
    return status


def latest_statuses(state: State, commit: str) -> list[Status]:
    """Return the newest status of each context, newest first."""
    latest = {each.context: each for each in state.statuses if each.commit == commit}
    return sorted(latest.values(), key=lambda each: -each.id)


def latest_runs(state: State, commit: str) -> list[Run]:
    """Return the newest run of each name and app, newest first."""
    mine = (run for run in state.runs if run.commit == commit)
    latest = {(run.app.id, run.said["name"]): run for run in mine}
    return sorted(latest.values(), key=lambda run: -run.id)


def compute_passed(state: State, commit: str, check: RequiredCheck) -> bool:
    """Whether a required check is green: skipped and neutral count as passed, as on GitHub."""
    runs = [
        run.said.get("conclusion") in _PASSED
        for run in latest_runs(state, commit)
        if run.said["name"] == check.context and check.app in (None, run.app.id)
    ]
    statuses = [
        status.state == "success"
        for status in latest_statuses(state, commit)
        if status.context == check.context and check.app is None
    ]
    found = [*runs, *statuses]
    return bool(found) and all(found)
