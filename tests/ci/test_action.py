"""The script of the action as a job runs it: real Git, real processes, the practice forge."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from plainwork.serving.practice import events
from plainwork.serving.practice.accounts import ACTIONS, Account
from plainwork.serving.practice.checks import latest_runs
from support.git import run_git
from support.practice import START
from support.served import LATHE, Served, change, served

ROOT = Path(__file__).resolve().parents[2]
NOTES = "refs/notes/plainwork"


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as found:
        found.forge.add_account(Account(99, "x-access-token"), "write")  # who the job pushes as
        yield found


class Job:
    """A job of the forge's CI, in a fresh clone of the branch."""

    def __init__(self, forge: Served, folder: Path) -> None:
        self.forge, self._folder = forge, folder
        self.ref = "refs/heads/main"
        self.site = folder / "plainwork-site"
        self._programs = folder / "bin"
        self._programs.mkdir()
        self.install("plainwork", f'exec "{sys.executable}" -m plainwork "$@"')

    def install(self, name: str, script: str) -> None:
        """Let a program be found by its name."""
        program = self._programs / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)

    def run(self, command: str, name: str, event: Mapping[str, object] | None = None) -> int:
        """Run the action for an event; return its exit code."""
        url, state = self.forge.forge.url, self.forge.forge.state
        clone = self._folder / f"job-{len(list(self._folder.glob('job-*')))}"
        run_git("clone", "--quiet", f"{url}/{state.name}.git", str(clone), cwd=self._folder)
        payload = self._folder / "event.json"
        events.write_event(payload, dict(event or {}))
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GITHUB_")},
            "PATH": f"{self._programs}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "src"),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": f"{url}/api",
            "GITHUB_EVENT_NAME": name,
            "GITHUB_EVENT_PATH": str(payload),
            "GITHUB_REPOSITORY": state.name,
            "GITHUB_SERVER_URL": url,
            "GITHUB_REF": self.ref,
            "RUNNER_TEMP": str(self._folder),
            "AUDIENCE": "public",
            "BASE_URL": "https://acme.example/work/",
            "GITHUB_TOKEN": self.forge.forge.issue_token("github-actions[bot]", ACTIONS),
        }
        script = ["bash", str(ROOT / ".ci/action"), command]
        done = subprocess.run(
            script, cwd=clone, env=environment, check=False, capture_output=True, text=True
        )
        assert environment["GITHUB_TOKEN"] not in done.stdout + done.stderr
        self.told = done.stdout + done.stderr
        return done.returncode

    def conclusion(self, commit: str) -> object:
        """Return what the check of a commit says now."""
        runs = latest_runs(self.forge.forge.state, commit)
        return next(
            (run.said.get("conclusion") for run in runs if run.said["name"] == "plainwork"), None
        )


@pytest.fixture
def job(forge: Served, tmp_path: Path) -> Job:
    (tmp_path / "jobs").mkdir()
    return Job(forge, tmp_path / "jobs")


def _propose(forge: Served) -> int:
    forge.forge.commit("bob", "buy", change(LATHE, ("8000", "9000")), "A dearer lathe")
    number = forge.forge.open_pull("bob", "buy", "A dearer lathe")
    forge.forge.set_time(START + timedelta(hours=1))  # whoever reviews it now has seen it
    return number


def test_a_pull_request_waits_until_a_review_is_reconciled(job: Job) -> None:
    forge = job.forge.forge
    number = _propose(job.forge)
    head = forge.pull(number).head
    opened = events.render_pull_event(forge, number, "opened", "bob")
    assert job.run("gate", "pull_request_target", opened) == 0, job.told
    assert job.conclusion(head) == "failure"
    forge.approve(number, "cleo")
    reviewed = events.render_run_event(forge, number, "pull_request_review")
    assert job.run("reconcile", "workflow_run", reviewed) == 0, job.told
    assert job.conclusion(head) == "success"


def test_threat_61_the_schedule_takes_a_green_check_back(job: Job) -> None:
    forge = job.forge.forge
    number = _propose(job.forge)
    review = forge.approve(number, "cleo")
    assert job.run("reconcile", "schedule") == 0, job.told
    assert job.conclusion(forge.pull(number).head) == "success"
    forge.dismiss(number, review, "ada")
    assert job.run("reconcile", "schedule") == 0, job.told
    assert job.conclusion(forge.pull(number).head) == "failure"


