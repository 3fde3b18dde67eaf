"""Which approvals a change needs."""

from datetime import date
from typing import Any

import msgspec
import pytest

from plainwork.analysis.document_change import DocumentChange
from plainwork.analysis.requirements import Requirement, compute_requirements
from plainwork.model.document import Document
from plainwork.model.party import Agent, Party
from plainwork.model.policy import Policy, Scope
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Approval, CustomField, Transition
from support.builders import make_person, make_snapshot, make_team, make_workflow

TODAY = date(2026, 5, 15)
PARTIES: list[Party] = [
    make_person("ann", manager="bo"),
    make_person("bo"),
    make_person("cy"),
    make_person("gone", last=date(2026, 5, 14)),
    make_team("crew", lead="bo", members=("ann", "cy")),
    make_team("pair", lead="ann", members=("bo",)),
    Agent("robot", "agents/robot.md", "Robot", owner="ann"),
]


def policy(
    id_: str, *approvals: Approval, default: bool = False, when: str = "", **scope: Any
) -> Policy:
    applies_to = Scope(when=when, **scope)
    return Policy(id_, f"policies/{id_}.md", id_, "", default, applies_to, approvals)


FREE = policy("free", default=True)
DEFAULT = policy("default", Approval(by=("owner",), author=True), default=True)
EVERYDAY = policy("everyday", fields=("title", "body", "created"))


def needed(
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    *,
    fields: set[str],
    policies: tuple[Policy, ...] = (),
    custom: tuple[CustomField, ...] = (),
    path: tuple[Transition, ...] = (),
    author: str = "cy",
    paths: tuple[str, ...] = ("work/w.md",),
) -> dict[str, Requirement]:
    """Return the requirements of a change by their source; each side None if it is not there.

    Unless a policy is the default, nothing that no rule names needs anybody.
    """
    sides = [{"id": "w", "owner": "ann", **side} for side in (before, after) if side is not None]
    snapshot = make_snapshot(
        sides,
        workflows=[
            make_workflow("task", fields=custom, owner="bo"),
            make_workflow("bug", fields=custom[:1], owner="cy"),
        ],
        parties=PARTIES,
        policies=policies if any(each.default for each in policies) else (*policies, FREE),
    )
    works = list(snapshot.works)
    change = DocumentChange(
        before=works[0] if before is not None else None,
        after=works[-1] if after is not None else None,
        fields=frozenset(fields),
        paths=paths,
        snapshot=snapshot,
        today=TODAY,
        author=author,
    )
    found = compute_requirements(change, path)
    assert len({each.source for each in found}) == len(found)
    return {each.source: each for each in found}


def edit(fields: set[str], **more: Any) -> dict[str, Requirement]:
    return needed({}, {}, fields=fields, **more)


ASK_BO = Approval(by=("bo",))


def test_approvals_along_the_path_add_up() -> None:
    path = (
        Transition("submit", "review", ("todo",), approvals=(ASK_BO,)),
        Transition("start", "doing", ("review",)),
        Transition("finish", "done", ("doing",), approvals=(Approval(by=("crew",), count=2),)),
    )
    found = edit({"status", "reason"}, path=path, policies=(DEFAULT,))
    assert list(found) == ["transition submit", "transition finish"]
    assert found["transition finish"].count == 2


def test_what_no_rule_names_falls_to_the_default() -> None:
    assert list(edit({"title", "due"}, policies=(EVERYDAY, DEFAULT))) == ["policy default"]
    assert list(edit({"title"}, policies=(EVERYDAY, DEFAULT))) == []
    assert list(edit({"status"}, policies=(EVERYDAY, DEFAULT))) == ["policy default"]


def test_what_may_be_created_freely_may_not_be_changed_so() -> None:
    """`created` in a policy that a change of a title meets says nothing of the other fields."""
    found = edit({"title", "owner"}, policies=(EVERYDAY, DEFAULT))
    assert "policy default" in found


def test_without_a_default_nobody_can_consent() -> None:
    snapshot = make_snapshot([{}], parties=PARTIES, policies=[EVERYDAY])
    change = change_of(None, document("person"), snapshot, "people/zoe.md", created=False)
    (found,) = compute_requirements(change)
    assert (found.people, found.met) == ((), False)
    assert compute_requirements(change_of(None, document("person"), snapshot, "x.md")) == ()


def test_a_policy_that_only_checks_takes_no_field_from_the_default() -> None:
    checks = Policy("checks", "policies/checks.md", "Checks", approvals=None)
    assert list(edit({"due"}, policies=(checks, DEFAULT))) == ["policy default"]


def test_a_policy_without_fields_names_all_of_them() -> None:
    whole = policy("whole", ASK_BO, paths=("work/**",))
    assert list(edit({"due", "owner"}, policies=(DEFAULT, whole))) == ["policy whole"]


