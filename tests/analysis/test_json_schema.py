"""The schemas for editors accept what the reader accepts, and refuse what it refuses."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from plainwork.analysis.json_schema import document_schema, settings_schema, work_schema
from plainwork.analysis.value_schema import object_schema
from plainwork.model import field_type as ft
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.model.workflow import Category, CustomField, State, Workflow
from plainwork.model.workflow_document import FIELD_TYPE_WORDS
from plainwork.parsing.definitions import make_workflow
from plainwork.parsing.documents import parse_document
from plainwork.parsing.field_tables import FieldTables, record_fields, work_fields
from plainwork.parsing.fields import FieldReader
from plainwork.parsing.settings_file import parse_settings
from plainwork.parsing.yaml_tree import parse_yaml

TEMPLATES = Path(__file__).parents[2] / "templates"
EVERY_TYPE = Workflow(
    id="every-type",
    path="workflows/every-type.md",
    title="Every type",
    states=(State("open", Category.READY), State("1", Category.DONE), State("true", Category.DONE)),
    fields=(
        CustomField("due", help="When the customer wants it"),
        CustomField("size", "choice", options=("S", "1", "1.50", "0x1F", "true", "no")),
        CustomField("sizes", "choice", many=True, options=("2026-05-01", "-3e2", "007")),
        *(CustomField(f"one_{word}", word) for word in FIELD_TYPE_WORDS if word != "choice"),
        *(CustomField(f"many_{word}", word, many=True) for word in ("party", "number", "date")),
    ),
)
SCHEMAS = {
    **{kind: document_schema(kind) for kind in DOCUMENT_FIELDS},
    "every-type": work_schema(EVERY_TYPE),
    "settings": settings_schema(),
}


def load_core(text: str) -> Any:
    """Load YAML as an editor does: by the core schema of YAML 1.2, dates being text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    tag = "tag:yaml.org,2002:timestamp"
    yaml.constructor.add_constructor(tag, lambda loader, node: loader.construct_scalar(node))
    return yaml.load(text)


def front_matter(text: str) -> str:
    return text.split("---\n")[1]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    schema = json.loads(json.dumps(SCHEMAS[name], allow_nan=False))

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", SCHEMAS)
def test_patterns_are_ecmascript(name: str) -> None:
    patterns = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(SCHEMAS[name]))

    assert patterns
    for pattern in map(json.loads, patterns):
        escaped = set(re.findall(r"\\(.)", pattern))
        assert escaped <= set(r"^$\.*+?()[]{}|/nsd"), pattern  # what the flag `u` allows
        assert "(?P" not in pattern


def test_every_field_says_what_it_is_for() -> None:
    item = document_schema("item")["properties"]

    assert item["due"]["description"] == "Not after this day"
    assert all(field.get("description") for field in item.values())


def test_the_schema_of_a_workflow_knows_its_states_and_fields() -> None:
    properties = work_schema(EVERY_TYPE)["properties"]

    assert properties["status"]["enum"] == ["open", "1", 1, "true", True]
    assert properties["due"]["description"] == "When the customer wants it"
    assert properties["size"]["enum"] == [
        *("S", "1", 1, "1.50", 1.5, "0x1F", 31, "true", True, "no", None)
    ]


