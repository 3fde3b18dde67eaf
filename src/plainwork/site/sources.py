"""What a site is made from, and what is found once for all of its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, tzinfo
from functools import cached_property

import msgspec

from plainwork.analysis.audience import Hidden
from plainwork.flow.pace import Pace, compute_pace
from plainwork.model.change_log import ChangeLog
from plainwork.model.clock_run import RecordedRun
from plainwork.model.diagnostic import Diagnostic
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.site.clocks import Clocks
from plainwork.site.decided import DecidedSteps, LoadDecided, find_decided
from plainwork.site.digest import digest, encode
from plainwork.site.directory import Directory
from plainwork.site.edit_links import EditLinks
from plainwork.site.groups import Groups
from plainwork.site.keys import Keys
from plainwork.site.offers import Offers, record_offers
from plainwork.site.page import Origin
from plainwork.site.past import NoPast, Past, require_whole
from plainwork.site.team_counts import Teams
from plainwork.site.work_decisions import WorkDecisions, may_ask
from plainwork.views.attention_lists import find_attention
from plainwork.views.belonging import Belonging, find_belonging
from plainwork.views.changes import Changes
from plainwork.views.handovers import Handovers, compute_handovers
from plainwork.views.listing import order_rows
from plainwork.views.open_work import OpenWork
from plainwork.views.ownership import Ownership, compute_ownership
from plainwork.views.portfolio import Portfolio, compute_portfolio
from plainwork.views.status import Status, compute_status
from plainwork.views.weekly_load import WeeklyLoad, compute_weekly_load
from plainwork.views.wip import LimitedState, find_limited_states
from plainwork.views.work_index import WorkIndex

Recall = Callable[[str, bytes, Callable[[], bytes]], bytes]
"""Returns what was made under a name and key, and makes and keeps it if nothing was."""

MOST_URGENT = 8
"""So many works of each sort stand on the first page; each sort has a list of its own."""


class Sources(msgspec.Struct, frozen=True, dict=True):
    """A workspace as one audience sees it, on a day.

    Attributes:
        snapshot: The workspace without what is left out.
        hidden: What that is.
        findings: What is wrong with what is shown; nothing in it names what is not.
        log: The commits that changed the workspace.
        today: The day on which the site is made.
        zone: The workspace's time zone, in which days begin.
        audience: Who will read it: ``public``, ``internal`` or ``restricted``.
        version: Of plainwork.
        unreadable: How many documents say nothing, because they cannot be read; the public is not
            told.
        base_url: Where the site will be, with a slash at its end; ``""``: nobody says.
        edit: Where documents are edited.
        runs: How visible work passed clocks.
        load_past: Reads what happened, as far as it is seen; it returns None outside of Git.
        notes: What changes whenever it is kept who approved something; ``""``: nothing is kept.
        load_decided: Decides commits again of which that is kept.
        recall: Keeps, between builds, what is dear and stands on pages that change often.
    """

    snapshot: Snapshot
    hidden: Hidden
    findings: tuple[Diagnostic, ...]
    log: ChangeLog
    today: date
    zone: tzinfo
    audience: str
    version: str
    unreadable: int = 0
    base_url: str = ""
    edit: EditLinks = EditLinks()
    runs: tuple[RecordedRun, ...] = ()
    load_past: Callable[[], Past | None] = lambda: None
    notes: str = ""
    load_decided: LoadDecided = lambda _commits, _steps: {}
    recall: Recall = lambda _name, _key, make: make()

    @cached_property
    def whole_past(self) -> Past | NoPast:
        """What history says, or why no numbers rest on it; it is read when a page asks for it."""
        return require_whole(self.load_past())

    @cached_property
    def pace(self) -> Pace | None:
        """How much was finished this week; None: nobody knows.

        The first page changes with every edit, but this with commits only.
        """
        found = self.recall("pace", self.keys.counts, lambda: encode(self._find_pace()))
        return msgspec.msgpack.decode(found, type=Pace | None)

    def _find_pace(self) -> Pace | None:
        past = self.whole_past
        return compute_pace(past.flow.weeks) if isinstance(past, Past) else None

    @cached_property
    def directory(self) -> Directory:
        """Where the page of each document is."""
        return Directory(self.snapshot)

    @cached_property
    def index(self) -> WorkIndex:
        """What belongs to each work."""
        return WorkIndex(self.snapshot)

    @cached_property
    def groups(self) -> Groups:
        """The work of each project, team, person and workflow."""
        return Groups(self.snapshot, self.today, self.order)

    @cached_property
    def changes(self) -> Changes:
        """The commits of each document."""
        return Changes(self.log, self.snapshot, self.hidden, self._paths(), self.zone)

    @cached_property
    def clocks(self) -> Clocks:
        """How works pass clocks, as the day begins."""
        return Clocks(self.runs, self.snapshot, self.today, self.zone)

    @cached_property
    def offers(self) -> Offers:
        """Handoffs that nobody has answered.

        Pages of people and teams change with every edit, but this with commits only.
        """
        recorded = self.recall("offers", self.keys.counts, lambda: record_offers(self.whole_past))
        return Offers(recorded, self.snapshot, self.today, self.zone)

    @cached_property
    def decided(self) -> DecidedSteps:
        """What somebody had to approve, and whether that was done, the latest first."""
        workflows = encode(list(self.snapshot.works.columns["workflow"]))
        key = digest(self.keys.counts, self.notes, workflows)
        # JSON keeps the wall clock that moments are told on.
        found = self.recall("decided", key, lambda: msgspec.json.encode(self._find_decided()))
        return msgspec.json.decode(found, type=DecidedSteps)

    @cached_property
    def decisions(self) -> WorkDecisions:
        """The same of each work; where no step asks for anybody, history is not looked at."""
        return WorkDecisions(self.decided.steps if may_ask(self.snapshot) else ())

    def _find_decided(self) -> DecidedSteps:
        past = self.whole_past
        if isinstance(past, NoPast):
            return DecidedSteps((), "" if past.empty else past.reason)
        return DecidedSteps(find_decided(past, self.hidden, self.load_decided))

    @cached_property
    def open_work(self) -> OpenWork:
        """What is open, by whom it is for."""
        return OpenWork(
            self.snapshot,
            today=self.today,
            last_changed=self.changes.last_changed,
            promises=self.clocks.promises,
        )

    @cached_property
    def portfolio(self) -> Portfolio:
        """How every project stands."""
        return compute_portfolio(self.index, today=self.today)

    @cached_property
    def ownership(self) -> Ownership:
        """Who answers for what."""
        last_changed = self.changes.last_changed
        return compute_ownership(self.snapshot, today=self.today, last_changed=last_changed)

    @cached_property
    def load(self) -> WeeklyLoad:
        """Everybody's load by week."""
        return compute_weekly_load(self.snapshot.works, self.snapshot, today=self.today)

    @cached_property
    def status(self) -> Status:
        """Where all work stands: by project, or by workflow where there are no projects."""
        return compute_status(
            self.snapshot,
            today=self.today,
            last_changed=self.changes.last_changed,
            promises=self.clocks.promises,
            by="project" if any(self.snapshot.works.columns["project"]) else "workflow",
            most=MOST_URGENT,
        )

    @cached_property
    def attention(self) -> Mapping[str, tuple[Work, ...]]:
        """What needs attention, sort by sort."""
        return find_attention(
            self.snapshot,
            self.clocks.promises,
            today=self.today,
            last_changed=self.changes.last_changed,
        )

    @cached_property
    def pressing(self) -> Mapping[str, Sequence[Work]]:
        """Work of which a promise was missed or is due soon, the most urgent first.

        It is found by the id in lower case of who does it, answers for it or is responsible.
        """
        found: dict[str, list[Work]] = {}
        for work in self.attention["promises"]:
            names = {*work.assignees, work.owner, work.accountable, work.team}
            for id_ in {name.lower() for name in names}:
                found.setdefault(id_, []).append(work)
        return found

    @cached_property
    def handovers(self) -> Mapping[str, Handovers]:
        """What each team received from others and gave to them."""
        return compute_handovers(self.snapshot, today=self.today)

    @cached_property
    def order(self) -> Sequence[int]:
        """The rows of all work in the usual order of lists."""
        return order_rows(self.snapshot, range(len(self.snapshot.works)))

    @cached_property
    def belonging(self) -> Belonging:
        """The work of every project and party, in the usual order."""
        return find_belonging(self.snapshot, self.order)

    @cached_property
    def limited_states(self) -> tuple[LimitedState, ...]:
        """The states that may hold only so much work, and what they hold."""
        return find_limited_states(self.snapshot)

    @cached_property
    def limits(self) -> Mapping[str, tuple[LimitedState, ...]]:
        """The same of each team, by its id in lower case."""
        found: dict[str, list[LimitedState]] = {}
        for each in self.limited_states:
            found.setdefault(each.team.lower(), []).append(each)
        return {team: tuple(states) for team, states in found.items()}

    @cached_property
    def teams(self) -> Teams:
        """How much work each team has, and which are below which."""
        return Teams(self.snapshot, self.groups.teams)

    def load_of(self, people: Iterable[str]) -> WeeklyLoad:
        """Return the load of some people only."""
        places = {place for id_ in people if (place := self._loads.get(id_.lower())) is not None}
        chosen = tuple(map(self.load.people.__getitem__, sorted(places)))
        return msgspec.structs.replace(self.load, people=chosen)

    @cached_property
    def _loads(self) -> Mapping[str, int]:
        return {each.id.lower(): place for place, each in enumerate(self.load.people)}

    @cached_property
    def done_by(self) -> Mapping[str, Sequence[Work]]:
        """The work that is assigned to each party, open and closed, by its id in lower case."""
        works, found = self.snapshot.works, dict[str, list[Work]]()
        for row, assignees in enumerate(works.columns["assignees"]):
            for id_ in {each.lower() for each in assignees}:
                found.setdefault(id_, []).append(works[row])
        return found

    @cached_property
    def keys(self) -> Keys:
        """What pages are made of, as digests."""
        return Keys(
            self.snapshot,
            self.changes,
            self.findings,
            self.today,
            made_for=(
                *(self.version, self.audience, self.base_url, *self.edit.parts),
                *(["cut off"] if self.log.shallow else []),
            ),
        )

    def origin_of(self, paths: Sequence[str], document: str = "") -> Origin:
        """Return where what a page shows comes from.

        Args:
            paths: Of all the documents that it shows.
            document: The path of the one that it is about, or ``""``: it is a list.
        """
        return Origin(
            self.changes.latest(paths),
            edit=self.edit.of(document) if document else "",
            folder="" if document else self.edit.folder_of(paths),
        )

    def origin_of_list(self, paths: Sequence[str]) -> Origin:
        """Return the same of a list; that there is nothing in it may follow from any change."""
        return self.origin_of(paths) if paths else self.whole

    def counting(self, paths: Sequence[str], document: str = "") -> Origin:
        """Return the same of a page that counts all work: any change may change what it shows."""
        return msgspec.structs.replace(self.origin_of(paths, document), changed=self.whole.changed)

    def paths_of(self, rows: Iterable[int]) -> list[str]:
        """Return the paths of some works."""
        return list(map(self.snapshot.works.columns["path"].__getitem__, rows))

    @cached_property
    def whole(self) -> Origin:
        """Where the whole workspace comes from."""
        return self.origin_of(list(self._paths()))

    @property
    def title(self) -> str:
        """What the site is called."""
        settings = self.snapshot.settings
        return settings.site_title or settings.name or "Work"

    def findings_of(self, path: str) -> tuple[Diagnostic, ...]:
        """Return what is wrong with a document."""
        return self._findings_by_path.get(path, ())

    @cached_property
    def _findings_by_path(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        found: dict[str, list[Diagnostic]] = {}
        for each in self.findings:
            found.setdefault(each.location.path, []).append(each)
        return {path: tuple(each) for path, each in found.items()}

    def _paths(self) -> Iterable[str]:
        snapshot = self.snapshot
        yield "plainwork.toml"
        yield from snapshot.works.columns["path"]
        for document in (*snapshot.definitions, *snapshot.record_documents):
            yield document.path
