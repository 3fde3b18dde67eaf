"""What the names in a condition mean for one document.

A value is turned into CEL's only when a condition names it: handing over all forty fields costs
twenty times as much as evaluating.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from plainwork.analysis.condition import ConditionError
from plainwork.analysis.condition_values import UnusableValueError, to_cel, to_timestamp
from plainwork.model import field_type as ft
from plainwork.model.document_fields import DOCUMENT_FIELDS
from plainwork.model.record_document import RECORD_KIND_FIELDS
from plainwork.model.work import Work
from plainwork.model.workflow import Workflow
from plainwork.model.workflow_document import custom_type

GIVEN_NAMES: Mapping[str, ft.FieldType] = {
    "old": ft.Table(ft.Name("field"), ft.Anything()),
    "today": ft.Date(),
    "kind": ft.Text(),
    "workflow": ft.Text(),
    "by_agent": ft.Boolean(),
    "doc": ft.Table(ft.Name("field"), ft.Anything()),
}
"""The names that every condition has; a field of the same name is read by ``old`` only."""

FieldTypes = Mapping[str, ft.FieldType]


def condition_types(kind: str, workflow: Workflow | None = None) -> dict[str, ft.FieldType]:
    """Return the fields that conditions on documents of a kind may name.

    Args:
        kind: ``item``, ``project``, ``routine``, ``workflow``, ``person``, ``team``, ``agent``,
            ``policy`` or ``record``.
        workflow: The workflow of work, whose custom fields count too.
    """
    fields = list(DOCUMENT_FIELDS.get(kind, ()))
    if kind == "record":
        fields += [field for more in RECORD_KIND_FIELDS.values() for field in more]
    declared = [custom for custom in workflow.fields if custom.type] if workflow else []
    return {custom.name: custom_type(custom) for custom in declared} | {
        field.name: field.type for field in fields
    }


class DocumentBindings:
    """The names of one document.

    Args:
        values: The effective values of its fields, as JSON's kinds; dates may be dates.
        types: The names bound, as :func:`condition_types` returns them; those that no value is
            given for are null.
        old: The same before the change; None for new work and where there is no change.
        today: The date that ``today`` stands for.
        kind: The kind of document.
        workflow: The id of its workflow, or ``""``.
        by_agent: Whether an agent makes the change.
        currency: The workspace's; money in another one has no value in a condition.
    """

    __slots__ = (
        "_by_agent",
        "_currency",
        "_kind",
        "_old",
        "_today",
        "_types",
        "_values",
        "_workflow",
    )

    def __init__(
        self,
        values: Mapping[str, Any],
        types: FieldTypes,
        *,
        today: date,
        kind: str,
        currency: str,
        workflow: str = "",
        old: Mapping[str, Any] | None = None,
        by_agent: bool = False,
    ) -> None:
        self._values = values
        self._types = types
        self._today = today
        self._kind = kind
        self._currency = currency
        self._workflow = workflow
        self._old = old or {}
        self._by_agent = by_agent

    def value(self, name: str) -> object:
        """Return a name's CEL value, or a ConditionError if it has no usable one."""
        if name in GIVEN_NAMES:
            return self._given(name)
        type_ = self._types.get(name)
        if type_ is None:
            return ConditionError(f"there is no name `{name}`")
        return self._convert(name, type_, self._values.get(name))

    def _given(self, name: str) -> object:
        match name:
            case "today":
                return to_timestamp(self._today)
            case "kind":
                return self._kind
            case "workflow":
                return self._workflow or None
            case "by_agent":
                return self._by_agent
            case "doc":
                return self._foreign(self._values)
            case _:
                return self._before()

    def _before(self) -> dict[str, object]:
        """Return ``old``; what has no usable value is missing in it, so that naming it fails."""
        values: dict[str, object] = {"doc": self._foreign(self._old)}
        for name, type_ in self._types.items():
            value = self._convert(name, type_, self._old.get(name))
            if not isinstance(value, ConditionError):
                values[name] = value
        return values

    def _foreign(self, values: Mapping[str, Any]) -> dict[str, object]:
        converted = {
            name: self._convert(name, ft.Anything(), values[name])
            for name in values
            if name.startswith("x-")
        }
        return {
            name: value
            for name, value in converted.items()
            if not isinstance(value, ConditionError)
        }

    def _convert(self, name: str, type_: ft.FieldType, value: Any) -> object:
        try:
            return to_cel(type_, value, self._currency)
        except UnusableValueError as error:
            return ConditionError(f"`{name}` {error}")


class WorkValues(Mapping[str, Any]):
    """The effective values of a work's fields, by name.

    What has a column of its own is read from that column alone; the document as written is
    decoded only for the rest.
    """

    __slots__ = ("_work",)

    def __init__(self, work: Work) -> None:
        self._work = work

    def __getitem__(self, name: str) -> Any:
        """Return an effective value; text that is not set is None."""
        if name in _COLUMNS:
            return getattr(self._work, name) or None
        return self._work.fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(_COLUMNS), **self._work.fields})

    def __len__(self) -> int:
        return len({*_COLUMNS, *self._work.fields})


_COLUMNS = frozenset(
    {"id", "title", "workflow", "status", "reason", "owner", "requester", "team", "parent"}
    | {"project", "milestone", "priority", "start", "due", "estimate", "blocked", "visibility"}
    | {"made_by"}
)


def bind_work(
    work: Work,
    types: FieldTypes,
    *,
    today: date,
    currency: str,
    old: Work | None = None,
    by_agent: bool = False,
) -> DocumentBindings:
    """Return the names of a work; see :class:`DocumentBindings`."""
    return DocumentBindings(
        WorkValues(work),
        types,
        today=today,
        kind=work.kind,
        currency=currency,
        workflow=work.workflow,
        old=WorkValues(old) if old else None,
        by_agent=by_agent,
    )
