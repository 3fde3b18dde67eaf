"""``plainwork audit``, as CI and auditors run it: on a clone of the branch of a practice forge."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from plainwork.cli.app import run
from plainwork.storage.notes import NOTES, load_notes
from support.gated import Gated, lose_forge
from support.git import commit_files, run_git

GOLDEN = Path(__file__).parents[1] / "golden/audit.json"
LATHE = "work/w-lathe.md"
GLUE = "work/w-glue.md"


@pytest.fixture
def gated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gated]:
    found = Gated(tmp_path, monkeypatch)
    with found.forge.serve() as address:
        found.open(address)
        yield found


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    return capsys


def head(clone: Path) -> str:
    return run_git("rev-parse", "HEAD", cwd=clone).strip()


def pull(gated: Gated) -> None:
    run_git("pull", "--quiet", "--ff-only", cwd=gated.clone)


def push(gated: Gated, files: dict[str, str], subject: str = "Push", by: str = "ada") -> None:
    """Commit to the default branch, past all pull requests."""
    encoded: dict[str, bytes | None] = {path: text.encode() for path, text in files.items()}
    gated.wait()
    gated.forge.commit(by, "main", encoded, subject)
    pull(gated)


def audit(printed: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """Audit the clone; return what is found as JSON, and hold the exit code."""
    printed.readouterr()
    code = run(["audit", *arguments, "--format", "json"])
    found = json.loads(printed.readouterr().out)
    assert code == int(found["unproven"] > 0)
    return found


def statuses(found: Any) -> list[tuple[str, str, str]]:
    return [(each["status"], each["came"], each["pull"]) for each in found["changes"]]


def merge_order(gated: Gated, *approved_by: str, method: str = "merge") -> int:
    number = gated.order()
    gated.approve(number, *approved_by)
    gated.forge.merge(number, "ada", method)
    pull(gated)
    return number


# What is proven


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_a_merge_that_was_approved_is_proven_also_without_forge(
    method: str,
    gated: Gated,
    printed: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = merge_order(gated, "cleo", "dee", method=method)
    kept = audit(printed, "--keep", head(gated.clone))
    came = "merge" if method == "merge" else "squash"
    assert statuses(kept) == [("proven", came, str(number))]
    lose_forge(monkeypatch)
    found = audit(printed)
    assert statuses(found) == [("proven", came, str(number)), ("start", "push", "")]
    (document,) = found["changes"][0]["documents"]
    assert (document["id"], document["changes"]) == ("w-lathe", ["status: review → ordered"])
    assert document["rules"] == [
        {"rule": "transition approve", "met": True, "approved_by": ["cleo", "dee"]}
    ]


def test_the_proof_does_not_need_commits_that_are_gone(
    gated: Gated, printed: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    merge_order(gated, "cleo", "dee", method="squash")
    audit(printed, "--keep", head(gated.clone))
    elsewhere = tmp_path / "elsewhere"  # has the branch and its notes, nothing of the proposal
    run_git("init", "--quiet", "--initial-branch=main", str(elsewhere), cwd=tmp_path)
    run_git("fetch", "--quiet", str(gated.clone), "main", f"{NOTES}:{NOTES}", cwd=elsewhere)
    run_git("checkout", "--quiet", "-B", "main", "FETCH_HEAD", cwd=elsewhere)
    assert run(["-C", str(elsewhere), "audit"]) == 0


def test_a_proposal_of_several_commits_may_be_rebased(
    gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    forge = gated.forge
    gated.wait()
    forge.commit("bob", "topic", {LATHE: gated.text(status="ordered").encode()}, "Order")
    forge.commit("bob", "topic", {GLUE: gated.text(GLUE, title="Paste").encode()}, "Paste")
    number = forge.open_pull("bob", "topic", "Two")
    gated.wait()
    gated.approve(number, "cleo", "dee")
    forge.merge(number, "ada", "rebase")
    pull(gated)
    audit(printed, "--keep", head(gated.clone))
    found = audit(printed)
    assert statuses(found)[0] == ("proven", "rebase", str(number))
    assert len(found["changes"][0]["commits"]) == 2


def test_what_needs_nobody_is_counted_only(
    gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    push(gated, {GLUE: gated.text(GLUE, title="Paste"), "notes.txt": "No document"})
    found = audit(printed)
    assert (found["free"], found["commits"], statuses(found)) == (1, 2, [("start", "push", "")])


# What is not


def test_threat_55_a_direct_push_is_unproven(
    gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    push(gated, {LATHE: gated.text(status="ordered")}, "Merge pull request #7 from acme/topic")
    found = audit(printed, "--keep", head(gated.clone))
    assert statuses(found) == [("unproven", "squash", "7")]
    assert found["changes"][0]["claimed"]
    assert found["changes"][0]["reasons"][0] == "no decision is kept for it"
    assert load_notes(gated.clone, [head(gated.clone)]) == {}


def test_threat_55_what_an_administrator_merged_without_approvals_is_unproven(
    gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    number = merge_order(gated, "cleo")
    found = audit(printed, "--keep", head(gated.clone))
    assert statuses(found) == [("unproven", "merge", str(number))]
    assert (
        "w-lathe: without the consent of board (transition approve)"
        in (found["changes"][0]["reasons"])
    )


def test_threat_56_an_approval_after_the_merge_does_not_count(
    gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    number = merge_order(gated, "cleo")
    gated.wait()
    gated.approve(number, "dee")
    found = audit(printed, "--keep", head(gated.clone))
    assert statuses(found) == [("unproven", "merge", str(number))]


def test_threat_53_a_merge_from_the_future_takes_no_later_approval_with_it(
    gated: Gated, printed: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever merges by hand chooses the time of the commit; the forge says when it was merged."""
    number = gated.order()
    gated.approve(number, "cleo")
    run_git("fetch", "--quiet", "origin", gated.forge.pull(number).head, cwd=gated.clone)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2099-01-01T00:00:00+00:00")
    run_git("merge", "--quiet", "--no-ff", "--message=By hand", "FETCH_HEAD", cwd=gated.clone)
    run_git("push", "--quiet", gated.forge.clone_url("ada"), "HEAD:main", cwd=gated.clone)
    gated.wait()
    gated.approve(number, "dee")
    found = audit(printed, "--keep", head(gated.clone))
    assert statuses(found) == [("unproven", "merge", str(number))]
    assert found["changes"][0]["documents"][0]["rules"][0]["approved_by"] == ["cleo"]


