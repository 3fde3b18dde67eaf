"""Where the rules come from: always from the base, never from the change."""

from typing import Any

import pytest

from plainwork.approvals.soundness import CLEAR
from plainwork.approvals.verdict import combine
from plainwork.model.change import Fault
from plainwork.model.decision import Verdict
from plainwork.model.diagnostic import Severity
from plainwork.rules import BUILT_IN
from plainwork.rules.rule import Scope
from support.changes import Side, account, decide_texts, make_change, make_evidence
from support.purchases import (
    APPROVED,
    BASE_FILES,
    DRILL,
    LATHE,
    SWEEP,
    approvals,
    approve_lathe,
    boarding,
    codes,
    edited,
    given_by,
    need_of,
    needs_of,
    refused,
)

PURCHASE, BOARD = "workflows/purchase.md", "teams/board.md"


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param((PURCHASE, "{by: board, count: 2, veto: true}", "{by: bob}"), id="workflow"),
        pytest.param((BOARD, "members: [cleo, dan", "members: [eve, finn, cleo, dan"), id="team"),
        pytest.param((PURCHASE, "count: 2, veto: true", "count: 1"), id="count"),
        pytest.param(("people/bob.md", "name: Bob", "name: Bob\nmanager: ada"), id="person"),
        pytest.param(
            ("policies/default.md", "default: true", "default: true\napplies_to: {kinds: [team]}"),
            id="policy",
        ),
    ],
)
def test_threat_01_what_edits_the_rules_is_judged_by_the_rules_as_they_are(
    edit: tuple[str, str, str],
) -> None:
    result = edited(edit, of=APPROVED)
    decision = approve_lathe(*approvals("eve", "finn"), result=result)
    assert decision.verdict is Verdict.WAITING
    assert boarding(decision).count == 2
    assert boarding(decision).people == ("ada", "cleo", "dan")
    (rule,) = (each for each in decision.documents if each.path == edit[0])
    assert [each.source for each in rule.requirements] == ["policy governance"]
    assert rule.requirements[0].people == ("ada", "ida")


def test_threat_01_whom_the_change_adds_approves_nothing_of_it() -> None:
    person = BASE_FILES["people/bob.md"].replace("bob", "zoe").replace("id: 2", "id: 9003")
    governance = edited(("teams/governance.md", "[ida]", "[ida, zoe]"))
    result = {**governance, "people/zoe.md": person}
    decision = decide_texts(BASE_FILES, result, make_evidence(approvals("zoe")))
    assert decision.verdict is Verdict.WAITING
    assert refused(need_of(decision, "zoe", "policy governance")) == {"zoe": "unknown-account"}


def test_threat_02_a_new_owner_does_not_approve_as_owner() -> None:
    result = edited(
        (SWEEP, "owner: finn", "owner: eve"), (SWEEP, "title:", "project: apollo\ntitle:")
    )
    decision = decide_texts(BASE_FILES, result, make_evidence(approvals("eve", "cleo")))
    assert decision.verdict is Verdict.WAITING
    giving = need_of(decision, "sweep", "hand-over: the giving side")
    assert (giving.people, refused(giving)["eve"]) == (("finn",), "not-in-role")
    assert need_of(decision, "sweep", "hand-over: the receiving side").met
    assert need_of(decision, "sweep", "policy default").people == ("finn",)


def test_threat_02_an_owner_changed_above_is_not_whom_the_work_below_asks() -> None:
    """The project's new owner comes from the change; work that moves there asks the old one."""
    result = edited(
        ("projects/gemini.md", "owner: dan", "owner: bob"),
        (DRILL, "project: apollo", "project: gemini"),
    )
    decision = decide_texts(BASE_FILES, result, make_evidence(approvals("cleo")))
    moved = need_of(decision, "drill", "policy projects (as it would be)")
    assert moved.people == ("dan",)


def test_threat_02_the_lead_whom_the_change_names_does_not_receive_for_the_team() -> None:
    result = edited(
        (SWEEP, "owner: finn", "owner: procurement"),
        ("teams/procurement.md", "lead: eve", "lead: bob"),
    )
    decision = decide_texts(BASE_FILES, result, make_evidence())
    assert need_of(decision, "sweep", "hand-over: the receiving side").people == ("eve",)


