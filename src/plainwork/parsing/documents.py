"""Turning a file into a document of its kind."""

from typing import Any

from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.model.document import Document
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.model.work_document import NOT_FOR_ROUTINES
from plainwork.parsing import yaml_tree
from plainwork.parsing.field_tables import FieldTables, fields_by_name, record_fields
from plainwork.parsing.fields import FieldReader
from plainwork.parsing.front_matter import FrontMatter, parse_front_matter
from plainwork.parsing.scalars import ID_HINT, ID_PATTERN

_WITH_BODY = frozenset({"workflow", "policy", "record"})


def parse_document(path: str, kind: str, data: bytes, tables: FieldTables) -> Document:
    """Read one file.

    Args:
        path: From the workspace's root, with ``/``; its name is the id if no field says one.
        kind: What its folder holds: see :class:`~plainwork.model.document.Document`.
        data: The file's bytes.
        tables: Which fields work may have; only used for work.
    """
    stem = path.rpartition("/")[2].removesuffix(".md")
    front_matter, problems = parse_front_matter(path, data)
    if front_matter is None:
        return Document(path, kind, stem.lower(), readable=False, fields={}, diagnostics=problems)
    reader = FieldReader(path)
    reader.diagnostics.extend(problems)
    values = _read_values(reader, kind, front_matter, tables)
    id_ = values.get("id", stem)
    if "id" not in values and not ID_PATTERN.fullmatch(stem):
        reader.diagnostics.append(_invalid_file_name(path, stem))
        id_ = stem.lower()
    return Document(
        path,
        kind,
        str(id_),
        readable=True,
        fields=values,
        references=tuple(reader.references),
        diagnostics=tuple(reader.diagnostics),
        body=front_matter.body if kind in _WITH_BODY or "creates" in values else "",
    )


def _read_values(
    reader: FieldReader, kind: str, front_matter: FrontMatter, tables: FieldTables
) -> dict[str, Any]:
    root = front_matter.root
    if kind == "work":
        workflow = _scalar_of(root, "workflow")
        fields = tables.of_work(workflow)
        if fields is None:  # the rule unknown-workflow says so; what it declares is unknown
            common = fields_by_name(DOCUMENT_FIELDS["item"])
            return reader.read_fields(root, common, open_names=True, foreign=True)
        if tables.is_routine(workflow):
            _report_not_for_routines(reader, root)
        return reader.read_fields(root, fields, open_names=True)
    if kind == "record":
        fields = record_fields(_scalar_of(root, "record"))
        return reader.read_fields(root, fields, open_names=True)
    return reader.read_fields(root, fields_by_name(DOCUMENT_FIELDS[kind]), open_names=True)


def _scalar_of(root: yaml_tree.Mapping, name: str) -> str:
    node = root.get(name)
    return node.text if isinstance(node, yaml_tree.Scalar) else ""


def _report_not_for_routines(reader: FieldReader, root: yaml_tree.Mapping) -> None:
    # The reader would call these unknown and offer the nearest name, which misleads.
    kept = []
    for key, value in root.entries:
        if key.text in NOT_FOR_ROUTINES:
            message = f"a routine has no `{key.text}`"
            reader.report(key, "unknown-field", message, "say it in what the routine creates")
        else:
            kept.append((key, value))
    root.entries[:] = kept


def _invalid_file_name(path: str, stem: str) -> Diagnostic:
    message = f"the file name `{stem[:80]}` is not an id"
    hint = f"add an `id:` field or rename the file; {ID_HINT}"
    return Diagnostic(Location(path), "invalid-id", Severity.ERROR, message, hint)