AMOUNT = CustomField("amount", "money", approvals=(ASK_BO,))


def test_a_field_asks_for_its_approvals_and_is_no_longer_the_defaults() -> None:
    found = edit({"amount"}, custom=(AMOUNT,), policies=(DEFAULT,))
    assert list(found) == ["field amount"]


def test_a_field_whose_condition_is_false_is_named_all_the_same() -> None:
    rule = CustomField("amount", "money", approvals=(Approval(by=("bo",), when="amount > 1000"),))
    side = {"amount": "10"}
    found = needed(side, side, fields={"amount"}, custom=(rule,), policies=(DEFAULT,))
    assert found == {}


def test_who_changes_the_workflow_meets_the_fields_of_both() -> None:
    other = CustomField("vendor", "text", approvals=(ASK_BO,))
    fields = {"workflow", "amount", "vendor"}
    task, bug = {"workflow": "task"}, {"workflow": "bug"}
    for sides in ((task, bug), (bug, task)):
        found = needed(*sides, fields=fields, custom=(AMOUNT, other))
        assert set(found) == {"field task.amount", "field task.vendor", "field bug.amount"}


@pytest.mark.parametrize(
    ("scope", "asked"),
    [
        pytest.param({}, True, id="everything"),
        pytest.param({"kinds": ("item",)}, True, id="the kind"),
        pytest.param({"kinds": ("project", "record")}, False, id="other kinds"),
        pytest.param({"workflows": ("TASK",)}, True, id="the workflow before"),
        pytest.param({"workflows": ("bug",)}, True, id="the workflow after"),
        pytest.param({"workflows": ("order",)}, False, id="another workflow"),
        pytest.param({"fields": ("due", "title")}, True, id="one of the fields"),
        pytest.param({"fields": ("title",)}, False, id="other fields"),
        pytest.param({"paths": ("old/*",)}, True, id="the path before"),
        pytest.param({"paths": ("new/*",)}, True, id="the path after"),
        pytest.param({"paths": ("work/*",)}, False, id="another path"),
        pytest.param({"kinds": ("item",), "fields": ("title",)}, False, id="all keys must hold"),
    ],
)
def test_what_a_policy_applies_to(scope: dict[str, Any], asked: bool) -> None:
    found = needed(
        {"workflow": "task"},
        {"workflow": "bug"},
        fields={"due", "path"},
        policies=(policy("p", ASK_BO, **scope),),
        paths=("old/w.md", "new/w.md"),
    )
    assert ("policy p" in found) is asked


@pytest.mark.parametrize(
    ("before", "after", "condition", "asked"),
    [
        ("100", "2000", "amount > 1000", True),
        ("2000", "100", "amount > 1000", True),
        ("100", "200", "amount > 1000", False),
        ("100", "200", "amount > old.amount", True),
        ("200", "100", "amount > old.amount", False),
        ("100", "200 USD", "amount > 1000", True),
        ("100", "200", "amount", True),
        ("100", "200", "nothing > 1", True),
    ],
    ids=str,
)
def test_a_condition_counts_before_and_after_and_when_it_cannot_be_judged(
    before: str, after: str, condition: str, asked: bool
) -> None:
    rule = policy("p", ASK_BO, when=condition)
    found = needed(
        {"amount": before},
        {"amount": after},
        fields={"amount"},
        custom=(CustomField("amount", "money"),),
        policies=(rule,),
    )
    assert ("policy p" in found) is asked


@pytest.mark.parametrize(
    ("before", "after", "condition", "free"),
    [
        ("100", "200", "amount < 1000", True),
        ("100", "2000", "amount < 1000", False),
        ("2000", "100", "amount < 1000", False),
        ("100", "200 USD", "amount < 1000", False),
        ("100", "200", "nothing < 1", False),
    ],
    ids=str,
)
def test_what_asks_nobody_frees_only_what_it_surely_covers(
    before: str, after: str, condition: str, free: bool
) -> None:
    found = needed(
        {"amount": before},
        {"amount": after},
        fields={"amount"},
        custom=(CustomField("amount", "money"),),
        policies=(policy("small", when=condition), DEFAULT),
    )
    assert list(found) == ([] if free else ["policy default"])


@pytest.mark.parametrize(
    ("scope", "paths", "free"),
    [
        pytest.param({"workflows": ("task", "bug")}, ("work/w.md",), True, id="both workflows"),
        pytest.param({"workflows": ("task",)}, ("work/w.md",), False, id="one workflow"),
        pytest.param({"paths": ("work/*",)}, ("work/w.md",), True, id="both paths"),
        pytest.param({"paths": ("work/*",)}, ("work/w.md", "big/w.md"), False, id="one path"),
    ],
)
def test_work_that_leaves_a_free_scope_is_not_free(
    scope: dict[str, Any], paths: tuple[str, ...], free: bool
) -> None:
    free_rule = policy("free", fields=("workflow", "due"), **scope)
    sides: tuple[dict[str, Any], ...] = ({"workflow": "task"}, {"workflow": "bug"})
    found = needed(*sides, fields={"due"}, policies=(free_rule, DEFAULT), paths=paths)
    assert ("policy default" in found) is not free


