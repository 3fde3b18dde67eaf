"""What a missed target creates: `tick` makes it once, and the gate lets exactly that through."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plainwork.cli.app import run
from plainwork.model.decision import Decision, Verdict
from plainwork.model.evidence import SeenHead
from plainwork.serving.deciding import decide_evidence
from support.archive import unpack
from support.changes import account, make_evidence
from support.proposals import Proposed

WORKSPACE = """\
-- plainwork.toml --
[workspace]
name = "Desk"
timezone = "Europe/Berlin"
calendar = "office"

[forge]
kind = "github"
repository = "acme/works"

[calendars.office]
mon = ["09:00-17:00"]
tue = ["09:00-17:00"]
wed = ["09:00-17:00"]
thu = ["09:00-17:00"]
fri = ["09:00-17:00"]
holidays = ["2026-03-03"]
-- people/ada.md --
---
name: Ada
accounts: {github: {login: ada, id: 11}}
---
-- people/bob.md --
---
name: Bob
accounts: {github: {login: bob, id: 12}}
---
-- workflows/task.md --
---
title: Task
owner: ada
states:
  todo: {category: ready}
  done: {category: done}
transitions:
  finish: {from: todo, to: done}
---
-- workflows/ticket.md --
---
title: Ticket
owner: ada
states:
  new: {category: ready}
  draft: {category: active}
  sent: {category: done}
transitions:
  begin: {from: new, to: draft}
  back: {from: draft, to: new}
  send: {from: [new, draft], to: sent}
clocks:
  answer:
    start: [new]
    stop: [draft, sent]
    targets: [{within: 4bh, when: "priority == 'urgent'"}, {within: 2bd}]
    creates:
      - key: call
        workflow: task
        title: "Call about {{ title }}"
        assignees: [bob]
        due: date + 1bd
