"""What the format's tables do not name, the example organisation shows as well.

Conditions, approvers, durations, and the forms that a value may take.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from plainwork.analysis.condition import Expression, compile_expression
from plainwork.analysis.condition_bindings import GIVEN_NAMES
from plainwork.analysis.relations import PREFIXES, SUFFIXES
from plainwork.analysis.typed_values import find_texts
from plainwork.model import field_type as ft
from plainwork.model.document import Document
from plainwork.model.settings_fields import SETTINGS_FIELDS
from plainwork.model.workflow import Category
from support.demo import documents, trees, workflows_by_id

TODAY = date(2026, 11, 23)


@cache
def tree() -> dict[str, str]:
    *_, (_, _, last) = trees(TODAY)
    return {path: data.decode() for path, data in last.items()}


@cache
def read() -> dict[str, Document]:
    return documents({path: text.encode() for path, text in tree().items()})


def definitions() -> Iterator[Document]:
    return (each for each in read().values() if each.kind in ("workflow", "policy"))


def test_settings_say_every_key() -> None:
    said = {tuple(path) for path in paths(tomllib.loads(tree()["plainwork.toml"]))}
    known = set(keys(SETTINGS_FIELDS))
    # Nordlicht works on the public forge, renames one folder and rests on Sundays.
    assert known - {tuple(wherever(path)) for path in said} == {
        ("forge", "url"),
        ("calendars", "*", "sun"),
        *(path for path in known if path[0] == "folders" and path[1:] not in ((), ("items",))),
    }


def paths(value: object, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if at:
        yield at
    for key, entry in value.items() if isinstance(value, dict) else ():
        yield from paths(entry, (*at, key))


def wherever(path: tuple[str, ...]) -> Iterator[str]:
    """Yield the steps of a path, a star for a name that people choose."""
    for place, step in enumerate(path):
        chosen = place == 1 and path[0] in ("calendars", "views", "workspaces")
        yield "*" if chosen else step


def keys(fields: tuple[ft.Field, ...], at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for field in fields:
        yield (*at, field.name)
        type_, place = field.type, (*at, field.name)
        if isinstance(type_, ft.Table):
            type_, place = type_.value, (*place, "*")
            yield place
        if isinstance(type_, ft.Group):
            yield from keys(type_.fields, place)


def test_conditions_use_every_name_that_is_given_and_every_kind_of_call() -> None:
    texts = {text for each in definitions() for _, text in find_texts(each, ft.Condition)}
    found = [compile_expression(text) for text in texts]
    expressions = [each for each in found if isinstance(each, Expression)]
    assert len(expressions) == len(texts) > 20
    assert {name for each in expressions for name in each.names} >= GIVEN_NAMES.keys()
    functions = {name for each in expressions for name in each.functions}
    assert functions >= {"date", "size", "startsWith"}
    assert any(each.loop_names for each in expressions)


def test_approvers_are_named_in_every_way() -> None:
    named = {
        use.target for each in definitions() for use in each.references if use.to == "approver"
    }
    parties = {each.kind for each in read().values() if each.id in named}
    words = [name.split(".") for name in named]
    assert {"person", "team"} <= parties
    assert {step[0] for step in words} >= {"did", *PREFIXES}
    assert {step[-1] for step in words} >= set(SUFFIXES)
    assert named >= {"owner", "requester", "assignees", "team", "sponsor", "author", "contributors"}
    declared = {
        field.name
        for workflow in workflows_by_id(trees_of_bytes()).values()
        for field in workflow.fields
        if field.type == "party"
    }
    assert declared & named


def trees_of_bytes() -> dict[str, bytes]:
    return {path: text.encode() for path, text in tree().items()}


def test_its_states_are_of_every_category_and_registers_are_never_active() -> None:
    workflows = workflows_by_id(trees_of_bytes())
    assert {state.category for each in workflows.values() for state in each.states} == set(Category)
    for name in ("risk", "decision", "goal", "milestone"):
        categories = {state.category for state in workflows[name].states}
        assert Category.READY in categories
        assert not categories & {Category.ACTIVE, Category.WAITING}


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(r"[:, ]\d+m\b", id="minutes"),
        pytest.param(r"[:, ]\d+h\b", id="hours"),
        pytest.param(r"[:, ]\d+d\b", id="days"),
        pytest.param(r"[:, ]\d+w\b", id="weeks"),
        pytest.param(r"[:, ]\d+bh\b", id="business-hours"),
        pytest.param(r"[:, ]\d+bd\b", id="business-days"),
        pytest.param(r"\d business days\b", id="business-days-in-words"),
        pytest.param(r"\d USD\b", id="money-in-another-currency"),
        pytest.param(r"due: date \+ ", id="distance-from-the-date"),
        pytest.param(r"due: first_day \+ ", id="distance-from-the-period"),
        pytest.param(r"\bhr:hr-", id="work-of-another-workspace"),
        pytest.param(r"(?m)^x-", id="field-of-ones-own"),
        pytest.param(r"attachments: .*https://", id="attached-address"),
        pytest.param(r"attachments: \[(?!https)", id="attached-file"),
        pytest.param(r"relates: .*https://", id="link-to-an-address"),
        pytest.param(r"\bon: nl-\w+, (type|lag): ", id="dependency-with-its-type"),
        pytest.param(r"depends_on: \[[a-z]", id="plain-dependency"),
        pytest.param(r"count: all", id="consent-of-all"),
        pytest.param(r"exclude: \[\]", id="nobody-excluded"),
        pytest.param(r"approvals: \[\]", id="no-approval-on-purpose"),
        pytest.param(r"waivers: \[\]", id="no-exception"),
        pytest.param(r"(?m)^## Template$", id="template-of-new-work"),
        pytest.param(r"- \[x\] ", id="ticked-box"),
        pytest.param(r"(?m)^### Out of scope$", id="heading-of-a-project"),
        pytest.param(r"(?m)^[a-z_]+: .+ # ", id="comment-in-front-matter"),
        pytest.param(r"FREQ=WEEKLY", id="weekly"),
        pytest.param(r"FREQ=MONTHLY", id="monthly"),
        pytest.param(r"\{\{ period \}\}", id="period"),
    ],
)
def test_some_document_shows_the_form(form: str) -> None:
    pattern = re.compile(form)
    assert any(pattern.search(text) for path, text in tree().items() if path.endswith(".md"))


def test_work_was_made_by_states_and_routines() -> None:
    ids = {each.id for each in read().values() if each.kind == "work"}
    made = [id_.partition(".") for id_ in ids if "." in id_]
    assert any(creator in ids and re.fullmatch("[a-z]+", key) for creator, _, key in made)
    assert any(creator in ids and key[:4].isdigit() for creator, _, key in made)


def test_somebody_outside_asked_for_something() -> None:
    parties = {each.id for each in read().values()}
    requesters = {
        each.fields["requester"] for each in read().values() if each.fields.get("requester")
    }
    assert requesters & parties
    assert requesters - parties
