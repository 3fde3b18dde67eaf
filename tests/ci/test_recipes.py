"""What runs plainwork on a forge: the action, the recipes and this project's own workflows.

Each is judged by those who publish its format, by zizmor at its strictest, and by what must never
stand in it: a script made of what others wrote, a checkout of what they propose, a way to be
skipped.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import plainwork
from plainwork.plans.recipe_source import Source
from plainwork.plans.recipes import RECIPES, Place, render_recipes
from plainwork.storage.templates import load_recipes

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(sys.executable).parent
ACTION = ROOT / "action.yml"
OWN = sorted((ROOT / ".github/workflows").glob("*.yml"))

PLACE = Place(Source(f"plainwork=={plainwork.__version__}"), "main", "work/space")


def _filled(forge: str) -> dict[str, str]:
    recipes = render_recipes(load_recipes(forge), PLACE)
    return {path: data.decode() for path, data in recipes.items()}


WORKFLOWS = {
    **{path: text for forge in ("github", "forgejo") for path, text in _filled(forge).items()},
    **{path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in OWN},
}
BASES = (
    "${{ github.event.merge_group.base_ref }}",
    "${{ github.event.pull_request.base.sha }}",
)
"""What is merged into."""

RECIPE_PATHS = [path for path in WORKFLOWS if "plainwork-" in path]


class _Plain(yaml.SafeLoader):
    """Reads `on` as text, as forges do."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _read(text: str) -> Any:
    return yaml.load(text, _Plain)  # noqa: S506 - a safe loader that reads fewer words as values


def _steps(document: Any) -> Iterator[dict[str, Any]]:
    if "runs" in document:
        yield from document["runs"]["steps"]
    for job in document.get("jobs", {}).values():
        yield from job["steps"]


