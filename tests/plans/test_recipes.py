"""CI recipes are filled with names that mean nothing else, and overwrite nothing."""

import pytest

from plainwork.errors import RefusedError, UsageError
from plainwork.plans.recipes import Place, plan_recipes, render_recipes

FILES = {"ci/gate.yml": "branch: {{ branch }}\nin: {{ workspace }}\nref: ${{ github.ref }}\n"}


def test_only_what_is_plainworks_own_is_filled_in() -> None:
    (text,) = render_recipes(FILES, Place("1.2.3", "release/2.x", "ops")).values()
    assert text.decode() == "branch: release/2.x\nin: ops\nref: ${{ github.ref }}\n"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("a b", id="blank"),
        pytest.param("$(id)", id="command"),
        pytest.param("a;id", id="separator"),
        pytest.param("a\nb", id="line"),
        pytest.param("${{ github.token }}", id="expression"),
        pytest.param("-option", id="option"),
        pytest.param("[main", id="list"),
        pytest.param("a/../..", id="upwards"),
        pytest.param("", id="nothing"),
    ],
)
def test_threat_63_a_name_that_could_be_a_script_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="recipes can only name"):
        render_recipes(FILES, Place("1.2.3", name, "."))
    with pytest.raises(UsageError, match="recipes can only name"):
        render_recipes(FILES, Place("1.2.3", "main", name))


def test_what_is_there_already_stays_and_what_differs_is_refused() -> None:
    recipes = {"a.yml": b"a\n", "b.yml": b"b\n"}
    plan = plan_recipes(recipes, {"a.yml": b"a\n"}.get)
    assert [(edit.path, edit.before, edit.after) for edit in plan.edits] == [
        ("a.yml", b"a\n", b"a\n"),
        ("b.yml", None, b"b\n"),
    ]
    with pytest.raises(RefusedError, match=r"^b\.yml would be overwritten"):
        plan_recipes(recipes, {"b.yml": b"mine\n"}.get)