def test_threat_02_a_removed_member_still_decides_about_the_removal() -> None:
    result = edited((BOARD, "members: [cleo, dan", "members: [dan"), of=APPROVED)
    decision = approve_lathe(*approvals("cleo", "dan"), result=result)
    assert given_by(boarding(decision)) == ["cleo", "dan"]
    assert decision.verdict is Verdict.WAITING  # governance has to agree to the removal


def test_threat_03_a_routing_field_asks_both_sides() -> None:
    result = edited((DRILL, "project: apollo", "project: gemini"))
    sources = ["policy projects", "policy projects (as it would be)"]
    for logins, verdict in (
        (["cleo"], Verdict.WAITING),
        (["dan"], Verdict.WAITING),
        (["cleo", "dan"], Verdict.APPROVED),
    ):
        decision = decide_texts(BASE_FILES, result, make_evidence(approvals(*logins)))
        assert [each.source for each in needs_of(decision, "drill")] == sources
        assert decision.verdict is verdict


def test_threat_03_a_condition_that_was_true_still_asks() -> None:
    """Lowering the amount under the limit does not get round those who guard it."""
    base = edited((LATHE, "amount: 800", "amount: 8000"))
    result = edited((LATHE, "amount: 8000", "amount: 800"), of=base)
    decision = decide_texts(base, result, make_evidence())
    assert need_of(decision, "lathe", "field amount").people == ("ida", "hal")


def test_threat_03_what_is_free_on_one_side_only_is_not_free() -> None:
    """A policy that asks nobody about small amounts does not let them grow."""
    small = (
        "---\ntitle: Small\napplies_to: {fields: [class], when: 'amount < 1000'}\n"
        "approvals: []\n---\n"
    )
    base = {**BASE_FILES, "policies/small.md": small}
    result = edited((LATHE, "amount: 800", "amount: 80000\nclass: large"), of=base)
    decision = decide_texts(base, result, make_evidence(author=account("hal")))
    assert "policy default" in [each.source for each in needs_of(decision, "lathe")]


def test_threat_03_nobody_brings_work_before_friendlier_approvers() -> None:
    """A policy whose scope the change itself enters asks beside those who were asked before."""
    club = (
        "---\ntitle: Club\napplies_to: {when: \"'x-club' in doc\"}\napprovals: [{by: ida}]\n---\n"
    )
    base = {**BASE_FILES, "policies/club.md": club}
    result = edited((SWEEP, "owner: finn", "owner: finn\nx-club: yes\nx-prize: mine"), of=base)
    decision = decide_texts(base, result, make_evidence(approvals("ida")))
    sources = [each.source for each in needs_of(decision, "sweep")]
    assert sources == ["policy club", "policy default"]
    assert decision.verdict is Verdict.WAITING


def test_threat_03_another_workflow_is_entered_like_new_work_and_left_by_its_own_rules() -> None:
    """Work that becomes a task still answers to whom its vendor concerned."""
    result = edited(
        (LATHE, "workflow: purchase", "workflow: task"),
        (LATHE, "status: review", "status: done"),
        (LATHE, "vendor: Hubwerk\namount: 800\n", ""),
    )
    decision = decide_texts(BASE_FILES, result, make_evidence())
    sources = [each.source for each in needs_of(decision, "lathe")]
    assert "policy vendors" in sources
    assert "policy default" in sources
    assert decision.verdict is not Verdict.APPROVED


def test_threat_04_a_weaker_folder_does_not_help() -> None:
    guard = (
        "---\ntitle: Guarded\napplies_to: {paths: [work/guarded/**]}\napprovals: [{by: ada}]\n---\n"
    )
    base = {**BASE_FILES, "policies/guarded.md": guard}
    base["work/guarded/press.md"] = base.pop(LATHE)
    result = {**base, "work/press.md": base["work/guarded/press.md"]}
    del result["work/guarded/press.md"]
    decision = decide_texts(base, result, make_evidence(approvals("ada")))
    (document,) = decision.documents
    assert document.id == "press"
    assert document.changes[0] == "path: work/guarded/press.md → work/press.md"
    assert [each.source for each in document.requirements] == ["policy guarded", "policy default"]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        pytest.param("policies/default.md", "approvals:", "aprovals:", id="an unknown key"),
        pytest.param("policies/default.md", "---\ntitle", "title", id="no front matter"),
        pytest.param("workflows/purchase.md", "count: 2", "count: 0", id="a count of nobody"),
        pytest.param(
            "workflows/purchase.md", "by: board, count: 2, ", "", id="an approval by nobody"
        ),
        pytest.param("plainwork.toml", 'timezone = "UTC"', 'timezone = "Nowhere"', id="settings"),
        pytest.param("policies/vendors.md", "title", "id: default\ntitle", id="an id twice"),
    ],
)
def test_threat_05_a_rule_that_cannot_be_read_blocks(path: str, old: str, new: str) -> None:
    base = edited((path, old, new))
    result = edited((SWEEP, "With a broom.", "With a big broom."), of=base)
    decision = decide_texts(base, result, make_evidence())
    assert decision.verdict is Verdict.ERROR
    assert "unreadable-rule" in codes(decision)


