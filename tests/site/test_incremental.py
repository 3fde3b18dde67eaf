"""What is built piece by piece is what is built at once, byte by byte, whatever was edited."""

import os
import shutil
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from plainwork.site.gather import gather
from plainwork.site.report import Built
from support.archive import unpack
from support.git import commit_files, make_repository
from support.site import TODAY, build, load, read_site, write

DEFINITIONS = unpack("""\
-- plainwork.toml --
[workspace]
name = "Small"
[forge]
kind = "github"
repository = "acme/work"
-- workflows/task.md --
---
title: Task
owner: ada
fields:
  amount: {type: money}
  proof: {type: work}
states:
  todo: {category: ready, team: yard}
  doing: {category: active, team: platform, wip_limit: 2}
  review: {category: waiting}
  done: {category: done}
transitions:
  start: {from: todo, to: doing, depends_on: closed, accept_within: 1d}
  submit: {from: doing, to: review, checklist: [Acceptance]}
  finish:
    from: review
    to: done
    children: closed
    when: "amount == null || amount < 10000"
    approvals: [{by: parent.owner}, {by: project.owner, when: "amount != null"}]
clocks:
  answer:
    start: [todo]
    stop: [doing, done]
    pause: [review]
    targets: [{within: 1d, when: "amount != null"}, {within: 40bd}]
---
-- workflows/project.md --
---
title: Project
kind: project
owner: bob
states:
  running: {category: active}
  closed: {category: done}
transitions:
  close: {from: running, to: closed, children: closed}
clocks:
  course: {start: [running], stop: [closed], targets: [{within: 60d}]}
---
-- workflows/routine.md --
---
title: Routine
kind: routine
owner: ada
states:
  active: {category: active}
---
-- people/ada.md --
---
name: Ada
emails: [ada@example.org]
delegates:
  - {to: bob, from: 2026-03-04, until: 2026-03-10}
---
-- people/bob.md --
---
name: Bob
leave:
  - {from: 2026-03-03, until: 2026-03-05}
---
-- teams/platform.md --
---
name: Platform
lead: bob
members: [ada]
---
-- teams/yard.md --
---
name: Yard
lead: bob
---
-- policies/default.md --
---
title: Default
default: true
approvals: [{by: [owner, team.lead]}]
---
""")

ITEMS = ("a", "b", "c", "d", "e", "f")
PROJECTS = ("apollo", "gemini")
IDS = (*ITEMS, *PROJECTS, "old-a", "no-such")

_ids = st.sampled_from(IDS)
_fields = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["One", "Two", "<b>Three</b>"]),
        "status": st.sampled_from(["todo", "doing", "review", "done", "nowhere"]),
    },
    optional={
        "owner": st.sampled_from(["ada", "bob", "platform", "nobody"]),
        "assignees": st.sampled_from(["[ada]", "[bob, ada]"]),
        "parent": _ids,
        "project": st.sampled_from(PROJECTS),
        "milestone": _ids,
        "depends_on": st.lists(_ids, min_size=1, max_size=2).map(lambda ids: f"[{', '.join(ids)}]"),
        "links": _ids.map(lambda id_: f"{{relates: [{id_}]}}"),
        "proof": _ids,
        "amount": st.sampled_from(["100", "20000"]),
        "due": st.integers(-3, 3).map(lambda days: (TODAY + timedelta(days)).isoformat()),
        "blocked": st.just("Waits for rain"),
        "visibility": st.sampled_from(["public", "internal", "restricted"]),
        "aliases": st.just("[old-a]"),
        "id": _ids,
    },
)
_bodies = st.sampled_from(
    ["", "See old-a and no-such.\n", "## Acceptance\n\n- [x] One\n- [ ] Two\n"]
)


