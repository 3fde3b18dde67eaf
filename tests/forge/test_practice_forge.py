"""The practice forge does what GitHub does, also where that surprises."""

import json
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from plainwork.serving.practice.accounts import ACTIONS, Account, App
from plainwork.serving.practice.merging import ForgeRefusalError
from plainwork.serving.practice.state import Protection, RequiredCheck
from plainwork.serving.practice_forge import PracticeForge
from support.git import commit_files, run_git
from support.practice import HERE, LINES, START, ask, lines, make_forge, open_topic

CHECK = RequiredCheck("plainwork", ACTIONS.id)


@pytest.fixture
def forge(tmp_path: Path) -> PracticeForge:
    return make_forge(tmp_path)


@pytest.fixture
def api(forge: PracticeForge) -> Iterator[str]:
    with forge.serve() as address:
        yield address


# Reviews


def test_a_push_that_keeps_the_patch_binds_reviews_to_a_head_that_nobody_saw(
    forge: PracticeForge,
) -> None:
    number = open_topic(forge)
    forge.approve(number, "cleo")
    seen = forge.pull(number).head
    forge.commit("ada", "main", {"a.txt": lines(_1="first")}, "Move the base")
    forge.set_time(START + timedelta(hours=1))
    head = forge.update_branch(number, "bob", "rebase")
    (review,) = forge.pull(number).reviews
    assert head != seen
    assert (review.commit, review.state, review.at) == (head, "APPROVED", START)
    assert [event.name for event in forge.pull(number).events] == ["head_ref_force_pushed"]


@pytest.mark.parametrize("dismisses", [False, True])
def test_a_push_that_changes_the_patch_leaves_reviews_where_they_are(
    forge: PracticeForge, dismisses: bool
) -> None:
    forge.protect("main", Protection(dismiss_stale=dismisses))
    number = open_topic(forge)
    forge.approve(number, "cleo")
    forge.request_changes(number, "ada")
    seen = forge.pull(number).head
    forge.commit("bob", "topic", {"a.txt": lines(_20="final")}, "Call it final")
    approval, veto = forge.pull(number).reviews
    assert {approval.commit, veto.commit} == {seen}
    assert approval.state == ("DISMISSED" if dismisses else "APPROVED")
    assert veto.state == "CHANGES_REQUESTED"
    assert len(forge.pull(number).events) == dismisses


def test_a_merge_of_the_base_keeps_reviews_even_where_stale_ones_are_dismissed(
    forge: PracticeForge,
) -> None:
    forge.protect("main", Protection(dismiss_stale=True))
    number = open_topic(forge)
    forge.approve(number, "cleo")
    forge.commit("ada", "main", {"b.txt": b"new\n"}, "Move the base")
    head = forge.update_branch(number, "bob")
    assert [(each.state, each.commit) for each in forge.pull(number).reviews] == [
        ("APPROVED", head)
    ]
    assert len(forge.git.commit(head).parents) == 2


def test_a_dismissal_says_what_it_dismissed_and_who_did_it(forge: PracticeForge, api: str) -> None:
    number = open_topic(forge)
    review = forge.request_changes(number, "cleo")
    forge.dismiss(number, review, "bob", "I know better.")
    (said,) = ask(api, f"{HERE}/pulls/{number}/reviews").value
    assert (said["state"], said["user"]["login"]) == ("DISMISSED", "cleo")
    (event,) = [
        each
        for each in ask(api, f"{HERE}/issues/{number}/timeline").value
        if each["event"] == "review_dismissed"
    ]
    assert event["actor"]["login"] == "bob"
    assert event["dismissed_review"] == {
        "state": "changes_requested",
        "review_id": review,
        "dismissal_message": "I know better.",
    }


def test_accounts_are_named_as_they_are_now(forge: PracticeForge, api: str) -> None:
    number = open_topic(forge)
    forge.approve(number, "cleo")
    forge.approve(number, "eve")
    forge.add_account(Account(13, "cleopatra"))
    forge.delete_account("eve")
    renamed, deleted = ask(api, f"{HERE}/pulls/{number}/reviews").value
    assert (renamed["user"]["login"], renamed["user"]["id"]) == ("cleopatra", 13)
    assert deleted["user"] is None


# Pull requests


