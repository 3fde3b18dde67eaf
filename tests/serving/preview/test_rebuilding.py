"""When the site is built again, what is shown first, and what is kept of it."""

import fcntl
import gc
import os
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest

from plainwork.model.snapshot import Snapshot
from plainwork.serving.preview.live_site import LiveSite
from plainwork.serving.preview.rebuilding import Rebuilder, Subject
from plainwork.serving.preview.watching import watching
from support.git import run_git
from support.preview import PATIENCE
from support.site import TODAY
from support.small import make_small_workspace

ALPHA = "work/a.html"


class Desk:
    """A workspace that somebody works on, and its site; the day is what the desk says."""

    def __init__(self, root: Path) -> None:
        self.root = make_small_workspace(root)
        self.today = TODAY
        self.live = LiveSite(root / "_site")
        subject = Subject(root, root / "_site", "restricted", self._tell_day)
        self.rebuilder = Rebuilder(subject, self.live)
        self.rebuilder.build()

    def _tell_day(self, _snapshot: Snapshot) -> date:
        return self.today

    def edit(self, old: str, new: str) -> None:
        file = self.root / "work/a.md"
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    def shown(self, address: str = ALPHA) -> str:
        return (self.live.read(address) or b"").decode()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "ws")


def test_what_somebody_looks_at_is_shown_before_the_folder_is_written(desk: Desk) -> None:
    written = desk.root / "_site" / ALPHA
    seen = []

    def look() -> None:
        version = desk.live.identify(ALPHA)
        at = desk.live.wait(-1, 0)
        while at is not None and desk.live.identify(ALPHA) == version:
            at = desk.live.wait(at, PATIENCE)
        seen.append((desk.shown(), written.read_text(encoding="utf-8")))

    # The folder cannot be written as long as somebody else writes it.
    folder = os.open(desk.root / "_site", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    with desk.live.opened(ALPHA):
        looking = Thread(target=look)
        looking.start()
        desk.edit("Alpha", "Omega")
        building = Thread(target=desk.rebuilder.rebuild)
        building.start()
        looking.join(PATIENCE)
        os.close(folder)
        building.join(PATIENCE)
    ((shown, on_disk),) = seen
    assert "<h1>Omega</h1>" in shown
    assert "<h1>Alpha</h1>" in on_disk
    assert "<h1>Omega</h1>" in written.read_text(encoding="utf-8")


def test_a_new_day_is_built_even_if_it_brings_errors(desk: Desk) -> None:
    assert not desk.rebuilder.is_outdated()
    assert desk.rebuilder.rebuild().built is not None
    desk.today += timedelta(1)
    assert desk.rebuilder.is_outdated()
    desk.edit("todo", "no-such-state")
    rebuilt = desk.rebuilder.rebuild()
    assert rebuilt.built is not None
    assert rebuilt.notice.title == ""
    assert not desk.rebuilder.is_outdated()


def test_what_is_held_back_does_not_become_the_measure(desk: Desk) -> None:
    desk.edit("todo", "no-such-state")
    assert desk.rebuilder.rebuild().built is None
    assert desk.rebuilder.rebuild().built is None
    desk.edit("Alpha", "Omega")
    assert desk.rebuilder.rebuild().built is None
    assert "<h1>Alpha</h1>" in desk.shown()
    desk.edit("no-such-state", "todo")
    assert desk.rebuilder.rebuild().built is not None
    assert "<h1>Omega</h1>" in desk.shown()


def test_an_error_that_moves_is_no_new_one(desk: Desk) -> None:
    file = desk.root / "work/c.md"
    file.write_text(file.read_text(encoding="utf-8").replace("title:", "# more\ntitle:"))
    assert desk.rebuilder.rebuild().built is not None


def test_many_errors_are_told_in_few_lines(desk: Desk) -> None:
    for number in range(50):
        text = f"---\ntitle: N\nworkflow: task\nstatus: s{number}\n---\n"
        (desk.root / f"work/n{number}.md").write_text(text)
    notice = desk.rebuilder.rebuild().notice
    assert notice.title == "50 errors: the site stays as it was until they are mended."
    assert len(notice.lines) <= 41
    assert notice.lines[-1] == "and 30 more: `plainwork check` names them"


def test_of_many_errors_those_of_the_settings_are_told_first(desk: Desk) -> None:
    with (desk.root / "plainwork.toml").open("a") as settings:
        settings.write("[[[\n")
    (desk.root / "people/aa.md").write_text("---\ntitle: [\n---\n")
    notice = desk.rebuilder.rebuild().notice
    assert notice.lines[0].startswith("plainwork.toml:")
    assert "people/aa.md" in "".join(notice.lines)


def test_what_others_wrote_is_told_inert(desk: Desk) -> None:
    desk.edit("status: todo", 'status: "\\e[2J\\u202Ex</script>"')
    notice = desk.rebuilder.rebuild().notice
    assert notice.title
    assert all(line.isprintable() for line in notice.lines)


def test_a_folder_that_cannot_be_written_keeps_the_site(desk: Desk) -> None:
    desk.edit("Alpha", "Omega")
    (desk.root / "_site/plainwork.toml").write_text("")  # no place for a site any more
    rebuilt = desk.rebuilder.rebuild()
    assert rebuilt.built is None
    assert "a site needs a folder of its own" in rebuilt.notice.lines[0]
    (desk.root / "_site/plainwork.toml").unlink()
    assert desk.rebuilder.rebuild().built is not None
    assert "<h1>Omega</h1>" in desk.shown()


def _living_snapshots() -> list[Snapshot]:
    gc.collect()
    return [each for each in gc.get_objects() if isinstance(each, Snapshot)]


def test_of_earlier_builds_nothing_is_kept(desk: Desk) -> None:
    of_other_tests = _living_snapshots()
    for number in range(6):
        desk.edit("title: ", f"title: {number}")
        assert desk.rebuilder.rebuild().built is not None
    # The last one, and those that are remembered for one more answer.
    assert len(_living_snapshots()) - len(of_other_tests) <= 3


def test_a_linked_worktree_is_watched_where_its_commits_are(desk: Desk) -> None:
    linked = desk.root.parent / "linked"
    run_git("worktree", "add", "-q", "-b", "other", str(linked), cwd=desk.root)
    with watching(linked, linked / "_site") as watcher:
        watcher.follow(["work"])
        while watcher.wait(0.2):
            pass
        run_git("commit", "-q", "--allow-empty", "-m", "Nothing", cwd=linked)
        assert watcher.wait(PATIENCE)
        while watcher.wait(0.2):
            pass
        run_git("switch", "-q", "--detach", "HEAD~1", cwd=linked)
        assert watcher.wait(PATIENCE)


def test_what_changes_without_end_is_looked_at(desk: Desk) -> None:
    with watching(desk.root, desk.root / "_site") as watcher:
        watcher.follow(["work"])
        writing = True

        def write() -> None:
            while writing:
                (desk.root / "work/a.md").touch()
                (desk.root / "work/a.md").write_text("x")

        writer = Thread(target=write)
        writer.start()
        assert watcher.wait(PATIENCE)
        assert watcher.wait(PATIENCE)
        writing = False
        writer.join()


def test_outside_of_git_saves_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    with watching(tmp_path, tmp_path / "_site") as watcher:
        watcher.follow(["work"])
        while watcher.wait(0.2):
            pass
        (tmp_path / "work/a.md").write_text("x")
        assert watcher.wait(PATIENCE)
