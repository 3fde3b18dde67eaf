from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plainwork.plans.import_document import Outcome, import_document
from plainwork.plans.import_parties import PartyFinder
from plainwork.plans.import_source import SourceDocument, parse_source
from plainwork.plans.import_value import ValueReader
from support.mapping import body_of, fields_of, import_text, read_mapping, the_rule


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("Priority: high", {"priority": "high"}, id="a word of ours"),
        pytest.param("Priority: medium", {"priority": "normal"}, id="the usual word"),
        pytest.param(
            "Priority: middle", {"priority": "normal", "x-Priority": "middle"}, id="another word"
        ),
        pytest.param("Priority: vital", {"x-Priority": "vital"}, id="an unknown word"),
        pytest.param("who: '@Ada'", {"assignees": ["ada"]}, id="a person alone"),
        pytest.param("who: [Ada, '@bot1']", {"assignees": ["ada", "bot1"]}, id="an agent, too"),
        pytest.param(
            "who: [Ada, the board]",
            {"assignees": ["ada"], "x-who": ["Ada", "the board"]},
            id="somebody unknown",
        ),
        pytest.param(
            "who: '@bot1'\nstate: Closed",
            {"status": "done", "assignees": ["bot1"], "made_by": "agent"},
            id="what an agent did",
        ),
        pytest.param(
            "who: [Ada, '@bot1']\nstate: Closed",
            {"status": "done", "assignees": ["ada", "bot1"], "made_by": "assisted"},
            id="what an agent helped with",
        ),
        pytest.param("lead: ada", {"owner": "ada"}, id="a person owns"),
        pytest.param("lead: bot1", {"x-lead": "bot1"}, id="an agent never owns"),
        pytest.param("asked: the board", {"requester": "the board"}, id="somebody outside"),
        pytest.param("group: team-a", {"owner": "team-a", "team": "team-a"}, id="two places"),
        pytest.param("group: ada", {"owner": "ada"}, id="a person is no team"),
        pytest.param("tags: one", {"labels": ["one"]}, id="a lone value"),
        pytest.param("tags: [a]\nalso: [b, a]", {"labels": ["a", "b"]}, id="two in one place"),
        pytest.param("tags: [a, {b: c}]", {"labels": ["a"], "x-tags": ["a", {"b": "c"}]}, id="map"),
        pytest.param("until: 2026-02-28", {"due": "2026-02-28"}, id="a date"),
        pytest.param("until: 2026-02-30", {"x-until": "2026-02-30"}, id="an impossible date"),
        pytest.param("until: soon", {"x-until": "soon"}, id="no date"),
        pytest.param(
            "until: 2026-02-28 12:14",
            {"due": "2026-02-28", "x-until": "2026-02-28 12:14"},
            id="a date and a time",
        ),
        pytest.param("effort: 3d", {"estimate": "3d"}, id="an effort"),
        pytest.param("effort: 3 days", {"x-effort": "3 days"}, id="no effort"),
        pytest.param("waits: [X-8]", {"depends_on": ["X-8"]}, id="a reference"),
        pytest.param(
            "part_of: the BIG one", {"parent": "x-1", "x-part_of": "the BIG one"}, id="title"
        ),
        pytest.param(
            "see: ['#9', 'https://a.example', notes]",
            {
                "links": {"relates": ["x-9", "https://a.example"]},
                "x-see": ["#9", "https://a.example", "notes"],
            },
            id="forms",
        ),
        pytest.param("state: Closed", {"status": "done"}, id="a state"),
        pytest.param("state: New", {"status": "todo", "x-state": "New"}, id="another for a state"),
        pytest.param("state: Lost", {"status": "todo", "x-state": "Lost"}, id="an unknown state"),
        pytest.param("old: Q-1", {"aliases": ["q-1"], "x-old": "Q-1"}, id="an alias"),
        pytest.param("old: 7 8", {"x-old": "7 8"}, id="no alias"),
        pytest.param("number: 12", {"id": "x-12"}, id="an id"),
        pytest.param("number: 012", {"id": "x-12", "x-number": "012"}, id="an id that changed"),
        pytest.param("number: none", {"x-number": "none"}, id="no id; the path has one"),
        pytest.param("x-old: 1", {"x-old": "1"}, id="a name that begins so already"),
        pytest.param("x-a: 1\na: 2", {"x-a": "1", "x-x-a": "2"}, id="two of one name"),
        pytest.param("a: null", {"x-a": "null"}, id="a word for nothing is text"),
        pytest.param('a: "b\\x07"', {"x-a": "b\\u0007"}, id="a character that no field may hold"),
        pytest.param('"\\x07": a', {"x-\\u0007": "a"}, id="in a name"),
        pytest.param("name:\n  - a", {"x-name": ["a"]}, id="a title that is a list"),
        pytest.param("a:\ntags: []\nsee: ['']\nwho: {}", {}, id="what says nothing"),
        pytest.param(
            "tags: [a] # why",
            {"labels": ["a"], "x-front-matter": "tags: [a] # why\n"},
            id="comment",
        ),
    ],
)
def test_what_becomes_of_a_field(source: str, expected: dict[str, Any]) -> None:
    document = import_text(f"---\n{source}\n---\n# Sample\n", names={"the big one": "x-1"})
    always = {"id": "x-7", "title": "Sample", "workflow": "task", "status": "todo"}
    assert fields_of(document) == {**always, **expected}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("---\nname: A\n---\n# B\n", "A", id="field"),
        pytest.param('---\nname: "A\\n B"\n---\n# C\n', "A B", id="lines"),
        pytest.param("---\na: b\n---\nwords\n\n# B \n", "B", id="heading"),
        pytest.param("---\nname:\n---\n", "7-sample", id="file"),
    ],
)
def test_work_always_has_a_title(text: str, title: str) -> None:
    assert fields_of(import_text(text))["title"] == title


