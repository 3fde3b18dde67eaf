"""CI recipes are filled with names that mean nothing else, and overwrite nothing."""

import pytest

from plainwork.errors import RefusedError, UsageError
from plainwork.plans.recipe_source import RELEASE, Source, find_source
from plainwork.plans.recipes import Place, plan_recipes, render_recipes

SOURCE = Source("plainwork==1.2.3")
FILES = {"ci/gate.yml": "branch: {{ branch }}\nin: {{ workspace }}\nref: ${{ github.ref }}\n"}


def test_only_what_is_plainworks_own_is_filled_in() -> None:
    (text,) = render_recipes(FILES, Place(SOURCE, "release/2.x", "ops")).values()
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
        render_recipes(FILES, Place(SOURCE, name, "."))
    with pytest.raises(UsageError, match="recipes can only name"):
        render_recipes(FILES, Place(SOURCE, "main", name))


def test_what_is_there_already_stays_and_what_differs_is_refused() -> None:
    recipes = {"a.yml": b"a\n", "b.yml": b"b\n"}
    plan = plan_recipes(recipes, {"a.yml": b"a\n"}.get)
    assert [(edit.path, edit.before, edit.after) for edit in plan.edits] == [
        ("a.yml", b"a\n", b"a\n"),
        ("b.yml", None, b"b\n"),
    ]
    with pytest.raises(RefusedError, match=r"^b\.yml would be overwritten"):
        plan_recipes(recipes, {"b.yml": b"mine\n"}.get)


COMMIT = "0123456789abcdef0123456789abcdef01234567"


def from_git(url: object, commit: object = COMMIT, vcs: str = "git") -> dict[str, object]:
    return {"url": url, "vcs_info": {"vcs": vcs, "commit_id": commit}}


UNREACHABLE = {
    "from a folder": {"url": "file:///home/ada/plainwork", "dir_info": {}},
    "nobody knows": {},
    "from a folder with Git": from_git("file:///srv/plainwork"),
    "over ssh": from_git("ssh://git@acme.example/plainwork"),
    "with a password": from_git("https://ada:secret@acme.example/plainwork"),
    "that ends a quotation": from_git('https://acme.example/a";id;"'),
    "that runs a command": from_git("https://acme.example/$(id)"),
    "of several lines": from_git("https://acme.example/a\nb"),
    "an expression": from_git("https://acme.example/${{ github.token }}"),
    "upwards": from_git("https://acme.example/a/..b/c"),
    "a branch": from_git("https://acme.example/a", "main"),
    "no text": from_git(7, 8),
    "another system": from_git("https://acme.example/a", vcs="hg"),
}


@pytest.mark.parametrize(
    ("origin", "requirement", "action", "same"),
    [
        pytest.param(None, "plainwork==1.2.3", RELEASE, (True, True), id="from an index"),
        pytest.param(
            from_git("https://github.com/acme/plain.work.git"),
            f"git+https://github.com/acme/plain.work.git@{COMMIT}",
            f"acme/plain.work@{COMMIT}",
            (True, True),
            id="from GitHub",
        ),
        pytest.param(
            from_git("https://git.acme.example:8443/tools/deep/plainwork"),
            f"git+https://git.acme.example:8443/tools/deep/plainwork@{COMMIT}",
            RELEASE,
            (False, True),
            id="from a forge of one's own",
        ),
        *(
            pytest.param(origin, "plainwork==1.2.3", RELEASE, (False, False), id=id_)
            for id_, origin in UNREACHABLE.items()
        ),
    ],
)
def test_threat_63_recipes_run_the_plainwork_that_writes_them(
    origin: dict[str, object] | None, requirement: str, action: str, same: tuple[bool, bool]
) -> None:
    source = find_source("1.2.3", origin)
    assert (source.requirement, source.action) == (requirement, action)
    assert (source.is_same("github"), source.is_same("gitlab")) == same
