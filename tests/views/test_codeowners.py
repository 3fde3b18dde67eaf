from datetime import date
from typing import Any

import pytest

from plainwork.model.party import Account, Agent, Party
from plainwork.model.policy import Policy, Scope
from plainwork.model.settings import Settings
from plainwork.model.workflow import Approval
from plainwork.views.codeowners import CodeOwners, compute_codeowners
from support.builders import make_person, make_snapshot, make_team

TODAY = date(2026, 5, 15)


def _on_github(login: str) -> dict[str, Account]:
    return {"github": Account(login, 7)}


PARTIES: list[Party] = [
    make_person("ann", accounts=_on_github("Ann-1")),
    make_person("bo", accounts={"gitlab": Account("bo", 3)}),
    make_person("cy", accounts=_on_github("cy")),
    make_person("gone", accounts=_on_github("gone"), last=date(2026, 5, 14)),
    make_person("odd", accounts=_on_github("x @evil\n* @evil")),
    make_team("crew", lead="cy", members=("bo", "gone")),
    make_team("board", lead="ann", accounts=_on_github("acme/board")),
    Agent("robot", "agents/robot.md", "Robot", owner="ann", accounts=_on_github("robot")),
]


def _policy(id_: str, *approvals: Approval, default: bool = False, **scope: Any) -> Policy:
    return Policy(id_, f"policies/{id_}.md", id_, "", default, Scope(**scope), approvals)


def _owners(*policies: Policy) -> CodeOwners:
    settings = Settings(forge_kind="github")
    snapshot = make_snapshot(parties=PARTIES, policies=policies, settings=settings)
    return compute_codeowners(snapshot, TODAY)


def _lines(*policies: Policy) -> dict[str, tuple[str, ...]]:
    return {path.glob: path.logins for path in _owners(*policies).paths}


@pytest.mark.parametrize(
    ("by", "logins"),
    [
        pytest.param(("ann",), ("Ann-1",), id="person"),
        pytest.param(("crew",), ("cy",), id="team-without-account-comes-to-its-people"),
        pytest.param(("board",), ("acme/board",), id="team-with-account"),
        pytest.param(("cy", "ann"), ("Ann-1", "cy"), id="sorted"),
        pytest.param(("gone", "ann"), ("Ann-1",), id="who-has-left-is-not-invited"),
        pytest.param(("robot", "ann"), ("Ann-1",), id="no-agent"),
        pytest.param(("odd", "ann"), ("Ann-1",), id="a-login-that-is-none"),
        pytest.param(("owner", "ann"), ("Ann-1",), id="relations-depend-on-the-work"),
    ],
)
def test_who_is_invited(by: tuple[str, ...], logins: tuple[str, ...]) -> None:
    assert _lines(_policy("p", Approval(by=by), paths=("x/**",))) == {"x/**": logins}


def test_who_has_no_account_is_named() -> None:
    owners = _owners(_policy("p", Approval(by=("crew", "odd")), paths=("x/**",)))
    assert owners.without_account == ("bo", "odd")


def test_a_path_that_nobody_can_be_invited_to_has_no_line() -> None:
    # A line without owners would take away what the ones before it say.
    assert _lines(_policy("p", Approval(by=("owner",)), paths=("x/**",))) == {}


def test_what_several_policies_guard_invites_all_of_them() -> None:
    found = _lines(
        _policy("all", Approval(by=("cy",)), paths=("policies/**",)),
        _policy("money", Approval(any=(Approval(by=("ann",)),)), paths=("policies/big.md",)),
    )
    assert found == {"policies/**": ("cy",), "policies/big.md": ("Ann-1", "cy")}
    assert list(found) == ["policies/**", "policies/big.md"]


def test_a_folder_is_guarded_by_policies_about_all_that_is_in_it() -> None:
    by_cy = Approval(by=("cy",))
    assert _lines(_policy("p", by_cy, kinds=("item", "project"))) == {
        "projects/**": ("cy",),
        "work/**": ("cy",),
    }
    assert _lines(_policy("p", by_cy, kinds=("item",), fields=("due",))) == {}
    assert _lines(_policy("p", by_cy, workflows=("task",))) == {}
    assert _lines(_policy("p", by_cy, when="by_agent")) == {}
    assert len(_lines(_policy("p", by_cy, default=True))) == 9


def test_what_needs_nobody_invites_nobody() -> None:
    assert _lines(_policy("everyday", paths=("work/**",))) == {}
