"""What is typed on a command line is read as in a document."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.errors import UsageError
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.parsing.assignments import (
    find_field_type,
    parse_assignment,
    read_entries,
    read_value,
)
from plainwork.parsing.fields import INVALID

ITEM = {field.name: field for field in DOCUMENT_FIELDS["item"]}
PERSON = {field.name: field for field in DOCUMENT_FIELDS["person"]}


def read(text: str, fields: Any = ITEM) -> Any:
    assignment = parse_assignment(text)
    type_ = find_field_type(fields, assignment.path)
    if assignment.operator == "=":
        return read_value(type_, assignment)
    return read_entries(type_, assignment)


@pytest.mark.parametrize(
    ("text", "path", "operator", "value"),
    [
        pytest.param("due=2026-05-01", ("due",), "=", "2026-05-01", id="set"),
        pytest.param("due=", ("due",), "=", "", id="unset"),
        pytest.param("labels+=a,b", ("labels",), "+=", "a,b", id="add"),
        pytest.param("labels-=a", ("labels",), "-=", "a", id="take away"),
        pytest.param("title=a=b", ("title",), "=", "a=b", id="an equals sign in the value"),
        pytest.param("title=a\nb", ("title",), "=", "a\nb", id="several lines"),
        pytest.param("accounts.github.login=x", ("accounts", "github", "login"), "=", "x", id="in"),
        pytest.param("x-a.b=c", ("x-a.b",), "=", "c", id="a name of one's own may have dots"),
        pytest.param("x-a-=c", ("x-a",), "-=", "c", id="a name may have hyphens"),
    ],
)
def test_an_assignment_is_split(
    text: str, path: tuple[str, ...], operator: str, value: str
) -> None:
    found = parse_assignment(text)
    assert (found.path, found.operator, found.text) == (path, operator, value)


@pytest.mark.parametrize("text", ["", "due", "=x", "+=x", "du e=x", "due: x", "due+x"])
def test_other_text_is_no_assignment(text: str) -> None:
    with pytest.raises(UsageError, match="write FIELD=VALUE"):
        parse_assignment(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("title=null", "null", id="text is text"),
        pytest.param("title=[a]", "[a]", id="brackets mean nothing in text"),
        pytest.param("estimate=4h", "4h", id="canonical"),
        pytest.param("labels=a, b,,c", ["a", "b", "c"], id="list"),
        pytest.param('labels=["a, b", c]', ["a, b", "c"], id="list as in a document"),
        pytest.param("depends_on+=w1", ["w1"], id="one of a list"),
        pytest.param("depends_on+={on: w1, lag: 2d}", [{"on": "w1", "lag": "2d"}], id="map"),
        pytest.param("links={relates: [w1]}", {"relates": ["w1"]}, id="whole map"),
        pytest.param("links.relates+=w1,w2", ["w1", "w2"], id="list in a map"),
        pytest.param("x-old={a: [b]}", {"a": ["b"]}, id="anything"),
        pytest.param("x-old=a,b", "a,b", id="anything else is text"),
    ],
)
def test_a_value_is_read_by_its_type(text: str, value: Any) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("due=2026-13-01", "`2026-13-01` is not a date; write it as", id="date"),
        pytest.param("priority=hihg", "no option; did you mean `high`", id="near option"),
        pytest.param("ownr=ada", "no field `ownr`; did you mean `owner`", id="near field"),
        pytest.param("links.relats=a", "no field `relats`; did you mean", id="near inner field"),
        pytest.param("due.day=1", "no fields inside", id="nothing inside"),
        pytest.param("due+=2026-05-01", "holds no list", id="no list"),
        pytest.param("labels+=", "say which value", id="nothing to add"),
        pytest.param("labels=[a", "write a list as", id="unclosed"),
        pytest.param("labels=[a]\nid: b", "write a list as", id="a second field"),
        pytest.param("labels=[&a x]", "write a list as", id="anchor"),
        pytest.param("depends_on={on: a, typ: FS}", "unknown field `typ`", id="key of a map"),
        pytest.param("depends_on={lag: 2d}", "`on` is not set", id="missing key"),
    ],
)
def test_a_wrong_value_is_explained(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read(text)


def test_a_name_that_an_author_chooses_is_read_too() -> None:
    assert read("accounts.github.id=7", PERSON) == 7
    with pytest.raises(UsageError, match="not a forge name"):
        read("accounts.Git Hub.id=7".replace(" ", "_"), PERSON)


@given(st.text(max_size=30), st.sampled_from(["title", "due", "labels", "depends_on", "x-any"]))
def test_any_text_is_read_or_explained(text: str, name: str) -> None:
    with contextlib.suppress(UsageError):
        assert read(f"{name}={text}") is not INVALID
