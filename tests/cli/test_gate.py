"""``plainwork gate``, asked as its users ask it: from files, of a forge, before there is one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from plainwork.cli.app import run
from plainwork.serving.deciding import Judged, fetch_and_decide
from support.gated import Gated, gate, lose_forge, workspace_files
from support.git import make_repository, run_git
from support.signing import make_ssh_key

LATHE = "work/w-lathe.md"


@pytest.fixture
def gated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gated]:
    found = Gated(tmp_path, monkeypatch)
    with found.forge.serve() as address:
        found.open(address)
        yield found


def act_as(person: str, patch: pytest.MonkeyPatch) -> None:
    """Let commits be somebody's."""
    for role in ("AUTHOR", "COMMITTER"):
        patch.setenv(f"GIT_{role}_EMAIL", f"{person}@acme.example")


def test_a_purchase_waits_for_two_and_is_approved_by_them(
    gated: Gated, capsys: pytest.CaptureFixture[str]
) -> None:
    number = gated.order()
    assert gate("--pull", str(number)) == 1
    assert "2 approvals are missing" in capsys.readouterr().out
    gated.approve(number, "cleo", "dee")
    assert gate("--pull", str(number)) == 0
    assert capsys.readouterr().out.startswith("APPROVED")


def test_who_is_not_counted_is_told_why(gated: Gated, capsys: pytest.CaptureFixture[str]) -> None:
    number = gated.order()
    gated.approve(number, "bob", "nils", "cleo")
    assert gate("--pull", str(number)) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "1 approval is missing" in told
    assert "[author]" in told
    assert "[left]" in told


def test_the_same_evidence_gives_the_same_bytes(
    gated: Gated, capsys: pytest.CaptureFixture[str]
) -> None:
    number = gated.order()
    gated.approve(number, "cleo", "dee")
    assert gate("--pull", str(number), "--save", "evidence.json", "--format", "json") == 0
    first = capsys.readouterr().out
    head = gated.forge.pull(number).head
    run_git("fetch", "--quiet", gated.forge.clone_url("ada"), head, cwd=gated.clone)
    assert gate("--evidence", "evidence.json", "--format", "json") == 0
    assert capsys.readouterr().out == first
    assert run(["schema", "decision"]) == 0
    jsonschema.validate(json.loads(first), json.loads(capsys.readouterr().out))


def test_a_replay_of_other_commits_is_refused(
    gated: Gated, capsys: pytest.CaptureFixture[str]
) -> None:
    number = gated.order()
    gate("--pull", str(number), "--save", "evidence.json")
    for override in (("--head", "main"), ("--ref", "other")):
        assert gate("--evidence", "evidence.json", *override) == 2
        assert "the evidence is about" in capsys.readouterr().err


