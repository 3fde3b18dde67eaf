from datetime import date
from typing import Any

import msgspec
import pytest

from plainwork.model.party import Account, Party
from plainwork.model.policy import Policy, Scope
from plainwork.model.settings import Settings
from plainwork.model.snapshot import Snapshot
from plainwork.model.workflow import Approval
from plainwork.views.setup import Clone, State, judge_workspace
from support.builders import make_person, make_snapshot, make_team

TODAY = date(2026, 5, 15)
ADA = make_person("ada", accounts={"github": Account("ada", 1)}, signing_keys=("ssh-ed25519 AAAA",))
CREW = make_team("crew", lead="ada")
CLONE = Clone(
    git=(2, 39, 5),
    repository=True,
    shallow=False,
    recipes={".github/workflows/plainwork-gate.yml": True},
    codeowners=True,
)
DEFAULT = Policy(
    "default", "policies/default.md", "Default", default=True, approvals=(Approval(by=("crew",)),)
)


def _snapshot(*others: Party, kind: str = "github", policies: tuple[Policy, ...] = ()) -> Snapshot:
    chosen = policies or (DEFAULT,)
    settings = Settings(forge_kind=kind, forge_repository="acme/work")
    return make_snapshot(parties=[ADA, CREW, *others], policies=chosen, settings=settings)


def _judge(snapshot: Snapshot, **clone: Any) -> dict[str, State]:
    found = list(judge_workspace(snapshot, TODAY, msgspec.structs.replace(CLONE, **clone)))
    for finding in found:
        assert bool(finding.why) == bool(finding.remedy) == (finding.state is not State.FINE)
    return {each.topic: each.state for each in found if each.state is not State.FINE}


def test_a_sound_workspace_lacks_nothing() -> None:
    assert _judge(_snapshot()) == {}


@pytest.mark.parametrize(
    ("clone", "topic", "state"),
    [
        pytest.param({"git": (2, 37, 9)}, "git", State.MISSING, id="old-git"),
        pytest.param({"git": None}, "git", State.MISSING, id="no-git"),
        pytest.param({"repository": False}, "history", State.MISSING, id="no-repository"),
        pytest.param({"shallow": True}, "history", State.MISSING, id="threat-11-shallow"),
        pytest.param({"recipes": {"a/gate.yml": None}}, "recipe", State.MISSING, id="no-recipe"),
        pytest.param({"recipes": {"a/gate.yml": False}}, "recipe", State.ADVICE, id="changed"),
        pytest.param({"codeowners": None}, "codeowners", State.ADVICE, id="no-codeowners"),
        pytest.param({"codeowners": False}, "codeowners", State.ADVICE, id="old-codeowners"),
    ],
)
def test_what_the_clone_lacks_is_named(clone: dict[str, Any], topic: str, state: State) -> None:
    assert _judge(_snapshot(), **clone) == {topic: state}


@pytest.mark.parametrize("name", ["tick", "site", "preview"])
def test_a_recipe_that_enforces_nothing_may_be_left_out(name: str) -> None:
    recipes = {**CLONE.recipes, f".github/workflows/plainwork-{name}.yml": None}
    assert _judge(_snapshot(), recipes=recipes) == {}


def test_gitlab_keeps_its_recipe_elsewhere() -> None:
    ada = msgspec.structs.replace(ADA, accounts={"gitlab": Account("ada", 1)})
    snapshot = _snapshot(ada, kind="gitlab")
    assert _judge(snapshot, recipes={".gitlab/plainwork.yml": None}) == {"recipe": State.UNKNOWN}


def test_without_a_forge_the_rest_is_judged() -> None:
    assert _judge(_snapshot(kind="")) == {"forge": State.MISSING}


@pytest.mark.parametrize(
    "accounts",
    [
        pytest.param({}, id="none"),
        pytest.param({"gitlab": Account("bo", 2)}, id="elsewhere"),
        pytest.param({"github": Account("bo")}, id="threat-43-login-only"),
    ],
)
def test_whoever_approves_needs_an_account_with_a_number(accounts: dict[str, Account]) -> None:
    bo = make_person("bo", accounts=accounts)
    crew = make_team("crew", lead="ada", members=("bo",))
    assert _judge(_snapshot(bo, crew)) == {"accounts": State.MISSING}
    # Whom no rule names needs none.
    assert _judge(_snapshot(bo)) == {}
    gone = msgspec.structs.replace(bo, last=date(2026, 5, 14))
    assert _judge(_snapshot(gone, crew)) == {}


def test_where_it_depends_on_the_work_everybody_may_have_to_approve() -> None:
    owners = msgspec.structs.replace(DEFAULT, approvals=(Approval(by=("owner",)),))
    bo = make_person("bo")
    assert _judge(_snapshot(bo, policies=(owners,))) == {"accounts": State.MISSING}


def test_signatures_need_keys() -> None:
    assert _judge(_snapshot(kind="signed")) == {}
    bo = make_person("bo")
    crew = make_team("crew", lead="ada", members=("bo",))
    assert _judge(_snapshot(bo, crew, kind="signed")) == {"signing-keys": State.MISSING}


@pytest.mark.parametrize(
    ("policies", "guarded"),
    [
        pytest.param([Policy("d", "p", "d", default=True, approvals=())], False, id="none"),
        pytest.param([DEFAULT], True, id="default"),
        pytest.param(
            [
                Policy("d", "p", "d", default=True, approvals=()),
                Policy("g", "p", "g", applies_to=Scope(paths=("**",)), approvals=DEFAULT.approvals),
            ],
            True,
            id="by-path",
        ),
        pytest.param(
            [DEFAULT, Policy("f", "p", "f", applies_to=Scope(paths=(".git*/**",)), approvals=())],
            False,
            id="threat-24-ci-files-set-free",
        ),
        pytest.param(
            [
                Policy("d", "p", "d", default=True, approvals=()),
                Policy(
                    "g", "p", "g", applies_to=Scope(when="by_agent"), approvals=DEFAULT.approvals
                ),
            ],
            False,
            id="under-a-condition",
        ),
    ],
)
def test_threat_24_what_decides_who_may_do_what_is_guarded(
    policies: list[Policy], guarded: bool
) -> None:
    found = _judge(_snapshot(policies=tuple(policies)))
    assert ("governance" in found) is not guarded
