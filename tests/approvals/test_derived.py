"""New work that follows from the base needs nobody; anything but exactly that is new work."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from plainwork.approvals.derived import find_asked, find_derived
from plainwork.model.change import Change, ChangedDocument, FileState
from plainwork.model.snapshot import Snapshot
from plainwork.storage.workspace import load_snapshot
from support.archive import write_files
from support.routines import files_of, make_workspace, routine, tick

TODAY = date(2026, 3, 16)
CREATES = 'workflow: task, title: "Sweep {{ period }}", rotation: [ada, bo], due: date + 3bd'
WEEKLY = routine("rrule: FREQ=WEEKLY, ahead: 1w", creates=CREATES)
OWED = (
    "work/sweep/sweep.2026-03-09.md",
    "work/sweep/sweep.2026-03-16.md",
    "work/sweep/sweep.2026-03-23.md",
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A workspace in which the first occurrence is there."""
    root = make_workspace(tmp_path / "base", {"routines/sweep.md": WEEKLY})
    tick(root, "2026-02-23")
    assert [*files_of(root)] == ["work/sweep/sweep.2026-03-02.md"]
    return root


@pytest.fixture
def made(base: Path, tmp_path: Path) -> dict[str, str]:
    """What `tick` writes from the base."""
    root = make_workspace(tmp_path / "made", {"routines/sweep.md": WEEKLY, **files_of(base)})
    tick(root, TODAY.isoformat())
    known = files_of(base)
    return {path: text for path, text in files_of(root).items() if path not in known}


def change_of(
    base: Path,
    files: Mapping[str, str],
    *,
    mode: str = "100644",
) -> Change:
    """Return the change that adds files, as much of the base as a decision reads."""
    whole = load_snapshot(base)
    names = frozenset(whole.works.by_id)
    documents = tuple(
        ChangedDocument(
            "work",
            path.rpartition("/")[2].removesuffix(".md"),
            None,
            FileState(path, mode, sha256(text.encode()).hexdigest()),
        )
        for path, text in files.items()
    )
    asked = find_asked((document.id for document in documents), names)
    return Change(
        repository="",
        ref="refs/heads/main",
        base="",
        head="",
        tree="",
        workspace="",
        before=_part_of(base, asked),
        after=whole,
        documents=documents,
        names=names,
    )


def _part_of(base: Path, ids: frozenset[str]) -> Snapshot:
    kept = {
        work.path: (base / work.path).read_text("utf-8")
        for work in load_snapshot(base).works
        if work.id in ids
    }
    part = base.with_name("part")
    for path in [*part.rglob("*.md")]:
        path.unlink()
    return load_snapshot(write_files(kept, make_workspace(part, {})))


def derived(
    change: Change, today: date = TODAY, entered: Mapping[str, date] | None = None
) -> list[str]:
    return sorted(
        id_ for _, id_ in find_derived(change, today, lambda _: entered or {}, lambda _: ())
    )


def test_what_tick_writes_is_derived(base: Path, made: dict[str, str]) -> None:
    assert tuple(made) == OWED
    found = derived(change_of(base, made))
    assert found == ["sweep.2026-03-09", "sweep.2026-03-16", "sweep.2026-03-23"]


def test_each_by_itself(base: Path, made: dict[str, str]) -> None:
    for path, text in made.items():
        assert len(derived(change_of(base, {path: text}))) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("due: 2026-03-12", "due: 2026-03-13"),
        ("assignees: [bo]", "assignees: [ada]"),
        ("---\n", "---\nowner: bo\n"),
        ("It works", "It works "),
        ("status: todo", "status: done"),
        ("\n", "\r\n"),
    ],
)
def test_one_byte_more_is_new_work(old: str, new: str, base: Path, made: dict[str, str]) -> None:
    assert old in made[OWED[0]]
    changed = {**made, OWED[0]: made[OWED[0]].replace(old, new, 1)}
    assert derived(change_of(base, changed)) == ["sweep.2026-03-16", "sweep.2026-03-23"]


def test_another_path_or_mode_is_new_work(base: Path, made: dict[str, str]) -> None:
    moved = {path.replace("work/sweep", "work/other"): text for path, text in made.items()}
    assert derived(change_of(base, moved)) == []
    assert derived(change_of(base, made, mode="100755")) == []
    assert derived(change_of(base, made, mode="120000")) == []


def test_a_day_that_has_not_come_is_new_work(base: Path, made: dict[str, str]) -> None:
    assert derived(change_of(base, made), date(2026, 3, 15)) == [
        "sweep.2026-03-09",
        "sweep.2026-03-16",
    ]
    assert derived(change_of(base, made), date(2026, 3, 1)) == []


def test_a_day_before_the_last_one_is_new_work(base: Path, made: dict[str, str]) -> None:
    write_files({OWED[1]: made[OWED[1]]}, base)
    assert derived(change_of(base, {OWED[0]: made[OWED[0]]})) == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a routine that rests", WEEKLY.replace("status: active", "status: paused")),
        ("a routine with an error", WEEKLY.replace("ahead: 1w", "ahead: soon")),
        ("no routine", ""),
    ],
)
def test_what_the_base_does_not_create_is_new_work(
    what: str, text: str, base: Path, made: dict[str, str]
) -> None:
    (base / "routines/sweep.md").write_text(text)
    if not text:
        (base / "routines/sweep.md").unlink()
    assert derived(change_of(base, made)) == [], what


def test_after_done_the_day_comes_from_history(base: Path, tmp_path: Path) -> None:
    text = WEEKLY.replace("ahead", "mode: after-done, ahead")
    (base / "routines/sweep.md").write_text(text)
    first = next(iter(files_of(base)))
    closed = files_of(base)[first].replace("status: todo", "status: done")
    write_files({first: closed}, base)
    done = {"sweep.2026-03-02": date(2026, 3, 5)}
    root = make_workspace(tmp_path / "made", {"routines/sweep.md": text, **files_of(base)})
    tick(root, TODAY.isoformat(), entered=done)
    new = {path: text for path, text in files_of(root).items() if path != first}
    assert [*new] == ["work/sweep/sweep.2026-03-12.md"]
    assert derived(change_of(base, new), entered=done) == ["sweep.2026-03-12"]
    assert derived(change_of(base, new)) == []
    other = {"sweep.2026-03-02": date(2026, 3, 6)}
    assert derived(change_of(base, new), entered=other) == []


def test_only_new_work_is_derived(base: Path, made: dict[str, str]) -> None:
    change = change_of(base, made)
    for document in change.documents:
        before = FileState(OWED[0], "100644", "0" * 64)
        edited = ChangedDocument("work", document.id, before, document.after)
        gone = ChangedDocument("work", document.id, document.after, None)
        record = ChangedDocument("record", document.id, None, document.after)
        for other in (edited, gone, record):
            assert derived(_with(change, other)) == []


def _with(change: Change, document: ChangedDocument) -> Change:
    values = {name: getattr(change, name) for name in change.__struct_fields__}
    return Change(**{**values, "documents": (document,)})


def test_what_is_asked_is_what_creates_and_the_last_of_it() -> None:
    names = {"sweep", "sweep.2026-03-02", "sweep.2026-03-09", "sweep.later", "mop.2026-03-09"}
    asked = find_asked(["sweep.2026-03-16", "lathe.order", "plain"], names)
    assert asked == {"sweep", "sweep.2026-03-09", "lathe"}