TASK = Workflow("task", "workflows/task.md", states=(State("todo", Category.READY),))
ITEM = "title: T\nworkflow: task\nstatus: todo\n"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param("item", ITEM, id="least"),
        pytest.param("item", "title: 2026\nworkflow: 7\nstatus: true\n", id="text-like-numbers"),
        pytest.param("item", f"{ITEM}owner:\n", id="unset"),
        pytest.param("item", f"{ITEM}x-jira: {{a: [1, {{}}]}}\n", id="extension"),
        pytest.param("item", f"{ITEM}depends_on: [a, {{on: b, lag: 3bd}}]\n", id="depends-on"),
        pytest.param("item", f"{ITEM}attachments: [a/b.pdf, https://x.org, 1]\n", id="attachments"),
        pytest.param("project", f"{ITEM}objective: O\nbudget: 1840.50\n", id="money"),
        pytest.param("project", f"{ITEM}objective: O\nbudget: 61000 USD\n", id="currency"),
        pytest.param(
            "person", "name: N\nleave: [{from: 2026-01-01, until: 2026-01-02}]\n", id="leave"
        ),
        pytest.param(
            "policy", "title: P\napprovals: [{by: owner}, {any: [{by: [a, b]}]}]\n", id="any"
        ),
        pytest.param("policy", "title: P\ndefault: 'true'\n", id="quoted-boolean"),
        pytest.param(
            "record",
            "record: measure\nabout: [a]\nby: b\nat: 2026-05-01T09:00:00Z\nname: n\nvalue: -1e3\n",
            id="measure",
        ),
    ],
)
def test_what_the_reader_accepts_fits(kind: str, text: str) -> None:
    assert not reader_problems(kind, text)
    assert not schema_problems(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param("item", "title: T\nworkflow: task\n", id="missing"),
        pytest.param("item", "title:\nworkflow: task\nstatus: todo\n", id="required-and-unset"),
        pytest.param("item", f"{ITEM}Colour: red\n", id="no-field-name"),
        pytest.param("item", f"{ITEM}labels: urgent\n", id="lone-value"),
        pytest.param("item", f"{ITEM}labels: [a, {{b: c}}]\n", id="map-in-list"),
        pytest.param("item", f"{ITEM}due: 1 May\n", id="date"),
        pytest.param("item", f"{ITEM}estimate: 3bd\n", id="effort"),
        pytest.param("item", f"{ITEM}priority: hgih\n", id="option"),
        pytest.param("item", f"{ITEM}owner: '@mara'\n", id="reference"),
        pytest.param("item", f"{ITEM}id: Ops-1\n", id="capital-id"),
        pytest.param("item", f"{ITEM}depends_on: [{{lag: 3d}}]\n", id="missing-inside"),
        pytest.param("item", f"{ITEM}depends_on: [{{on: a, lagg: 3d}}]\n", id="unknown-inside"),
        pytest.param("item", f"{ITEM}blocked: |\n  two\n  lines\n", id="two-lines"),
        pytest.param("item", f"{ITEM}links: {{relates: ['a b']}}\n", id="link"),
        pytest.param("item", f"{ITEM}attachments: ['javascript:alert(1)']\n", id="attachment"),
        pytest.param("routine", f"{ITEM}due: 2026-05-01\n", id="due-of-a-routine"),
        pytest.param("project", f"{ITEM}objective: O\nbudget: 61000 usd\n", id="money"),
        pytest.param(
            "project", f"{ITEM}objective: O\nresources: [{{party: a, share: 0.5}}]\n", id="share"
        ),
        pytest.param("person", "name: N\naccounts: {github: {login: a, id: 0}}\n", id="minimum"),
        pytest.param("person", "name: N\nmood: good\n", id="unknown"),
        pytest.param("policy", "title: P\ndefault: yes\n", id="yes"),
        pytest.param("workflow", "title: W\nstates: {Todo: {category: ready}}\n", id="state-name"),
        pytest.param("workflow", "title: W\nstates: {todo: }\n", id="state-says-nothing"),
        pytest.param("record", "record: measure\nabout: [a]\nby: b\nat: 2026-05-01\n", id="record"),
        pytest.param(
            "record", "record: gossip\nabout: [a]\nby: b\nat: 2026-05-01\n", id="record-kind"
        ),
        pytest.param(
            "record", "record: update\nabout: []\nby: b\nat: 2026-05-01\n", id="about-nothing"
        ),
    ],
)
def test_what_the_reader_refuses_does_not_fit(kind: str, text: str) -> None:
    assert reader_problems(kind, text)
    assert schema_problems(kind, text)


def test_what_a_workflow_does_not_declare_does_not_fit() -> None:
    validator = jsonschema.Draft202012Validator(work_schema(TASK))
    item = {"title": "T", "workflow": "task", "status": "todo"}

    assert validator.is_valid(item)
    assert validator.is_valid({**item, "x-colour": "red"})
    assert not validator.is_valid({**item, "colour": "red"})
    assert not validator.is_valid({**item, "status": "doing"})


@pytest.mark.parametrize("template", ["minimal", "software-team", "operations", "compliance"])
def test_the_settings_of_a_template_fit(template: str) -> None:
    text = (TEMPLATES / template / "plainwork.toml").read_text("utf-8")

    jsonschema.Draft202012Validator(SCHEMAS["settings"]).validate(tomllib.loads(text))