def test_threat_05_what_mends_a_rule_that_cannot_be_read_is_told_what_to_do() -> None:
    base = edited(("policies/default.md", "approvals:", "aprovals:"))
    mended = edited(("policies/default.md", "aprovals:", "approvals:"), of=base)
    decision = decide_texts(base, mended, make_evidence(approvals("ada", "ida")))
    (reason,) = (each for each in decision.reasons if each.code == "unreadable-rule")
    assert decision.verdict is Verdict.ERROR
    assert "git log -p -- policies/default.md" in reason.hint


def test_what_is_only_unwise_in_a_rule_is_mended_by_consent() -> None:
    """A state without a way on leaves no doubt of whom the workflow asks."""
    task, way = "workflows/task.md", "transitions:\n  finish: {from: open, to: done}\n"
    stuck = edited(
        (task, "  done: {", "  parked: {category: active}\n  done: {"),
        (task, way, f"{way}  park: {{from: open, to: parked}}\n"),
    )
    (workflow,) = (each for each in Side(stuck).snapshot.definitions if each.path == task)
    assert {each.rule for each in workflow.diagnostics} == {"no-way-to-an-end"}
    decision = decide_texts(stuck, BASE_FILES, make_evidence(approvals("ada", "ida")))
    assert (decision.verdict, codes(decision)) == (Verdict.APPROVED, set())


def test_what_leaves_no_doubt_is_what_the_check_finds_and_the_reader_does_not() -> None:
    errors = {
        rule.name
        for rule in BUILT_IN
        if rule.scope is Scope.DOCUMENT and rule.severity is Severity.ERROR
    }
    assert errors >= CLEAR


def test_threat_05_without_a_default_policy_nothing_passes() -> None:
    base = {path: text for path, text in BASE_FILES.items() if path != "policies/default.md"}
    result = edited((SWEEP, "With a broom.", "With a big broom."), of=base)
    decision = decide_texts(base, result, make_evidence())
    assert (decision.verdict, codes(decision)) == (Verdict.REJECTED, {"no-default-policy"})


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"ref": "refs/heads/release"}, id="another branch"),
        pytest.param({"base": "c" * 40}, id="another base"),
        pytest.param({"head": "c" * 40}, id="another head"),
        pytest.param({"repository": "acme/fork"}, id="another repository"),
        pytest.param({"forge": "gitlab"}, id="another forge"),
        pytest.param({"commits": 2}, id="another number of commits"),
        pytest.param({"files": 0}, id="fewer files"),
        pytest.param({"files": 2}, id="more files"),
    ],
)
def test_threat_06_evidence_about_something_else_decides_nothing(other: dict[str, Any]) -> None:
    decision = approve_lathe(*approvals("ada", "cleo"), **other)
    assert decision.verdict is Verdict.ERROR


def test_threat_12_the_first_change_needs_nobody_and_says_so_once() -> None:
    first = make_change({}, BASE_FILES, first=True, governed=False)
    decision = decide_texts({}, BASE_FILES, make_evidence(), change=first)
    assert (decision.verdict, codes(decision)) == (Verdict.APPROVED, {"init"})
    assert combine([decision]) is Verdict.APPROVED


def test_threat_12_a_first_change_with_faults_is_refused() -> None:
    fault = Fault("missing-field", "`title` is missing")
    first = make_change({}, BASE_FILES, first=True, governed=False, faults=[fault])
    decision = decide_texts({}, BASE_FILES, make_evidence(), change=first)
    assert decision.verdict is Verdict.REJECTED


def test_threat_12_a_branch_that_lost_its_rules_decides_nothing() -> None:
    lost = make_change({}, BASE_FILES, first=False, governed=False)
    decision = decide_texts({}, BASE_FILES, make_evidence(approvals("ada")), change=lost)
    assert (decision.verdict, codes(decision)) == (Verdict.ERROR, {"not-governed"})