def test_agents_are_told_from_people() -> None:
    rule = policy("p", ASK_BO, when="by_agent")
    assert list(edit({"due"}, policies=(rule,), author="robot")) == ["policy p"]
    assert list(edit({"due"}, policies=(rule,), author="cy")) == []


@pytest.mark.parametrize(
    ("approval", "author", "people", "count", "met"),
    [
        pytest.param(Approval(by=("crew",)), "cy", ("bo", "ann"), 1, False, id="not the author"),
        pytest.param(Approval(by=("crew",)), "", ("bo", "ann", "cy"), 1, False, id="no author"),
        pytest.param(
            Approval(by=("crew",), author=True), "cy", ("bo", "ann", "cy"), 1, True, id="oneself"
        ),
        pytest.param(
            Approval(by=("crew",), author=True), "zoe", ("bo", "ann", "cy"), 1, False, id="outside"
        ),
        pytest.param(
            Approval(by=("crew",), author=True, count=2),
            "cy",
            ("bo", "ann", "cy"),
            2,
            False,
            id="one of two",
        ),
        pytest.param(
            Approval(by=("crew",), exclude=()), "cy", ("bo", "ann", "cy"), 1, False, id="lifted"
        ),
        pytest.param(
            Approval(by=("crew",), exclude=("ann",)), "cy", ("bo",), 1, False, id="others too"
        ),
        pytest.param(
            Approval(by=("crew",), exclude=("contributors", "pair")),
            "cy",
            (),
            1,
            False,
            id="nobody is left",
        ),
        pytest.param(Approval(by=("crew",), count=0), "cy", ("bo", "ann"), 2, False, id="all"),
        pytest.param(Approval(by=("gone",), count=0), "cy", (), 1, False, id="all of nobody"),
        pytest.param(
            Approval(by=("owner", "robot"), author=True), "robot", ("ann",), 1, False, id="agents"
        ),
    ],
)
def test_who_counts(
    approval: Approval, author: str, people: tuple[str, ...], count: int, met: bool
) -> None:
    found = edit({"due"}, policies=(policy("p", approval),), author=author)["policy p"]
    assert (found.people, found.count, found.met) == (people, count, met)


@pytest.mark.parametrize(
    ("before", "after"), [("cy", "cy"), ("cy", ""), ("", "cy")], ids=["both", "dropped", "added"]
)
def test_a_requester_never_counts_even_as_author(before: str, after: str) -> None:
    approval = Approval(by=("crew",), author=True)
    found = needed(
        {"requester": before},
        {"requester": after},
        fields={"due"},
        policies=(policy("p", approval),),
        author="cy",
    )["policy p"]
    assert (found.people, found.met) == (("bo", "ann"), False)


def test_of_alternatives_one_is_enough() -> None:
    either = Approval(any=(Approval(by=("pair",), count=2), Approval(by=("cy",), author=True)))
    found = edit({"due"}, policies=(policy("p", either),), author="bo")["policy p"]
    assert (found.people, found.count, found.met) == (("ann", "cy"), 1, False)
    assert [way.people for way in found.ways] == [("ann",), ("cy",)]
    found = edit({"due"}, policies=(policy("p", either),), author="cy")["policy p"]
    assert found.met


def test_alternatives_that_do_not_apply_are_none() -> None:
    never = Approval(by=("bo",), when="false")
    assert edit({"due"}, policies=(policy("p", Approval(any=(never, never))),)) == {}
    found = edit({"due"}, policies=(policy("p", Approval(any=(never, ASK_BO))),))
    assert len(found["policy p"].ways) == 1


# New and deleted work


def test_who_may_create_work_may_say_what_it_is() -> None:
    found = needed(
        None, {}, fields={"created", "title", "due", "owner"}, policies=(EVERYDAY, DEFAULT)
    )
    assert found == {}


def test_more_special_rules_hold_for_new_work_too() -> None:
    found = needed(
        None,
        {"amount": "9"},
        fields={"created", "title", "amount"},
        custom=(AMOUNT,),
        policies=(EVERYDAY, DEFAULT, policy("big", ASK_BO, fields=("amount",))),
    )
    assert list(found) == ["field amount", "policy big"]


def test_new_work_that_no_policy_lets_in_falls_to_the_default() -> None:
    found = needed(None, {}, fields={"created", "due"}, policies=(DEFAULT,))["policy default"]
    # It names ann as its owner; what counts is who owns its workflow.
    assert found.people == ("bo",)


