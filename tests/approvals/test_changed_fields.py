"""Which fields differ: also what cannot be read, and however keys are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.approvals.changed_fields import compute_changed_fields, find_lines, make_reading
from plainwork.model.document import Document
from plainwork.model.workflow import Category, CustomField, State, Workflow
from plainwork.parsing.documents import parse_document
from plainwork.parsing.field_tables import FieldTables

PATH = "work/a.md"
TABLES = FieldTables(
    [
        Workflow(
            "task",
            "",
            states=(State("todo", Category.READY),),
            fields=(CustomField("cost", "money"),),
        )
    ]
)


def read(text: str) -> Document:
    return parse_document(PATH, "work", text.encode(), TABLES)


def differing(before: str, after: str) -> set[str]:
    sides = (make_reading(read(text), text.encode()) for text in (before, after))
    return set(compute_changed_fields(*sides))


def document(*lines: str, body: str = "") -> str:
    return "\n".join(("---", "title: A", *lines, "---", body))


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        pytest.param("workflow: gone\ncost: 1", "workflow: gone\ncost: 2", {"cost"}, id="foreign"),
        pytest.param("workflow: task\ncots: 1", "workflow: task\ncots: 2", {"cots"}, id="unknown"),
        pytest.param("cost: x\nworkflow: task", "cost: y\nworkflow: task", {"cost"}, id="wrong"),
        pytest.param("workflow: task\nbody: 1", "workflow: task\nbody: 2", {"body"}, id="body"),
        pytest.param(
            'workflow: gone\n"co\\x73t": 1', "workflow: gone\ncost: 2", {"cost"}, id="esc"
        ),
        pytest.param("workflow: gone\n? cost\n: 1", "workflow: gone\ncost: 2", {"cost"}, id="long"),
        pytest.param("x-a: [b, c]", "x-a: [c, b]", {"x-a"}, id="order"),
        pytest.param("x-a: {b: 1, c: 2}", "x-a: {c: 2, b: 1}", {"x-a"}, id="map-order"),
        pytest.param("due:", "", {"format"}, id="unset"),
        pytest.param("x-a: 1 # one", "x-a: 1", {"format"}, id="comment"),
    ],
)
def test_every_difference_has_a_name(before: str, after: str, fields: set[str]) -> None:
    assert differing(document(before), document(after)) == fields


@pytest.mark.parametrize(
    "form",
    [
        "---\n{{workflow: gone, cost: {}}}\n---\n",
        "---\n  workflow: gone\n  cost: {}\n---\n",
        "---\nx-a: 'b\nworkflow: x'\nworkflow: gone\ncost: {}\n---\n",
        "---\n'cost': {}\nworkflow: gone\n---\n",
    ],
    ids=["flow", "indented", "quoted-over-lines", "quoted-key"],
)
def test_keys_are_found_however_they_are_written(form: str) -> None:
    assert differing(form.format(1), form.format(2)) == {"cost"}


def test_lines_are_those_of_the_file() -> None:
    text = document("workflow: task", "labels:", "  - one", "cost: 1", body="The body.")
    lines = find_lines(
        frozenset({"cost", "labels", "body", "format"}), make_reading(read(text), text.encode())
    )
    assert lines == {"body": 8, "cost": 6, "format": 1, "labels": 4}


FORMS = {"1": 1, "'1'": 1, '"\\u0031"': 1, "[1]": 2, "{a: 1}": 3, "{a: [1]}": 4, "": 0}
"""Texts of values, and what tells those apart that cannot mean the same."""

MAPS = st.dictionaries(
    st.sampled_from(["cost", "x-a", "cots", "owner", "workflow"]), st.sampled_from(list(FORMS))
)


@given(before=MAPS, after=MAPS)
def test_what_means_something_else_differs(before: dict[str, str], after: dict[str, str]) -> None:
    texts = [
        document(*(f"{key}: {value}" for key, value in side.items())) for side in (before, after)
    ]
    others = {
        key for key in {*before, *after} if FORMS[before.get(key, "")] != FORMS[after.get(key, "")]
    }
    assert differing(*texts) >= others