def test_threat_56_a_merge_that_did_something_else_is_unproven(
    gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    number = gated.order()
    gated.approve(number, "cleo", "dee")
    topic = gated.forge.pull(number).head
    run_git("fetch", "--quiet", "origin", topic, cwd=gated.clone)
    run_git("merge", "--quiet", "--no-ff", "--no-commit", topic, cwd=gated.clone)
    text = gated.text(status="ordered", amount="61000")
    merged = commit_files({LATHE: text}, gated.clone, f"Merge pull request #{number} from a/topic")
    run_git("push", "--quiet", gated.forge.clone_url("ada"), "HEAD:main", cwd=gated.clone)
    found = audit(printed, "--keep", merged)
    assert found["unproven"] == 1
    assert "amount: 8000 → 61000" in found["changes"][0]["documents"][0]["changes"]


def test_threat_60_members_of_a_queue_are_each_judged_against_what_came_before(
    gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    first = gated.order()
    gated.approve(first, "cleo", "dee")
    text = gated.text(GLUE, status="ordered")
    second = gated.propose({GLUE: text}, branch="other")
    gated.approve(second, "cleo")
    before = head(gated.clone)
    for number in (first, second):
        gated.forge.merge(number, "ada", "merge")
    pull(gated)
    run_git("notes", f"--ref={NOTES}", "add", "-m", "nothing yet", before, cwd=gated.clone)
    found = audit(printed, "--keep", head(gated.clone))
    assert statuses(found) == [
        ("unproven", "merge", str(second)),
        ("proven", "merge", str(first)),
    ]


def test_threat_46_who_left_before_the_merge_proves_nothing(
    gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    merge_order(gated, "cleo", "nils")
    assert audit(printed, "--keep", head(gated.clone))["unproven"] == 1


def forge_note(gated: Gated, **changed: object) -> None:
    """Take the note of the last commit, and let it say something else."""
    commit = head(gated.clone)
    ((line,),) = load_notes(gated.clone, [commit]).values()
    note = json.loads(line)
    for path, value in changed.items():
        *above, name = path.split("__")
        place: Any = note
        for key in above:
            place = place[int(key) if key.isdecimal() else key]
        place[name] = value
    text = json.dumps(note, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    command = ("notes", f"--ref={NOTES}", "add", "--force", "-m", text, commit)
    run_git(*command, cwd=gated.clone)


OTHER: dict[str, dict[str, object]] = {
    "another base": {"evidence__base": "0" * 40},
    "another branch": {"evidence__ref": "refs/heads/other"},
    "another commit": {"commit": "0" * 40},
    "another repository": {"evidence__repository": "acme/other"},
    "incomplete": {"evidence__complete": False},
    "an unknown key": {"evidence__trusted": True},
    "another version": {"schema": "plainwork/proof/2"},
}


@pytest.mark.parametrize("name", OTHER)
def test_threat_55_a_note_about_something_else_is_no_proof(
    name: str, gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    merge_order(gated, "cleo", "dee")
    assert audit(printed, "--keep", head(gated.clone))["unproven"] == 0
    forge_note(gated)  # as it was: it is what it says that matters, not how it is written
    assert audit(printed)["unproven"] == 0
    forge_note(gated, **OTHER[name])
    assert audit(printed)["unproven"] == 1


def test_threat_55_a_forged_verdict_is_no_proof(
    gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    merge_order(gated, "cleo")
    audit(printed, "--keep", head(gated.clone))
    forge_note(gated, decisions__0__verdict="approved")
    (change, _) = audit(printed)["changes"]
    assert change["status"] == "unproven"
    assert "without the consent of board" in change["reasons"][0]


def test_threat_55_what_reviewers_saw_is_read_from_git_where_it_has_it(
    gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    number = gated.order()
    gated.approve(number, "cleo", "dee")
    text = gated.text(status="ordered", vendor="Elsewhere").replace("worn", "torn")
    gated.forge.commit("bob", "topic", {LATHE: text.encode()}, "And more")
    gated.wait()
    gated.forge.merge(number, "ada", "merge")
    pull(gated)
    (change,) = audit(printed, "--keep", head(gated.clone))["changes"]
    assert change["status"] == "unproven"
    ((line,),) = load_notes(gated.clone, [head(gated.clone)]).values()
    note = json.loads(line)
    after = note["decisions"][0]["documents"][0]["after"]
    assert note["seen"][0]["documents"][0]["after"] != after
    forge_note(gated, seen__0__documents__0__after=after)
    assert audit(printed)["unproven"] == 1


@pytest.mark.parametrize("text", ["approved", "{}", '{"schema": "plainwork/proof/1"}', "[" * 5000])
def test_threat_55_what_is_no_proof_is_said(
    text: str, gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    push(gated, {LATHE: gated.text(status="ordered")})
    note = ("notes", f"--ref={NOTES}", "add", "-m", text, head(gated.clone))
    run_git(*note, cwd=gated.clone)
    (change, _) = audit(printed)["changes"]
    assert change["status"] == "unproven"
    assert change["reasons"][0].startswith("a note is no proof: ")


def test_a_proof_of_one_commit_proves_no_other(
    gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    merge_order(gated, "cleo", "dee")
    merged = head(gated.clone)
    audit(printed, "--keep", merged)
    push(gated, {LATHE: gated.text(status="review")}, "Back")
    push(gated, {LATHE: gated.text(status="ordered")}, "Again")
    ((line,),) = load_notes(gated.clone, [merged]).values()
    note = ("notes", f"--ref={NOTES}", "add", "-m", line.decode(), head(gated.clone))
    run_git(*note, cwd=gated.clone)
    assert [status for status, *_ in statuses(audit(printed))] == [
        *("unproven", "unproven", "proven", "start")
    ]


def test_approved_before_the_rule_changed(
    gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    number = gated.order()
    gated.approve(number, "cleo", "dee")
    path = "workflows/purchase.md"
    push(gated, {path: gated.files[path].replace("count: 2", "count: 1")}, "One is enough")
    gated.forge.merge(number, "ada", "merge")
    pull(gated)
    change = audit(printed, "--keep", head(gated.clone))["changes"][0]
    assert change["status"] == "unproven"
    assert "it was approved before the rule changed" in change["reasons"]


def test_threat_07_rules_that_come_back_and_rules_left_behind_are_told(
    gated: Gated, printed: pytest.CaptureFixture[str]
) -> None:
    path, old = "workflows/purchase.md", gated.files["workflows/purchase.md"]
    run_git("branch", "release", cwd=gated.clone)
    push(gated, {path: old.replace("count: 2", "count: 3")}, "Three")
    push(gated, {path: old}, 'Revert "Three"')
    change = audit(printed)["changes"][0]
    (warning,) = change["warnings"]
    assert warning.startswith("workflow purchase is again what it was")
    push(gated, {path: old.replace("count: 2", "count: 4")}, "Four")
    (warning,) = audit(printed, "release")["warnings"]
    assert warning.startswith(f"{path} is older than on main")
    assert audit(printed, "main")["warnings"] == []


# Ranges, formats, environments


def test_a_range(gated: Gated, printed: pytest.CaptureFixture[str]) -> None:
    first = head(gated.clone)
    push(gated, {LATHE: gated.text(status="ordered")})
    second = head(gated.clone)
    push(gated, {GLUE: gated.text(GLUE, status="ordered")})
    assert audit(printed, f"{first}..{second}")["commits"] == 1
    assert audit(printed, f"{second}..")["commits"] == 1
    assert audit(printed, "HEAD")["commits"] == 3
    assert audit(printed, "origin/main")["ref"] == "refs/heads/main"
    assert audit(printed, second, "--ref", "release")["ref"] == "refs/heads/release"
    assert run(["audit", "nowhere"]) == 2


def test_every_format_tells_the_same(gated: Gated, printed: pytest.CaptureFixture[str]) -> None:
    number = merge_order(gated, "cleo", "dee")
    audit(printed, "--keep", head(gated.clone))
    push(gated, {LATHE: gated.text(amount="1")}, "=1+1 <script>alert(1)</script> \u202e@cleo")
    found = audit(printed)
    found["changes"].pop()  # the beginning, with every document
    told = re.sub(r"\b[0-9a-f]{40}\b", "", json.dumps(found, indent=2, ensure_ascii=False))
    assert f"{told}\n" == GOLDEN.read_text(encoding="utf-8")
    assert run(["schema", "audit"]) == 0
    jsonschema.validate(found, json.loads(printed.readouterr().out))
    assert run(["audit"]) == 1
    text = printed.readouterr().out
    assert max(map(len, text.splitlines())) <= 80
    assert f"#{number}" in text
    assert "\u202e" not in text
    assert "whoever may write them" in " ".join(text.split())
    assert run(["audit", "--format", "csv"]) == 1
    rows = list(csv.DictReader(io.StringIO(printed.readouterr().out)))
    assert [row["status"] for row in rows] == ["unproven", "proven", *["start"] * (len(rows) - 2)]
    assert rows[0]["subject"].startswith("'=1+1")
    assert rows[1]["approved_by"] == "cleo, dee"
    assert run(["audit", "--format", "html"]) == 1
    page = printed.readouterr().out
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "approved by cleo, dee" in page
    assert "\u202e" not in page


def test_a_shallow_clone_is_refused(
    gated: Gated, printed: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    push(gated, {GLUE: gated.text(GLUE, title="Paste")})
    shallow = tmp_path / "shallow"
    origin = f"file://{gated.clone}"
    run_git("clone", "--quiet", "--depth=1", origin, str(shallow), cwd=tmp_path)
    assert run(["-C", str(shallow), "audit"]) == 2
    assert "shallow" in printed.readouterr().err


def test_the_forge_is_needed_to_keep_only(
    gated: Gated, printed: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    merge_order(gated, "cleo", "dee")
    lose_forge(monkeypatch)
    assert run(["audit", "--keep", "HEAD"]) == 3
    assert load_notes(gated.clone, [head(gated.clone)]) == {}
    assert run(["audit"]) == 1