def test_before_there_is_a_pull_request_it_says_what_it_will_need(
    gated: Gated, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    act_as("bob", monkeypatch)
    run_git("checkout", "--quiet", "-b", "mine", cwd=gated.clone)
    (gated.clone / LATHE).write_text(gated.text(status="ordered"), encoding="utf-8")
    run_git("commit", "--quiet", "-am", "Order it", cwd=gated.clone)
    assert gate() == 1
    told = capsys.readouterr().out
    assert "will be asked when there is a pull request" in told
    assert "Ada, Cleo or Dee" in told


def test_a_policy_changed_by_the_pull_request_does_not_judge_it(
    gated: Gated, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = gated.files["policies/governance.md"].replace("[{by: ada}]", "[]")
    number = gated.propose({"policies/governance.md": policy})
    assert gate("--pull", str(number)) == 1
    assert "Ada: approve it" in capsys.readouterr().out


# Publishing


def test_publish_tells_pending_first_and_then_the_end(gated: Gated) -> None:
    number = gated.order()
    assert gate("--pull", str(number), "--publish") == 1
    (check,) = gated.checks(number)
    assert (check["status"], check["conclusion"]) == ("completed", "failure")
    gated.approve(number, "cleo", "dee")
    assert gate("--pull", str(number), "--publish") == 0
    assert gated.checks(number)[-1]["conclusion"] == "success"
    assert "holds until 2026-06-01" in gated.checks(number)[-1]["output"]["title"]


def test_all_open_pull_requests_are_decided(
    gated: Gated, capsys: pytest.CaptureFixture[str]
) -> None:
    first = gated.order()
    glue = "work/w-glue.md"
    second = gated.propose({glue: gated.text(glue, title="Paste")}, branch="other")
    assert gate("--all", "--publish", "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)
    assert [each["verdict"] for each in found["decisions"]] in (
        ["approved", "waiting"],
        ["waiting", "approved"],
    )
    assert [gated.checks(number)[-1]["conclusion"] for number in (first, second)] == [
        "failure",
        "success",
    ]


def test_threat_59_what_stops_plainwork_is_published_as_an_error(
    gated: Gated, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = gated.order()
    run_git("fetch", "--quiet", "--depth=1", gated.forge.clone_url("ada"), cwd=gated.clone)
    (gated.clone / ".git/shallow").write_text(gated.forge.git.find("refs/heads/main") + "\n")
    assert gate("--pull", str(number), "--publish") == 2
    assert gated.checks(number)[-1]["conclusion"] == "failure"


def test_threat_56_a_review_that_comes_while_it_is_decided_holds_success_back(
    gated: Gated, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    number = gated.order()
    gated.approve(number, "cleo", "dee")

    def decide_while_somebody_objects(*arguments: Any) -> Judged:
        judged = fetch_and_decide(*arguments)
        gated.forge.request_changes(number, "cleo")
        return judged

    monkeypatch.setattr(
        "plainwork.serving.publishing.fetch_and_decide", decide_while_somebody_objects
    )
    assert gate("--pull", str(number), "--publish") == 1
    assert gated.checks(number)[-1]["conclusion"] == "failure"
    assert "while it was decided" in capsys.readouterr().err


def test_threat_56_while_it_is_decided_nothing_is_green(
    gated: Gated, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = gated.order()
    gated.approve(number, "cleo", "dee")
    assert gate("--pull", str(number), "--publish") == 0
    told: list[str] = []

    def look(*arguments: Any) -> Judged:
        told.append(gated.checks(number)[-1]["status"])
        return fetch_and_decide(*arguments)

    monkeypatch.setattr("plainwork.serving.publishing.fetch_and_decide", look)
    assert gate("--pull", str(number), "--publish") == 0
    assert told == ["in_progress"]


def test_threat_59_a_pull_request_that_changes_nothing_governed_gets_a_conclusion(
    gated: Gated,
) -> None:
    number = gated.propose({"README.txt": "Hello\n"})
    assert gate("--pull", str(number), "--publish") in (0, 1)
    assert gated.checks(number)[-1]["status"] == "completed"


def test_a_forge_that_is_not_reached_is_no_verdict(
    gated: Gated, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    number = gated.order()
    lose_forge(monkeypatch)
    assert gate("--pull", str(number), "--publish") == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert gated.checks(number) == []


def test_threat_65_nothing_is_ever_approved_or_merged(gated: Gated) -> None:
    number = gated.order()
    gated.approve(number, "cleo", "dee")
    before = list(gated.forge.pull(number).reviews)
    assert gate("--pull", str(number), "--publish") == 0
    assert run(["approve", str(number)]) == 0
    assert gated.forge.pull(number).reviews == before
    assert gated.forge.pull(number).state == "open"


# In a CI job


def in_job(gated: Gated, number: int, patch: pytest.MonkeyPatch) -> None:
    from plainwork.serving.practice.events import render_pull_event, write_event

    event = gated.clone.parent / "event.json"
    write_event(event, render_pull_event(gated.forge, number, "opened", "bob"))
    patch.setenv("GITHUB_ACTIONS", "true")
    patch.setenv("GITHUB_EVENT_NAME", "pull_request_target")
    patch.setenv("GITHUB_EVENT_PATH", str(event))
    patch.setenv("GITHUB_REPOSITORY", "acme/work")


def test_a_job_decides_its_own_pull_request(
    gated: Gated, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    number = gated.order()
    in_job(gated, number, monkeypatch)
    summary, output = gated.clone.parent / "summary.md", gated.clone.parent / "output"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setenv("GITHUB_OUTPUT", str(output))
    assert gate("--publish", "--format", "github") == 1
    assert capsys.readouterr().out.startswith("::warning file=work/w-lathe.md,line=4,")
    assert "2 approvals are missing" in summary.read_text(encoding="utf-8")
    name, value, end = output.read_text(encoding="utf-8").splitlines()
    assert (name, value) == (f"verdict<<{end}", "waiting")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("--now", "2020-01-01T00:00:00Z", "--pull", "1"), id="time"),
        pytest.param(("--publish", "--now", "2020-01-01", "--pull", "1"), id="time, published"),
        pytest.param(("--publish", "--evidence", "e.json"), id="evidence, published"),
        pytest.param(("--publish", "--base", "main", "--pull", "1"), id="base"),
        pytest.param(("--publish", "--ref", "other", "--pull", "1"), id="branch"),
        pytest.param(("--policy", "mine.md"), id="policy"),
        pytest.param(("--as-user", "ada"), id="person"),
        pytest.param(("--today", "2020-01-01"), id="day"),
    ],
)
def test_threat_13_overrides_are_refused_where_a_decision_binds(
    arguments: tuple[str, ...], gated: Gated, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = gated.order()
    in_job(gated, number, monkeypatch)
    assert gate(*arguments) == 2
    assert gated.checks(number) == []


def test_threat_13_an_override_is_recorded_where_it_does_not_bind(
    gated: Gated, capsys: pytest.CaptureFixture[str]
) -> None:
    number = gated.order()
    gate("--pull", str(number), "--now", "2026-07-01T00:00:00Z", "--format", "json")
    assert json.loads(capsys.readouterr().out)["injected"] == {"now": "2026-07-01T00:00:00+00:00"}
    gate("--pull", str(number), "--now", "2026-07-01T00:00:00Z")
    assert "! now was given by hand" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("--pull", "x"), "give the number", id="number"),
        pytest.param(("--pull", "1", "--all"), "give one of them", id="two ways"),
        pytest.param(("--all", "--save", "e.json"), "does not go with --all", id="save all"),
        pytest.param(("--pull", "1", "--ref", "x"), "leave the options out", id="branch of a pull"),
        pytest.param(("--publish",), "which pull request?", id="publish nothing"),
        pytest.param(("--now", "soon"), "write a time as", id="no time"),
        pytest.param(("--now", "9999-12-31T23:59:59Z"), "write a time as", id="the last time"),
        pytest.param(("--evidence", "gone.json"), "No such file", id="no file"),
        pytest.param(("--format", "xml"), "this command prints", id="format"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line(
    arguments: tuple[str, ...], said: str, gated: Gated, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate(*arguments) == 2
    assert said in capsys.readouterr().err


# What waits, and consent


def test_approvals_are_grouped_by_person(gated: Gated, capsys: pytest.CaptureFixture[str]) -> None:
    number = gated.order()
    gated.approve(number, "cleo")
    assert run(["approvals", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [person["id"] for person in found["people"]] == ["ada", "dee"]
    assert run(["approvals", "--for", "dee"]) == 0
    told = capsys.readouterr().out
    assert f"plainwork approve {number}" in told
    assert "w-lathe: status: review → ordered" in told


def test_approve_prints_the_line_that_names_the_digest(
    gated: Gated, capsys: pytest.CaptureFixture[str]
) -> None:
    number = gated.order()
    assert run(["approve", str(number)]) == 0
    told = capsys.readouterr().out.splitlines()
    (line,) = [each for each in told if each.startswith("plainwork-approve: ")]
    gated.approve(number, "cleo", "dee", text=line)
    assert gate("--pull", str(number)) == 0


# The merge queue, and heads that two pull requests share


def in_queue(gated: Gated, branch: str, patch: pytest.MonkeyPatch) -> None:
    from plainwork.serving.practice.events import render_queue_event, write_event

    event = gated.clone.parent / "queue.json"
    write_event(event, render_queue_event(gated.forge, branch))
    patch.setenv("GITHUB_ACTIONS", "true")
    patch.setenv("GITHUB_EVENT_NAME", "merge_group")
    patch.setenv("GITHUB_EVENT_PATH", str(event))
    patch.setenv("GITHUB_REPOSITORY", "acme/work")


@pytest.mark.parametrize("enough", [True, False], ids=["approved", "one approval short"])
def test_threat_60_a_group_is_judged_with_every_member(
    gated: Gated,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    enough: bool,
) -> None:
    first = gated.order()
    glue = "work/w-glue.md"
    second = gated.propose({glue: gated.text(glue, title="Paste")}, branch="other")
    gated.approve(first, "cleo", *(("dee",) if enough else ()))
    gated.forge.enqueue(first, "ada")
    branch = gated.forge.enqueue(second, "ada")
    in_queue(gated, branch, monkeypatch)
    assert gate("--publish") == (0 if enough else 1)
    assert capsys.readouterr().out.startswith("APPROVED" if enough else "WAITING")
    head = gated.forge.git.find(f"refs/heads/{branch}")
    (check,) = [each.said for each in gated.forge.state.runs if each.commit == head]
    assert check["conclusion"] == ("success" if enough else "failure")


def test_threat_06_what_was_approved_for_another_branch_does_not_count(
    gated: Gated, capsys: pytest.CaptureFixture[str]
) -> None:
    gated.forge.commit("ada", "playground", {"README.txt": b"Play\n"}, "Play")
    gated.forge.commit("bob", "topic", {LATHE: gated.text(status="ordered").encode()}, "Order it")
    number = gated.forge.open_pull("bob", "topic", "Try it", base="playground")
    gated.wait()
    gated.approve(number, "cleo", "dee")
    gated.forge.retarget(number, "bob", "main")
    gated.wait()
    assert gate("--pull", str(number)) == 1
    assert "was to be merged elsewhere then" in " ".join(capsys.readouterr().out.split())
    gated.approve(number, "cleo", "dee")
    assert gate("--pull", str(number)) == 0


def test_threat_57_two_pull_requests_with_one_head_get_no_success(
    gated: Gated, capsys: pytest.CaptureFixture[str]
) -> None:
    from plainwork.serving.practice.state import Protection

    gated.forge.commit("ada", "release", {"README.txt": b"Release\n"}, "Release")
    gated.forge.protect("release", Protection())
    gated.forge.protect("main", Protection())
    number = gated.order()
    gated.approve(number, "cleo", "dee")
    gated.forge.open_pull("bob", "topic", "The same", base="release")
    assert gate("--pull", str(number), "--publish") == 1
    assert gated.checks(number)[-1]["conclusion"] == "failure"


# Approvals that are signed


def test_an_approval_is_signed_as_approve_says_and_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key, public = make_ssh_key(tmp_path / "keys", "cleo")
    own_key, own_public = make_ssh_key(tmp_path / "keys", "bob")
    files = workspace_files()
    files["plainwork.toml"] = files["plainwork.toml"].replace('"github"', '"signed"')
    for who, listed in (("cleo", public), ("bob", own_public)):
        about = f"name: {who.capitalize()}\nemails: [{who}@acme.example]"
        files[f"people/{who}.md"] = f'---\n{about}\nsigning_keys: ["{listed}"]\n---\n'
    clone = make_repository(files, tmp_path / "ws")
    monkeypatch.chdir(clone)
    run_git("checkout", "--quiet", "-b", "topic", cwd=clone)
    path = clone / LATHE
    path.write_text(path.read_text().replace("amount: 8000", "amount: 9000"), encoding="utf-8")
    act_as("bob", monkeypatch)
    run_git("commit", "--quiet", "-am", "It costs more", cwd=clone)
    assert gate() == 1
    assert "sign the commits of the change" in " ".join(capsys.readouterr().out.split())
    signing = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={own_key}")
    run_git(*signing, "commit", "--quiet", "--amend", "--no-edit", "-S", cwd=clone)
    assert gate() == 1
    assert "Cleo: sign a record of approval" in capsys.readouterr().out
    assert run(["approve"]) == 0
    (line,) = [each for each in capsys.readouterr().out.splitlines() if "plainwork record" in each]
    act_as("cleo", monkeypatch)
    assert run(line.split()[1:]) == 0
    run_git("add", "--all", cwd=clone)
    run_git("commit", "--quiet", "-m", "Unsigned", cwd=clone)
    capsys.readouterr()
    assert gate() == 1
    assert "no key of the base has signed it" in " ".join(capsys.readouterr().out.split())
    signing = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={key}")
    run_git(*signing, "commit", "--quiet", "--amend", "-S", "-m", "Signed", cwd=clone)
    assert gate() == 0
