"""A document of another tool as work: a pure function of one file, so that it serves any version.

Nothing is lost. What has a place here goes there; all else, and what cannot be read back from its
place, is kept as it was written under ``x-`` and the name that it had. The body keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from plainwork.editing.new_document import render_document, slug
from plainwork.editing.yaml_text import Value
from plainwork.model.workflow import Category
from plainwork.parsing.foreign_yaml import ForeignValue
from plainwork.parsing.scalars import ID_PATTERN
from plainwork.parsing.source_text import CONTROL_CHARACTER
from plainwork.plans.import_mapping import IdForm, WorkRule
from plainwork.plans.import_source import SourceDocument
from plainwork.plans.import_value import ValueReader, stands_in

_FIRST = ("id", "title", "workflow", "status")
_REFUSED = re.compile(rf"{CONTROL_CHARACTER.pattern}|[\ud800-\udfff]")
_HEADING = re.compile(r"^# +(\S.*)$", re.MULTILINE)


class Outcome(StrEnum):
    """What became of one field of one file."""

    MAPPED = "mapped"
    BOTH = "mapped and kept"
    KEPT = "kept"
    EMPTY = "empty"


class ImportedDocument(msgspec.Struct, frozen=True):
    """A document that is to be written.

    Attributes:
        source: Where it was.
        id: Its id.
        title: Its title.
        workflow: The id of its workflow.
        fields: Its front matter, in the order in which it is written.
        body: The text below that.
        outcomes: What became of each field: its name there, what it became here (``""``: nothing
            but an ``x-`` field), and how.
    """

    source: str
    id: str
    title: str
    workflow: str
    fields: dict[str, Value]
    body: str
    outcomes: tuple[tuple[str, str, Outcome], ...]

    @property
    def text(self) -> str:
        """Its file."""
        return render_document(self.fields, self.body)


def import_document(
    source: SourceDocument, rule: WorkRule, reader: ValueReader
) -> ImportedDocument:
    """Make work of a document.

    Args:
        source: What its file says.
        rule: What becomes of it.
        reader: Knows who and which work is meant.
    """
    return _Import(source, rule, reader).run()


def find_id(source: SourceDocument, rule: WorkRule) -> tuple[str, str]:
    """Return the id of a document, and the field that it comes from."""
    for form in rule.ids:
        for id_ in _read_id(source, form):
            return id_, form.field
    stem = source.path.rpartition("/")[2].rpartition(".")[0]
    return slug(find_title(source, rule)) or slug(stem) or "document", ""


def find_title(source: SourceDocument, rule: WorkRule) -> str:
    """Return the title of a document: of its fields, else its heading, else its file's name."""
    for name, value in source.fields.items():
        field = rule.fields.get(name)
        if field and "title" in field.to and isinstance(value, str) and value.strip():
            return _clean(" ".join(value.split()))
    heading = _HEADING.search(source.body)
    stem = source.path.rpartition("/")[2].rpartition(".")[0]
    return _clean(heading[1].strip() if heading else stem or source.path)


def _read_id(source: SourceDocument, form: IdForm) -> Iterator[str]:
    text = source.fields.get(form.field) if form.field else source.path
    if isinstance(text, str):
        id_ = (form.form.read(text) or "").lower()
        if ID_PATTERN.fullmatch(id_):
            yield id_


class _Import:
    """One document on its way."""

    def __init__(self, source: SourceDocument, rule: WorkRule, reader: ValueReader) -> None:
        self._source = source
        self._rule = rule
        self._reader = reader
        self._fields: dict[str, Value] = {}
        self._links: dict[str, Value] = {}
        self._kept: dict[str, Value] = {}
        self._outcomes: list[tuple[str, str, Outcome]] = []

    def run(self) -> ImportedDocument:
        source, rule = self._source, self._rule
        id_, id_field = find_id(source, rule)
        for name, value in source.fields.items():
            self._take(name, value, id_ if name == id_field else "")
        if source.verbatim:
            self._keep("front-matter", source.verbatim)
        title = str(self._fields.get("title") or find_title(source, rule))
        aliases = [alias for form in rule.aliases for alias in _read_id(source, form)]
        fields: dict[str, Value] = {
            **self._fields,
            "id": id_,
            "title": title,
            "workflow": rule.workflow.id,
            "status": self._fields.get("status") or rule.status,
        }
        made_by = self._find_maker(str(fields["status"]))
        if made_by:
            fields.setdefault("made_by", made_by)
        if self._links:
            fields["links"] = self._links
        if others := [alias for alias in dict.fromkeys(aliases) if alias != id_]:
            fields["aliases"] = others
        order = dict.fromkeys((*_FIRST, *rule.targets, *fields))
        ordered = {name: fields[name] for name in order if name in fields}
        return ImportedDocument(
            source=source.path,
            id=id_,
            title=title,
            workflow=rule.workflow.id,
            fields={**ordered, **self._kept},
            body=source.body,
            outcomes=tuple(self._outcomes),
        )

    def _find_maker(self, status: str) -> str:
        """Return who produced what is done: agents must say so, and who did it is all we know."""
        state = self._rule.workflow.state(status)
        assignees = self._fields.get("assignees")
        if not isinstance(assignees, list) or not state or state.category is not Category.DONE:
            return ""
        by_agents = [self._reader.is_agent(str(assignee)) for assignee in assignees]
        return "agent" if all(by_agents) else "assisted" if any(by_agents) else ""

    def _take(self, name: str, value: ForeignValue, id_: str) -> None:
        """Find a place for one field; `id_` is what was made of it, if that is the id."""
        if _says_nothing(value):
            self._outcomes.append((name, "", Outcome.EMPTY))
            return
        if id_:
            places, whole = ["id"], isinstance(value, str) and stands_in(value, id_)
        else:
            places, whole = self._place(name, value)
        if not whole:
            self._keep(name, value)
        mapped = Outcome.MAPPED if whole else Outcome.BOTH
        self._outcomes.append((name, ", ".join(places), mapped if places else Outcome.KEPT))

    def _place(self, name: str, value: ForeignValue) -> tuple[list[str], bool]:
        """Return the fields that a value became, and whether it still stands in one of them."""
        rule = self._rule.fields.get(name)
        if rule is None:
            return [], False
        places, whole = [], False
        for target in rule.to:
            reading = self._reader.read(target, self._rule.targets[target], value, rule)
            if reading.value is not None and self._set(target, reading.value):
                places.append(target)
                whole = whole or reading.whole
        return places, whole

    def _set(self, target: str, value: Value) -> bool:
        """Set a field, or add to a list; a single value that is set already stays."""
        group, _, kind = target.partition(".")
        fields, name = (self._links, kind) if group == "links" else (self._fields, target)
        present = fields.get(name)
        if isinstance(present, list) and isinstance(value, list):
            fields[name] = [*present, *(item for item in value if item not in present)]
            return True
        return fields.setdefault(name, value) is value

    def _keep(self, name: str, value: ForeignValue) -> None:
        key = _clean(name if name.startswith("x-") else f"x-{name}")
        while key in self._kept:
            key = f"x-{key}"
        self._kept[key] = _clean_all(value)


def _says_nothing(value: ForeignValue) -> bool:
    if isinstance(value, list):
        return all(map(_says_nothing, value))
    return not value


def _clean_all(value: ForeignValue) -> Value:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list):
        return [_clean_all(item) for item in value]
    return {_clean(key): _clean_all(item) for key, item in value.items()}


def _clean(text: str) -> str:
    """Return a text in which what no field may hold is written as an escape."""
    return _REFUSED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
