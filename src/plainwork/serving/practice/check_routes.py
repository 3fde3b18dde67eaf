"""Check suites, check runs and commit statuses: what they are asked."""

from __future__ import annotations

from plainwork.serving.practice import checks
from plainwork.serving.practice.answers import reports
from plainwork.serving.practice.call import Call
from plainwork.serving.practice.requests import Answer, refuse
from plainwork.serving.practice.state import Run


def answer_suites(call: Call) -> Answer:
    """Return the check suites of a commit."""
    commit, app = call.commit, call.request.query.get("app_id")
    found = [
        reports.render_suite(call.state, call.links, call.git, suite)
        for suite in call.state.suites
        if suite.commit == commit and app in (None, str(suite.app.id))
    ]
    return call.page(found, "check_suites")


def answer_runs(call: Call) -> Answer:
    """Return the newest check runs of a commit."""
    commit, name = call.commit, call.request.query.get("check_name")
    found = [
        reports.render_run(call.state, call.links, run)
        for run in checks.latest_runs(call.state, commit)
        if name in (None, run.said["name"])
    ]
    return call.page(found, "check_runs")


def answer_run(call: Call) -> Answer:
    """Return a check run."""
    return Answer(reports.render_run(call.state, call.links, _find_run(call)))


def _find_run(call: Call) -> Run:
    runs = {run.id: run for run in call.state.runs}
    return runs[int(call.named["run"])]


def answer_add_run(call: Call) -> Answer:
    """Begin a check run, or report one that has ended."""
    app = call.token.app if call.token else None
    if app is None:
        return refuse(403, "You must authenticate via a GitHub App.")
    if not call.git.find(str(call.request.said["head_sha"])):
        return refuse(422, "No commit found for SHA")
    run = checks.add_run(call.state, app, call.request.said)
    return Answer(reports.render_run(call.state, call.links, run), 201)


def answer_change_run(call: Call) -> Answer:
    """Report how a check run goes on."""
    run = _find_run(call)
    if call.token is None or call.token.app != run.app:
        return refuse(403, "Invalid app_id: check runs belong to the app that made them.")
    run.said |= call.request.said
    return Answer(reports.render_run(call.state, call.links, run))


def answer_statuses(call: Call) -> Answer:
    """Return all statuses of a commit, newest first."""
    commit = call.commit
    found = [status for status in reversed(call.state.statuses) if status.commit == commit]
    return call.page([reports.render_status(call.state, call.links, each) for each in found])


def answer_combined_status(call: Call) -> Answer:
    """Return what the statuses of a commit come to."""
    return Answer(reports.render_combined_status(call.state, call.links, call.commit))


def answer_add_status(call: Call) -> Answer:
    """Report a commit status."""
    creator = call.bearer
    if not (call.state.may_write(creator) or (call.token and call.token.app)):
        return refuse(403, "Resource not accessible by personal access token")
    commit, said = call.commit, call.request.said
    words = {key: str(value) for key, value in said.items() if value is not None}
    status = checks.add_status(call.state, commit, creator, words)
    return Answer(reports.render_status(call.state, call.links, status), 201)
