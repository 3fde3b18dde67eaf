"""The rule ``creation-keys``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plainwork.analysis.cycles import find_cycles
from plainwork.model.diagnostic import FieldPath
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.parsing.near_match import did_you_mean
from plainwork.rules.rule import Found, Rule, Scope

_Entries = Sequence[Mapping[str, object]]


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    if document.kind != "workflow":
        return
    keys: set[str] = set()
    for part in ("states", "clocks"):
        for name, values in document.fields.get(part, {}).items():
            for field, message, hint in _find_faults(values.get("creates", ()), keys):
                yield Found(document.path, message, hint, (part, name, "creates", *field))


def _find_faults(entries: _Entries, keys: set[str]) -> Iterator[tuple[FieldPath, str, str]]:
    """Yield the faults of a list; ``keys`` are those of the whole workflow so far."""
    waits: dict[str, Sequence[str]] = {}
    places: dict[str, int] = {}
    for position, entry in enumerate(entries):
        key, depends_on = entry.get("key"), entry.get("depends_on", [])
        if not isinstance(key, str) or not isinstance(depends_on, list):
            continue
        if key in keys:
            yield (position, "key"), f"the key `{key}` stands twice", "give each a key of its own"
        keys.add(key)
        waits.setdefault(key, depends_on)
        places.setdefault(key, position)
    for key, depends_on in waits.items():
        for position, other in enumerate(depends_on):
            if other not in waits:
                hint = did_you_mean(other, waits) or f"the keys are {', '.join(waits)}"
                field = (places[key], "depends_on", position)
                yield field, f"nothing beside it has the key `{other}`", hint
    for ring in find_cycles(waits):
        message = f"they wait for each other: {' → '.join((*ring, ring[0]))}"
        yield (places[ring[0]], "depends_on"), message, "remove one of these dependencies"


RULE = Rule(
    name="creation-keys",
    summary="Work that is created together has keys of its own, and waits for such keys.",
    remedy=(
        "The id of created work is made from the key, so it must not stand twice in a workflow. "
        "`depends_on` names the keys of siblings, of which none waits for itself."
    ),
    scope=Scope.DOCUMENT,
    check_document=_check,
)