---
-- policies/default.md --
---
title: Whoever is accountable agrees
owner: ada
default: true
approvals: [{by: owner}]
---
-- work/smoke.md --
---
title: Smoke
workflow: ticket
status: new
---
"""
CALL = "work/smoke.call.md"
MADE = """\
---
title: Call about Smoke
workflow: task
status: todo
assignees: [bob]
parent: smoke
due: 2026-03-06
---
"""


@pytest.fixture
def proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Proposed:
    """A ticket of Monday at ten, due after the holiday and two days on Thursday at ten."""
    set_clock(monkeypatch, "2026-03-02T10:00:00+01:00")
    return Proposed(tmp_path / "repository", unpack(WORKSPACE))


def set_clock(monkeypatch: pytest.MonkeyPatch, time: str) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", time)


def tick(proposed: Proposed, day: str) -> None:
    proposed.git("checkout", "--quiet", "topic")
    assert run(["-C", str(proposed.root), "tick", "--commit", "--today", day]) == 0


def made(proposed: Proposed) -> dict[str, str]:
    files = sorted((proposed.root / "work").rglob("*.call.md"))
    return {path.relative_to(proposed.root).as_posix(): path.read_text("utf-8") for path in files}


def decide(proposed: Proposed, time: str = "2026-03-05T10:01:00+01:00") -> Decision:
    base, head = proposed.ends()
    moment = datetime.fromisoformat(time).astimezone(UTC)
    evidence = make_evidence(
        base=base,
        head=head,
        heads=(SeenHead(head, moment),),
        repository="acme/works",
        author=account("bob"),
        read_at=moment,
    )
    (decision,) = decide_evidence(proposed.root, evidence).decisions
    return decision


def edit(proposed: Proposed, path: str, old: str, new: str, branch: str = "main") -> None:
    text = proposed.git("show", f"{branch}:{path}")
    assert old in text
    proposed.commit({path: text.replace(old, new)}, branch=branch)


def rebase(proposed: Proposed) -> None:
    proposed.git("branch", "--force", "topic", "main")


def test_a_missed_target_is_made_up_for_once(proposed: Proposed) -> None:
    tick(proposed, "2026-03-04")
    assert made(proposed) == {}
    tick(proposed, "2026-03-05")
    assert made(proposed) == {CALL: MADE}
    commit = proposed.commit_of("topic")
    tick(proposed, "2026-04-01")
    assert (made(proposed), proposed.commit_of("topic")) == ({CALL: MADE}, commit)


def test_who_makes_it_later_makes_the_same(proposed: Proposed) -> None:
    tick(proposed, "2026-12-24")
    assert made(proposed) == {CALL: MADE}


def test_the_gate_lets_it_through(proposed: Proposed) -> None:
    tick(proposed, "2026-03-05")
    assert decide(proposed).verdict is Verdict.APPROVED


def test_before_the_target_is_missed_it_is_new_work(proposed: Proposed) -> None:
    tick(proposed, "2026-03-05")
    assert decide(proposed, "2026-03-05T10:00:00+01:00").verdict is Verdict.WAITING


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("due: 2026-03-06", "due: 2026-03-09"),
        ("assignees: [bob]", "assignees: [ada]"),
        ("status: todo", "status: todo\nowner: bob"),
        ("06\n---\n", "06\n---\nMore.\n"),
    ],
)
def test_one_word_more_is_new_work(old: str, new: str, proposed: Proposed) -> None:
    tick(proposed, "2026-03-05")
    edit(proposed, CALL, old, new, branch="topic")
    assert decide(proposed).verdict is Verdict.WAITING


def test_another_place_is_new_work(proposed: Proposed) -> None:
    proposed.commit({"work/deep/smoke.call.md": MADE})
    assert decide(proposed).verdict is Verdict.WAITING


def test_what_the_change_itself_says_creates_nothing(proposed: Proposed) -> None:
    """A start that is told in the change is no start, and neither is another definition."""
    dust = {"work/dust.md": MADE.replace("task", "ticket").replace("todo", "new")}
    call = {"work/dust.call.md": MADE.replace("Smoke", "Dust").replace("smoke", "dust")}
    proposed.commit({**dust, **call, CALL: MADE})
    edit(proposed, "workflows/ticket.md", "{within: 2bd}", "{within: 1bh}", branch="topic")
    assert decide(proposed, "2026-03-04T10:00:00+01:00").verdict is Verdict.WAITING
    decision = decide(proposed)
    asked = {each.id for each in decision.documents if each.requirements}
    assert asked == {"ticket", "dust", "dust.call"}


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param([("status: new", "status: draft")], {}, id="in-time"),
        pytest.param([("status: new", "priority: urgent\nstatus: new")], {CALL: "03"}, id="sooner"),
    ],
)
def test_what_happened_before_it_was_due_counts(
    edits: list[tuple[str, str]],
    expected: Mapping[str, str],
    proposed: Proposed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_clock(monkeypatch, "2026-03-02T11:00:00+01:00")
    for old, new in edits:
        edit(proposed, "work/smoke.md", old, new)
    rebase(proposed)
    tick(proposed, "2026-03-10")
    due = {path: text.partition("due: 2026-")[2][:2] for path, text in made(proposed).items()}
    assert due == expected


def test_an_answer_that_came_too_late_takes_nothing_back(
    proposed: Proposed, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, "2026-03-09T10:00:00+01:00")
    edit(proposed, "work/smoke.md", "status: new", "status: sent")
    rebase(proposed)
    tick(proposed, "2026-03-10")
    assert made(proposed) == {CALL: MADE}
    assert decide(proposed, "2026-03-10T10:00:00+01:00").verdict is Verdict.APPROVED


def test_a_second_miss_makes_nothing_more(
    proposed: Proposed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, old, new in ((9, "new", "draft"), (10, "draft", "new")):
        set_clock(monkeypatch, f"2026-03-{day:02}T10:00:00+01:00")
        edit(proposed, "work/smoke.md", f"status: {old}", f"status: {new}")
    rebase(proposed)
    tick(proposed, "2026-03-30")
    assert made(proposed) == {CALL: MADE}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("within: 2bd", "within: 9bd", {CALL: MADE}, id="a-wider-target-counts-later"),
        pytest.param("key: call", "key: ring", {}, id="what-is-made-by-another-name-is-new"),
        pytest.param(
            "Call about", "Ring about", {CALL: MADE.replace("Call", "Ring")}, id="a-mended-title"
        ),
        pytest.param("    creates:\n", "    x-creates:\n", {}, id="no-more"),
    ],
)
def test_a_definition_that_changes(
    old: str,
    new: str,
    expected: Mapping[str, str],
    proposed: Proposed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_clock(monkeypatch, "2026-03-02T12:00:00+01:00")
    text = proposed.git("show", "main:workflows/ticket.md")
    if new.startswith("    x-"):
        text = text.partition("    creates:\n")[0] + "---\n"
    proposed.commit({"workflows/ticket.md": text.replace(old, new)}, branch="main")
    rebase(proposed)
    tick(proposed, "2026-03-10")
    assert made(proposed) == expected


def test_a_cut_off_history_creates_nothing_and_says_so(
    proposed: Proposed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proposed.commit({"work/other.md": MADE}, branch="main")
    proposed.git("clone", "--quiet", "--depth=1", proposed.root.as_uri(), str(tmp_path / "cut"))
    assert run(["-C", str(tmp_path / "cut"), "tick", "--today", "2026-03-10"]) == 0
    assert "nobody knows since when clocks run" in capsys.readouterr().err
    assert not (tmp_path / "cut" / CALL).exists()
