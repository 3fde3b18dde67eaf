"""Workflows for people at a terminal: as a list, in words and as a picture of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork.reporting.body_text import format_body
from plainwork.reporting.table import format_table
from plainwork.reporting.text import escape_line, plural, style, wrap
from plainwork.reporting.title import format_heading
from plainwork.views.workflow_list import WorkflowList
from plainwork.views.workflow_map import Arrow, Box, WorkflowMap
from plainwork.views.workflow_rules import FieldRules, StateRules, WayRules, WorkflowRules


def format_workflow_list(found: WorkflowList, *, width: int | None, color: bool) -> Iterator[str]:
    """Yield a table of workflows, or what to do if there is none."""
    if not found.workflows:
        yield "There are no workflows; `plainwork init --list` shows templates that have some."
        return
    rows = [
        (each.id, each.kind, each.owner, str(each.open), str(each.closed), each.title)
        for each in found.workflows
    ]
    headers = ("workflow", "kind", "owner", "open", "closed", "title")
    yield from format_table(headers, rows, width=width, align="<<<>>", color=color)


def format_workflow_rules(rules: WorkflowRules, *, width: int, color: bool) -> Iterator[str]:
    """Yield a workflow in words.

    Args:
        rules: The workflow.
        width: The columns of the screen.
        color: Whether headings are emphasised.
    """
    yield from format_heading(rules.id, rules.title, width=width, color=color)
    yield from wrap(" · ".join(_answers(rules)), width=width)
    for sentence in rules.says:
        yield from wrap(f"{sentence[:1].upper()}{sentence[1:]}.", width=width)
    if rules.first:
        yield from wrap(f"New work begins in {rules.first}.", width=width)
    for way in rules.beginnings:
        yield from _format_way(way, f"{way.name}: new work begins in {way.to}", "", width)
    for state in rules.states:
        yield ""
        yield from _format_state(state, width, color=color)
    fields = [_field_text(field) for field in rules.fields]
    for heading, texts in (("Fields", fields), ("Promises", rules.promises)):
        if texts:
            yield from ("", style(heading, "bold", on=color))
            for text in texts:
                yield from _hanging(text, "  ", width)
    yield from format_body(rules.body, width=width)


def _answers(rules: WorkflowRules) -> Iterator[str]:
    yield f"of {rules.kind}s"
    if rules.owner:
        yield f"{rules.owner} is accountable"
    if rules.team:
        yield f"{rules.team} is responsible"
    yield rules.path


def _field_text(field: FieldRules) -> str:
    name = f"{field.name} ({field.type})" if field.type else field.name
    return "; ".join((name, *field.says))


def _format_state(state: StateRules, width: int, *, color: bool) -> Iterator[str]:
    label = "" if state.label.lower() == state.name.replace("-", " ") else f" “{state.label}”"
    standing = f" · {plural(state.count, 'work')}" if state.count else ""
    name = style(state.name, "bold", on=color)
    yield f"{name}{escape_line(label)} · {state.category}{standing}"
    for sentence in state.says:
        yield from _hanging(sentence, "  ", width)
    for way in state.ways:
        yield from _format_way(way, f"{way.name} → {way.to}", "  ", width)


def _format_way(way: WayRules, heading: str, indent: str, width: int) -> Iterator[str]:
    yield from _hanging(heading, indent, width)
    for sentence in way.asks:
        yield from _hanging(f"- {sentence}", f"{indent}  ", width, deeper="  ")


def _hanging(text: str, indent: str, width: int, deeper: str = "    ") -> Iterator[str]:
    """Yield a paragraph whose further lines stand deeper than its first."""
    lines = list(wrap(text, width=max(width - len(indent) - len(deeper), 20)))
    yield f"{indent}{lines[0]}"
    yield from (f"{indent}{deeper}{line}" for line in lines[1:])


def format_workflow_graph(picture: WorkflowMap, *, width: int, color: bool) -> Iterator[str]:
    """Yield a map as text: every state with the arrows that leave it.

    Args:
        picture: The map.
        width: The columns of the screen.
        color: Whether headings are emphasised.
    """
    yield from format_heading(picture.id, picture.title, width=width, color=color)
    beginnings = {arrow.to: arrow for arrow in picture.arrows if not arrow.source}
    names = max((len(arrow.name) for arrow in picture.arrows), default=0)
    for box in picture.boxes:
        yield from _format_box(box, beginnings.get(box.state), color=color)
        leaving = [arrow for arrow in picture.arrows if arrow.source == box.state]
        yield from _format_arrows(leaving, names)
    if picture.left_out:
        yield f"{picture.left_out} more, not drawn"
    marks = {
        "◆ takes approvals": any(arrow.gate for arrow in picture.arrows),
        "↑ leads back": any(arrow.back for arrow in picture.arrows),
    }
    if any(marks.values()):
        yield ""
        yield " · ".join(meaning for meaning, used in marks.items() if used)


def _format_box(box: Box, beginning: Arrow | None, *, color: bool) -> Iterator[str]:
    mark = " " if beginning is None else "▶"
    name = f" ({beginning.name})" if beginning and beginning.name else ""
    yield f"{mark} {style(box.state, 'bold', on=color)} · {box.category}{name}"


def _format_arrows(arrows: Iterable[Arrow], names: int) -> Iterator[str]:
    arrows = list(arrows)
    for number, arrow in enumerate(arrows, start=1):
        corner = "└" if number == len(arrows) else "├"
        line = "─" * (names - len(arrow.name) + 1)
        marks = f"{' ◆' if arrow.gate else ''}{' ↑' if arrow.back else ''}"
        yield f"  {corner}─ {arrow.name} {line}→ {arrow.to}{marks}"
