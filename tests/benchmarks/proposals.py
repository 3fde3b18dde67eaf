"""Branches that ask to be merged: one as people make them, and some as nobody should."""

import subprocess
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple


class Proposal(NamedTuple):
    """A branch, and what must be decided about it."""

    branch: str
    name: str
    verdict: str
    documents: int


PROPOSALS = (
    Proposal("usual", "gate, 100 documents changed", "approved", 100),
    Proposal("largest", "gate, 2,900 documents of 700 bytes", "approved", 2_900),
    Proposal("too-large", "gate, 10,000 documents of 1 MiB", "rejected", 0),
    Proposal("braided", "gate, 2,000 merges to and fro", "approved", 0),
)

_File = tuple[str, bytes]
_CHANGED = 100
_MERGES = 2_000
_START = 1_790_000_000


def proposals_of(root: Path) -> Path:
    """Return where the branches of a workspace are: `check` would look at them, too."""
    return root.with_name("proposals")


def write_proposals(workspace: Path) -> None:
    """Make the branches, in a clone of a workspace."""
    root = proposals_of(workspace)
    subprocess.run(["git", "clone", "--quiet", str(workspace), str(root)], check=True)
    stream = [
        _commit("usual", list(_usual(root))),
        _commit("largest", [(f"work/l/l-{n}.md", _document(n, 40)) for n in range(2_900)]),
        _commit("too-large", [("work/l/l-0.md", _document(0, 70_000))]),
        *_braided(),
    ]
    _import(root, stream)
    # One megabyte shall do for ten thousand: the same content under as many names.
    oid = subprocess.check_output(
        ["git", "rev-parse", "too-large:work/l/l-0.md"], cwd=root, text=True
    ).strip()
    names = b"".join(f"M 644 {oid} work/l/{n}.md\n".encode() for n in range(10_000))
    _import(root, [_header("too-large", 1, "refs/heads/too-large^0"), names])


def _usual(root: Path) -> Iterator[_File]:
    """Yield work that is begun: two fields of each differ."""
    paths = sorted((root / "work").rglob("*.md"))
    texts = ((path, path.read_text(encoding="utf-8")) for path in paths)
    ready = (each for each in texts if "\nstatus: todo\n" in each[1])
    for path, text in islice(ready, _CHANGED):
        begun = text.replace("\nstatus: todo\n", "\nstatus: doing\n")
        changed = begun.replace("\nestimate: ", "\nestimate: 1")
        yield path.relative_to(root).as_posix(), changed.encode()


def _document(number: int, lines: int) -> bytes:
    head = (
        f"---\nid: l-{number}\ntitle: L {number}\nworkflow: task\nstatus: todo\nowner: person-00\n"
    )
    fields = "".join(f"x-{line}: value {line}\n" for line in range(min(lines, 40)))
    return f"{head}{fields}---\n{'A line of text.' * lines}\n".encode()


def _braided() -> Iterator[bytes]:
    """Yield two branches that merge each other again and again."""
    tips = [b"refs/heads/main^0", b"refs/heads/main^0"]
    for step in range(_MERGES):
        number = 2 * step + 1
        for side, branch in enumerate(("braided", "braided-too")):
            merge = b"" if not step else b"merge " + tips[1 - side] + b"\n"
            mark = f":{number + side}".encode()
            yield _header(branch, number, tips[side].decode(), mark) + merge
            yield f"M 644 inline notes/{side}.txt\n".encode() + _data(str(step).encode())
        tips = [f":{number}".encode(), f":{number + 1}".encode()]


def _commit(branch: str, files: list[_File]) -> bytes:
    parts = (f"M 644 inline {path}\n".encode() + _data(data) for path, data in files)
    return _header(branch, 0, "refs/heads/main^0") + b"".join(parts)


def _header(branch: str, number: int, start: str, mark: bytes = b"") -> bytes:
    return b"".join(
        (
            f"commit refs/heads/{branch}\n".encode(),
            b"mark " + mark + b"\n" if mark else b"",
            f"committer P <p@example.org> {_START + number} +0000\n".encode(),
            _data(b"Propose it"),
            f"from {start}\n".encode(),
        )
    )


def _data(data: bytes) -> bytes:
    return f"data {len(data)}\n".encode() + data + b"\n"


def _import(root: Path, stream: list[bytes]) -> None:
    command = ["git", "fast-import", "--quiet", "--force"]
    subprocess.run(command, cwd=root, check=True, input=b"".join(stream))