def test_closing_reopening_and_retargeting_keep_reviews(forge: PracticeForge) -> None:
    forge.commit("ada", "release", {"r.txt": b"1\n"}, "Branch off")
    number = open_topic(forge)
    forge.approve(number, "cleo")
    forge.close(number, "bob")
    forge.commit("bob", "topic", {"b.txt": b"more\n"}, "Push while it is closed")
    assert forge.pull(number).head != forge.git.find("refs/heads/topic")
    forge.reopen(number, "bob")
    forge.retarget(number, "bob", "release")
    pull = forge.pull(number)
    assert pull.head == forge.git.find("refs/heads/topic")
    assert (pull.state, pull.base, pull.reviews[0].state) == ("open", "release", "APPROVED")
    assert [event.name for event in pull.events] == ["closed", "reopened", "base_ref_changed"]


def test_a_pull_request_closes_with_its_branch_and_keeps_its_reviews_when_that_is_back(
    forge: PracticeForge,
) -> None:
    number = open_topic(forge)
    head = forge.pull(number).head
    forge.approve(number, "cleo")
    forge.push("bob", "topic", "")
    assert forge.pull(number).state == "closed"
    forge.push("bob", "topic", head)
    forge.reopen(number, "bob")
    pull = forge.pull(number)
    assert (pull.state, pull.head, pull.reviews[0].state) == ("open", head, "APPROVED")
    names = [event.name for event in pull.events]
    assert names == ["head_ref_deleted", "closed", "reopened"]


def test_what_is_pushed_to_the_base_counts_as_merged(forge: PracticeForge) -> None:
    number = open_topic(forge)
    forge.push("ada", "main", forge.pull(number).head)
    pull = forge.pull(number)
    assert pull.merged_by is not None
    assert (pull.state, pull.merged_by.login) == ("closed", "ada")
    assert forge.state.pushes[-1].kind == "push"


def test_a_pull_request_from_a_fork_brings_its_commits_along(
    forge: PracticeForge, api: str
) -> None:
    fork = forge.fork("eve")
    head = forge.commit("eve", "patch-1", {"b.txt": b"from outside\n"}, "Help", name=fork)
    number = forge.open_pull("eve", "patch-1", "Help", name=fork)
    assert forge.git.find(f"refs/pull/{number}/head") == head
    said = ask(api, f"{HERE}/pulls/{number}").value
    assert (said["head"]["repo"]["full_name"], said["base"]["repo"]["fork"]) == (fork, False)
    assert [each["ref"] for each in ask(api, f"/repos/{fork}/activity").value] == [
        "refs/heads/patch-1"
    ]


# Merging


@pytest.mark.parametrize(
    ("method", "parents", "author"),
    [("merge", 2, "Cleo"), ("squash", 1, "Cleo"), ("rebase", 1, "Bob")],
)
def test_each_way_of_merging_makes_its_own_commit(
    forge: PracticeForge, method: str, parents: int, author: str
) -> None:
    number = open_topic(forge)
    forge.commit("ada", "main", {"a.txt": lines(_1="first")}, "Move the base")
    before = forge.git.find("refs/heads/main")
    commit = forge.git.commit(forge.merge(number, "cleo", method))
    assert (len(commit.parents), commit.author.name) == (parents, author)
    assert commit.parents[0] == before
    assert forge.git.find("refs/heads/main") == commit.sha
    assert forge.state.pushes[-1].kind == "pr_merge"
    pull = forge.pull(number)
    assert pull.merged_by is not None
    assert (pull.state, pull.merge_commit, pull.merged_by.login) == ("closed", commit.sha, "cleo")


def test_the_guard_refuses_a_head_that_is_no_longer_the_one_that_was_meant(
    forge: PracticeForge, api: str
) -> None:
    number, token = open_topic(forge), forge.issue_token("cleo")
    meant = forge.pull(number).head
    head = forge.commit("bob", "topic", {"b.txt": b"in between\n"}, "Slip something in")
    path = f"{HERE}/pulls/{number}/merge"
    assert ask(api, path, token, "PUT", {"sha": meant}).status == 409
    assert forge.pull(number).state == "open"
    assert ask(api, path, token, "PUT", {"sha": head}).status == 200


