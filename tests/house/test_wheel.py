"""What is installed elsewhere: a wheel, in a virtual environment of its own."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import plainwork

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that has the wheel, but not this checkout."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin/python"
    install = ("install", "--quiet", "--no-index", "--no-deps", str(wheel))
    _run(sys.executable, "-m", "pip", "--python", str(python), *install, cwd=folder)
    # The dependencies come from here. A path file in such a folder is not followed, so the
    # checkout, which is installed through one, stays out.
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "bin"


@pytest.mark.parametrize("folder", ["templates", "site"])
def test_the_wheel_carries_what_the_checkout_has(wheel: Path, folder: str) -> None:
    files = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()
    }
    prefix = "plainwork/_data/"
    with zipfile.ZipFile(wheel) as archive:
        packed = {name.removeprefix(prefix) for name in archive.namelist()}
    assert files <= packed


def test_the_wheel_carries_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        top = {name.split("/")[0] for name in archive.namelist()}
    assert top == {"plainwork", f"plainwork-{plainwork.__version__}.dist-info"}


def test_an_installed_plainwork_tells_its_version(scripts: Path, tmp_path: Path) -> None:
    version = _run(str(scripts / "plainwork"), "--version", cwd=tmp_path)
    assert version == f"plainwork {plainwork.__version__}\n"


def test_an_installed_plainwork_finds_its_templates(scripts: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "work space"
    _run(str(scripts / "plainwork"), "init", str(workspace), "--template", "minimal", cwd=tmp_path)
    _run(str(scripts / "plainwork"), "check", cwd=workspace)


def test_an_installed_plainwork_finds_its_examples(scripts: Path, tmp_path: Path) -> None:
    explained = _run(str(scripts / "plainwork"), "explain", "unknown-state", cwd=tmp_path)
    assert "status: doin" in explained


def test_what_the_demo_says_to_try_next_finds_plainwork(
    scripts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = os.environ["PATH"].split(os.pathsep)
    elsewhere = [folder for folder in folders if not (Path(folder) / "plainwork").exists()]
    monkeypatch.setenv("PATH", os.pathsep.join(elsewhere))
    screen = _run(str(scripts / "plainwork"), "demo", cwd=tmp_path).splitlines()
    (way,) = (line.partition(": ")[2] for line in screen if line.startswith("Try next"))
    assert "Nordlicht" in _run("sh", "-c", f"{way} && plainwork status", cwd=tmp_path)


def _run(*command: str, cwd: Path) -> str:
    process = subprocess.run(command, cwd=cwd, check=False, capture_output=True, text=True)
    assert process.returncode == 0, process.stderr + process.stdout
    return process.stdout
