"""A mapping of every kind of field, and how a file becomes work by it."""

from collections.abc import Mapping as Dictionary
from typing import Any

from plainwork.editing.editable import data_of_node
from plainwork.parsing.front_matter import parse_front_matter
from plainwork.plans.import_document import ImportedDocument, import_document
from plainwork.plans.import_mapping import Mapping, WorkRule
from plainwork.plans.import_mapping_file import parse_mapping
from plainwork.plans.import_parties import PartyFinder
from plainwork.plans.import_source import SourceDocument, parse_source
from plainwork.plans.import_value import ValueReader
from support.builders import make_workflow

MAPPING = """\
title = "Samples"

[parties]
forge = "github"
teams = [{ pattern = 'team-\\w+' }]
agents = [{ pattern = '@?(bot\\w*)', is = '\\1' }]
people = [{ pattern = '@?([a-z]\\w*)', is = '\\1' }]

[fields]
name.to = "title"
Priority = { to = "priority", values = { normal = ["medium", "middle"] } }
who.to = "assignees"
lead.to = "owner"
asked.to = "requester"
group.to = ["team", "owner"]
tags.to = "labels"
until.to = "due"
effort.to = "estimate"
waits.to = "depends_on"
part_of.to = "parent"
also.to = "labels"

[fields.see]
to = "links.relates"
forms = [{ pattern = 'https?://\\S+' }, { pattern = '#(\\d+)', is = 'x-\\1' }]

[[files]]
match = ["**/*.md", "**/*.yaml"]
workflow = "task"
status = "todo"
ids = [
  { field = "number", pattern = '0*(\\d+)', is = 'x-\\1' },
  { pattern = '(?:.*/)?(\\d+)-.*', is = 'x-\\1' },
]
aliases = [{ field = "old" }]

[files.fields.state]
to = "status"
values = { todo = ["Open", "New"], done = "Closed" }
"""


def read_mapping(text: str = MAPPING) -> Mapping:
    """Return a mapping that is right."""
    mapping, diagnostics = parse_mapping("m.toml", text.encode(), {"task": make_workflow()})
    assert mapping is not None, diagnostics
    return mapping


def the_rule(mapping: Mapping) -> WorkRule:
    """Return what the first kind of file becomes."""
    work = mapping.files[0].work
    assert work is not None
    return work


def import_text(
    text: str, path: str = "7-sample.md", names: Dictionary[str, str] | None = None
) -> ImportedDocument:
    """Return what becomes of a file."""
    mapping = read_mapping()
    source = parse_source(path, text.encode())
    assert isinstance(source, SourceDocument), source
    reader = ValueReader(PartyFinder(mapping.parties), names or {})
    return import_document(source, the_rule(mapping), reader)


def fields_of(document: ImportedDocument) -> dict[str, Any]:
    """Return what the front matter of an imported document says."""
    front_matter, diagnostics = parse_front_matter("new.md", document.text.encode())
    assert front_matter is not None, diagnostics
    data: dict[str, Any] = data_of_node(front_matter.root)
    return data


def body_of(document: ImportedDocument) -> str:
    """Return the body of an imported document."""
    front_matter, diagnostics = parse_front_matter("new.md", document.text.encode())
    assert front_matter is not None, diagnostics
    return front_matter.body
