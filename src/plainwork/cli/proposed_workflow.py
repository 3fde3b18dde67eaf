"""A workflow that is proposed: read from a file of any place, and tried on the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from plainwork.cli.output import Progress, find_screen, write_lines
from plainwork.cli.viewing import Sight
from plainwork.errors import UsageError
from plainwork.flow.simulation import Simulation
from plainwork.flow.simulation import simulate as replay
from plainwork.model.diagnostic import Severity
from plainwork.model.workflow import Workflow
from plainwork.storage.event_history import load_event_history


def read_proposal(sight: Sight, name: str) -> Workflow | None:
    """Read a workflow; print what is wrong with it and return None if it cannot be used.

    Raises:
        UsageError: If there is no such file, or no such workflow in the workspace.
    """
    from plainwork.parsing.definitions import make_workflow
    from plainwork.parsing.documents import parse_document
    from plainwork.parsing.field_tables import FieldTables

    try:
        data = (sight.call.directory / name).read_bytes()
    except OSError as problem:
        message = f"{name}: {problem.strerror}"
        raise UsageError(message) from problem
    document = parse_document(name, "workflow", data, FieldTables())
    if any(each.severity is Severity.ERROR for each in document.diagnostics):
        from plainwork.reporting.diagnostics_text import format_text

        write_lines(format_text(document.diagnostics, documents=1, color=find_screen().color))
        return None
    proposed = make_workflow(document)
    if proposed.id.lower() not in sight.snapshot.workflows:
        known = ", ".join(each.id for each in sight.snapshot.workflows.values())
        message = f"{name} is workflow `{proposed.id}`, which there is not; there are {known}"
        raise UsageError(message)
    return proposed


def simulate(sight: Sight, proposed: Workflow, since: date | None) -> Simulation:
    """Replay the past through a workflow.

    Raises:
        RepositoryError: Outside of Git, and where the past has been cut off.
    """
    first = datetime(since.year, since.month, since.day, tzinfo=sight.zone) if since else None

    def read_bodies(places: Sequence[tuple[str, str]]) -> Sequence[str]:
        from plainwork.parsing.fences import parse_body
        from plainwork.storage.repository import Repository

        with Repository.open(sight.call.root) as repository:
            return [parse_body(data) for data in repository.read_files(places)]

    return replay(
        load_event_history(sight.call.root, tell=Progress("Reading history")),
        proposed,
        sight.snapshot,
        sight.zone,
        since=first,
        read_bodies=read_bodies,
    )
