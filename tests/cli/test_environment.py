"""Whatever surrounds a command: one clear line, or an answer; never a traceback or a hang."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.git import run_git
from support.small import make_small_workspace

READING = (["list"], ["status"], ["next"], ["check"], ["show", "a"], ["owners"], ["board"])
WRITING = (
    ["set", "a", "title=New"],
    ["new", "task", "New", "--commit"],
    ["move", "a", "doing"],
    ["record", "update", "a", "-m", "New"],
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_small_workspace(tmp_path / "ws")


def run(
    *arguments: str, cwd: Path, **environment: str | None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process of its own; an environment variable of None is unset."""
    variables = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, "-m", "plainwork", *arguments],
        cwd=cwd,
        env={name: value for name, value in variables.items() if value is not None},
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


def assert_polite(done: subprocess.CompletedProcess[bytes], *codes: int) -> None:
    """A known exit code, no traceback, and a reason if it failed."""
    told = done.stdout + done.stderr
    assert b"Traceback" not in told, told.decode()
    assert b"internal error" not in told, told.decode()
    assert done.returncode in codes, told.decode()
    assert told or not done.returncode


@pytest.mark.parametrize("command", [*READING, *WRITING], ids=" ".join)
def test_without_home_without_locale_without_git_configuration(
    workspace: Path, command: list[str]
) -> None:
    done = run(*command, cwd=workspace, HOME=None, LANG="C", LC_ALL="C", PYTHONUTF8="0")
    assert_polite(done, 0, 1)


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_an_encoding_that_knows_no_dashes(workspace: Path, command: list[str]) -> None:
    (workspace / "work/a.md").write_text(
        "---\ntitle: Ä 漢字 🚀\nworkflow: task\nstatus: todo\n---\n", encoding="utf-8"
    )
    done = run(*command, cwd=workspace, PYTHONIOENCODING="ascii")
    assert_polite(done, 0, 1)


@pytest.mark.parametrize("command", [*READING, *WRITING], ids=" ".join)
def test_without_git_on_the_path(workspace: Path, command: list[str], tmp_path: Path) -> None:
    done = run(*command, cwd=workspace, PATH=str(tmp_path))
    assert_polite(done, 0, 1, 2)


@pytest.mark.parametrize("command", [*READING, *WRITING], ids=" ".join)
def test_outside_of_git(workspace: Path, command: list[str]) -> None:
    shutil.rmtree(workspace / ".git")
    assert_polite(run(*command, cwd=workspace), 0, 1, *([2] if "--commit" in command else []))


@pytest.mark.parametrize("command", [["status"], ["flow"]], ids=" ".join)
def test_settings_that_cannot_be_taken_at_their_word(workspace: Path, command: list[str]) -> None:
    (workspace / "plainwork.toml").write_text('[workspace]\ntimezone = "Mars/Base"\n')
    done = run(*command, cwd=workspace)
    assert done.returncode == 0
    assert b"plainwork.toml has errors: `plainwork check` says which" in done.stderr


@pytest.mark.parametrize("command", [*READING, *WRITING], ids=" ".join)
def test_a_repository_without_a_commit(workspace: Path, command: list[str]) -> None:
    shutil.rmtree(workspace / ".git")
    run_git("init", "--quiet", cwd=workspace)
    assert_polite(run(*command, cwd=workspace), 0, 1)


@pytest.mark.parametrize("command", [*READING, *WRITING], ids=" ".join)
@pytest.mark.parametrize("broken", ["HEAD", "objects", "refs", "config"])
def test_a_corrupt_repository(workspace: Path, command: list[str], broken: str) -> None:
    place = workspace / ".git" / broken
    if place.is_dir():
        shutil.rmtree(place)
    place.write_bytes(b"\xff\x00 garbage")
    assert_polite(run(*command, cwd=workspace), 0, 1, 2)


def test_a_shallow_clone(workspace: Path, tmp_path: Path) -> None:
    source = f"file://{workspace}"
    run_git("clone", "--quiet", "--depth=1", source, str(tmp_path / "clone"), cwd=tmp_path)
    for command in (*READING, *WRITING):
        assert_polite(run(*command, cwd=tmp_path / "clone"), 0, 1)


def test_a_bare_repository(workspace: Path, tmp_path: Path) -> None:
    run_git("clone", "--quiet", "--bare", str(workspace), str(tmp_path / "bare"), cwd=tmp_path)
    done = run("list", cwd=tmp_path / "bare")
    assert_polite(done, 2)
    assert b"no plainwork.toml" in done.stderr


@pytest.mark.parametrize("name", ["with blanks", "quo'te\"s", "emoji 🚀 漢", "-dash", "a;b$c&d"])
def test_a_workspace_path_of_any_kind(tmp_path: Path, name: str) -> None:
    workspace = make_small_workspace(tmp_path / name)
    assert b"Alpha" in run("-C", str(workspace), "list", cwd=tmp_path).stdout
    for command in (*READING, *WRITING):
        assert_polite(run(*command, cwd=workspace), 0, 1)


