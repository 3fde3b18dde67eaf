"""How work flows as pages: numbers that can be worked out by hand, and for whom they are."""

import re
from pathlib import Path

import msgspec
import pytest

from plainwork.cli.app import run
from plainwork.serving.site_build import SitePlan
from plainwork.site.past import Past
from support.archive import unpack, write_files
from support.git import commit_files, make_repository, run_git
from support.site import TODAY, build, load, read_site

FILES = unpack("""\
-- plainwork.toml --
[workspace]
name = "Boatyard"
-- workflows/task.md --
---
title: Task
owner: ann
visibility: public
service_level: {percent: 85, within: 5d}
states:
  todo: {category: ready}
  doing: {category: active}
  done: {category: done}
transitions:
  start: {from: todo, to: doing}
  finish: {from: doing, to: done}
---
-- people/ann.md --
---
name: Ann Lee
emails: [ann@example.org]
---
""")
RISK = """\
---
title: Risk
owner: ann
states: {open: {category: ready}, gone: {category: done}}
transitions: {close: {from: open, to: gone}}
---
"""
WORK = "---\ntitle: {title}\nworkflow: task\nstatus: {status}\nvisibility: {visibility}\n---\n"
STORY = (
    ("02-02", {"mast": "todo", "hull": "todo", "zanzibar": "todo"}),
    ("02-03", {"mast": "doing", "zanzibar": "doing"}),
    ("02-05", {"mast": "done", "hull": "doing"}),
    ("02-12", {"hull": "done", "zanzibar": "done"}),
    ("02-20", {"keel": "doing"}),
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-02-01T12:00:00+00:00")
    root = make_repository(FILES, tmp_path / "ws")
    for day, states in STORY:
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"2026-{day}T12:00:00+00:00")
        works = {f"work/{id_}.md": _write(id_, status) for id_, status in states.items()}
        commit_files(works, root)
    return root


def _write(id_: str, status: str) -> str:
    visibility = "restricted" if id_ == "zanzibar" else "public"
    return WORK.format(title=f"The <b>{id_}</b>", status=status, visibility=visibility)


def _page(root: Path, tmp_path: Path, audience: str, address: str = "flow.html") -> str:
    build(root, tmp_path / audience, audience=audience)
    return read_site(tmp_path / audience)[address].decode()


def test_the_numbers_are_those_of_the_history(root: Path, tmp_path: Path) -> None:
    page = _page(root, tmp_path, "restricted")
    assert "3 items were finished from" in page
    # mast took 3 days, hull 8 and zanzibar 10; keel has been in progress since 20 February.
    assert "Half of what was finished took at most 8 days, 85&nbsp;% at most 10 days." in page
    assert "11 days" in page
    assert '<span class="late">1 of 3</span>' in page
    assert "The &lt;b&gt;zanzibar" in page
    assert "flow/task.html" in page


