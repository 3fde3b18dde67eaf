"""Commits that are fetched beside a clone, from real Git over HTTP."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from plainwork.errors import ForgeUnavailableError, RepositoryError
from plainwork.serving.practice_forge import PracticeForge
from plainwork.storage.fetched_objects import Remote, open_objects
from support.git import run_git
from support.practice import make_forge, open_topic

TOKEN = "practice-secret"  # noqa: S105 - nobody's


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[PracticeForge]:
    found = make_forge(tmp_path)
    with found.serve():
        yield found


@pytest.fixture
def clone(forge: PracticeForge, tmp_path: Path) -> Path:
    run_git("clone", "--quiet", _address(forge), str(tmp_path / "clone"), cwd=tmp_path)
    return tmp_path / "clone"


def _address(forge: PracticeForge) -> str:
    return f"{forge.url}/acme/operations.git"


def _everything(clone: Path) -> dict[str, bytes]:
    files = [path for path in clone.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes() for path in files}


def test_what_is_fetched_leaves_no_trace_in_the_clone(forge: PracticeForge, clone: Path) -> None:
    head = forge.pull(open_topic(forge)).head
    before = _everything(clone)
    with open_objects(clone) as objects:
        assert objects.find_missing((head,)) == (head,)
        objects.fetch(Remote(_address(forge), "x", TOKEN), (head,))
        assert objects.find_missing((head,)) == ()
        assert run_git("for-each-ref", cwd=objects.folder) == ""
    assert _everything(clone) == before
    assert not objects.folder.exists()


def test_what_the_clone_has_is_not_missing(clone: Path) -> None:
    tip = run_git("rev-parse", "HEAD", cwd=clone).strip()
    with open_objects(clone) as objects:
        assert objects.find_missing((tip, tip)) == ()


def test_one_head_that_is_gone_keeps_no_other_from_being_found(
    forge: PracticeForge, clone: Path
) -> None:
    head = forge.pull(open_topic(forge)).head
    gone = "0123456789" * 4
    with open_objects(clone) as objects:
        objects.fetch_old(Remote(_address(forge)), (gone, head, gone[::-1]))
        assert objects.find_missing((gone, head)) == (gone,)


def test_a_head_that_must_be_there_and_is_not_stops_everything(
    forge: PracticeForge, clone: Path
) -> None:
    with open_objects(clone) as objects, pytest.raises(ForgeUnavailableError):
        objects.fetch(Remote(_address(forge)), ("0123456789" * 4,))


def test_a_message_never_holds_the_token(forge: PracticeForge, clone: Path) -> None:
    remote = Remote(f"{forge.url}/acme/nothing.git", "x", TOKEN)
    assert TOKEN not in repr(remote)
    with open_objects(clone) as objects, pytest.raises(ForgeUnavailableError) as refused:
        objects.fetch(remote, ("0123456789" * 4,))
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("ext::sh -c touch% {}", id="command"),
        pytest.param("file://{}", id="file"),
        pytest.param("{}", id="path"),
        pytest.param("ssh://-oProxyCommand=touch%20{}/x", id="ssh option"),
        pytest.param("--upload-pack=touch {}", id="option"),
    ],
)
def test_threat_09_only_https_is_spoken(address: str, clone: Path, tmp_path: Path) -> None:
    target = tmp_path / "touched"
    with open_objects(clone) as objects, pytest.raises(ForgeUnavailableError):
        objects.fetch(Remote(address.format(target)), ("0123456789" * 4,))
    assert not target.exists()


def test_threat_09_no_hook_and_no_filter_of_the_clone_runs(
    forge: PracticeForge, clone: Path, tmp_path: Path
) -> None:
    mark = tmp_path / "ran"
    for name in ("post-checkout", "reference-transaction", "post-merge"):
        hook = clone / ".git/hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {mark}\n")
        hook.chmod(0o755)
    run_git("config", "filter.x.smudge", f"touch {mark}", cwd=clone)
    head = forge.pull(open_topic(forge)).head
    with open_objects(clone) as objects:
        objects.fetch(Remote(_address(forge)), (head,))
    assert not mark.exists()


def test_threat_11_a_shallow_clone_is_refused(forge: PracticeForge, tmp_path: Path) -> None:
    forge.commit("ada", "main", {"b.txt": b"b\n"}, "More")
    target = tmp_path / "shallow"
    run_git("clone", "--quiet", "--depth=1", _address(forge), str(target), cwd=tmp_path)
    with pytest.raises(RepositoryError, match="shallow"), open_objects(target):
        pass


def test_threat_64_a_malformed_object_is_not_taken(forge: PracticeForge, clone: Path) -> None:
    git = forge.folder / "acme/operations.git"
    blob = _object(git, "blob", b"x")
    tree = _object(git, "tree", b"100644 .git\0" + bytes.fromhex(blob))
    parent = forge.git.find("refs/heads/main")
    person = b"M <m@x.example> 1700000000 +0000"
    text = b"tree %b\nparent %b\nauthor %b\ncommitter %b\n\nx\n"
    commit = _object(git, "commit", text % (tree.encode(), parent.encode(), person, person))
    with open_objects(clone) as objects, pytest.raises(ForgeUnavailableError):
        objects.fetch(Remote(_address(forge)), (commit,))


def _object(git: Path, kind: str, data: bytes) -> str:
    command = ["git", "hash-object", "-w", "--literally", "-t", kind, "--stdin"]
    done = subprocess.run(command, cwd=git, input=data, check=True, capture_output=True)
    return done.stdout.decode().strip()