def test_a_folder_that_has_been_removed(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    program = (
        "import os, sys\n"
        "os.rmdir(os.getcwd())\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'plainwork', 'list'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=gone, check=False, capture_output=True, timeout=60
    )
    assert_polite(done, 2)


@pytest.mark.parametrize("command", [["list"], ["--help"], ["check"]], ids=" ".join)
def test_a_closed_pipe(workspace: Path, command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "plainwork", *command],
            cwd=workspace,
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
    assert done.stderr == b""


@pytest.mark.parametrize(("error", "code"), [("KeyboardInterrupt", 130), ("RuntimeError", 2)])
def test_what_was_said_before_the_end_is_not_lost(error: str, code: int, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from plainwork.cli import app\n"
        "def dispatch(arguments):\n"
        "    sys.stdout.write('said')\n"
        f"    raise {error}\n"
        "app._dispatch = dispatch\n"
        "app.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, check=False, capture_output=True, timeout=60
    )
    assert (done.stdout, done.returncode) == (b"said", code)


@pytest.mark.parametrize("command", [["list"], ["--help"], ["check"]], ids=" ".join)
def test_a_full_disk_behind_standard_output(workspace: Path, command: list[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.fail("this system has no /dev/full to write to")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "plainwork", *command],
            cwd=workspace,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.fixture
def open_workspace() -> Iterator[Path]:
    """A workspace that everybody can reach, unlike pytest's own folders."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield make_small_workspace(folder / "ws")
    shutil.rmtree(folder)


def run_starved(workspace: Path, starve: str, command: list[str]) -> tuple[int, str, str]:
    """Run a command after something has been taken from its process.

    It is first run without effect, because a process that has become nobody may be unable to read
    Python's own folder.
    """
    program = (
        "import os, resource, sys\n"
        "from plainwork.cli.app import run\n"
        "import plainwork.storage.apply, plainwork.cli.changing\n"
        "run([*sys.argv[1:], '--dry-run'])\n"
        "print('=====', flush=True)\n"
        f"{starve}\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command],
        cwd=workspace,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout.partition("=====\n")[2], done.stderr


def contents(workspace: Path) -> dict[str, bytes]:
    files = (path for path in workspace.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path): path.read_bytes() for path in files}


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_a_folder_that_must_not_be_written(open_workspace: Path, command: list[str]) -> None:
    """The superuser may write everywhere, so if that is who runs the tests, it becomes nobody."""
    before = contents(open_workspace)
    for folder in (open_workspace, *open_workspace.rglob("*")):
        if folder.is_dir():
            folder.chmod(0o555)
    become_nobody = "if os.geteuid() == 0: os.setuid(65534)"
    code, output, error = run_starved(open_workspace, become_nobody, command)
    for folder in (open_workspace, *open_workspace.rglob("*")):
        if folder.is_dir():
            folder.chmod(0o755)
    assert (code, output) == (2, ""), error
    assert "Permission denied" in error
    assert "Traceback" not in error
    assert contents(open_workspace) == before


@pytest.mark.parametrize("limit", [0, 10, 90, 1000])
@pytest.mark.parametrize("command", WRITING[:1] + WRITING[2:], ids=" ".join)
def test_a_disk_that_fills_up(workspace: Path, command: list[str], limit: int) -> None:
    """A limit on the size of files: to the system that is a disk that fills up meanwhile."""
    before = contents(workspace)
    starve = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    code, output, error = run_starved(workspace, starve, command)
    assert "Traceback" not in error
    assert "internal error" not in error
    if code:
        assert (code, output) == (2, "")
        assert "File too large" in error
        assert contents(workspace) == before
    assert_polite(run("set", "c", "reason=Later", cwd=workspace), 0)
    assert not list(workspace.rglob(".plainwork-*"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe\x00", id="no text"),
        pytest.param(b"[workspace", id="syntax"),
        pytest.param(b"a = " + b"[" * 25_000, id="deep"),
        pytest.param(b'[workspace]\ntimezone = "Mars/Olympus"\n', id="no such zone"),
        pytest.param(b"[folders]\nitems = ['../elsewhere', '/etc']\n", id="leaves the workspace"),
        pytest.param(b"x" * 2_000_000, id="too large"),
    ],
)
def test_settings_of_any_kind(workspace: Path, text: bytes) -> None:
    (workspace / "plainwork.toml").write_bytes(text)
    for command in READING:
        assert_polite(run(*command, cwd=workspace), 0, 1, 2)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"---\n" + b"[" * 25_000 + b"\n---\n", id="25 kB of brackets"),
        pytest.param(b"---\n" + b"k" * 1_000_000 + b": v\n---\n", id="1 MB of one key"),
        pytest.param(
            b"---\na: &a [x]\n"
            + b"".join(b"b%d: &b%d [*a, *a]\n" % (n, n) for n in range(50))
            + b"---\n",
            id="alias bomb",
        ),
        pytest.param(b"---\ntitle: " + b"x" * 3_000_000, id="3 MB"),
        pytest.param(b"\x00" * 10_000, id="zeros"),
    ],
)
def test_documents_of_any_kind(workspace: Path, text: bytes) -> None:
    for folder in ("work", "people", "workflows", "policies", "records"):
        (workspace / folder).mkdir(exist_ok=True)
        (workspace / folder / "bad.md").write_bytes(text)
    for command in READING:
        done = run(*command, cwd=workspace)
        assert_polite(done, 0, 1, 2)
    assert b"work/bad.md" in run("check", cwd=workspace).stdout
