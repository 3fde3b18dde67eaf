"""The preview for Forgejo, run as its runner runs it, against a repository and an API."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml

from plainwork.plans.recipe_source import Source
from plainwork.plans.recipes import Place, render_recipes
from plainwork.storage.templates import load_recipes
from support.archive import unpack
from support.git import commit_files, make_repository, run_git
from support.small import WORKSPACE

RECIPE = ".forgejo/workflows/plainwork-preview.yml"
REPOSITORY = "acme/work"


class Api(BaseHTTPRequestHandler):
    """Takes commit statuses."""

    taken: ClassVar[list[tuple[str, str, Any]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.taken.append((self.path, self.headers["Authorization"], body))
        self.send_response(201)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def api() -> Iterator[str]:
    Api.taken.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Api) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def forge(tmp_path: Path) -> Path:
    """A forge's repository, with pull request 3, whose work is public."""
    root = make_repository(unpack(WORKSPACE), tmp_path / "clone")
    bare = tmp_path / f"forge/{REPOSITORY}.git"
    run_git("clone", "--quiet", "--bare", str(root), str(bare), cwd=tmp_path)
    title = "---\ntitle: Proposed\nworkflow: task\nstatus: todo\nvisibility: public\n---\n"
    commit_files({"work/new.md": title}, root, "Propose")
    run_git("push", "--quiet", str(bare), "HEAD:refs/pull/3/head", cwd=root)
    return bare


def run_recipe(state: str, api: str, forge: Path, folder: Path) -> None:
    place = Place(Source("plainwork==0.1.0"), "main", ".")
    recipe = render_recipes(load_recipes("forgejo"), place)[RECIPE].decode()
    script = yaml.safe_load(recipe)["jobs"]["preview"]["steps"][-1]["run"]
    programs = folder / "plainwork/bin"
    programs.mkdir(parents=True)
    for name, arguments in (("plainwork", "-m plainwork"), ("python", "")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
        program.chmod(0o755)
    settings = folder / "gitconfig"
    settings.write_text(f'[url "file://{forge.parents[1]}"]\n\tinsteadOf = {api}\n')
    environment = os.environ | {
        "GIT_CONFIG_GLOBAL": str(settings),
        "GITHUB_SERVER_URL": api,
        "GITHUB_REPOSITORY": REPOSITORY,
        "PLAINWORK_TOKEN": "token-of-the-job",
        "PULL": "3",
        "STATE": state,
    }
    subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script.replace("/opt", str(folder))],
        check=True,
        env=environment,
    )


def test_a_pull_request_has_a_preview_until_it_is_closed(
    api: str, forge: Path, tmp_path: Path
) -> None:
    run_recipe("open", api, forge, tmp_path / "first")
    files = run_git("ls-tree", "-r", "--name-only", "preview-3", cwd=forge).splitlines()
    assert {"index.html", "work/new.html", "assets/site.css"} <= set(files)
    assert not {".gitignore", ".plainwork-files"} & set(files)
    assert run_git("rev-list", "--count", "preview-3", cwd=forge).strip() == "1"
    head = run_git("rev-parse", "refs/pull/3/head", cwd=forge).strip()
    ((place, token, status),) = Api.taken
    assert place == f"/api/v1/repos/{REPOSITORY}/statuses/{head}"
    assert token == "token token-of-the-job"  # noqa: S105 - it is none
    assert status["state"] == "success"
    assert status["target_url"] == f"{api}/{REPOSITORY}/archive/preview-3.zip"
    run_recipe("closed", api, forge, tmp_path / "second")
    assert "preview-3" not in run_git("branch", "--all", cwd=forge)
    run_recipe("closed", api, forge, tmp_path / "third")
    assert len(Api.taken) == 1