def _document(fields: dict[str, str], workflow: str, body: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\nworkflow: {workflow}\n{lines}---\n{body}"


def _item(fields: dict[str, str], body: str) -> str:
    return _document(fields, "task", body)


def _project(fields: dict[str, str], body: str) -> str:
    fields = {name: fields[name] for name in ("title", "owner", "visibility") if name in fields}
    return _document({**fields, "status": "running", "objective": "To land"}, "project", body)


def _record(about: str, kind: int) -> str:
    said = ("record: update\nhealth: at-risk\nheadline: Hm", "record: handoff\nanswer: reject")
    return f"---\n{said[kind]}\nabout: [{about}]\nby: ada\nat: 2026-03-01\n---\n"


Edit = tuple[str, str]
"""A path, and what is written there; nothing: it is removed."""

_items = st.builds(_item, _fields, _bodies)
_edits: st.SearchStrategy[Edit] = st.one_of(
    st.tuples(st.sampled_from([f"work/{id_}.md" for id_ in ITEMS]), st.just("") | _items),
    st.tuples(st.sampled_from(["work/deep/a.md", "work/no-such.md"]), st.just("") | _items),
    st.tuples(
        st.sampled_from([f"projects/{id_}.md" for id_ in PROJECTS]),
        st.builds(_project, _fields, _bodies),
    ),
    st.tuples(
        st.sampled_from(["records/r1.md", "records/r2.md"]),
        st.builds(_record, _ids, st.integers(0, 1)),
    ),
    st.sampled_from(
        [
            ("people/bob.md", "---\nname: Robert\n---\n"),
            ("work/f.md", "---\ntitle: [\n"),
            (
                "routines/weekly.md",
                "---\ntitle: Weekly\nworkflow: routine\nstatus: active\nstart: 2026-01-05\n"
                'schedule: {rrule: "FREQ=WEEKLY", mode: fixed, on_miss: skip}\n'
                "creates: {workflow: task, title: T}\n---\n",
            ),
            ("workflows/task.md", DEFINITIONS["workflows/task.md"].replace("limit: 2", "limit: 1")),
        ]
    ),
)
_steps = st.tuples(st.lists(_edits, max_size=3), st.booleans(), st.integers(0, 1))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the definitions, to copy: that is faster than to make it."""
    return make_repository(DEFINITIONS, tmp_path_factory.mktemp("template"))


# Finding a smaller example takes minutes, and what differs says most of it. Each example builds
# several sites, so that there are fewer of them than of others.
@settings(
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=settings().max_examples * 2 // 5,
)
@given(start=st.lists(_edits, min_size=4, max_size=12), steps=st.lists(_steps, max_size=5))
@pytest.mark.parametrize(("audience", "cores"), [("public", 2), ("restricted", 1)])
def test_an_incremental_build_equals_a_full_one(
    template: Path,
    audience: str,
    cores: int,
    start: list[Edit],
    steps: list[tuple[list[Edit], bool, int]],
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
        root = shutil.copytree(template, Path(folder) / "ws")
        today = TODAY
        for edits, commits, days in ((start, True, 0), *steps):
            _apply(edits, root)
            if commits:
                commit_files({}, root, f"Edit {' '.join(path for path, _ in edits)}")
            today += timedelta(days)
            note(str(_compare(root, today, audience)))


def _compare(root: Path, today: date, audience: str) -> Built:
    again, afresh = root.parent / "again", root.parent / "afresh"
    shutil.rmtree(afresh, ignore_errors=True)
    sources = load(root, today=today, audience=audience)
    built = write(root, sources, again)  # first: what is made for all pages is not there yet
    write(root, sources, afresh)
    found, expected = read_site(again), read_site(afresh)
    assert found.keys() == expected.keys()
    differing = [address for address in found if found[address] != expected[address]]
    assert [_first_difference(found[each], expected[each]) for each in differing] == []
    return built


def _first_difference(found: bytes, expected: bytes) -> tuple[bytes, bytes]:
    lines = zip(found.splitlines(), expected.splitlines(), strict=False)
    return next((pair for pair in lines if pair[0] != pair[1]), (found[-80:], expected[-80:]))


def _apply(edits: list[Edit], root: Path) -> None:
    for path, text in edits:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if text:
            file.write_text(text)
        else:
            file.unlink(missing_ok=True)


RISK = """\
---
title: Risk
owner: ada
fields:
  likelihood: {type: number}
  impact: {type: number}
states:
  open: {category: active}
---
"""
ALL_FIELDS = {
    "title": "One",
    "workflow": "task",
    "status": "todo",
    "owner": "ada",
    "team": "platform",
    "requester": "ada",
    "assignees": "[ada]",
    "consulted": "[ada]",
    "informed": "[ada]",
    "project": "apollo",
    "parent": "b",
    "milestone": "c",
    "priority": "low",
    "labels": "[red]",
    "start": "2026-02-01",
    "due": "2026-03-01",
    "estimate": "2d",
    "blocked": "Waits for rain",
    "visibility": "internal",
    "depends_on": "[b]",
    "amount": "100",
}


def _make_files() -> dict[str, str]:
    """Return work with every field, and what it needs."""
    plain = {"title": "Two", "status": "todo"}
    risk = {"title": "Rain", "status": "open", "likelihood": "3", "impact": "3"}
    lines = "".join(f"{name}: {value}\n" for name, value in ALL_FIELDS.items())
    risk_text = _document({**risk, "project": "apollo"}, "risk", "")
    return {
        "workflows/risk.md": RISK,
        "work/a.md": f"---\n{lines}---\nText\n",
        "work/b.md": _item(plain, ""),
        "work/c.md": _item(plain, ""),
        "work/d.md": _item({"title": "Four", "status": "review", "parent": "a"}, ""),
        "work/r.md": risk_text,
        "projects/apollo.md": _project({"title": "Apollo"}, ""),
        "projects/gemini.md": _project({"title": "Gemini"}, ""),
    }


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        pytest.param("work/a.md", "title: One", "title: Other", id="title"),
        pytest.param("work/a.md", "status: todo", "status: doing", id="status"),
        pytest.param("work/a.md", "status: todo", "status: done", id="closed"),
        pytest.param("work/a.md", "workflow: task", "workflow: risk", id="workflow"),
        pytest.param("work/a.md", "owner: ada", "owner: bob", id="owner"),
        pytest.param("work/a.md", "team: platform", "team: other", id="team"),
        pytest.param("work/a.md", "requester: ada", "requester: bob", id="requester"),
        pytest.param("work/a.md", "assignees: [ada]", "assignees: [bob]", id="assignees"),
        pytest.param("work/a.md", "consulted: [ada]", "consulted: [bob]", id="consulted"),
        pytest.param("work/a.md", "informed: [ada]", "informed: [bob]", id="informed"),
        pytest.param("work/a.md", "project: apollo", "project: gemini", id="project"),
        pytest.param("work/a.md", "parent: b", "parent: c", id="parent"),
        pytest.param("work/a.md", "milestone: c", "milestone: b", id="milestone"),
        pytest.param("work/a.md", "priority: low", "priority: high", id="priority"),
        pytest.param("work/a.md", "labels: [red]", "labels: [blue]", id="labels"),
        pytest.param("work/a.md", "start: 2026-02-01", "start: 2026-02-02", id="start"),
        pytest.param("work/a.md", "due: 2026-03-01", "due: 2026-02-02", id="due"),
        pytest.param("work/a.md", "estimate: 2d", "estimate: 3d", id="estimate"),
        pytest.param("work/a.md", "blocked: Waits", "blocked: Stands", id="blocked"),
        pytest.param("work/a.md", "visibility: internal", "visibility: public", id="visibility"),
        pytest.param("work/a.md", "depends_on: [b]", "depends_on: [c]", id="depends_on"),
        pytest.param("work/a.md", "amount: 100", "amount: 20000", id="amount"),
        pytest.param("work/a.md", "Text", "See c.", id="text"),
        pytest.param("work/r.md", "impact: 3", "impact: 5", id="impact"),
        pytest.param(
            "projects/apollo.md", "objective: To land", "objective: To fly", id="project's"
        ),
    ],
)
def test_every_field_counts(
    template: Path, tmp_path: Path, path: str, before: str, after: str
) -> None:
    root = shutil.copytree(template, tmp_path / "ws")
    files = _make_files()
    _apply(list(files.items()), root)
    build(root, tmp_path / "again")
    assert before in files[path]
    _apply([(path, files[path].replace(before, after))], root)
    _compare(root, TODAY, "restricted")


def test_every_day_counts(template: Path, tmp_path: Path) -> None:
    """What is due, who is away and who stands in for whom; each begins and ends within the days."""
    root = shutil.copytree(template, tmp_path / "ws")
    _apply(list(_make_files().items()), root)
    for days in range(10):
        _compare(root, TODAY + timedelta(days), "restricted")


def test_what_is_said_of_an_id_that_two_have_counts_for_both(
    template: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(template, tmp_path / "ws")
    item = _item({"title": "One", "status": "todo"}, "")
    same = dict.fromkeys(("work/a.md", "work/b.md", "work/deep/a.md"), item)
    _apply([*same.items(), ("records/r1.md", _record("a", 0))], root)
    build(root, tmp_path / "again")
    _apply([("records/r1.md", _record("b", 0))], root)
    _compare(root, TODAY, "restricted")


def test_a_text_changes_its_own_page_only(tmp_path: Path) -> None:
    root = make_repository(DEFINITIONS, tmp_path / "ws")
    fields = {"title": "One", "status": "todo", "owner": "ada", "project": "apollo"}
    _apply([("work/a.md", _item(fields, "")), ("projects/apollo.md", _project({}, ""))], root)
    build(root, tmp_path / "site")
    before = _keys(root)
    _apply([("work/a.md", _item(fields, "More\n"))], root)
    assert {address for address, key in _keys(root).items() if key != before[address]} == {
        "work/a.html"
    }
    assert build(root, tmp_path / "site").written == 1


def _keys(root: Path) -> dict[str, bytes]:
    return {output.address: output.key for output in gather(load(root))}
