"""Reading a mapping: TOML, strictly, with the line of everything that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from plainwork.model import field_type as ft
from plainwork.model.diagnostic import Diagnostic, FieldPath
from plainwork.model.usual_types import LINE
from plainwork.model.workflow import Workflow
from plainwork.parsing import yaml_tree
from plainwork.parsing.definitions import make_workflow
from plainwork.parsing.documents import parse_document
from plainwork.parsing.field_tables import FieldTables, fields_by_name, work_fields
from plainwork.parsing.fields import FieldReader
from plainwork.parsing.near_match import did_you_mean
from plainwork.parsing.scalars import Mistake, parse_scalar
from plainwork.parsing.settings_file import parse_settings_tree
from plainwork.parsing.time_zones import find_zone_hint, time_zone_exists
from plainwork.plans import import_mapping as im

_FORM = (
    ft.Field("pattern", LINE, "A regular expression for the whole text"),
    ft.Field("is", LINE, "What is read from it"),
)
_FORMS = ft.Many(ft.Group(_FORM))
_IDS = ft.Many(ft.Group((ft.Field("field", LINE, "Where it stands; unset: the path"), *_FORM)))
_WORDS = ft.Table(LINE, ft.Many(ft.Text(), or_one=True))
_FIELDS = ft.Table(
    LINE,
    ft.Group(
        (
            ft.Field("to", ft.Many(LINE, or_one=True), "What it becomes", required=True),
            ft.Field("values", _WORDS, "Words here, and what they are called there"),
            ft.Field("forms", _FORMS, "How it is written, if not all of it is to be read"),
        )
    ),
)
_FILES = ft.Group(
    (
        ft.Field("match", ft.Many(LINE, or_one=True), "Globs", required=True),
        ft.Field("workflow", ft.Reference("workflow"), "They become work of this type"),
        ft.Field("teams", LINE, "They define teams: the key of the map from names to people"),
        ft.Field("copy", ft.Boolean(), "They are copied as they are"),
        ft.Field("skip", LINE, "They are no work; why"),
        ft.Field("status", ft.Name("state"), "The state of work that names none"),
        ft.Field("ids", _IDS, "Where its id is found"),
        ft.Field("aliases", _IDS, "Where further ids are found"),
        ft.Field("fields", _FIELDS, "What becomes of its fields"),
    )
)
_PARTIES = ft.Group(
    (
        ft.Field("forge", ft.Name("forge"), "Where logins are accounts"),
        ft.Field("teams", _FORMS, "How teams are written"),
        ft.Field("agents", _FORMS, "How agents are written"),
        ft.Field("people", _FORMS, "How people are written"),
    )
)
MAPPING_FIELDS = (
    ft.Field("title", LINE, "What is imported", required=True),
    ft.Field("root", LINE, "The folder that holds the files"),
    ft.Field("owner", ft.Reference("person"), "Who answers for what has nobody else"),
    ft.Field("timezone", LINE, "In which days begin, if the past is looked at"),
    ft.Field("parties", _PARTIES, "How people, teams and agents are written"),
    ft.Field("workflows", ft.Table(ft.Identifier(), ft.Text()), "Types of work that are needed"),
    ft.Field("fields", _FIELDS, "What becomes of the fields of all files"),
    ft.Field("files", ft.Many(_FILES), "What becomes of the files", required=True),
)
"""The keys of a mapping."""

_PURPOSES = ("workflow", "teams", "copy", "skip")
_OWN = frozenset({"id", "workflow", "aliases", "links"})


def parse_mapping(
    path: str, data: bytes, workflows: Mapping[str, Workflow]
) -> tuple[im.Mapping | None, tuple[Diagnostic, ...]]:
    """Read a mapping.

    Args:
        path: For diagnostics.
        data: The file's bytes.
        workflows: What the workspace has, by id in lower case.

    Returns:
        The mapping, or None if anything is wrong with it; and what.
    """
    root = parse_settings_tree(path, data)
    if isinstance(root, Diagnostic):
        return None, (root,)
    reader = FieldReader(path)
    values = reader.read_fields(root, fields_by_name(MAPPING_FIELDS))
    mapping = _Builder(reader, root, workflows).build(values)
    if reader.diagnostics:
        return None, tuple(sorted(reader.diagnostics))
    return mapping, ()


class _Builder:
    """Checks what the type of a single value cannot, and builds the mapping."""

    def __init__(
        self, reader: FieldReader, root: yaml_tree.Mapping, workflows: Mapping[str, Workflow]
    ) -> None:
        self._reader = reader
        self._root = root
        self._workflows = dict(workflows)

    def build(self, values: Mapping[str, Any]) -> im.Mapping:
        texts: dict[str, str] = values.get("workflows", {})
        for id_, text in texts.items():
            self._add_workflow(id_, text)
        files = values.get("files", [])
        zone = values.get("timezone", "UTC")
        if not time_zone_exists(zone):
            message = f"there is no time zone `{zone}`"
            self._report(("timezone",), "unknown-timezone", message, find_zone_hint(zone))
        return im.Mapping(
            title=values.get("title", ""),
            root=values.get("root", ""),
            owner=values.get("owner", ""),
            timezone=zone,
            parties=self._parties(values.get("parties", {})),
            workflows=texts,
            files=tuple(
                self._file(rule, values.get("fields", {}), ("files", position))
                for position, rule in enumerate(files)
            ),
        )

    def _add_workflow(self, id_: str, text: str) -> None:
        document = parse_document(f"{id_}.md", "workflow", text.encode(), FieldTables())
        for found in document.diagnostics:
            message = f"line {found.location.line}: {found.message}"
            self._report(("workflows", id_), found.rule, message, found.hint)
        self._workflows.setdefault(id_, make_workflow(document))

    def _parties(self, values: Mapping[str, Any]) -> im.PartyRules:
        groups = {
            name: self._forms(values.get(name, []), ("parties", name))
            for name in ("teams", "agents", "people")
        }
        return im.PartyRules(values.get("forge", ""), **groups)

    def _file(
        self, values: Mapping[str, Any], common: Mapping[str, Any], at: FieldPath
    ) -> im.FileRule:
        purposes = [name for name in _PURPOSES if values.get(name)]
        if len(purposes) != 1:
            message = f"say one of {', '.join(_PURPOSES)}"
            self._report(at, "wrong-type", message)
        return im.FileRule(
            match=tuple(values.get("match", ())),
            work=self._work(values, common, at) if "workflow" in values else None,
            teams=values.get("teams", ""),
            copy=values.get("copy", False),
            skip=values.get("skip", ""),
        )

    def _work(
        self, values: Mapping[str, Any], common: Mapping[str, Any], at: FieldPath
    ) -> im.WorkRule | None:
        workflow = self._workflows.get(values["workflow"].lower())
        if workflow is None:
            message = f"there is no workflow `{values['workflow']}`, and the mapping makes none"
            self._report((*at, "workflow"), "unknown-workflow", message)
            return None
        targets = _find_targets(workflow)
        status = self._status(values, workflow, at)
        own = values.get("fields", {})
        return im.WorkRule(
            workflow=workflow,
            status=status,
            ids=self._ids(values.get("ids", []), (*at, "ids")),
            aliases=self._ids(values.get("aliases", []), (*at, "aliases")),
            fields={
                **self._fields(
                    {name: rule for name, rule in common.items() if name not in own},
                    targets,
                    ("fields",),
                ),
                **self._fields(own, targets, (*at, "fields")),
            },
            targets=targets,
        )

    def _status(self, values: Mapping[str, Any], workflow: Workflow, at: FieldPath) -> str:
        states = [state.name for state in workflow.states]
        status: str = values.get("status", states[0] if states else "")
        if status not in states:
            message = f"the workflow {workflow.id} has no state `{status}`"
            self._report((*at, "status"), "unknown-state", message, _hint(status, states))
        return status

    def _ids(self, entries: Iterable[Mapping[str, Any]], at: FieldPath) -> tuple[im.IdForm, ...]:
        return tuple(
            im.IdForm(entry.get("field", ""), self._form(entry, (*at, position)))
            for position, entry in enumerate(entries)
        )

    def _fields(
        self, entries: Mapping[str, Any], targets: Mapping[str, ft.FieldType], at: FieldPath
    ) -> dict[str, im.FieldRule]:
        return {
            name: self._field(rule, targets, (*at, name))
            for name, rule in entries.items()
            if "to" in rule
        }

    def _field(
        self, values: Mapping[str, Any], targets: Mapping[str, ft.FieldType], at: FieldPath
    ) -> im.FieldRule:
        words: Mapping[str, list[str]] = values.get("values", {})
        for position, target in enumerate(values["to"]):
            if target not in targets:
                message = f"there is no field `{target}` to become"
                place = (*at, "to", position)
                self._report(place, "unknown-field", message, _hint(target, targets))
            else:
                self._check_words(targets[target], words, (*at, "values"))
        return im.FieldRule(
            to=tuple(values["to"]),
            values={theirs: ours for ours, many in words.items() for theirs in many},
            usual=frozenset(many[0] for many in words.values() if many),
            forms=self._forms(values.get("forms", []), (*at, "forms")),
        )

    def _check_words(
        self, type_: ft.FieldType, words: Mapping[str, list[str]], at: FieldPath
    ) -> None:
        single = im.find_single(type_)
        for word in words:
            mistake = parse_scalar(single, word)
            if isinstance(mistake, Mistake):
                self._report((*at, word), mistake.rule, mistake.message, mistake.hint)

    def _forms(self, entries: Iterable[Mapping[str, Any]], at: FieldPath) -> tuple[im.Form, ...]:
        return tuple(self._form(entry, (*at, position)) for position, entry in enumerate(entries))

    def _form(self, values: Mapping[str, Any], at: FieldPath) -> im.Form:
        is_ = values.get("is", r"\g<0>")
        try:
            pattern = re.compile(values.get("pattern", ".*"), re.IGNORECASE | re.DOTALL)
            pattern.sub(is_, "")  # reads `is`, too
        except (re.error, IndexError) as error:
            self._report(at, "wrong-type", f"not a form: {error}")
            pattern = re.compile("")
        return im.Form(pattern, is_)

    def _report(self, field: FieldPath, rule: str, message: str, hint: str = "") -> None:
        node = yaml_tree.find_node(self._root, field) or self._root
        self._reader.report(node, rule, message, hint)


def _find_targets(workflow: Workflow) -> dict[str, ft.FieldType]:
    """Return the fields that work of a workflow may have, each kind of link as one of its own."""
    fields = work_fields(workflow)
    targets = {name: field.type for name, field in fields.items() if name not in _OWN}
    targets["status"] = ft.Choice(tuple(state.name for state in workflow.states))
    links = fields["links"].type
    if isinstance(links, ft.Group):
        targets |= {f"links.{kind.name}": kind.type for kind in links.fields}
    return targets


def _hint(word: str, known: Iterable[str]) -> str:
    names = list(known)
    return did_you_mean(word, names) or f"there are {', '.join(names)}"
