"""One person or two can work with every starter, each day and on the rules themselves."""

from datetime import date
from pathlib import Path

import pytest

from plainwork.model.decision import Decision, Verdict
from plainwork.plans.init import Beginning, plan_workspace
from plainwork.storage.templates import list_starters, load_starter
from support.changes import account, decide_texts, make_evidence, review

STARTERS = [starter.name for starter in list_starters()]
ADA = Beginning("Acme", "Ada Lovelace", "ada@example.org", date(2026, 5, 1))
ACCOUNTS = {"ada": 701, "bo": 702}
FORGE = '\n[forge]\nkind = "github"\nrepository = "acme/operations"\n'
TASK = """---
title: Sweep
workflow: task
status: todo
---
The yard.
"""

Files = dict[str, str]


def _begin(name: str, people: int) -> Files:
    """A new workspace of a starter with one or two people, on a forge, with a task."""
    edits = plan_workspace(load_starter(name), ADA, lambda _: False).edits
    files = {edit.path: (edit.after or b"").decode() for edit in edits if edit.path != "README.md"}
    files["plainwork.toml"] += FORGE
    files["work/sweep.md"] = TASK
    names = list(ACCOUNTS)[:people]
    for name_ in names:
        files[f"people/{name_}.md"] = (
            f"---\nname: {name_.title()}\nemails: [{name_}@example.org]\naccounts:\n"
            f"  github: {{login: {name_}, id: {ACCOUNTS[name_]}}}\n---\n"
        )
    return files


def _decide(before: Files, after: Files, author: str, approved_by: str = "") -> Decision:
    reviews = []
    if approved_by:
        who = account(approved_by, number=ACCOUNTS[approved_by])
        reviews.append(review(approved_by, "approved", "10:00", account=who))
    evidence = make_evidence(reviews, author=account(author, number=ACCOUNTS[author]))
    return decide_texts(before, after, evidence)


def _edit(files: Files, path: str, old: str, new: str) -> Files:
    assert old in files[path]
    return {**files, path: files[path].replace(old, new)}


@pytest.mark.parametrize("author", ["ada", "bo"])
@pytest.mark.parametrize("name", STARTERS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("title: Sweep", "title: Sweep well", id="title"),
        pytest.param("The yard.", "The yard, and the stairs.", id="body"),
        pytest.param("status: todo", "status: doing", id="start"),
        pytest.param("status: todo", "status: done", id="start-and-finish"),
        pytest.param("status: todo", "status: todo\npriority: high\ndue: 2026-06-01", id="plan"),
        pytest.param("status: todo", "status: todo\nassignees: [ada]", id="assign"),
        pytest.param("status: todo", "status: todo\nblocked: It rains", id="block"),
    ],
)
def test_an_everyday_edit_needs_nobody(name: str, author: str, old: str, new: str) -> None:
    files = _begin(name, 1 if author == "ada" else 2)
    decision = _decide(files, _edit(files, "work/sweep.md", old, new), author)
    assert decision.verdict is Verdict.APPROVED, decision


@pytest.mark.parametrize("author", ["ada", "bo"])
@pytest.mark.parametrize("name", STARTERS)
def test_new_work_needs_nobody(name: str, author: str) -> None:
    files = _begin(name, 2)
    decision = _decide(files, {**files, "work/mop.md": TASK.replace("Sweep", "Mop")}, author)
    assert decision.verdict is Verdict.APPROVED, decision


@pytest.mark.parametrize("name", STARTERS)
def test_whoever_owns_the_work_decides_the_rest_alone(name: str) -> None:
    files = _begin(name, 2)
    files = _edit(files, "work/sweep.md", "status: todo", "status: todo\nowner: bo")
    changed = _edit(files, "work/sweep.md", "owner: bo", "owner: bo\nvisibility: public")
    assert _decide(files, changed, "bo").verdict is Verdict.APPROVED


GUARDING = [name for name in STARTERS if name != "minimal"]


@pytest.mark.parametrize("name", GUARDING)
def test_alone_the_rules_change_once_they_say_that_one_is_enough(name: str) -> None:
    files = _begin(name, 1)
    changed = _edit(files, "workflows/task.md", "title: Task", "title: Job")
    assert _decide(files, changed, "ada").verdict is Verdict.WAITING
    path = "policies/governance.md"
    alone = _edit(files, path, "{by: governance}", "{by: governance, author: true}")
    changed = _edit(alone, "workflows/task.md", "title: Task", "title: Job")
    assert _decide(alone, changed, "ada").verdict is Verdict.APPROVED


@pytest.mark.parametrize("name", GUARDING)
def test_two_people_change_the_rules_together(name: str) -> None:
    files = _begin(name, 2)
    path = "teams/governance.md"
    files = _edit(files, path, 'lead: "ada"', 'lead: "ada"\nmembers: [bo]')
    changed = _edit(files, "workflows/task.md", "title: Task", "title: Job")
    for author, other in (("ada", "bo"), ("bo", "ada")):
        assert _decide(files, changed, author).verdict is Verdict.WAITING
        assert _decide(files, changed, author, other).verdict is Verdict.APPROVED


def test_with_minimal_the_rules_are_as_free_as_they_say() -> None:
    files = _begin("minimal", 1)
    changed = _edit(files, "workflows/task.md", "title: Task", "title: Job")
    assert _decide(files, changed, "ada").verdict is Verdict.APPROVED


@pytest.mark.parametrize("name", STARTERS)
def test_what_a_policy_guards_says_how_a_small_team_sets_itself_up(name: str) -> None:
    for path, text in load_starter(name).items():
        if Path(path).parts[0] != "policies":
            continue
        _, front, body = text.split("---\n", 2)
        if "by: " in front.partition("approvals:")[2]:
            assert "eam of one or two" in body, path
