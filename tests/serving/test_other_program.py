"""A site is the work of the plainwork that builds it, whatever another one has left."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import plainwork
from support.site import read_site
from support.small import make_small_workspace

_SOURCE = Path(plainwork.__file__).parents[2]


def _change_module(program: Path) -> None:
    _replace(program / "src/plainwork/site/pages/about.py", "About", "Of")


def _change_version(program: Path) -> None:
    _replace(program / "src/plainwork/__init__.py", '"0.', '"7.')


def _change_template(program: Path) -> None:
    _replace(program / "site/templates/about.html", "<dt>", "<dt><b></b>")


def _change_style(program: Path) -> None:
    _replace(next((program / "site").rglob("site.css")), "{", "{ ")


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_a_build_of_another_plainwork_equals_a_full_one(tmp_path: Path) -> None:
    program = tmp_path / "program"
    for name in ("src", "site"):
        shutil.copytree(_SOURCE / name, program / name)
    root = make_small_workspace(tmp_path / "ws")
    last = _build(program, root, tmp_path / "site")
    for change in (_change_module, _change_version, _change_template, _change_style):
        change(program)
        built = _build(program, root, tmp_path / "site")
        assert built == _build(program, root, tmp_path / change.__name__) != last
        last = built


def _build(program: Path, root: Path, output: Path) -> dict[str, bytes]:
    command = [sys.executable, "-m", "plainwork", "-C", str(root), "site", "build"]
    environment = {"PYTHONPATH": str(program / "src"), "PATH": os.environ["PATH"]}
    subprocess.run(
        [*command, "--output", output, "--today", "2026-03-02"], check=False, env=environment
    )
    return dict(read_site(output))