@pytest.mark.parametrize(
    ("protection", "report", "words"),
    [
        pytest.param(Protection(checks=(CHECK,)), "", "expected", id="no-check"),
        pytest.param(Protection(checks=(CHECK,)), "failure", "expected", id="red"),
        pytest.param(Protection(checks=(CHECK,)), "other", "expected", id="other-app"),
        pytest.param(Protection(checks=(CHECK,)), "status", "expected", id="forged-status"),
        pytest.param(Protection(strict=True), "", "not up to date", id="behind"),
        pytest.param(Protection(approvals=1), "", "approving review", id="no-approval"),
        pytest.param(Protection(checks=(CHECK,)), "success", "", id="green"),
    ],
)
def test_protection_refuses_to_merge(
    forge: PracticeForge, protection: Protection, report: str, words: str
) -> None:
    number = open_topic(forge)
    forge.commit("ada", "main", {"b.txt": b"1\n"}, "Move the base")
    forge.protect("main", protection)
    head = forge.pull(number).head
    if report == "status":
        forge.report_status("bob", head, "plainwork", "success")
    elif report:
        app = App(7, "other", "Other") if report == "other" else ACTIONS
        forge.report_run(app, head, "plainwork", "success" if report == "other" else report)
    if words:
        with pytest.raises(ForgeRefusalError, match=words):
            forge.merge(number, "cleo")
    else:
        forge.merge(number, "cleo")


def test_an_administrator_goes_past_a_protection_that_spares_administrators(
    forge: PracticeForge,
) -> None:
    number = open_topic(forge)
    forge.protect("main", Protection(checks=(CHECK,), for_admins=True))
    with pytest.raises(ForgeRefusalError, match="expected"):
        forge.merge(number, "ada")
    forge.protect("main", Protection(checks=(CHECK,)))
    forge.merge(number, "ada")


def test_the_merge_queue_tries_together_what_is_merged_together(forge: PracticeForge) -> None:
    forge.protect("main", Protection(checks=(CHECK,), queue=True))
    first = open_topic(forge)
    forge.commit("cleo", "other", {"b.txt": b"other\n"}, "Add another")
    second = forge.open_pull("cleo", "other", "Add another")
    forge.commit("cleo", "clash", {"a.txt": lines(_20="end")}, "Call it end")
    third = forge.open_pull("cleo", "clash", "Call it end")
    for number in (first, second, third):
        forge.report_run(ACTIONS, forge.pull(number).head, "plainwork", "success")
    tip = forge.git.find("refs/heads/main")
    one, two = forge.enqueue(first, "cleo"), forge.enqueue(second, "cleo")
    with pytest.raises(ForgeRefusalError, match="not mergeable"):
        forge.enqueue(third, "cleo")
    heads = [forge.git.find(f"refs/heads/{branch}") for branch in (one, two)]
    assert one == f"gh-readonly-queue/main/pr-{first}-{tip}"
    assert two == f"gh-readonly-queue/main/pr-{second}-{heads[0]}"
    assert [file.path for file in forge.git.files(tip, heads[1])] == ["a.txt", "b.txt"]
    assert forge.finish_queue() == []
    forge.report_run(ACTIONS, heads[0], "plainwork", "success")
    assert forge.finish_queue() == [first]
    forge.dequeue(second, "ada")
    assert forge.git.refs("refs/heads/gh-readonly-queue/") == {}
    assert forge.git.find("refs/heads/main") == heads[0]
    assert forge.state.pushes[-1].kind == "merge_queue_merge"


# Git over HTTP