@pytest.mark.parametrize(
    "text",
    [
        'workspce = {name = "x"}',
        'workspace = "x"',
        'workspace.currency = "euro"',
        'ids.prefix = "Ops"',
        'folders.items = ["../up"]',
        'folders.items = "work"',
        'calendars.office.mon = ["9-17"]',
        'calendars.office.holidays = "Germany"',
        'views.late = {sort = "due"}',
        'forge.kind = "sourceforge"',
        'site.audience = "everybody"',
        'workspaces.hr = "javascript:alert(1)"',
    ],
)
def test_settings_that_the_reader_refuses_do_not_fit(text: str) -> None:
    _, problems = parse_settings("plainwork.toml", text.encode())

    assert problems
    assert not jsonschema.Draft202012Validator(SCHEMAS["settings"]).is_valid(tomllib.loads(text))


# What is written for a value: mostly something of its type, in every spelling that there is.

WORDS = (
    *("a", "ops-7k3q9", "A.b", "hr:hr-1", "owner.lead", "2026-05-01", "2026-02-30", "12", "-0.5"),
    *("3e8", "007", "+5", "0x1F", "0o17", "true", "True", "no", "4h", "3 business days", "1.5bd"),
    *("1840.50", "61000 USD", "50%", "date + 3bd", "first_day - 2w", "last_day", "todo", "high"),
    *("https://a.example/b?c", "mailto:a@b.example", "/docs/a.pdf", "FREQ=DAILY", "text, more"),
    *("", "null", "~", "x-a", "github", "2026-05-01T09:30:00Z", "update", "1e999", "S", "1.50"),
)
NOISE = st.sampled_from(WORDS)


def scalar_texts(type_: ft.FieldType) -> st.SearchStrategy[str]:
    options = type_.options if isinstance(type_, ft.Choice) and type_.options else WORDS
    return st.one_of(st.sampled_from(options), NOISE)


@st.composite
def spellings(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    text = draw(texts)
    # ruamel.yaml still takes `1_0` for a number, which YAML 1.2 does not.
    plain = re.fullmatch(
        r"[A-Za-z~/.][\w =%+./?@-]*|[0-9+-][0-9A-Za-z.][A-Za-z0-9 =%+./?@-]*|", text
    )
    return text if plain and draw(st.booleans()) else json.dumps(text)


@st.composite
def maps(draw: st.DrawFn, fields: tuple[ft.Field, ...], *, most: int = 4) -> str:
    chosen = draw(st.lists(st.sampled_from(fields), max_size=most, unique_by=lambda f: f.name))
    names = {field.name for field in chosen}
    chosen += [field for field in fields if field.required and field.name not in names]
    return f"{{{', '.join(f'{field.name}: {draw(values(field.type))}' for field in chosen)}}}"


@st.composite
def tables(draw: st.DrawFn, type_: ft.Table) -> str:
    keys = draw(st.lists(st.sampled_from(["a", "b-c", "d_e", "f1"]), max_size=2, unique=True))
    return f"{{{', '.join(f'{key}: {draw(values(type_.value))}' for key in keys)}}}"


def values(type_: ft.FieldType) -> st.SearchStrategy[str]:
    match type_:
        case ft.Many(item=item, or_one=or_one):
            lists = (
                st.lists(values(item).filter(bool), max_size=3).map(", ".join).map("[{}]".format)
            )
            return st.one_of(lists, values(item)) if or_one else lists
        case ft.Group(fields=fields):
            return maps(fields)
        case ft.Table():
            return tables(type_)
        case ft.Either(scalar=scalar, sequence=sequence, mapping=mapping):
            forms = [form for form in (scalar, sequence, mapping) if form is not None]
            return st.one_of([values(form) for form in forms])
        case ft.Anything():
            return st.one_of(spellings(NOISE), st.just("[a, {b: 1}]"))
        case _:
            return spellings(scalar_texts(type_))


def reader_problems(kind: str, text: str) -> list[str]:
    root = parse_yaml("a.md", text, line=0, index=0)
    if kind == "record":
        node = root.get("record")
        fields = record_fields(getattr(node, "text", ""))
    else:
        fields = {field.name: field for field in DOCUMENT_FIELDS.get(kind, ())}
    if kind == "every-type":
        fields = work_fields(EVERY_TYPE)
    reader = FieldReader("a.md")
    read = reader.read_fields(root, fields, open_names=True)
    problems = [problem.message for problem in reader.diagnostics]
    if kind == "every-type" and read.get("status") not in ("open", "1", "true"):
        problems.append("no such state")
    return problems


def schema_problems(kind: str, text: str) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMAS[kind])
    return [error.message for error in validator.iter_errors(load_core(text))]


