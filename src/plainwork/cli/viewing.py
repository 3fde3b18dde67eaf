"""What commands that show something share: the workspace at a moment, and what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from plainwork.analysis.query_words import QueryProblem
from plainwork.cli import clock
from plainwork.cli.context import Invocation, invocation
from plainwork.cli.output import Progress, write_notice
from plainwork.errors import UsageError
from plainwork.model.diagnostic import Diagnostic, Severity
from plainwork.model.history import History
from plainwork.model.party import Team
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.parsing.quantities import parse_date
from plainwork.reporting.text import plural
from plainwork.views.history import Change
from plainwork.views.selection import Selected, Selection, asks_who, select_works
from plainwork.views.summary import LastChanged

if TYPE_CHECKING:
    from plainwork.model.clock_run import ClockRun, RecordedRun
    from plainwork.model.open_offer import OpenOffer
    from plainwork.storage.clock_runs import KeptRuns

_SETTINGS = "plainwork.toml"

T = TypeVar("T")

QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[QUERY]...", help="Words that are all true of the work."),
]

QUERY_SETTINGS = {"ignore_unknown_options": True}
"""For commands with a query: `-overdue` is a word of it and no option."""


class Sight:
    """What is looked at: a workspace, on a day.

    Attributes:
        call: How the command was called.
        snapshot: The workspace.
        zone: Its time zone, in which days begin.
        today: The day: of ``--today``, else of ``--at`` or its commit, else the clock's.
    """

    def __init__(self, context: typer.Context, *, at: str = "", today: str = "") -> None:
        self.call: Invocation = invocation(context)
        self._at = at
        self.snapshot: Snapshot = self._load()
        self.zone: tzinfo = clock.find_zone(self.snapshot.settings.timezone)
        self.today: date = self._today(today)
        self._day_is_given = bool(today) or parse_date(at) is not None
        self._tell_unreadable()

    @property
    def root(self) -> Path:
        """The folder that is looked at."""
        return self.call.root

    @property
    def me(self) -> str:
        """The id of the person with Git's e-mail, or ``""``."""
        return self.call.me(self.snapshot)

    @property
    def commit(self) -> str:
        """The full hash of the commit of ``--at``, or ``""`` for the working tree."""
        return self._moment[0]

    @property
    def last_changed(self) -> LastChanged:
        """Tells when work was last changed, according to Git; history is read when asked."""
        from plainwork.storage.history import load_last_changed

        return load_last_changed(self.call.root, self.zone, self._moment[0])

    def check(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with the workspace at its moment."""
        from plainwork.storage.checking import load_check, load_check_at

        if self._at:
            return load_check_at(self.call.root, self.snapshot, self._at, self.today)
        return load_check(self.call.root, self.snapshot, self.today)

    def history(self, path: str) -> Iterator[Change]:
        """Return the commits that changed a document, the latest first; Git looks meanwhile."""
        from plainwork.storage.git_folder import find_git_folder
        from plainwork.storage.git_questions import load_document_history

        git = find_git_folder(self.root)
        if git and git.is_shallow():
            write_notice("this clone is shallow: who changed what earlier is not known here")
        revisions = load_document_history(self.call.root, path, self._moment[0] or "HEAD")
        return (
            Change(
                datetime.fromtimestamp(revision.time, self.zone).date(),
                revision.commit,
                revision.author,
                revision.subject,
            )
            for revision in revisions
        )

    def events(self, *, partial: bool = True) -> History:
        """Return what happened to work until its moment.

        Args:
            partial: Whether what a shallow clone has will do.

        Raises:
            RepositoryError: Outside of Git, and in a shallow clone unless `partial`.
        """
        from plainwork.storage.event_history import load_event_history

        tell = Progress("Reading history")
        return load_event_history(self.root, self._moment[0], partial=partial, tell=tell)

    @cached_property
    def now(self) -> datetime:
        """The moment of the question: where a day is given its end, else of ``--at`` its commit."""
        if self._day_is_given:
            return clock.end_of(self.today, self.zone)
        if self._at:
            return datetime.fromtimestamp(self._moment[1], self.zone)
        return clock.now()

    def clocks(self) -> tuple[ClockRun, ...]:
        """Return how the clocks stand that have not ended, as far as open work may have any."""
        from plainwork.flow.clock_standing import may_promise

        kept = self._load_clocks() if may_promise(self.snapshot) else None
        return tuple(self._judge(kept.open)) if kept else ()

    def clocks_of(self, work: Work) -> tuple[ClockRun, ...]:
        """Return how a work passed its clocks, the latest first."""
        from plainwork.flow.clock_standing import select_runs

        workflow = self.snapshot.workflow(work)
        kept = self._load_clocks() if workflow and workflow.clocks else None
        if kept is None:
            return ()
        own = select_runs((*kept.ended, *kept.open), [work])
        return tuple(sorted(self._judge(own), key=lambda run: run.started, reverse=True))

    def offers(self) -> Iterator[OpenOffer]:
        """Yield the handoffs that nobody has answered; where there are no teams, none are."""
        if not any(isinstance(party, Team) for party in self.snapshot.parties.values()):
            return
        from plainwork.flow.open_offers import judge_open_offers
        from plainwork.storage.open_offers import load_open_offers

        tell = Progress("Reading history")
        offers = load_open_offers(self.call.root, self._moment[0], tell=tell)
        yield from judge_open_offers(offers, self.snapshot, self.zone, self.now)

    def _load_clocks(self) -> KeptRuns | None:
        from plainwork.cli.clock_runs import load_runs

        return load_runs(self.call.root, self.snapshot.settings, self.commit)

    def _judge(self, runs: Iterable[RecordedRun]) -> Iterator[ClockRun]:
        from plainwork.flow.clock_standing import judge_runs

        return judge_runs(runs, self.snapshot, self.zone, self.now)

    def select(self, selection: Selection) -> Selected:
        """Find the works of a selection.

        Raises:
            UsageError: If it makes no sense.
        """
        for word in selection.query:
            if word.startswith("--"):
                from plainwork.analysis.query import NAMES

                name = word.lstrip("-")
                known = name in NAMES or name in self.snapshot.settings.views
                hint = f"write `{name}`" if known else "`--help` shows what there is"
                message = f"no option `{word}`; {hint}"
                raise UsageError(message)
        return understood(
            select_works(
                selection,
                self.snapshot,
                today=self.today,
                me=self.me if asks_who(selection, self.snapshot) else "",
                last_changed=self.last_changed,
            )
        )

    @cached_property
    def _moment(self) -> tuple[str, int]:
        """The commit of ``--at`` and its time, or ``""`` and 0 for the working tree."""
        if not self._at:
            return "", 0
        from plainwork.storage.commit_snapshot import load_moment

        return load_moment(self.root, self._at)

    def _load(self) -> Snapshot:
        return self.call.load(self._at)

    def _today(self, text: str) -> date:
        if text or not self._at:
            return self.call.today(text, self.snapshot)
        day = parse_date(self._at)
        return day or datetime.fromtimestamp(self._moment[1], self.zone).date()

    def _tell_unreadable(self) -> None:
        count = len(self.snapshot.unreadable)
        if count:
            write_notice(
                f"{plural(count, 'document')} could not be read: `plainwork check` says why"
            )
        # What a setting says wrongly is taken for its default, and every number may rest on it.
        if any(
            found.location.path == _SETTINGS and found.severity is Severity.ERROR
            for found in self.snapshot.diagnostics
        ):
            write_notice(f"{_SETTINGS} has errors: `plainwork check` says which")


def understood(answer: T | QueryProblem) -> T:
    """Return an answer.

    Raises:
        UsageError: If the question made no sense.
    """
    if isinstance(answer, QueryProblem):
        raise UsageError(f"{answer.message}; {answer.hint}" if answer.hint else answer.message)
    return answer
