"""What is hidden leaves no trace: a site is the same whether it was ever there or not.

Two workspaces went through the same changes of what everybody sees. In one of them much more went
on that is hidden: it passed through every part of the workspace, and was named by what is seen.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from support.archive import unpack, write_files
from support.git import make_repository, run_git
from support.site import build, read_site

SEEN = unpack("""\
-- plainwork.toml --
[workspace]
name = "Small"
[forge]
kind = "github"
repository = "acme/work"
-- workflows/task.md --
---
visibility: public
title: Task
owner: ada
service_level: {percent: 85, within: 5d}
fields:
  note: {type: text, visibility: restricted}
  attachments: {visibility: restricted}
  proof: {type: work}
states:
  todo: {category: ready, team: platform}
  doing: {category: active, team: yard, wip_limit: 1}
  review: {category: waiting, team: platform}
  done: {category: done}
transitions:
  start: {from: todo, to: doing, depends_on: closed, accept_within: 1d}
  submit: {from: doing, to: review}
  finish: {from: review, to: done, children: closed, approvals: [{by: bob}]}
clocks:
  answer: {start: [todo], stop: [doing], targets: [{within: 20d}]}
---
-- workflows/project.md --
---
visibility: public
title: Project
kind: project
owner: bob
states:
  running: {category: active}
  over: {category: done}
transitions:
  end: {from: running, to: over}
---
-- workflows/routine.md --
---
visibility: public
title: Routine
kind: routine
owner: ada
states:
  active: {category: active}
  over: {category: done}
transitions:
  end: {from: active, to: over}
---
-- workflows/risk.md --
---
visibility: public
title: Risk
owner: ada
states:
  open: {category: ready}
  gone: {category: done}
transitions:
  end: {from: open, to: gone}
---
-- workflows/milestone.md --
---
visibility: public
title: Milestone
owner: ada
states:
  open: {category: ready}
  reached: {category: done}
transitions:
  reach: {from: open, to: reached}
---
-- people/ada.md --
---
name: Ada
emails: [ada@example.org]
---
NOTES
-- people/bob.md --
---
name: Bob
---
-- teams/platform.md --
---
name: Platform
lead: bob
members: [ada]
---
NOTES
-- teams/yard.md --
---
name: Yard
lead: ada
---
-- agents/drafter.md --
---
name: Drafter
owner: ada
---
NOTES
-- policies/default.md --
---
title: Default
default: true
approvals: [{by: [owner, team.lead]}]
---
-- projects/apollo.md --
---
title: Apollo
workflow: project
status: running
objective: To land
budget: 1000 EUR
---
-- routines/weekly.md --
---
title: Weekly
workflow: routine
status: active
owner: ada
start: 2026-02-02
schedule: {rrule: "FREQ=WEEKLY", mode: fixed, on_miss: stack}
creates: {workflow: task, title: "Week {{ period }}"}
---
""")

HIDDEN = unpack("""\
-- workflows/zanzibar-flow.md --
---
title: Zanzibar flow
visibility: restricted
owner: ada
service_level: {percent: 85, within: 7d}
states:
  zanzibar-asked: {category: waiting, team: platform, help: The zanzibar help}
  zanzibar-done: {category: done}
transitions:
  answer: {from: zanzibar-asked, to: zanzibar-done, approvals: [{by: ada}]}
clocks:
  zanzibar-clock: {start: [zanzibar-asked], stop: [zanzibar-done], targets: [{within: 1d}]}