def test_git_clones_pushes_and_fetches_what_a_pull_request_holds(
    forge: PracticeForge, api: str, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    run_git("clone", "--quiet", forge.clone_url("bob"), str(work), cwd=tmp_path)
    assert (work / "a.txt").read_text() == "".join(LINES)
    forge.set_time(START + timedelta(minutes=5))
    large = "".join(f"{number * 7919} {number * 104729}\n" for number in range(200_000))
    commit = commit_files({"large.txt": large}, work)  # over a megabyte Git sends it in chunks
    run_git("push", "--quiet", "origin", "HEAD:refs/heads/topic", cwd=work)
    push = forge.state.pushes[-1]
    assert push.actor is not None
    assert (push.after, push.at, push.actor.login) == (
        commit, START + timedelta(minutes=5), "bob",
    )  # fmt: skip
    number = forge.open_pull("bob", "topic", "Large")
    other = tmp_path / "other"
    run_git("clone", "--quiet", forge.clone_url("cleo"), str(other), cwd=tmp_path)
    run_git("fetch", "--quiet", "origin", f"refs/pull/{number}/head", cwd=other)
    assert run_git("rev-parse", "FETCH_HEAD", cwd=other).strip() == commit
    again = commit_files({"large.txt": "small\n"}, work)
    run_git("push", "--quiet", "origin", "HEAD:refs/heads/topic", cwd=work)
    assert forge.pull(number).head == again
    assert api.startswith(forge.url)


@pytest.mark.parametrize(
    ("login", "refused"),
    [("eve", "Authentication failed"), ("bob", "remote rejected"), ("ada", "")],
)
def test_a_protected_branch_is_pushed_to_by_those_who_may(
    forge: PracticeForge, api: str, tmp_path: Path, login: str, refused: str
) -> None:
    forge.protect("main", Protection(checks=(CHECK,)))
    work = tmp_path / "work"
    run_git("clone", "--quiet", f"{forge.url}/acme/operations.git", str(work), cwd=tmp_path)
    commit = commit_files({"b.txt": "direct\n"}, work)
    url = forge.clone_url(login)
    before = forge.git.find("refs/heads/main")
    if refused:
        with pytest.raises(RuntimeError, match=refused):
            run_git("push", "--quiet", url, "HEAD:main", cwd=work)
        assert forge.git.find("refs/heads/main") == before
    else:
        run_git("push", "--quiet", url, "HEAD:main", cwd=work)
        assert forge.git.find("refs/heads/main") == commit
    assert api


# Answers


def test_lists_come_in_pages_that_lead_to_each_other(forge: PracticeForge, api: str) -> None:
    number = open_topic(forge)
    for _ in range(5):
        forge.review(number, "cleo", "COMMENTED", "Hm.")
    found, path = [], f"{HERE}/pulls/{number}/reviews?per_page=2"
    while path:
        reply = ask(api, path)
        found += [each["id"] for each in reply.value]
        links = reply.headers.get("Link", "").split(", ")
        following = [link for link in links if link.endswith('rel="next"')]
        path = following[0].partition(">")[0].removeprefix(f"<{api}") if following else ""
    assert found == [review.id for review in forge.pull(number).reviews]


def test_what_is_to_go_wrong_goes_wrong(forge: PracticeForge, api: str) -> None:
    number = open_topic(forge)
    for _ in range(3):
        forge.approve(number, "cleo")
    path = f"{HERE}/pulls/{number}/reviews"
    forge.faults.fail("*/reviews", 503, times=2)
    assert [ask(api, path).status for _ in range(3)] == [503, 503, 200]
    forge.faults.cut("*/reviews", 2)
    reply = ask(api, path)
    assert (len(reply.value), "Link" in reply.headers) == (2, False)
    forge.faults.limit_rate(1, START + timedelta(minutes=1))
    assert [ask(api, path).status for _ in range(2)] == [200, 403]
    refused = ask(api, path)
    assert (refused.headers["x-ratelimit-remaining"], refused.headers["retry-after"]) == ("0", "60")
    forge.set_time(START + timedelta(minutes=1))
    assert ask(api, path).status == 200


@pytest.mark.parametrize(
    ("bearer", "app", "status"),
    [("helper[bot]", ACTIONS, 201), ("ada", None, 403), ("", None, 403)],
)
def test_only_an_app_reports_check_runs(
    forge: PracticeForge, api: str, bearer: str, app: App | None, status: int
) -> None:
    token = forge.issue_token(bearer, app) if bearer else ""
    head = forge.git.find("refs/heads/main")
    run = {"name": "plainwork", "head_sha": head, "status": "completed", "conclusion": "success"}
    assert ask(api, f"{HERE}/check-runs", token, "POST", run).status == status


def test_the_same_deeds_get_the_same_answers(tmp_path: Path) -> None:
    told = []
    for name in ("one", "two"):
        forge = make_forge(tmp_path / name)
        number = open_topic(forge)
        forge.approve(number, "cleo")
        forge.commit("ada", "main", {"a.txt": lines(_1="first")}, "Move the base")
        forge.update_branch(number, "bob", "rebase")
        with forge.serve() as api:
            paths = (f"/pulls/{number}", f"/pulls/{number}/reviews", "/activity", "/branches/main")
            answers = json.dumps([ask(api, f"{HERE}{path}").value for path in paths])
            told.append(answers.replace(forge.url, "URL"))
    assert told[0] == told[1]


def test_nothing_is_left_when_it_is_no_longer_served(forge: PracticeForge) -> None:
    before = threading.active_count()
    with forge.serve() as api:
        assert ask(api, HERE).status == 200
        port = urlsplit(api).port
    assert threading.active_count() == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port or 0)).close()
