"""What is asked of GitHub, and what the practice forge answers, fits GitHub's own description."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from plainwork.forge.client import Annotation, CheckState, Report
from plainwork.forge.connect import open_forge
from plainwork.forge.github import GitHub
from plainwork.forge.limits import Limits
from plainwork.forge.place import Place
from plainwork.serving.practice.accounts import ACTIONS, ACTIONS_BOT
from plainwork.serving.practice.state import Protection, RequiredCheck
from plainwork.serving.practice_forge import PracticeForge
from support.openapi import find_faults, load_description
from support.practice import START, lines, make_forge, open_topic
from support.relay import Relay

ROOT = "/api"


@pytest.fixture
def practice(tmp_path: Path) -> PracticeForge:
    return make_forge(tmp_path)


@pytest.fixture
def relay(practice: PracticeForge) -> Iterator[Relay]:
    with practice.serve() as address, Relay(address).serve() as relay:
        yield relay


def connect(relay: Relay, token: str) -> GitHub:
    place = Place("github", relay.url, "acme/operations")
    forge = open_forge(place, {"GITHUB_TOKEN": token}, limits=Limits(pause=0))
    assert isinstance(forge, GitHub)
    return forge


def check(relay: Relay) -> set[str]:
    """Judge what was asked and answered; return the requests, without numbers."""
    asked = [each for each in relay.exchanges if not each.target.endswith("/graphql")]
    faults = [fault for each in asked for fault in find_faults(each, ROOT)]
    assert faults == []
    for each in asked:
        assert each.headers["Accept"] == "application/vnd.github+json"
        assert each.headers["X-Github-Api-Version"] == "2022-11-28"
    return {each.method for each in asked}


def tell_a_story(practice: PracticeForge) -> int:
    """Let a pull request live: pushes, drafts, reviews of all kinds, a bot, a stranger."""
    number = open_topic(practice)
    practice.set_draft(number, "bob", draft=True)
    practice.set_time(START + timedelta(hours=1))
    practice.set_draft(number, "bob", draft=False)
    practice.approve(number, "cleo", "plainwork-approve: " + "0" * 64)
    practice.request_changes(number, "ada")
    practice.review(number, "eve", "COMMENTED", "Hm.")
    practice.approve(number, "helper[bot]")
    practice.assign(number, "ada", "helper[bot]")
    practice.set_label(number, "ada", "urgent")
    practice.set_time(START + timedelta(hours=2))
    practice.commit("bob", "topic", {"a.txt": lines(_20="the last")}, "Call it the last")
    practice.dismiss(number, practice.pull(number).reviews[1].id, "bob")
    practice.delete_account("eve")
    practice.commit("ada", "main", {"a.txt": lines(_1="first")}, "Move the base")
    practice.set_time(START + timedelta(hours=3))
    practice.update_branch(number, "bob", "rebase")
    return number


def test_what_is_asked_about_a_pull_request_is_github(
    practice: PracticeForge, relay: Relay
) -> None:
    number = tell_a_story(practice)
    forge = connect(relay, practice.issue_token("ada"))

    evidence = forge.fetch_evidence(str(number))
    forge.fetch_open()

    assert evidence.complete, evidence.gaps
    assert evidence.heads_known
    assert check(relay) == {"GET"}


def test_what_is_published_as_a_check_is_github(practice: PracticeForge, relay: Relay) -> None:
    number = tell_a_story(practice)
    forge = connect(relay, practice.issue_token(ACTIONS_BOT.login, ACTIONS))
    evidence = forge.fetch_evidence(str(number))
    remarks = tuple(Annotation("a.txt", line, "look") for line in range(1, 120))

    forge.publish(Report(evidence, CheckState.PENDING, "Deciding"))
    forge.publish(
        Report(evidence, CheckState.SUCCESS, "Fine", "All is well", remarks, evidence.read_at)
    )

    assert check(relay) == {"GET", "POST", "PATCH"}


def test_what_is_published_as_a_status_is_github(practice: PracticeForge, relay: Relay) -> None:
    number = open_topic(practice)
    forge = connect(relay, practice.issue_token("ada"))
    evidence = forge.fetch_evidence(str(number))

    forge.publish(Report(evidence, CheckState.ERROR, "x" * 500, url="https://acme.example/run"))

    assert check(relay) == {"GET", "POST"}


@pytest.mark.parametrize("ruleset", [False, True], ids=["settings", "ruleset"])
def test_what_is_asked_about_a_branch_is_github(
    practice: PracticeForge, relay: Relay, ruleset: bool
) -> None:
    required = RequiredCheck("plainwork", ACTIONS.id)
    practice.protect("main", Protection(checks=(required,), dismiss_stale=True, ruleset=ruleset))
    forge = connect(relay, practice.issue_token("ada"))

    protection = forge.fetch_protection("refs/heads/main")

    assert [(each.name, each.source) for each in protection.checks or ()] == [
        ("plainwork", str(ACTIONS.id))
    ]
    assert protection.protected
    check(relay)


def test_what_is_asked_about_a_merge_queue_is_github(practice: PracticeForge, relay: Relay) -> None:
    practice.protect("main", Protection(queue=True))
    number = open_topic(practice)
    practice.approve(number, "cleo")
    branch = practice.enqueue(number, "ada")
    head = practice.git.refs()[f"refs/heads/{branch.removeprefix('refs/heads/')}"]
    forge = connect(relay, practice.issue_token("ada"))

    group = forge.fetch_group("refs/heads/main", head)

    assert [member.pull for member in group.members] == [str(number)]
    assert group.complete, group.gaps
    check(relay)


def test_what_is_asked_about_a_merge_is_github(practice: PracticeForge, relay: Relay) -> None:
    number = open_topic(practice)
    before = practice.git.find("refs/heads/main")
    commit = practice.merge(number, "ada")
    forge = connect(relay, practice.issue_token("ada"))

    assert forge.fetch_merged(commit) == (str(number),)
    assert forge.fetch_merged(before) == ()
    check(relay)


def test_every_request_of_the_description_is_in_use() -> None:
    source = Path(__file__).parents[2] / "src/plainwork/forge"
    text = "".join(path.read_text() for path in source.glob("github*.py"))
    last = {path.split("/")[-1] for path in load_description()["paths"]}
    words = {part for part in last if not part.startswith("{")}
    assert {word for word in words if f'"{word}"' not in text} == set()