def test_what_was_merged_is_proven_by_a_note_and_a_push_is_not(job: Job) -> None:
    forge = job.forge.forge
    number = _propose(job.forge)
    forge.approve(number, "cleo")
    merged = forge.merge(number, "cleo")
    assert job.run("audit", "push", events.render_push_event(forge, "main")) == 0, job.told
    noted = run_git("ls-tree", "-r", "--name-only", NOTES, cwd=forge._path(forge.state.name))
    assert noted.replace("/", "").split() == [merged]
    job.ref = "refs/heads/main"
    assert job.run("preview", "pull_request") == 0, job.told
    assert '<span class="met">kept</span>' in (job.site / "decided.html").read_text("utf-8")
    forge.commit("ada", "main", change(LATHE, ("8000", "1")), "By hand")
    assert job.run("audit", "push", events.render_push_event(forge, "main")) == 1, job.told


def test_threat_62_a_forge_that_fails_leaves_no_check_behind(job: Job) -> None:
    forge = job.forge.forge
    number = _propose(job.forge)
    forge.approve(number, "cleo")
    forge.faults.fail("*/reviews", status=500, times=99, headers={"Retry-After": "0"})
    opened = events.render_pull_event(forge, number, "opened", "bob")
    assert job.run("gate", "pull_request_target", opened) == 3, job.told
    assert job.conclusion(forge.pull(number).head) is None


ROUTINE = {
    "workflows/routine.md": b"""---
title: Routine
kind: routine
owner: ada
states:
  active: {category: active}
  ended: {category: done}
transitions:
  end: {from: active, to: ended}
---
""",
    "routines/sweep.md": b"""---
title: Sweep
workflow: routine
status: active
start: 2026-05-01
schedule: {rrule: "FREQ=YEARLY;COUNT=1", mode: fixed, on_miss: stack}
creates: {workflow: purchase, title: "Brooms of {{ date }}"}
---
""",
}


def test_what_routines_owe_is_proposed_once(job: Job) -> None:
    forge = job.forge.forge
    forge.commit("ada", "main", dict(ROUTINE), "Sweep")
    job.install("gh", "true")  # there is no pull request yet, and it opens one
    assert job.run("tick", "schedule") == 0, job.told
    proposed = forge.git.find("refs/heads/plainwork/tick")
    assert list(forge.git.commit(proposed).parents) == [forge.git.find("refs/heads/main")]
    # Another day it is proposed already.
    assert job.run("tick", "schedule") == 0, job.told
    assert forge.git.find("refs/heads/plainwork/tick") == proposed
    number = forge.open_pull("bob", "plainwork/tick", "Create what routines owe")
    assert job.forge.decide(number).verdict.value == "approved"


def test_the_site_is_built_for_everybody_with_its_faults(job: Job) -> None:
    faulty = {"work/faulty.md": b"---\ntitle: Faulty\nworkflow: nothing\n---\n"}
    job.forge.forge.commit("ada", "main", dict(faulty), "Something is wrong")
    assert job.run("site", "push") == 0, job.told
    assert "for public readers" in job.told
    assert "https://acme.example/work/" in (job.site / "sitemap.xml").read_text(encoding="utf-8")


def test_a_preview_is_of_what_is_proposed(job: Job) -> None:
    number = _propose(job.forge)
    job.ref = f"refs/pull/{number}/head"
    assert job.run("preview", "pull_request") == 0, job.told
    assert "for restricted readers" in job.told
    (page,) = (job.site / "work").glob("*lathe*.html")
    assert "9000" in page.read_text(encoding="utf-8").replace(" ", "").replace(",", "")


def test_no_site_is_published_that_could_not_be_built(job: Job) -> None:
    job.site.write_text("in the way", encoding="utf-8")
    assert job.run("site", "push") == 2


def test_the_action_knows_its_commands_only(job: Job) -> None:
    assert job.run("merge", "schedule") == 2