@pytest.mark.parametrize("kind", [kind for kind in SCHEMAS if kind not in ("record", "settings")])
@given(data=st.data())
def test_whatever_the_reader_accepts_fits(kind: str, data: st.DataObject) -> None:
    fields = work_fields(EVERY_TYPE).values() if kind == "every-type" else DOCUMENT_FIELDS[kind]
    text = data.draw(maps(tuple(fields), most=2))
    if not reader_problems(kind, text):
        assert not schema_problems(kind, text)


SINGLE_TYPES = (
    *(FIELD_TYPE_WORDS[word] for word in FIELD_TYPE_WORDS if word != "choice"),
    *(ft.Identifier(), ft.Name(), ft.Name("field"), ft.Text(single_line=True), ft.Timestamp()),
    *(ft.Span(effort=True), ft.Percentage(), ft.Distance(), ft.Approver(), ft.Attachment()),
    *(ft.Reference("work", or_url=True), ft.Reference("party", or_text=True)),
    *(ft.Choice(WORDS[:20]), ft.Pattern("a currency", "[A-Z]{3}", "EUR"), ft.Integer(minimum=1)),
)


@st.composite
def near_words(draw: st.DrawFn) -> str:
    """A word, or one with a character more, less or changed."""
    word: str = draw(NOISE)
    at = draw(st.integers(0, len(word)))
    until = draw(st.integers(at, min(at + 1, len(word))))
    more: str = draw(st.sampled_from(["", *"0 9aZb.-_/:%+\n\\é"]))
    return word[:at] + more + word[until:]


@pytest.mark.parametrize("type_", SINGLE_TYPES, ids=str)
@given(text=spellings(near_words()))
def test_every_spelling_of_a_value_that_the_reader_accepts_fits(
    type_: ft.FieldType, text: str
) -> None:
    field = ft.Field("f", type_)
    reader = FieldReader("a.md")
    root = parse_yaml("a.md", f"f: {text}\n", line=0, index=0)
    reader.read_fields(root, {"f": field})
    if not reader.diagnostics:
        validator = jsonschema.Draft202012Validator(object_schema([field]))
        assert validator.is_valid(load_core(f"f: {text}\n"))


# Files as people write them.

PLACEHOLDERS = {"person_id": "ada", "person_email": "ada@example.org", "workspace_name": "Acme"}
KINDS = {"people": "person", "teams": "team", "agents": "agent", "policies": "policy"}


def fill_in(text: str) -> str:
    """Put something of the right form where a template has what is known only at the start."""

    def replace(match: re.Match[str]) -> str:
        name = match[1]
        if name in ("title", "period", "date") and not match[2]:
            return match[0]  # for the work that is created later
        return PLACEHOLDERS.get(name, "2026" if name == "year" else "2026-05-04")

    return re.sub(r"\{\{ *([a-z_]+)([^}]*)\}\}", replace, text)


@pytest.mark.parametrize("template", sorted(path.name for path in TEMPLATES.iterdir()))
def test_the_files_of_a_template_fit(template: str) -> None:
    files = {
        path.relative_to(TEMPLATES / template).as_posix(): fill_in(path.read_text("utf-8"))
        for path in sorted((TEMPLATES / template).rglob("*.md"))
        if path.name != "README.md"
    }
    workflows = [
        make_workflow(parse_document(path, "workflow", text.encode(), FieldTables()))
        for path, text in files.items()
        if path.startswith("workflows/")
    ]
    schemas = {workflow.id: work_schema(workflow) for workflow in workflows}
    for path, text in files.items():
        folder = path.split("/", 1)[0]
        loaded = load_core(front_matter(text))
        kind = "workflow" if folder == "workflows" else KINDS.get(folder, "")
        kind = "record" if folder == "records" else kind
        schema = SCHEMAS[kind] if kind else schemas[loaded["workflow"]]
        errors = jsonschema.Draft202012Validator(schema).iter_errors(loaded)
        assert not [f"{path}: {error.json_path}: {error.message}" for error in errors]
