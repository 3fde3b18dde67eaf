"""`plainwork doctor` on a forge: what it reads there, and what it says if it cannot."""

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from plainwork.cli.app import run
from plainwork.serving.practice.accounts import ACTIONS
from plainwork.serving.practice.state import Protection, RequiredCheck
from plainwork.serving.practice_forge import PracticeForge
from support.gated import lose_forge
from support.git import make_repository, run_git
from support.practice import make_forge

FILES = {
    "plainwork.toml": '[workspace]\nname = "Work"\n[forge]\nkind = "github"\n'
    'repository = "acme/operations"\n',
    "people/ada.md": "---\nname: Ada\naccounts:\n  github: {login: ada, id: 11}\n---\n",
    "policies/default.md": (
        "---\ntitle: Default\nowner: ada\ndefault: true\napprovals: [{by: ada}]\n---\n"
    ),
}
SOUND = Protection(
    checks=(RequiredCheck("plainwork", 4711),),
    strict=True,
    dismiss_stale=True,
    for_admins=True,
)


@pytest.fixture(autouse=True)
def no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PLAINWORK_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def forge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PracticeForge]:
    forge = make_forge(tmp_path)
    with forge.serve() as address:
        monkeypatch.setenv("GITHUB_API_URL", address)
        monkeypatch.setenv("PLAINWORK_TOKEN", forge.issue_token("ada"))
        yield forge


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    root = make_repository(FILES, tmp_path / "ws")
    assert run(["-C", str(root), "init", "--ci", "github"]) == 0
    assert run(["-C", str(root), "codeowners"]) == 0
    capsys.readouterr()
    return root


def _ask(
    workspace: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[int, dict[str, str]]:
    code = run(["-C", str(workspace), "doctor", "--format", "json", *options])
    found = json.loads(capsys.readouterr().out)
    assert run(["schema", "doctor"]) == 0
    jsonschema.validate(found, json.loads(capsys.readouterr().out))
    return code, {each["topic"]: each["state"] for each in found["findings"]}


def test_nothing_is_missing_where_everything_is_set(
    forge: PracticeForge, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forge.protect("main", SOUND)
    code, found = _ask(workspace, capsys)
    assert (code, {*found.values()}) == (0, {"fine"})
    assert {"required-check", "up-to-date", "bypass", "force-push", "accounts"} <= found.keys()


def test_a_branch_without_protection_enforces_nothing(
    forge: PracticeForge, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = _ask(workspace, capsys)
    assert code == 1
    assert "missing" in (found.get("protection"), found.get("required-check"))


def test_threat_58_a_check_that_anybody_may_report_is_no_check(
    forge: PracticeForge, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forge.protect("main", Protection(checks=(RequiredCheck("plainwork"),), strict=True))
    code, found = _ask(workspace, capsys)
    assert (code, found["required-check"], found["administrators"]) == (1, "missing", "missing")
    forge.protect("main", Protection(checks=(RequiredCheck("plainwork", ACTIONS.id),), strict=True))
    assert _ask(workspace, capsys)[1]["required-check"] == "advice"


def test_threat_60_a_merge_queue_without_its_recipe_is_noticed(
    forge: PracticeForge, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    queue = Protection(checks=SOUND.checks, queue=True, ruleset=True)
    forge.protect("main", queue)
    assert _ask(workspace, capsys)[1]["merge-queue"] == "fine"
    (workspace / ".github/workflows/plainwork-queue.yml").unlink()
    code, found = _ask(workspace, capsys)
    assert (code, found["merge-queue"], found["recipe"]) == (1, "missing", "missing")


def test_without_a_token_the_forge_is_not_asked(
    forge: PracticeForge,
    workspace: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PLAINWORK_TOKEN")
    code, found = _ask(workspace, capsys)
    assert (code, found["protection"]) == (0, "unknown")


def test_threat_62_a_forge_that_is_not_reached_is_said_after_what_is_known(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_forge(monkeypatch)
    monkeypatch.setenv("PLAINWORK_TOKEN", "t0ken")
    assert run(["-C", str(workspace), "doctor"]) == 3
    told = capsys.readouterr()
    assert "In order:" in told.out
    assert "Nothing is missing." not in told.out
    assert "127.0.0.1" in told.err
    assert "t0ken" not in told.out + told.err


def test_a_clone_that_was_cut_off_is_no_proof(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_git("add", "--all", cwd=workspace)
    run_git("commit", "--quiet", "--message", "Recipes", cwd=workspace)
    run_git("clone", "--quiet", "--depth=1", f"file://{workspace}", "cut", cwd=tmp_path)
    assert run(["-C", str(tmp_path / "cut"), "doctor"]) == 1
    assert "the history of this clone was cut off" in capsys.readouterr().out
