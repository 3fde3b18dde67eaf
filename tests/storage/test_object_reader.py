"""One process that reads objects: answers are never taken for others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from plainwork.errors import RepositoryError
from plainwork.storage.scratch import DeadlineError, Scratch, open_scratch
from support.git import make_repository, run_git

TEXTS = {"a": "one\n", "b": "two\nlines", "c": "", "d": "x" * 200_000}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository(TEXTS, tmp_path / "repository")


@pytest.fixture
def scratch(root: Path) -> Iterator[Scratch]:
    with open_scratch(root) as scratch:
        yield scratch


@pytest.fixture
def oids(root: Path) -> list[str]:
    return [run_git("rev-parse", f"HEAD:{name}", cwd=root).strip() for name in TEXTS]


ALL = [text.encode() for text in TEXTS.values()]


def test_it_answers_again_and_again(scratch: Scratch, oids: list[str]) -> None:
    for _ in range(3):
        assert list(scratch.read_blobs(oids)) == ALL
        assert list(scratch.blob_sizes(oids[::-1])) == [len(text) for text in ALL[::-1]]
    assert list(scratch.read_blobs([oids[0]] * 5_000)) == ALL[:1] * 5_000


def test_questions_in_between_get_their_own_answers(scratch: Scratch, oids: list[str]) -> None:
    inside = [
        (data, list(scratch.blob_sizes([oids[1]])), list(scratch.read_blobs(oids[::-1])))
        for data in scratch.read_blobs(oids)
    ]
    assert inside == [(text, [len(ALL[1])], ALL[::-1]) for text in ALL]


def test_what_nobody_read_on_is_no_answer_to_the_next_question(
    scratch: Scratch, oids: list[str]
) -> None:
    blobs = scratch.read_blobs(oids)
    assert next(blobs) == ALL[0]
    assert list(scratch.read_blobs([oids[1]])) == [ALL[1]]
    del blobs
    assert list(scratch.read_blobs([oids[2], oids[0]])) == [ALL[2], ALL[0]]


@pytest.mark.parametrize("missing", ["0" * 40, "tree"])
def test_threat_11_what_is_no_blob_that_is_there_is_an_error_and_no_more(
    scratch: Scratch, root: Path, oids: list[str], missing: str
) -> None:
    tree = run_git("rev-parse", "HEAD^{tree}", cwd=root).strip()
    asked = [oids[0], tree if missing == "tree" else missing, oids[1]]
    with pytest.raises(RepositoryError, match="no blob that is there"):
        list(scratch.read_blobs(asked))
    assert list(scratch.read_blobs(oids)) == ALL


def test_a_commit_is_read_as_it_is_stored(scratch: Scratch, root: Path, oids: list[str]) -> None:
    head = run_git("rev-parse", "HEAD", cwd=root).strip()
    assert scratch.read_commit(head) == run_git("cat-file", "commit", head, cwd=root).encode()
    with pytest.raises(RepositoryError, match="no commit that is there"):
        scratch.read_commit(oids[0])


def test_threat_64_answers_end_with_the_deadline(scratch: Scratch, oids: list[str]) -> None:
    blobs = scratch.read_blobs(oids)
    assert next(blobs) == ALL[0]
    scratch.restart(seconds=0)
    with pytest.raises(DeadlineError):
        list(blobs)
    with pytest.raises(DeadlineError):
        list(scratch.read_blobs(oids))
    scratch.restart()
    assert list(scratch.read_blobs(oids)) == ALL


def test_nothing_runs_on(root: Path, oids: list[str]) -> None:
    with open_scratch(root) as scratch:
        assert list(scratch.read_blobs(oids)) == ALL
        process = scratch._objects._idle._process  # type: ignore[union-attr]
        assert process.poll() is None
    assert process.poll() is not None