def test_the_lead_tells_where_time_is_lost_and_what_to_expect(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-02-22T12:00:00+00:00")
    commit_files(
        {"work/keel.md": _write("keel", "doing").replace("title", "blocked: Steel\ntitle", 1)}, root
    )
    page = _page(root, tmp_path, "restricted")
    # Steel is missing since noon of the 22nd, until the end of 2 March.
    assert re.search(r"Most time was lost .*8.5 days", page)
    assert re.search(r"all that is open now will .*be finished.* in 85 of 100 cases", page)
    assert 'href="waiting.html"' in page
    waiting = _page(root, tmp_path, "restricted", "waiting.html")
    assert ">Waiting: Blockers</title>" in waiting


def test_pages_lead_to_how_work_flows(root: Path, tmp_path: Path) -> None:
    commit_files({"workflows/risk.md": RISK}, root)
    build(root, tmp_path / "site")
    files = read_site(tmp_path / "site")
    assert b'href="../flow/task.html"' in files["workflow/task.html"]
    assert b'href="flow.html"' in files["index.html"]
    assert b'href="flow/task.html"' in files["flow.html"]
    assert "flow/risk.html" not in files
    assert b"flow/risk.html" not in files["workflow/risk.html"]


def test_what_is_not_committed_costs_no_counting(root: Path, tmp_path: Path) -> None:
    build(root, tmp_path / "site")
    before = read_site(tmp_path / "site")
    write_files({"work/keel.md": _write("keel", "done")}, root)
    # Whatever process asks for it: none may read the past.
    sources = msgspec.structs.replace(load(root), load_past=_refuse)
    SitePlan(root, sources).write(tmp_path / "site", lambda _done, _total: None)
    after = read_site(tmp_path / "site")
    changed = {address for address in after if after[address] != before.get(address)}
    assert {"index.html", "work/keel.html", "workflow/task.html"} <= changed
    assert b"finished this week</a>" in after["index.html"]


def _refuse() -> Past:
    raise AssertionError


def test_the_first_page_compares_this_week_with_usual_ones(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(root, tmp_path, "restricted", "index.html")
    assert "Nothing was finished since" in page
    # Of four whole weeks, from 2 February, one had one and one had two; the others had none.
    assert "In a usual week it is nothing: half of the 4 whole weeks before had at most" in page
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-02T09:00:00+00:00")
    commit_files({"work/keel.md": _write("keel", "done")}, root)
    page = _page(root, tmp_path, "restricted", "index.html")
    assert '1 item was <a href="#finished">finished this week</a>, usually nothing is.' in page


def test_numbers_of_others_are_not_taken_for_ours(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-02T09:00:00+00:00")
    commit_files({"work/keel.md": _write("zanzibar", "done")}, root)
    ours, theirs = "1 item was finished since", "Nothing was finished since"
    for audience, said in (("restricted", ours), ("public", theirs), ("restricted", ours)):
        assert said in _page(root, tmp_path, audience, "index.html")


def test_a_page_of_a_workflow_has_its_pictures(root: Path, tmp_path: Path) -> None:
    page = _page(root, tmp_path, "restricted", "flow/task.html")
    for title in ("Finished a week", "Cycle times", "Age of work in progress", "Cumulative flow"):
        assert f">{title}</title>" in page
    assert "3 items: 50 % in at most 8 days, 85 % in at most 10 days" in page


def test_what_others_may_not_see_counts_nowhere(root: Path, tmp_path: Path) -> None:
    page = _page(root, tmp_path, "public")
    assert "2 items were finished from" in page
    assert "Half of what was finished took at most 3 days, 85&nbsp;% at most 8 days." in page
    files = read_site(tmp_path / "public")
    assert [name for name, data in files.items() if b"zanzibar" in data.lower()] == []


def test_what_was_deleted_is_unknown_to_others(root: Path, tmp_path: Path) -> None:
    run_git("rm", "--quiet", "work/mast.md", cwd=root)
    commit_files({}, root, "Remove it")
    assert "1 item was finished from" in _page(root, tmp_path, "public")
    assert "3 items were finished from" in _page(root, tmp_path, "restricted")


def test_the_data_hold_every_case(root: Path, tmp_path: Path) -> None:
    build(root, tmp_path / "site", audience="public")
    lines = read_site(tmp_path / "site")["data/flow.csv"].decode().splitlines()
    assert [line.partition(",")[0] for line in lines] == ["work", "hull", "mast"]


def test_without_a_history_there_are_no_numbers(root: Path, tmp_path: Path) -> None:
    alone = write_files(FILES, tmp_path / "alone")
    assert "It is not kept in a Git repository" in _page(alone, tmp_path, "internal")
    run_git("clone", "--quiet", "--depth=1", f"file://{root}", "cut", cwd=tmp_path)
    page = _page(tmp_path / "cut", tmp_path, "restricted")
    assert "from a clone that is cut off" in page


SECRETS = unpack("""\
-- workflows/zanzibar-flow.md --
---
title: Zanzibar flow
owner: zanzibar-judge
visibility: restricted
service_level: {percent: 85, within: 7d}
states:
  zanzibar-asked: {category: waiting}
  zanzibar-done: {category: done}
transitions:
  answer: {from: zanzibar-asked, to: zanzibar-done, approvals: [{by: zanzibar-judge}]}
---
-- work/zanzibar-question.md --
---
title: The Zanzibar question
workflow: zanzibar-flow
status: zanzibar-asked
---
-- work/blocked.md --
---
title: The Zanzibar block
workflow: task
status: doing
visibility: restricted
blocked: Zanzibar storm
---
-- work/deck.md --
---
title: The deck
workflow: task
status: doing
visibility: public
depends_on: [blocked]
---
-- work/zanzibar-name.md --
---
title: The rig
workflow: task
status: doing
visibility: restricted
---
""")
ANSWERED = SECRETS["work/zanzibar-question.md"].replace(
    "status: zanzibar-asked", "status: zanzibar-done"
)
FLOW = (
    *("flow.html", "flow/", "waiting.html"),
    *(f"data/{name}." for name in ("flow", "forecast", "friction", "handoffs", "reliability")),
)


def test_nothing_of_what_is_hidden_is_in_the_numbers(root: Path, tmp_path: Path) -> None:
    commit_files(SECRETS, root)
    commit_files({"work/zanzibar-question.md": ANSWERED}, root)
    run_git("mv", "work/zanzibar-name.md", "work/rig.md", cwd=root)
    commit_files({"work/rig.md": SECRETS["work/deck.md"].replace("deck", "rig")}, root, "Tell")
    before = _read_flow(root, tmp_path / "restricted", "restricted")
    assert any(b"zanzibar" in data.lower() for data in before.values())
    files = _read_flow(root, tmp_path / "public", "public")
    assert "flow/task.html" in files
    assert "flow/zanzibar-flow.html" not in files
    for address, data in files.items():
        assert b"zanzibar" not in data.lower(), address
        assert b"work/blocked" not in data, address
    assert b"The deck" in files["flow.html"]
    assert b"The rig" in files["flow.html"]


def _read_flow(root: Path, output: Path, audience: str) -> dict[str, bytes]:
    build(root, output, audience=audience)
    return {
        address: data for address, data in read_site(output).items() if address.startswith(FLOW)
    }


LARGEST = 100_000
"""Bytes of a page."""


def test_pages_stay_small_with_many_workflows_and_long_titles(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "W" * 300
    task = FILES["workflows/task.md"].replace("title: Task", f"title: {title}")
    files = {f"workflows/w{n}.md": task for n in range(60)}
    files |= {f"teams/t{n}.md": f"---\nname: {title}\nlead: ann\n---\n" for n in range(200)}
    commit_files(files, root)
    for day, status in enumerate(("todo", "doing", "done"), start=21):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"2026-02-{day}T12:00:00+00:00")
        works = {f"work/x{n}.md": _write_long(n, status, day) for n in range(240)}
        commit_files(works, root)
    pages = _read_flow(root, tmp_path / "site", "restricted")
    sizes = {name: len(data) for name, data in pages.items() if name.endswith(".html")}
    assert len(sizes) == 63
    assert b"Handoffs from the team" in pages["waiting.html"]
    assert max(sizes.values()) < LARGEST


def _write_long(number: int, status: str, day: int) -> str:
    """Return a work of one of 60 workflows that goes through several of 200 teams."""
    status = "doing" if status == "done" and number % 2 else status
    team = f"blocked: {'B' * 300}\nteam: t{(number + day) % 200}"
    text = _write("x", status).replace("The <b>x</b>", "W" * 300)
    return text.replace("workflow: task", f"workflow: w{number % 60}\n{team}")


def test_what_routines_owe_is_told_before_it_is_committed(tmp_path: Path) -> None:
    root = tmp_path / "demo"
    assert run(["demo", str(root), "--today", TODAY.isoformat()]) == 0
    build(root, root / "_site")
    routine = root / "routines/newsletter.md"
    text = routine.read_text()
    weekly = text.replace("FREQ=MONTHLY;BYMONTHDAY=1", "FREQ=WEEKLY")
    assert weekly != text
    routine.write_text(weekly)
    build(root, root / "_site")
    build(root, tmp_path / "full")
    assert read_site(root / "_site") == read_site(tmp_path / "full")
