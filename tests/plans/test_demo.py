"""The example organisation: one history for one day, each step of which is allowed."""

from collections import deque
from datetime import UTC, date, datetime, timedelta

import pytest

from plainwork.model.document import Document
from plainwork.model.party import Agent, Person
from plainwork.model.workflow import Transition, Workflow
from plainwork.parsing.parties import make_party
from plainwork.plans.demo import STORY_PATH, compute_demo_history
from plainwork.plans.demo_dates import render_dates
from plainwork.plans.demo_story import SHOWN, parse_story
from support.demo import demo_files, documents, history, main_line, trees, workflows_by_id

DAYS = [
    pytest.param(date(2026, 11, 23), id="a Monday"),
    pytest.param(date(2026, 8, 2), id="a Sunday"),
    pytest.param(date(2027, 1, 1), id="the first of the year"),
    pytest.param(date(2028, 2, 29), id="a leap day"),
    pytest.param(date(2026, 3, 31), id="the end of a month"),
]
TODAY = date(2026, 11, 23)
on_several_days = pytest.mark.parametrize("today", DAYS)


@on_several_days
def test_the_same_day_gives_the_same_history(today: date) -> None:
    files = demo_files()
    assert tuple(compute_demo_history(dict(reversed(files.items())), today)) == history(today)


@on_several_days
def test_it_is_about_three_hundred_merges_in_six_months_ending_today(today: date) -> None:
    commits = history(today)
    line = main_line(commits)
    assert 290 <= len(line) <= 330
    assert len(line) < len(commits) <= 380
    first, last = (
        datetime.fromtimestamp(line[n].time + 60 * line[n].utc_offset, UTC).date() for n in (0, -1)
    )
    assert last == today
    assert timedelta(days=175) <= last - first <= timedelta(days=190)


@on_several_days
def test_parents_come_first_and_time_runs_forward(today: date) -> None:
    commits = history(today)
    for position, commit in enumerate(commits):
        assert all(parent < position for parent in commit.parents)
        assert all(commits[parent].time < commit.time for parent in commit.parents)
        local = datetime.fromtimestamp(commit.time + 60 * commit.utc_offset, UTC)
        assert 6 <= local.hour < 17
        assert local.weekday() < 5 or local.date() == today
    assert [commit for commit in commits if not commit.parents] == [commits[0]]


@on_several_days
def test_a_merge_brings_what_its_branch_changed(today: date) -> None:
    commits = history(today)
    merges = [commit for commit in commits if len(commit.parents) == 2]
    assert len(merges) > 30
    for merge in merges:
        main, branch = merge.parents
        assert commits[branch].parents == (main,)
        assert commits[branch].changes == merge.changes


@on_several_days
def test_only_people_and_agents_who_are_there_commit(today: date) -> None:
    for commit, _, tree in trees(today):
        parties = [
            make_party(document)
            for document in documents(tree).values()
            if document.kind in {"person", "agent"}
        ]
        day = datetime.fromtimestamp(commit.time, UTC).date()
        mails = {party.emails[0] for party in parties if isinstance(party, Person)}
        present = {
            party.name
            for party in parties
            if isinstance(party, Person | Agent) and party.present(day)
        }
        assert commit.author.name in present
        assert commit.committer.name in present
        assert commit.committer.email in mails, "a person answers for every change"


@on_several_days
def test_every_tree_reads_without_a_problem(today: date) -> None:
    for _, _, tree in trees(today):
        found = documents(tree)
        assert [d for document in found.values() for d in document.diagnostics] == []
        known: dict[str, set[str]] = {"file": set(tree)}
        for document in found.values():
            ids = known.setdefault(document.kind, set())
            ids |= {document.id, *document.fields.get("aliases", ())}
        known["party"] = known["person"] | known["team"] | known.get("agent", set())
        known["milestone"] = known["project"] = known["item"] = known["work"]
        for document in found.values():
            for use in document.references:
                if use.to in known and use.to != "file":
                    assert use.target in known[use.to], (document.path, use)


@on_several_days
def test_every_move_is_allowed_by_the_workflow_of_its_time(today: date) -> None:
    moves = 0
    for _, before, after in trees(today):
        then, now = documents(before), documents(after)
        workflows = workflows_by_id(after)
        for path, document in now.items():
            if document.kind != "work" or document is then.get(path):
                continue
            workflow = workflows[document.fields["workflow"]]
            old = then[path].fields["status"] if path in then else ""
            moves += bool(old)
            assert_allowed(workflow, workflow.migrate.get(old, old), document, after[path])
    assert moves > 150


def assert_allowed(workflow: Workflow, old: str, document: Document, data: bytes) -> None:
    new = document.fields["status"]
    assert workflow.state(new) is not None
    if not old:
        created = {each.to for each in workflow.transitions if not each.sources}
        assert new in {workflow.states[0].name, *created}, document.path
        return
    for transition in shortest_path(workflow, old, new):
        assert set(transition.require) <= set(document.fields), (document.path, transition.name)
        assert not transition.checklist or b"- [ ]" not in data, (document.path, transition.name)


def shortest_path(workflow: Workflow, old: str, new: str) -> list[Transition]:
    paths: dict[str, list[Transition]] = {old: []}
    queue = deque([old])
    while queue:
        state = queue.popleft()
        for transition in workflow.transitions:
            if state in transition.sources and transition.to not in paths:
                paths[transition.to] = [*paths[state], transition]
                queue.append(transition.to)
    return paths[new]


@on_several_days
def test_it_ends_with_the_documents_of_the_folder(today: date) -> None:
    files = demo_files()
    story = parse_story(files.pop(STORY_PATH), today)
    *_, (_, _, tree) = trees(today)
    for path, text in files.items():
        rendered = render_dates(path, today)
        life = story.lives.get(rendered)
        if life is None or not life.future:
            assert tree[rendered].decode() == render_dates(text, today), path
        else:
            assert (rendered in tree) == bool(life.past), path


def test_the_story_is_about_what_is_there() -> None:
    files = demo_files()
    story = parse_story(files[STORY_PATH], TODAY)
    texts = {render_dates(path, TODAY): render_dates(text, TODAY) for path, text in files.items()}
    used = set()
    for path, life in story.lives.items():
        for event in (*life.past, *life.future):
            used |= {event.label} - {""}
            for edit in event.edits:
                assert edit.new in texts[path], path
            for field, value in event.fields.items():
                if value == SHOWN:
                    assert f"\n{field}:" in texts[path], (path, field)
    assert used == set(story.subjects)


def test_agents_are_named_where_they_helped() -> None:
    messages = [commit.message for commit in history(TODAY)]
    assert any("\n\nAssisted-by: Reply drafter <2001+reply-drafter[bot]@" in m for m in messages)
    assert {"Reply drafter", "Test writer"} <= {commit.author.name for commit in history(TODAY)}


def test_subjects_are_one_line_of_bearable_length() -> None:
    for commit in history(TODAY):
        subject, _, rest = commit.message.partition("\n")
        assert 0 < len(subject) <= 90
        assert rest == "" or rest.startswith("\n")