@pytest.mark.parametrize(
    ("path", "id_"),
    [
        pytest.param("deep/007-bond.md", "x-007", id="path"),
        pytest.param("Über uns.md", "uber-uns", id="title"),
        pytest.param("日本.md", "document", id="nothing usable"),
    ],
)
def test_work_always_has_an_id(path: str, id_: str) -> None:
    assert import_text("---\n---\n", path).id == id_


def test_yaml_becomes_the_body_if_it_says_more_than_its_values() -> None:
    plain, more = "name: A\nother: b\n", "name: A\nother: '```' # why"
    assert body_of(import_text(plain, "a.yaml")) == ""
    assert body_of(import_text(more, "a.yaml")) == (
        "As imported from `a.yaml`:\n\n````yaml\nname: A\nother: '```' # why\n````\n"
    )


def test_every_field_has_an_outcome() -> None:
    document = import_text("---\nname: A\nstate: New\nfoo: 1\ntags: []\nnumber: 3\n---\n")
    assert document.outcomes == (
        ("name", "title", Outcome.MAPPED),
        ("state", "status", Outcome.BOTH),
        ("foo", "", Outcome.KEPT),
        ("tags", "", Outcome.EMPTY),
        ("number", "id", Outcome.MAPPED),
    )


NAMES = ("name", "Priority", "who", "lead", "group", "tags", "until", "waits", "see", "state")
TEXTS = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"
    )
) | st.sampled_from(["@Ada", "bot1", "New", "Open", "2026-02-28 1:00", "#12", "team-a", "high"])
VALUES = TEXTS | st.lists(TEXTS | st.dictionaries(TEXTS, TEXTS, max_size=2), max_size=3)


@given(
    st.dictionaries(st.sampled_from(NAMES) | TEXTS, VALUES, max_size=5),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_nothing_is_lost(values: dict[str, Any], body: str) -> None:
    dumped = yaml.safe_dump(values, allow_unicode=True)
    document = import_text(f"---\n{dumped}---\n{body}")
    assert body_of(document) == body
    kept = " ".join(scalars(fields_of(document))).lower()
    for name, value in values.items():
        if name not in NAMES:
            assert name.lower() in kept or not any(scalars(value))
        for text in scalars(value):
            translated = name in ("state", "Priority") and text in ("Open", "Closed", "medium")
            assert text.strip().lower().removeprefix("@") in kept or translated


PIECES = [
    "---\n",
    "a: ",
    "- ",
    "@",
    "&x ",
    "*x",
    "!t ",
    "{",
    "[",
    "'",
    '"',
    "|\n ",
    "# c",
    "\r\n",
    "\x85",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=20), st.booleans())
def test_whatever_a_file_holds_it_becomes_readable_work_or_a_diagnostic(
    pieces: list[str], markdown: bool
) -> None:
    text = ("---\n" if markdown else "") + "".join(pieces)
    path = "1-a.md" if markdown else "1-a.yaml"
    mapping = read_mapping()
    source = parse_source(path, text.encode("utf-8", "surrogatepass"))
    if isinstance(source, SourceDocument):
        reader = ValueReader(PartyFinder(mapping.parties), {})
        document = import_document(source, the_rule(mapping), reader)
        assert body_of(document) == source.body
        assert fields_of(document)["id"] == document.id


def scalars(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (key, *scalars(item))]
    if isinstance(value, list):
        return [text for item in value for text in scalars(item)]
    return [value]
