"""The rule ``invalid-template``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.analysis.templates import (
    MAX_BODY,
    MAX_TITLE,
    TEMPLATE_NAMES,
    find_template_fault,
)
from plainwork.analysis.typed_values import find_texts
from plainwork.model import field_type as ft
from plainwork.model.diagnostic import FieldPath
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.parsing.definitions import make_workflow
from plainwork.parsing.field_tables import work_fields
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    for path, text, creator in _templates(document, workflows):
        names = TEMPLATE_NAMES | (work_fields(creator).keys() if creator else set())
        fault = find_template_fault(text, names, MAX_TITLE if path else MAX_BODY)
        if fault:
            what = "the title" if path else "the text below, the template of what it creates"
            hint = "write text with placeholders such as `{{ title }}`; a field must be declared"
            yield Found(document.path, f"{what}: {fault}", hint, path)


def _templates(
    document: Document, workflows: Mapping[str, Workflow]
) -> Iterator[tuple[FieldPath, str, Workflow | None]]:
    """Yield each template, its place (of a body none) and the workflow of what creates."""
    if document.kind == "workflow":
        workflow = make_workflow(document)
        for path, text in find_texts(document, ft.Template):
            yield path, text, workflow
    elif document.kind == "work":
        creates = document.fields.get("creates")
        if isinstance(creates, dict) and "title" in creates:
            creator = workflows.get(document.fields.get("workflow", "").lower())
            yield ("creates", "title"), creates["title"], creator
            yield (), document.body, creator


RULE = Rule(
    name="invalid-template",
    summary="The titles and texts of created work are templates that can be filled in.",
    remedy=(
        "Otherwise creating the work fails on the day it is due. A template may name `title`, "
        "`date`, `period` and the fields of what creates the work."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