def _run(*arguments: str) -> str:
    process = subprocess.run(arguments, check=False, capture_output=True, text=True)
    return "" if process.returncode == 0 else process.stdout + process.stderr


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that runs on a forge, as files."""
    folder = tmp_path_factory.mktemp("recipes")
    texts = {**WORKFLOWS, **_filled("gitlab"), "action.yml": ACTION.read_text(encoding="utf-8")}
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_zizmor_finds_nothing(filled: Path) -> None:
    # Without its own folder, what it ignores would be looked for in this project's settings.
    options = ("--offline", "--no-config", "--persona=pedantic", "--quiet")
    # Named one by one: of folders it would look into `.github` alone.
    files = [str(filled / path) for path in ("action.yml", *WORKFLOWS)]
    assert _run(str(SCRIPTS / "zizmor"), *options, *files) == ""


def test_zizmor_would_find_something(filled: Path, tmp_path: Path) -> None:
    gate = filled / ".github/workflows/plainwork-gate.yml"
    bad = tmp_path / "bad.yml"
    bad.write_text(gate.read_text(encoding="utf-8").replace("zizmor: ignore", ""), encoding="utf-8")
    options = ("--offline", "--no-config", "--persona=pedantic", "--quiet")
    assert "dangerous-triggers" in _run(str(SCRIPTS / "zizmor"), *options, str(bad))


def test_only_dangerous_triggers_are_ignored_and_why() -> None:
    for path, text in WORKFLOWS.items():
        for ignored, reason in re.findall(r"zizmor: ignore\[([^]]*)\]([^\n]*)", text):
            assert ignored == "dangerous-triggers", path
            assert "nothing of" in reason, path


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        pytest.param("vendor.github-workflows", ".github/workflows/*.yml", id="github"),
        pytest.param("vendor.github-actions", "action.yml", id="action"),
        pytest.param("vendor.gitlab-ci", ".gitlab/*.yml", id="gitlab"),
    ],
)
def test_the_published_schema_holds(schema: str, pattern: str, filled: Path) -> None:
    files = [str(path) for path in sorted(filled.glob(pattern))]
    assert files
    options = ("--builtin-schema", schema, "--no-cache")
    assert _run(str(SCRIPTS / "check-jsonschema"), *options, *files) == ""


@pytest.mark.parametrize("path", ["action.yml", *WORKFLOWS])
def test_threat_08_every_action_is_pinned_by_its_commit(path: str, filled: Path) -> None:
    text = (filled / path).read_text(encoding="utf-8")
    used = [line for line in text.splitlines() if re.match(r"\s*(?:- )?uses:", line)]
    for line in used:
        assert re.search(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_an_action_has_one_pin_wherever_it_is_used(filled: Path) -> None:
    pins: dict[str, set[str]] = {}
    for path in filled.rglob("*.yml"):
        text = path.read_text(encoding="utf-8")
        for name, pin in re.findall(r"(?m)^ *(?:- )?uses: ([^@]+)@(.+)", text):
            pins.setdefault(name, set()).add(pin)
    assert {name: len(found) for name, found in pins.items()} == dict.fromkeys(pins, 1)


@pytest.mark.parametrize("forge", ["gitlab", "forgejo"])
def test_threat_08_jobs_without_actions_pin_the_image_and_the_version(forge: str) -> None:
    for text in _filled(forge).values():
        images = re.findall(r"image: (\S+)", text)
        assert images
        assert all(re.fullmatch(r"\S+@sha256:[0-9a-f]{64}", image) for image in images)
        assert f'install --quiet "plainwork=={plainwork.__version__}"' in text


@pytest.mark.parametrize("path", ["action.yml", ".gitlab/plainwork.yml", *RECIPE_PATHS])
def test_threat_08_no_module_of_the_workspace_is_imported(path: str, filled: Path) -> None:
    text = re.sub(r"(?m)^ *#.*$", "", (filled / path).read_text(encoding="utf-8"))
    for options in re.findall(r"python3?\"? (-[^\n]*)", text):
        assert options.startswith("-I "), options


@pytest.mark.parametrize("path", ["action.yml", *WORKFLOWS])
def test_threat_09_no_script_is_made_of_what_others_wrote(path: str, filled: Path) -> None:
    for step in _steps(_read((filled / path).read_text(encoding="utf-8"))):
        assert "${{" not in step.get("run", "")


def test_threat_09_gitlab_fetches_nothing_of_the_merge_request_by_itself() -> None:
    (text,) = _filled("gitlab").values()
    assert _read(text)[".plainwork"]["variables"]["GIT_STRATEGY"] == "none"
    assert "CI_MERGE_REQUEST_SOURCE" not in text


@pytest.mark.parametrize("path", WORKFLOWS)
def test_threat_09_nothing_of_the_pull_request_is_checked_out(path: str) -> None:
    document = _read(WORKFLOWS[path])
    for step in _steps(document):
        given = step.get("with", {})
        if step.get("uses", "").startswith("actions/checkout@"):
            assert given.get("persist-credentials") == "false"
            ref = given.get("ref", "")
            assert ref in ("", *BASES)
            assert "repository" not in given
        assert "actions/download-artifact" not in step.get("uses", "")
    # A group of the queue holds what is proposed, and so does what a forge merges to try it: there,
    # the default would be just that.
    if path in RECIPE_PATHS and {"merge_group", "pull_request"} & document["on"].keys():
        assert any(f"ref: {base}\n" in WORKFLOWS[path] for base in BASES)


@pytest.mark.parametrize("path", RECIPE_PATHS)
def test_threat_59_no_recipe_can_be_skipped(path: str) -> None:
    document = _read(WORKFLOWS[path])
    for event in document["on"].values():
        assert not isinstance(event, dict) or not {"paths", "paths-ignore"} & set(event)
    for job in document["jobs"].values():
        assert "if" not in job
        assert "continue-on-error" not in job
    assert all("if" not in step for step in _steps(document))


@pytest.mark.parametrize("path", RECIPE_PATHS)
def test_threat_59_no_job_bears_the_name_of_the_check(path: str) -> None:
    # The check `plainwork` is set by plainwork alone: a job of that name would answer for it.
    for name, job in _read(WORKFLOWS[path])["jobs"].items():
        assert "plainwork" not in (name, job["name"])


def test_threat_59_no_job_of_gitlab_bears_the_name_of_the_status() -> None:
    (text,) = _filled("gitlab").values()
    jobs = {name: job for name, job in _read(text).items() if name.startswith("plainwork")}
    assert jobs.keys() == {f"plainwork-{each}" for each in ("gate", "reconcile", "audit", "tick")}
    assert all("allow_failure" not in job and "when" not in job for job in jobs.values())


@pytest.mark.parametrize("forge", ["github", "forgejo"])
def test_threat_56_a_run_that_has_begun_ends_with_a_verdict(forge: str) -> None:
    for path, text in _filled(forge).items():
        concurrency = _read(text)["concurrency"]
        if "plainwork gate" in text or "command: gate" in text:
            assert concurrency["cancel-in-progress"] == "false", path


def test_threat_60_the_merge_queue_is_decided_from_the_branch_it_merges_into() -> None:
    queue = _read(WORKFLOWS[".github/workflows/plainwork-queue.yml"])
    assert queue["on"] == {"merge_group": {"types": ["checks_requested"]}}


def test_threat_61_reviews_of_forks_ring_and_the_clock_reconciles() -> None:
    bell = _read(WORKFLOWS[".github/workflows/plainwork-review.yml"])
    assert bell["on"] == {"pull_request_review": {"types": ["submitted", "edited", "dismissed"]}}
    reconcile = _read(WORKFLOWS[".github/workflows/plainwork-reconcile.yml"])
    assert reconcile["on"]["workflow_run"]["workflows"] == [bell["name"]]
    assert reconcile["on"]["schedule"]
    assert "github.event.workflow_run" not in WORKFLOWS[".github/workflows/plainwork-reconcile.yml"]
    forgejo = _read(_filled("forgejo")[".forgejo/workflows/plainwork-reconcile.yml"])
    assert forgejo["on"]["schedule"]


def test_threat_61_every_event_that_can_turn_the_verdict_is_heard() -> None:
    gate = _read(WORKFLOWS[".github/workflows/plainwork-gate.yml"])
    types = gate["on"]["pull_request_target"]["types"]
    draft = {"ready_for_review", "converted_to_draft"}
    assert set(types) == {"opened", "synchronize", "reopened", "edited"} | draft


def test_threat_65_no_recipe_may_approve_or_merge_a_pull_request() -> None:
    writes = {
        path: {
            permission
            for job in _read(text)["jobs"].values()
            for permission, access in job["permissions"].items()
            if access == "write"
        }
        for path, text in _filled("github").items()
    }
    names = {path.rpartition("plainwork-")[2].removesuffix(".yml"): w for path, w in writes.items()}
    assert names == {
        "gate": {"checks"},
        "queue": {"checks"},
        "reconcile": {"checks"},
        "review": set(),
        "audit": {"contents"},
        "tick": {"contents", "pull-requests"},  # no event of a pull request starts it
        "site": {"pages", "id-token"},  # nor this
        "preview": set(),
    }
    for text in _filled("github").values():
        assert _read(text)["permissions"] == {}


@pytest.mark.parametrize("path", [path for path in WORKFLOWS if "plainwork-tick" in path])
def test_what_tick_does_no_pull_request_starts(path: str) -> None:
    assert _read(WORKFLOWS[path])["on"].keys() == {"schedule"}


@pytest.mark.parametrize("path", [path for path in WORKFLOWS if path.endswith("site.yml")])
def test_what_is_published_no_pull_request_starts(path: str) -> None:
    assert _read(WORKFLOWS[path])["on"].keys() == {"push", "schedule"}


def test_what_anybody_may_read_is_what_is_published() -> None:
    audience = _read(ACTION.read_text(encoding="utf-8"))["inputs"]["audience"]
    assert audience["default"] == "public"
    assert "audience" not in WORKFLOWS[".github/workflows/plainwork-site.yml"]
    forgejo = WORKFLOWS[".forgejo/workflows/plainwork-site.yml"]
    assert re.findall(r"site build .*?--audience (\w+)", forgejo) == ["public"]
    (gitlab,) = _filled("gitlab").values()
    assert "--audience public" in " ".join(_read(gitlab)["pages"]["script"])


def test_a_preview_may_write_nothing_and_runs_for_forks() -> None:
    preview = _read(WORKFLOWS[".github/workflows/plainwork-preview.yml"])
    assert preview["on"].keys() == {"pull_request"}
    assert preview["jobs"]["preview"]["permissions"] == {"contents": "read"}
    assert "secrets" not in WORKFLOWS[".github/workflows/plainwork-preview.yml"]
    (gitlab,) = _filled("gitlab").values()
    job = _read(gitlab)["preview"]
    assert job["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert not any("git push" in line or "checkout" in line for line in job["script"])


def test_a_preview_without_artifacts_is_a_branch_that_the_base_writes() -> None:
    text = WORKFLOWS[".forgejo/workflows/plainwork-preview.yml"]
    preview = _read(text)
    assert preview["on"].keys() == {"pull_request_target"}
    assert not any("uses" in step for step in _steps(preview))
    assert re.findall(r"site build .*?--audience (\w+)", text) == ["public"]


@pytest.mark.parametrize("forge", RECIPES)
def test_every_placeholder_is_filled(forge: str) -> None:
    for text in _filled(forge).values():
        assert not re.search(r"(?<!\$)\{\{", text)
        assert text.endswith("\n")


def test_the_action_installs_what_the_project_needs_by_hash() -> None:
    import tomllib

    locked = (ROOT / ".ci/requirements.txt").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    names = {re.split(r"[<>=!\[]", line)[0].lower() for line in needed}
    pinned = set(re.findall(r"^([a-z0-9_.-]+)==\S+ ", locked, re.MULTILINE))
    assert names <= pinned
    assert all("--hash=sha256:" in entry for entry in locked.split("\n\n") if "==" in entry)


def test_the_script_of_the_action_is_sound() -> None:
    assert _run("bash", "-n", str(ROOT / ".ci/action")) == ""