def test_deleting_needs_the_owner_of_the_workflow() -> None:
    fields = {"deleted", "title", "due"}
    found = needed({}, None, fields=fields, policies=(EVERYDAY, DEFAULT))
    assert list(found) == ["policy default", "deletion"]
    assert found["deletion"].people == ("bo",)
    assert not found["deletion"].met
    assert needed({}, None, fields=fields, author="bo")["deletion"].met


# Handing over


def handover(old: str, new: str, *, author: str) -> list[tuple[tuple[str, ...], bool]]:
    found = needed({"owner": old, "team": "crew"}, {"owner": new}, fields={"owner"}, author=author)
    return [(each.people, each.met) for each in found.values()]


@pytest.mark.parametrize(
    ("old", "new", "author", "asked"),
    [
        pytest.param("ann", "cy", "bo", [(("ann",), False), (("cy",), False)], id="both sides"),
        pytest.param("ann", "cy", "ann", [(("ann",), True), (("cy",), False)], id="the giving"),
        pytest.param("ann", "cy", "cy", [(("ann",), False), (("cy",), True)], id="the receiving"),
        pytest.param("gone", "cy", "ann", [(("bo",), False), (("cy",), False)], id="left: lead"),
        pytest.param("crew", "cy", "ann", [(("bo",), False), (("cy",), False)], id="a team"),
        pytest.param("ann", "crew", "ann", [(("ann",), True), (("bo",), False)], id="to a team"),
        pytest.param("", "cy", "ann", [(("cy",), False)], id="of nobody"),
        pytest.param("ann", "", "ann", [(("ann",), True)], id="to nobody"),
        pytest.param("ann", "ANN", "bo", [], id="to the same"),
    ],
)
def test_a_handover_needs_both_sides(
    old: str, new: str, author: str, asked: list[tuple[tuple[str, ...], bool]]
) -> None:
    assert handover(old, new, author=author) == asked


def test_if_nobody_leads_the_team_the_owner_of_the_workflow_gives() -> None:
    found = needed({"owner": "gone"}, {"owner": "cy"}, fields={"owner"}, author="ann")
    assert found["hand-over: the giving side"].people == ("bo",)


def test_an_owner_who_changes_with_the_parent_is_handed_over_too() -> None:
    found = needed({"owner": "ann"}, {"owner": "cy"}, fields={"parent"})
    assert len(found) == 2


# Other documents


def document(kind: str, **fields: Any) -> Document:
    return Document(f"{kind}/d.md", kind, "d", readable=True, fields=fields)


def change_of(
    before: Document | None,
    after: Document | None,
    snapshot: Snapshot,
    *paths: str,
    created: bool = True,
) -> DocumentChange:
    fields = frozenset({"created", "name"} if created else {"name"})
    return DocumentChange(before, after, fields, paths, snapshot, TODAY, "cy")


def test_policies_guard_documents_and_files_of_every_kind() -> None:
    guarded = policy("governance", ASK_BO, paths=("people/**", ".git*"))
    kinds = policy("kinds", Approval(by=("owner",)), kinds=("agent",))
    snapshot = make_snapshot(parties=PARTIES, policies=[DEFAULT, guarded, kinds])
    person = change_of(None, document("person", name="Zoe"), snapshot, "people/zoe.md")
    assert [each.source for each in compute_requirements(person)] == ["policy governance"]
    file = change_of(None, None, snapshot, ".gitattributes")
    assert [each.source for each in compute_requirements(file)] == ["policy governance"]
    agent = change_of(document("agent", owner="pair"), None, snapshot, "agents/d.md")
    (found,) = compute_requirements(agent)
    assert (found.source, found.people) == ("policy kinds", ("ann",))


def test_a_file_beside_the_workspace_is_named_by_its_path_in_the_repository() -> None:
    guarded = policy("governance", ASK_BO, paths=(".github/**",))
    snapshot = make_snapshot([], policies=(guarded, DEFAULT), parties=PARTIES)
    change = change_of(None, None, snapshot, "../.github/ci.yml")
    change = msgspec.structs.replace(change, paths=(*change.paths, ".github/ci.yml"))
    assert [each.source for each in compute_requirements(change)] == ["policy governance"]


def test_of_a_file_that_says_nothing_every_condition_may_be_true() -> None:
    rule = policy("p", ASK_BO, when="status == 'x'")
    snapshot = make_snapshot(parties=PARTIES, policies=[rule, FREE])
    assert len(compute_requirements(change_of(None, None, snapshot, "CODEOWNERS"))) == 1


def test_two_entries_that_ask_the_same_need_two_people() -> None:
    snapshot = make_snapshot([{}], parties=PARTIES, policies=[policy("p", ASK_BO, ASK_BO)])
    change = change_of(None, document("person"), snapshot, "people/zoe.md")
    assert len(compute_requirements(change)) == 2
