"""Adding records: what is said or measured about work, a file each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from plainwork.analysis.lookup import WORK, find_named, taken_ids
from plainwork.analysis.relations import expand
from plainwork.editing.new_document import make_id, render_document
from plainwork.editing.yaml_text import Value
from plainwork.errors import RefusedError, UsageError
from plainwork.model.plan import Plan
from plainwork.model.record_document import RECORD_KIND_FIELDS
from plainwork.parsing.assignments import Assignment, parse_assignment
from plainwork.parsing.near_match import did_you_mean
from plainwork.plans.consent import note_requirements
from plainwork.plans.document_edit import add_document
from plainwork.plans.new_document import ended
from plainwork.plans.set_fields import assign_fields
from plainwork.plans.situation import Situation

_LONGEST_SUBJECT = 40


class NewRecord(msgspec.Struct, frozen=True):
    """What is to be recorded.

    Attributes:
        kind: ``update``, ``spent``, ``measure``, …
        about: Ids of work, or unique beginnings of them.
        assignments: The fields of its kind, as typed; ``by`` is who asks if it is not among them.
        text: The body.
    """

    kind: str
    about: Sequence[str]
    assignments: Sequence[str] = ()
    text: str = ""


def plan_record(situation: Situation, record: NewRecord, random: Callable[[int], int]) -> Plan:
    """Plan to add a record.

    Args:
        situation: The workspace as it is.
        record: What it shall say.
        random: Returns a number from 0 up to, but not, its argument: for the name of the file.

    Raises:
        UsageError: If there is no such kind, work or field.
        RefusedError: If the record would be wrong.
    """
    if record.kind not in RECORD_KIND_FIELDS:
        known = ", ".join(RECORD_KIND_FIELDS)
        hint = did_you_mean(record.kind, RECORD_KIND_FIELDS) or f"there are {known}"
        message = f"no kind of record is called `{record.kind}`; {hint}"
        raise UsageError(message)
    changes = [parse_assignment(text) for text in record.assignments]
    named = [find_named(situation.snapshot, id_, WORK).id for id_ in record.about]
    about = list(dict.fromkeys(named))
    fields = {"record": record.kind, "about": about, "by": _find_author(situation, changes)}
    path = _make_path(situation, about[0], random)
    text = render_document({**fields, "at": situation.moment}, ended(record.text))
    source = situation.imagine("record", path, text)
    edit = add_document(situation, "record", path, assign_fields(source, changes))
    message = f"Record {record.kind} of {', '.join(about)}"
    return Plan((edit.file_edit,), message, note_requirements(situation, None, edit.after))


def plan_answer(
    situation: Situation, id_: str, random: Callable[[int], int], rejected: str = ""
) -> Plan:
    """Plan to accept work that was handed over, or to reject it.

    Args:
        situation: The workspace as it is.
        id_: The work's id, or a unique beginning of it.
        random: As for :func:`plan_record`.
        rejected: Why it is rejected; empty: it is accepted.

    Raises:
        UsageError: If there is no such work, or nobody knows who asks.
        RefusedError: If who asks is not in the team that is responsible for it.
    """
    snapshot = situation.snapshot
    work = snapshot.works.by_id[find_named(snapshot, id_, WORK).id.lower()]
    if not work.team:
        message = f"{work.id}: no team is responsible for it, so nothing was handed over"
        raise RefusedError(message)
    actor, people = situation.require_actor(), expand(work.team, snapshot, situation.today)
    if actor not in people:
        names = ", ".join(snapshot.label(person) for person in people) or "nobody"
        message = f"{work.id}: only {snapshot.label(work.team)} ({names}) can answer for it"
        raise RefusedError(message)
    said = ["answer=reject", f"reason={rejected}"] if rejected else ["answer=accept"]
    return plan_record(situation, NewRecord("handoff", [work.id], said), random)


def _find_author(situation: Situation, changes: Sequence[Assignment]) -> Value:
    given = [change.text for change in changes if change.path == ("by",)]
    return given[-1] if given else situation.require_actor()


def _make_path(situation: Situation, about: str, random: Callable[[int], int]) -> str:
    # Chance keeps the records of two branches apart, so that they never conflict.
    folder = situation.snapshot.settings.folders["records"][0]
    taken = taken_ids(situation.snapshot)
    subject = about[:_LONGEST_SUBJECT].rstrip("._-")
    return f"{folder}/{make_id(f'{situation.today}-{subject}', random, taken)}.md"
