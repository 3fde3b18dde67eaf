"""Evidence documents are read strictly: what is not whole proves nothing."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.errors import UsageError
from plainwork.forge.file import LARGEST, format_evidence, parse_evidence
from plainwork.model.evidence import (
    EVIDENCE_SCHEMA,
    AccountKind,
    Evidence,
    ForgeAccount,
    Review,
    ReviewState,
    SeenHead,
)
from plainwork.reporting.envelope import json_schema

HEX = st.text("0123456789abcdef", min_size=40, max_size=40)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TIMES = st.integers(0, 2 * 10**17).map(lambda count: EPOCH + timedelta(microseconds=count))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.integers(0, 10**9).map(str)
ACCOUNTS = st.builds(ForgeAccount, NUMBERS, TEXTS, st.sampled_from(AccountKind))
REVIEWS = st.builds(
    Review,
    id=TEXTS,
    state=st.sampled_from(ReviewState),
    submitted_at=TIMES,
    account=st.none() | ACCOUNTS,
    key=TEXTS,
    first_line=TEXTS,
    commit=HEX | st.just(""),
    draft=st.none() | st.booleans(),
    dismissed_state=st.none() | st.sampled_from(ReviewState),
    dismissed_by=st.none() | ACCOUNTS,
)


def evidences(members: st.SearchStrategy[tuple[Evidence, ...]]) -> st.SearchStrategy[Evidence]:
    return st.builds(
        Evidence,
        schema=st.just(EVIDENCE_SCHEMA),
        forge=st.sampled_from(["github", "gitlab", "gitea", "forgejo", "signed", "file"]),
        repository=TEXTS,
        ref=st.just("refs/heads/main"),
        base=HEX,
        head=HEX,
        read_at=TIMES,
        complete=st.booleans(),
        pull=NUMBERS,
        title=TEXTS,
        author=st.none() | ACCOUNTS,
        author_key=TEXTS,
        signers=st.lists(TEXTS, max_size=2).map(tuple),
        unsigned=st.lists(HEX, max_size=2).map(tuple),
        merged_at=st.none() | TIMES,
        heads=st.lists(st.builds(SeenHead, HEX, TIMES, ACCOUNTS), max_size=2).map(tuple),
        commits=st.none() | st.integers(0, 10),
        reviews=st.lists(REVIEWS, max_size=3, unique_by=lambda review: review.id).map(tuple),
        writers=st.dictionaries(NUMBERS, st.booleans(), max_size=2),
        members=members,
    )


ALONE = evidences(st.just(()))
EVIDENCES = evidences(st.lists(ALONE, max_size=2).map(tuple))
SIMPLE = Evidence(
    schema=EVIDENCE_SCHEMA,
    forge="github",
    repository="acme/operations",
    ref="refs/heads/main",
    base="a" * 40,
    head="b" * 40,
    read_at=datetime(2026, 5, 4, 9, tzinfo=UTC),
    complete=True,
    reviews=(
        Review("1", ReviewState.APPROVED, datetime(2026, 5, 4, 8, tzinfo=UTC), commit="b" * 40),
    ),
)


@given(EVIDENCES)
def test_what_is_written_is_read(evidence: Evidence) -> None:
    written = format_evidence(evidence)

    assert parse_evidence(written) == evidence
    assert format_evidence(parse_evidence(written)) == written


@given(EVIDENCES)
def test_what_is_written_fits_the_schema(evidence: Evidence) -> None:
    schema = json_schema("evidence", Evidence)

    jsonschema.Draft202012Validator(schema).validate(json.loads(format_evidence(evidence)))


def change(*path: str | int, to: Any) -> bytes:
    """Return the simple document with one value changed."""
    document = json.loads(format_evidence(SIMPLE))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return json.dumps(document).encode()


MEMBER = json.loads(format_evidence(SIMPLE))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(change("schema", to="plainwork/evidence/2"), id="another version"),
        pytest.param(change("forge", to="bitbucket"), id="unknown forge"),
        pytest.param(change("read_at", to="9999-12-31T23:59:59Z"), id="read at the end of time"),
        pytest.param(change("read_at", to="0001-01-01T00:00:00+14:00"), id="read before time"),
        pytest.param(
            change("reviews", 0, "submitted_at", to="0001-01-01T00:00:00Z"), id="a review before"
        ),
        pytest.param(change("comment", to="mine"), id="unknown key"),
        pytest.param(change("reviews", 0, "comment", to="mine"), id="unknown key of a review"),
        pytest.param(change("complete", to="true"), id="text for a boolean"),
        pytest.param(change("complete", to=1), id="number for a boolean"),
        pytest.param(change("base", to="A" * 40), id="capitals"),
        pytest.param(change("base", to="a" * 39), id="too short"),
        pytest.param(change("base", to="a" * 40 + "\n"), id="a line's end"),
        pytest.param(change("head", to="main"), id="a name for a commit"),
        pytest.param(change("ref", to="main"), id="a branch that is not whole"),
        pytest.param(change("ref", to="refs/heads/a b"), id="a branch with a blank"),
        pytest.param(change("ref", to="refs/heads/main\n"), id="a branch and a line's end"),
        pytest.param(change("read_at", to="2026-05-04T09:00:00"), id="no time zone"),
        pytest.param(change("read_at", to=1_777_885_205), id="a number for a time"),
        pytest.param(change("pull", to="7\n"), id="no number"),
        pytest.param(change("commits", to=-1), id="a negative count"),
        pytest.param(change("author", to={"id": "ada"}), id="a login for a number"),
        pytest.param(change("writers", to={"ada": True}), id="a login for a writer"),
        pytest.param(change("reviews", 0, "state", to="lgtm"), id="unknown state"),
        pytest.param(change("reviews", 0, "commit", to="b"), id="an abbreviated commit"),
        pytest.param(change("reviews", to=[MEMBER["reviews"][0]] * 2), id="doubled review"),
        pytest.param(
            change("members", to=[{**MEMBER, "members": [MEMBER]}]), id="a member with members"
        ),
        pytest.param(change("members", to=[{**MEMBER, "schema": "x"}]), id="another member"),
        pytest.param(b'{"complete": false, ' + change("url", to="x")[1:], id="doubled key"),
        pytest.param(format_evidence(SIMPLE)[:-9], id="cut off"),
        pytest.param(format_evidence(SIMPLE) + b"{}", id="two documents"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'"' + b"x" * LARGEST + b'"', id="huge"),
        pytest.param(b"\xff\xfe", id="no UTF-8"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"e\.json is no evidence document: .") as said:
        parse_evidence(data, "e.json")
    assert "\n" not in str(said.value)


@given(st.binary(max_size=200))
def test_no_bytes_are_too_odd_to_be_refused(data: bytes) -> None:
    with pytest.raises(UsageError):
        parse_evidence(data)