---
The zanzibar way.
-- policies/zanzibar-policy.md --
---
title: Zanzibar policy
applies_to: {workflows: [zanzibar-flow]}
approvals: [{by: bob}]
---
Zanzibar reasons.
-- projects/zanzibar-project.md --
---
title: Zanzibar project
workflow: project
status: running
objective: Zanzibar objective
budget: 4242 EUR
owner: ada
visibility: restricted
---
-- routines/zanzibar-routine.md --
---
title: Zanzibar routine
workflow: routine
status: active
owner: ada
start: 2026-02-03
schedule: {rrule: "FREQ=DAILY", mode: fixed, on_miss: stack}
creates: {workflow: task, title: Zanzibar duty, assignees: [ada]}
visibility: restricted
---
-- work/zanzibar-routine.2026-02-04.md --
---
title: Zanzibar duty
workflow: task
status: todo
parent: zanzibar-routine
assignees: [ada]
due: 2026-02-05
estimate: 3d
---
-- work/zanzibar-risk.md --
---
title: Zanzibar risk
workflow: risk
status: open
owner: ada
project: apollo
visibility: restricted
---
-- work/zanzibar-gate.md --
---
title: Zanzibar gate
workflow: milestone
status: open
project: apollo
due: 2026-03-20
visibility: restricted
---
-- work/zanzibar-1.md --
---
title: Zanzibar title
workflow: task
status: todo
aliases: [zanzibar-alias]
labels: [zanzibar-label]
attachments: [files/zanzibar.pdf]
assignees: [ada, drafter]
project: apollo
parent: hull
depends_on: [keel]
due: 2026-02-06
estimate: 42d
visibility: restricted
---
The zanzibar body.
-- work/zanzibar-2.md --
---
title: Zanzibar in a project
workflow: task
status: doing
blocked: Zanzibar storm
project: zanzibar-project
assignees: [ada]
due: 2026-02-06
estimate: 42d
---
-- work/zanzibar-3.md --
---
title: Zanzibar question
workflow: zanzibar-flow
status: zanzibar-asked
owner: ada
---
-- work/zanzibar-4.md --
---
title: Zanzibar offer
workflow: task
status: todo
owner: ada
visibility: restricted
---
-- records/zanzibar-update.md --
---
record: update
about: [apollo, zanzibar-1]
by: ada
at: 2026-02-20
health: off-track
headline: Zanzibar news
---
The zanzibar text.
-- records/zanzibar-spent.md --
---
record: spent
about: [zanzibar-1]
by: ada
at: 2026-02-20
party: ada
date: 2026-02-20
cost: 4242 EUR
---
-- records/zanzibar-handoff.md --
---
record: handoff
about: [zanzibar-2]
by: ada
at: 2026-02-20
answer: reject
reason: Zanzibar is too far
---
-- records/zanzibar-taken.md --
---
record: handoff
about: [keel, zanzibar-4]
by: bob
at: 2026-02-24
answer: accept
---
""")
LATER = ("doing", "review", "done")

SECRETS = (b"zanzibar", b"4242")
AUDIENCES = ("public", "internal")


@pytest.fixture(scope="module", params=AUDIENCES)
def sites(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
    """The sites of the workspace without what is hidden, and of that with it."""
    found = []
    for name in ("less", "more"):
        folder = tmp_path_factory.mktemp(name)
        write_history(folder / "ws", hidden=name == "more")
        url = "https://acme.example/work/"
        build(folder / "ws", folder / "site", audience=request.param, base_url=url)
        # What others may see was built there before, and nothing of it may stay.
        found.append(read_all(folder / "site"))
    return found[0], found[1]


def read_all(site: Path) -> Mapping[str, bytes]:
    """Return every file, the list of those that are our own included."""
    return {**read_site(site), "list of files": (site / ".plainwork-files").read_bytes()}


def write_history(root: Path, *, hidden: bool) -> None:
    notes = "Zanzibar notes, 4242." if hidden else ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", "2026-02-01T12:00:00+00:00")
        make_repository({path: text.replace("NOTES\n", notes) for path, text in SEEN.items()}, root)
        for files, subject, day in _changes(hidden=hidden):
            patch.setenv("GIT_COMMITTER_DATE", f"2026-02-{day:02}T12:00:00+00:00")
            write_files(files, root)
            run_git("add", "--all", cwd=root)
            author = "Zanzibar <z@zanzibar.example>" if "Zanz" in subject else "Bob <b@b.example>"
            run_git("commit", "--quiet", "--message", subject, "--author", author, cwd=root)


def _changes(*, hidden: bool) -> Iterator[tuple[dict[str, str], str, int]]:
    """Yield files, what the commit says, and its day in February."""
    if hidden:
        yield HIDDEN, "Plan Zanzibar", 2
    yield _works("todo", hidden=hidden), "Begin", 3
    for number, status in enumerate(LATER):
        yield _works(status, hidden=hidden), f"Go on to {status}", 5 + 4 * number
        if hidden:
            yield _move_hidden(status), f"Zanzibar goes on to {status}", 6 + 4 * number
    if hidden:
        gone = {"work/zanzibar-gone.md": _task("Zanzibar gone", "doing", "visibility: restricted")}
        yield gone, "Zanzibar comes", 20
        yield {"work/zanzibar-gone.md": _task("Zanzibar gone", "done", "")}, "Zanzibar is told", 21
        yield {"work/zanzibar-gone.md": gone["work/zanzibar-gone.md"]}, "Zanzibar is untold", 22
    yield {"work/last.md": _task("Last", "doing", "assignees: [ada]")}, "End", 25


def _works(status: str, *, hidden: bool) -> dict[str, str]:
    names = "depends_on: [zanzibar-1, zanzibar-alias]\nlinks: {relates: [zanzibar-2]}\n"
    names += "milestone: zanzibar-gate\nproof: zanzibar-3\nnote: The zanzibar note"
    more = f"project: apollo\nassignees: [ada]\nestimate: 2d\n{names if hidden else ''}".strip()
    stands = {"done": "review"}.get(status, status)
    return {
        "work/hull.md": _task("Hull", status, more),
        "work/keel.md": _task("Keel", stands, more),
    }


def _move_hidden(status: str) -> dict[str, str]:
    answered = HIDDEN["work/zanzibar-3.md"].replace(
        "status: zanzibar-asked", "status: zanzibar-done"
    )
    return {
        "work/zanzibar-1.md": HIDDEN["work/zanzibar-1.md"].replace("todo", status),
        "work/zanzibar-2.md": HIDDEN["work/zanzibar-2.md"].replace("doing", status),
        "work/zanzibar-4.md": HIDDEN["work/zanzibar-4.md"].replace("todo", "doing"),
        **({"work/zanzibar-3.md": answered} if status == "done" else {}),
    }


def _task(title: str, status: str, more: str) -> str:
    return f"---\ntitle: {title}\nworkflow: task\nstatus: {status}\nowner: bob\n{more}\n---\n"


def test_no_byte_names_what_is_hidden(
    sites: tuple[Mapping[str, bytes], Mapping[str, bytes]],
) -> None:
    _, more = sites
    telling = [
        (name, secret)
        for name, data in more.items()
        for secret in SECRETS
        if secret in data.lower() or secret in name.lower().encode()
    ]
    assert telling == []


def test_nothing_differs_but_the_names_of_commits(
    sites: tuple[Mapping[str, bytes], Mapping[str, bytes]],
) -> None:
    less, more = ({name: _unname(data) for name, data in site.items()} for site in sites)
    assert less.keys() == more.keys()
    differing = [
        (name, *_first_difference(data, more[name]))
        for name, data in less.items()
        if data != more[name]
    ]
    assert differing == []
    assert {"flow/task.html", "waiting.html", "data/search.js", "feeds/work.ics"} <= less.keys()


def test_what_is_seen_of_it_is_told(
    sites: tuple[Mapping[str, bytes], Mapping[str, bytes]],
) -> None:
    less, _ = sites
    places = ("index.html", "offers.html", "person/bob.html", "team/platform.html")
    assert [name for name in places if b"work/keel.html" not in _offers(less[name])] == []
    assert less["data/offers.csv"].count(b"keel") == 1


def _offers(page: bytes) -> bytes:
    """Return the table of what was offered on a page."""
    return page.partition(b"waits to be accepted or rejected")[2].partition(b"</table>")[0]


def test_what_is_hidden_is_there_for_those_who_may_see_it(tmp_path: Path) -> None:
    write_history(tmp_path / "ws", hidden=True)
    build(tmp_path / "ws", tmp_path / "site", audience="restricted")
    site = read_all(tmp_path / "site")
    for place in (
        *("flow.html", "waiting.html", "data/friction.csv", "data/handoffs.json", "index.html"),
        *("offers.html", "data/offers.csv", "team/yard.html"),
        *("data/search.js", "feeds/work.atom", "feeds/work.ics", "routines.html", "people.html"),
        *("badges/workflow-zanzibar-flow.svg", "person/ada.html", "team/platform.html"),
        *("data/promises.csv", "data/load.csv", "calendar.html", "list of files", "glossary.html"),
    ):
        assert b"zanzibar" in site[place].lower() or place in _COUNTED, place


_COUNTED = frozenset({"people.html", "data/load.csv"})
"""Where what is hidden would be counted, but not named."""


def _unname(data: bytes) -> bytes:
    return re.sub(rb"\burn:uuid:[0-9a-f-]{36}\b|\b[0-9a-f]{10,40}\b", b"#", data)


def _first_difference(less: bytes, more: bytes) -> tuple[bytes, bytes]:
    lines = zip(less.splitlines(), more.splitlines(), strict=False)
    return next((pair for pair in lines if pair[0] != pair[1]), (less[-80:], more[-80:]))
