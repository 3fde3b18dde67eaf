"""The index file and the store of documents: whatever happens to them, no command notices."""

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from plainwork.storage.cache_file import write_cache
from plainwork.storage.document_store import DocumentStore
from plainwork.storage.index import Index
from plainwork.storage.sealed import DamagedIndexError, seal

PARTS = {"one": [seal(b"first")], "many": [seal(b"a"), seal(b"bc"), seal(b"")], "none": []}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Index(tmp_path / "state").write(PARTS)
    return tmp_path / "state"


def test_parts_and_pieces(folder: Path) -> None:
    index = Index(folder)
    assert bytes(index.read("one")) == b"first"
    assert index.holds("one", b"first")
    assert not index.holds("one", b"First")
    assert not index.holds("other", b"")
    assert bytes(index.read_piece("many", 5, 11)) == b"bc"
    assert bytes(index.read_piece("many", 11, 15)) == b""


@pytest.mark.parametrize(
    "ask",
    [
        lambda index: index.read("other"),
        lambda index: index.read("none"),
        lambda index: index.read_piece("many", 0, 6),
        lambda index: index.read_piece("many", 5, 99),
        lambda index: index.read_piece("many", -5, 5),
    ],
)
def test_what_is_not_there(folder: Path, ask: Callable[[Index], object]) -> None:
    with pytest.raises(DamagedIndexError):
        ask(Index(folder))


def test_whoever_has_an_index_open_keeps_it(folder: Path) -> None:
    index = Index(folder)
    Index(folder).write({"one": [seal(b"second")]})
    assert bytes(index.read("one")) == b"first"
    assert bytes(index.read_piece("many", 0, 5)) == b"a"
    assert bytes(Index(folder).read("one")) == b"second"
    Index(folder).discard()
    assert bytes(index.read("one")) == b"first"
    with pytest.raises(DamagedIndexError):
        Index(folder).read("one")


@pytest.mark.parametrize("seed", range(60))
def test_no_damage_is_read(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    file = folder / "index"
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice([1, 1, 5])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    file.write_bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])
    index = Index(folder)
    for name, start, end, right in (("one", 0, 9, b"first"), ("many", 5, 11, b"bc")):
        with suppress(DamagedIndexError):
            assert bytes(index.read_piece(name, start, end)) == right


def test_many_who_write_at_once(folder: Path) -> None:
    def write(number: int) -> None:
        Index(folder).write({"one": [seal(bytes([number])) for _ in range(20_000)]})
        assert len(bytes(Index(folder).read_piece("one", 0, 5))) == 1

    write(0)  # whoever finds another at work leaves the index as it is, in whatever shape
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(24)))
    index = Index(folder)
    pieces = {bytes(index.read_piece("one", n * 5, n * 5 + 5)) for n in range(20_000)}
    assert len(pieces) == 1


def test_a_draft_that_a_killed_process_left_is_written_over(folder: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path\n"
        "from plainwork.storage.cache_file import write_cache\n"
        "def parts():\n"
        "    yield b'x' * 1_000_000\n"
        "    os.kill(os.getpid(), 9)\n"
        "write_cache(Path(sys.argv[1]), parts())\n"
    )
    subprocess.run([sys.executable, "-c", program, str(folder / "index")], check=False)
    assert bytes(Index(folder).read("one")) == b"first"
    assert (folder / "index.new").stat().st_size >= 900_000
    Index(folder).write({"one": [seal(b"second")]})
    assert bytes(Index(folder).read("one")) == b"second"
    assert [file.name for file in folder.iterdir()] == ["index"]


def test_a_full_disk(tmp_path: Path) -> None:
    file = tmp_path / "cache"
    write_cache(file, [b"old"])
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from plainwork.storage.cache_file import write_cache\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "write_cache(Path(sys.argv[1]), [b'x' * 50_000] * 9)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(file)], check=True)
    assert file.read_bytes() == b"old"
    assert (tmp_path / "cache.new").stat().st_size < 60_000


# The store of documents


def test_documents_by_key(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path / "state")
    assert store.load([b"a"]) == [None]
    store.save({bytes([n]): bytes([n]) * n for n in range(200)})
    store.save({b"\x01": b"new"})
    keys = [bytes([n]) for n in (5, 250, 1, 0, 5)]
    assert store.load(keys) == [b"\x05" * 5, None, b"new", b"", b"\x05" * 5]
    many = [n.to_bytes(4, "big") for n in range(2000)]
    store.save({key: key for key in many})
    assert store.load(many) == many


def test_no_store_is_made_for_nothing(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path / "state")
    store.save({})
    store.load([b"a"])
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("text", [b"no database", b"", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "documents.sqlite").write_bytes(text)
    store = DocumentStore(tmp_path)
    assert store.load([b"a"]) == [None]
    store.save({b"a": b"1"})
    store.save({b"a": b"1"})
    assert store.load([b"a"]) == [b"1"]


def test_rows_that_somebody_else_has_written(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path)
    store.save({b"a": b"1", b"b": b"2", b"c": b"3", b"d": b"4"})
    with sqlite3.connect(tmp_path / "documents.sqlite") as database:
        database.execute("UPDATE document SET data = 'text' WHERE key = x'61'")
        database.execute("UPDATE document SET data = NULL WHERE key = x'62'")
        database.execute("UPDATE document SET data = x'00' WHERE key = x'63'")
    database.close()
    assert store.load([b"a", b"b", b"c", b"d"]) == [None, None, None, b"4"]


def test_a_store_that_is_locked_or_cannot_be_written(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path)
    store.save({b"a": b"1"})
    database = sqlite3.connect(tmp_path / "documents.sqlite", isolation_level=None)
    database.execute("BEGIN EXCLUSIVE")
    store.save({b"b": b"2"})
    assert store.load([b"a"]) == [None]
    database.execute("ROLLBACK")
    database.close()
    assert store.load([b"a", b"b"]) == [b"1", None]
    blocked = DocumentStore(tmp_path / "documents.sqlite" / "below a file")
    blocked.save({b"a": b"1"})
    assert blocked.load([b"a"]) == [None]


def test_a_store_of_the_past_begins_anew(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path)
    for _ in range(20):
        store.save({os.urandom(16): os.urandom(1 << 20)})
    store.limit(1 << 20)
    assert (tmp_path / "documents.sqlite").stat().st_size > 20 << 20
    for _ in range(6):
        store.save({os.urandom(16): os.urandom(1 << 20)})
    store.limit(1 << 20)
    assert not (tmp_path / "documents.sqlite").exists()
    store.limit(1 << 20)
