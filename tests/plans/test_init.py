"""Starting a workspace from a template: all of them, for people of any name."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.errors import RefusedError, UsageError
from plainwork.model.diagnostic import Severity
from plainwork.parsing.scalars import ID_PATTERN
from plainwork.plans.init import Beginning, plan_workspace
from plainwork.rules import check_workspace
from plainwork.storage.templates import list_starters, load_starter
from plainwork.storage.workspace import load_snapshot

TODAY = date(2026, 3, 2)
ADA = Beginning("Acme", "Ada Lovelace", "ada@example.org", TODAY)
TEMPLATE = {
    "plainwork.toml": '[workspace]\nname = "{{ workspace_name }}"\n',
    "people/{{ person_id }}.md": (
        '---\nname: "{{ person_name }}"\nemails: ["{{ person_email }}"]\n---\n'
    ),
    "routines/close.md": "---\ntitle: Close {{ period }}\n---\n",
    "README.md": "How to go on.\n",
}


def nothing(_: str) -> bool:
    return False


@pytest.mark.parametrize("name", [starter.name for starter in list_starters()])
def test_every_starter_begins_without_errors(name: str, tmp_path: Path) -> None:
    for edit in plan_workspace(load_starter(name), ADA, nothing).edits:
        file = tmp_path / edit.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(edit.after or b"")
    snapshot = load_snapshot(tmp_path)
    found = (*snapshot.diagnostics, *check_workspace(snapshot, TODAY))
    assert [each for each in found if each.severity is Severity.ERROR] == []
    assert snapshot.person("ada") is not None


def test_only_the_known_placeholders_are_filled() -> None:
    plan = plan_workspace(TEMPLATE, ADA, nothing)
    texts = {edit.path: (edit.after or b"").decode() for edit in plan.edits}
    assert list(texts) == ["README.md", "people/ada.md", "plainwork.toml", "routines/close.md"]
    assert texts["people/ada.md"] == '---\nname: "Ada Lovelace"\nemails: ["ada@example.org"]\n---\n'
    assert texts["routines/close.md"] == TEMPLATE["routines/close.md"]


@pytest.mark.parametrize(
    ("name", "email", "id_"),
    [
        pytest.param("Ada Lovelace", "x@y.example", "ada", id="first name"),
        pytest.param("Zoë", "x@y.example", "zoe", id="accent"),
        pytest.param("李雷", "lei.li@y.example", "lei-li", id="no Latin letter: the address"),
        pytest.param(
            "Owner Smith", "o.smith@y.example", "o-smith", id="a name that relations have"
        ),
        pytest.param("李雷", "李@y.example", "person", id="neither"),
    ],
)
def test_the_first_person_gets_an_id(name: str, email: str, id_: str) -> None:
    assert Beginning("Acme", name, email, TODAY).person_id == id_


@given(
    st.text(st.characters(codec="utf-8"), min_size=1),
    st.text(st.characters(codec="utf-8")),
    st.text(),
)
def test_any_name_is_written_or_refused(
    tmp_path_factory: pytest.TempPathFactory, workspace: str, name: str, email: str
) -> None:
    beginning = Beginning(workspace, name, email, TODAY)
    assert ID_PATTERN.fullmatch(beginning.person_id)
    try:
        plan = plan_workspace(TEMPLATE, beginning, nothing)
    except UsageError:
        return
    root = tmp_path_factory.mktemp("workspace")
    for edit in plan.edits:
        file = root / edit.path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(edit.after or b"")
    snapshot = load_snapshot(root)
    assert snapshot.settings.name == workspace
    person = snapshot.person(beginning.person_id)
    assert person is not None
    assert (person.name, person.emails) == (name, (email,))


def test_a_readme_is_kept_and_nothing_else_overwritten() -> None:
    plan = plan_workspace(TEMPLATE, ADA, "README.md".__eq__)
    assert [edit.path for edit in plan.edits] == [
        "people/ada.md",
        "plainwork.toml",
        "routines/close.md",
    ]
    assert plan.notes == ("README.md is kept as it is",)
    with pytest.raises(RefusedError, match=r"plainwork\.toml would be overwritten"):
        plan_workspace(TEMPLATE, ADA, "plainwork.toml".__eq__)
