"""The way of a work to a state, for people: what is met, what is missing, who is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork.reporting.text import escape_line, style, wrap
from plainwork.reporting.title import format_heading
from plainwork.views.way_there import Consent, Guard, NamedPerson, WayThere

_MOST_NAMED = 5


def format_way(way: WayThere, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of a way.

    Args:
        way: The way.
        width: The columns of the screen.
        color: Whether it shows colours.
    """
    yield from format_heading(way.id, way.title, width=width, color=color)
    if way.old == way.new:
        yield f"It stands in {way.new} already."
        return
    if not way.possible:
        yield f"No transitions lead from {way.old} to {way.new}."
        yield from _format_open(way, width)
        return
    yield from wrap(f"{way.old} → {way.new} by {', then '.join(way.transitions)}", width=width)
    if way.guards or way.consents:
        yield ""
    for guard in way.guards:
        label = "met    " if guard.met else "missing"
        shown = style(label, "green" if guard.met else "red", on=color)
        yield from _format_entry(shown, _guard_text(guard), width)
    for consent in way.consents:
        label = "given  " if consent.given else "consent"
        shown = style(label, "green" if consent.given else "yellow", on=color)
        yield from _format_entry(shown, _consent_text(consent), width)
    yield ""
    yield from _conclusion(way)


def _format_open(way: WayThere, width: int) -> Iterator[str]:
    if way.open:
        yield from wrap(f"From there one can go to {', '.join(way.open)}.", width=width)
    else:
        yield "Nothing leads on from there."


def _format_entry(label: str, text: str, width: int) -> Iterator[str]:
    indent = "  missing  "
    lines = list(wrap(text, width=max(width - len(indent), 20)))
    yield f"  {label}  {lines[0]}"
    yield from (f"{' ' * len(indent)}{line}" for line in lines[1:])


def _guard_text(guard: Guard) -> str:
    place = f"{guard.transition}: " if guard.transition else ""
    who = f" ({_names(guard.who)})" if guard.who and not guard.met else ""
    return f"{place}{escape_line(guard.message)}{who}"


def _consent_text(consent: Consent) -> str:
    by = " or ".join(consent.by)
    if consent.given:
        return f"{consent.source}: {by}, by making the change"
    if len(consent.people) < consent.count:
        lack = "nobody can give it" if not consent.people else "too few people can give it"
        return f"{consent.source}: {_count(consent)}{by}; {lack}"
    return f"{consent.source}: {_count(consent)}{by} ({_names(consent.people)})"


def _count(consent: Consent) -> str:
    return f"{consent.count} of " if consent.count > 1 else ""


def _names(people: Sequence[NamedPerson]) -> str:
    names = [escape_line(person.name) for person in people[:_MOST_NAMED]]
    more = [f"{len(people) - _MOST_NAMED} more"] if len(people) > _MOST_NAMED else []
    return ", ".join([*names, *more])


def _conclusion(way: WayThere) -> Iterator[str]:
    unmet = [guard for guard in way.guards if not guard.met]
    fields = dict.fromkeys(guard.field for guard in unmet)
    if not all(fields):
        yield "It cannot be moved there yet."
        if any(guard.guard == "checklist" for guard in unmet):
            yield f"Boxes are ticked in its file: plainwork edit {way.id}"
        return
    asked = any(not consent.given for consent in way.consents)
    said = " with what must be set" if fields else ""
    yield f"It can be moved{said}{'; the pull request then needs consent' if asked else ''}:"
    options = ("--reason …" if name == "reason" else f"--set {name}=…" for name in fields)
    # On a line of its own and never broken, so that it can be pasted.
    yield f"  {' '.join(('plainwork move', way.id, way.new, *options))}"
