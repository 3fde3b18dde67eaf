"""What a build does to the folder that it is given, and to what lies there already."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import pytest

from plainwork.errors import StorageError, UsageError
from plainwork.site.building import write_site
from plainwork.site.folder import SiteFolder
from plainwork.site.page import Output, Page, Steps, finish
from plainwork.site.report import Built
from support.site import build, read_site
from support.small import make_small_workspace

OWN_LIST = ".plainwork-files"


class Kept:
    """Remembers in memory what the last build made."""

    def __init__(self) -> None:
        self.data = b""

    def load(self) -> bytes:
        return self.data

    def save(self, data: bytes) -> None:
        self.data = data


class NoPages:
    """Stands where templates would be: these sites consist of bytes."""

    def identify(self) -> bytes:
        return b"templates"

    def prepare(self) -> None:
        pass

    def render(self, page: object) -> bytes:
        raise AssertionError(page)


def in_pairs(
    function: Callable[[list[Output]], list[bytes]], items: list[Output], _tell: object
) -> list[bytes]:
    return [made for each in range(0, len(items), 2) for made in function(items[each : each + 2])]


def write(
    folder: Path, files: dict[str, str], kept: Kept | None = None, **makers: Callable[[], bytes]
) -> Built:
    outputs = [
        Output(address, text.encode(), makers.get(address.partition(".")[0], text.encode))
        for address, text in files.items()
    ]
    return write_site(
        outputs,
        folder,
        renderer=NoPages(),  # type: ignore[arg-type]
        memory=kept or Kept(),
        in_parallel=in_pairs,  # type: ignore[arg-type]
        find_work=lambda _: "",
        tell=lambda _done, _total: None,
    )


def files_of(folder: Path) -> dict[str, str]:
    return {address: data.decode() for address, data in read_site(folder).items()}


SITE = {"a.html": "A", "work/b.html": "B", "work/c.html": "C"}


def test_a_site_is_written(tmp_path: Path) -> None:
    assert write(tmp_path / "deep/site", SITE) == Built(3, 3, 0)
    assert files_of(tmp_path / "deep/site") == SITE
    assert (tmp_path / "deep/site/.gitignore").read_text() == "*\n"
    assert not list((tmp_path / "deep/site").glob(".plainwork-new*"))


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    kept = Kept()
    write(tmp_path, SITE, kept)
    before = {address: (tmp_path / address).stat() for address in SITE}
    assert write(tmp_path, SITE, kept) == Built(3, 0, 0)
    assert write(tmp_path, {**SITE, "a.html": "Other"}, kept) == Built(3, 1, 0)
    after = {address: (tmp_path / address).stat() for address in SITE}
    assert [each for each in SITE if before[each].st_ino != after[each].st_ino] == ["a.html"]


def test_what_is_the_same_is_not_written_even_if_nothing_is_remembered(tmp_path: Path) -> None:
    write(tmp_path, SITE)
    assert write(tmp_path, SITE) == Built(3, 0, 0)


def test_what_is_current_is_not_even_made(tmp_path: Path) -> None:
    kept = Kept()
    write(tmp_path, SITE, kept)

    def fail() -> bytes:
        raise AssertionError

    assert write(tmp_path, SITE, kept, a=fail) == Built(3, 0, 0)


def test_what_is_gone_is_removed_with_its_folder(tmp_path: Path) -> None:
    kept = Kept()
    write(tmp_path, SITE, kept)
    assert write(tmp_path, {"a.html": "A"}, kept) == Built(1, 0, 2)
    assert files_of(tmp_path) == {"a.html": "A"}
    assert not (tmp_path / "work").exists()


def test_foreign_files_stay(tmp_path: Path) -> None:
    foreign = {"CNAME": "work.example", "work/notes.txt": "Mine", "media/x.png": "P"}
    for path, text in foreign.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    kept = Kept()
    write(tmp_path, SITE, kept)
    write(tmp_path, {"a.html": "A"}, kept)
    assert files_of(tmp_path) == {**foreign, "a.html": "A"}
    assert not (tmp_path / ".gitignore").exists()


def test_no_foreign_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("Mine")
    with pytest.raises(UsageError, match=r"a\.html is there already"):
        write(tmp_path, SITE)
    assert files_of(tmp_path) == {"a.html": "Mine"}


@pytest.mark.parametrize("name", ["plainwork.toml", ".git"])
def test_a_site_needs_a_folder_of_its_own(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    with pytest.raises(UsageError, match="a folder of its own"):
        write(tmp_path, SITE)


def test_a_list_of_own_files_leads_nowhere_else(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder.mkdir()
    (elsewhere / "a.md").write_text("mine")
    (folder / "link").symlink_to(elsewhere)
    names = ("../elsewhere/a.md", f"{elsewhere}/a.md", "link/../../elsewhere/a.md", ".", "..", "")
    (folder / OWN_LIST).write_text("".join(f"{name}\n" for name in names))
    assert write(folder, SITE) == Built(3, 3, 0)
    assert (elsewhere / "a.md").read_text() == "mine"


def test_what_somebody_else_wrote_into_our_files_is_made_good(tmp_path: Path) -> None:
    kept = Kept()
    write(tmp_path, SITE, kept)
    (tmp_path / "a.html").write_text("X")
    (tmp_path / "work/b.html").unlink()
    assert write(tmp_path, SITE, kept) == Built(3, 2, 0)
    assert files_of(tmp_path) == SITE


def test_a_build_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    kept = Kept()
    write(tmp_path, SITE, kept)

    def fail() -> bytes:
        message = "no"
        raise RuntimeError(message)

    new = {"a.html": "New", "work/b.html": "New", "z.html": "New"}
    with pytest.raises(RuntimeError):
        write(tmp_path, new, kept, z=fail)
    assert files_of(tmp_path) == SITE
    assert write(tmp_path, new, kept) == Built(3, 3, 1)
    assert files_of(tmp_path) == new


@pytest.mark.parametrize("call", range(1, 9))
def test_a_build_that_is_stopped_while_it_puts_files_into_place_is_made_good(
    tmp_path: Path, call: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was put into place already, going back to the old sources gives the old site."""
    kept = Kept()
    write(tmp_path, SITE, kept)
    new = {"a.html": "New", "work/b.html": "New", "work/d.html": "New"}
    calls = iter(range(1, 100))
    rename = os.rename

    def stopping(*arguments: object, **options: object) -> None:
        if next(calls) == call:
            raise OSError(28, "No space left on device")
        rename(*arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", stopping)
        with suppress(StorageError):  # there may be fewer steps
            write(tmp_path, new, kept)
    write(tmp_path, SITE, kept)
    assert files_of(tmp_path) == SITE
    assert set((tmp_path / OWN_LIST).read_text().split()) == SITE.keys()


def test_git_does_not_look_at_what_the_first_build_left_that_was_killed(tmp_path: Path) -> None:
    def be_killed() -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    process = os.fork()
    if not process:
        try:
            write(tmp_path / "site", SITE, a=be_killed)
        finally:
            os._exit(1)
    os.waitpid(process, 0)
    assert list((tmp_path / "site").glob(".plainwork-new*"))
    assert write(tmp_path / "site", SITE) == Built(3, 3, 0)
    assert files_of(tmp_path / "site") == SITE
    assert (tmp_path / "site/.gitignore").read_text() == "*\n"


@pytest.mark.parametrize("place", ["work", "work/b.html", OWN_LIST])
def test_no_link_leads_a_write_elsewhere(tmp_path: Path, place: str) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    kept = Kept()
    write(site, SITE, kept)
    elsewhere.mkdir()
    (elsewhere / "b.html").write_text("Mine")
    target = site / place
    if target.is_dir():
        for file in target.iterdir():
            file.unlink()
        target.rmdir()
        target.symlink_to(elsewhere)
    else:
        target.unlink()
        target.symlink_to(elsewhere / "b.html")
    with suppress(StorageError, UsageError):
        write(site, {**SITE, "work/b.html": "New"}, kept)
    assert (elsewhere / "b.html").read_text() == "Mine"


def test_two_builds_at_once_do_no_harm(tmp_path: Path) -> None:
    root = make_small_workspace(tmp_path / "ws")
    command = [sys.executable, "-m", "plainwork", "site", "build", "--today", "2026-03-02"]
    builds = [
        subprocess.Popen([*command, "--audience", audience], cwd=root, stdout=subprocess.PIPE)
        for audience in ("restricted", "public", "restricted", "internal") * 2
    ]
    assert {process.wait() for process in builds} == {1}
    for process in builds:
        process.communicate()
    build(root, root / "_site", audience="internal")
    build(root, tmp_path / "alone", audience="internal")
    assert read_site(root / "_site") == read_site(tmp_path / "alone")


@pytest.mark.parametrize(
    ("place", "is_link"),
    [("work", False), ("work", True), (".plainwork-new", True), (OWN_LIST, True)],
)
def test_what_is_in_the_way_is_named(tmp_path: Path, place: str, is_link: bool) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    if is_link:
        (folder / place).symlink_to(tmp_path)
    else:
        (folder / place).write_text("mine")
    with pytest.raises(StorageError, match="move it away, or choose another --output") as caught:
        write(folder, SITE)
    assert str(folder) in str(caught.value)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="file"):
        write(tmp_path / "file/site", SITE)


def test_a_step_is_taken_for_all_pages_before_the_next() -> None:
    taken: list[str] = []

    def begin(name: str, steps: int) -> Steps:
        for number in range(steps):
            taken.append(f"{name}{number}")
            yield None
        yield Page(name, name, "", None)

    pages = finish([begin("a", 2), Page("b", "b", "", None), begin("c", 1), begin("d", 0)])
    assert [page.address for page in pages] == ["a", "b", "c", "d"]
    assert taken == ["a0", "c0", "a1"]


def test_an_interruption_waits_until_all_is_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.html": "old", "gone.html": "old"})
    place = SiteFolder.place

    def interrupt(folder: SiteFolder, addresses: Iterable[str]) -> None:
        signal.raise_signal(signal.SIGINT)
        place(folder, addresses)

    monkeypatch.setattr(SiteFolder, "place", interrupt)
    kept = Kept()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path, SITE, kept)
    finally:
        signal.signal(signal.SIGINT, before)
    assert files_of(tmp_path) == SITE
    monkeypatch.undo()
    assert write(tmp_path, SITE, kept).written == 0
