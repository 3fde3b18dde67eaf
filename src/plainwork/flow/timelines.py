"""How each work passed through its states: the one thing that every measure of flow rests on.

The definitions are those of ``METRICS.md``: a work *started* when it first entered an active or
waiting state, or, if it went straight to done, when it finished; it *finished* with the last entry
into done that it did not leave again. A category is that of the state as it was at that commit.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from plainwork.flow.events import find_all_ids
from plainwork.model.history import Event, History
from plainwork.model.workflow import IN_PROGRESS, Category, Workflow


class Moment(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """When something happened, in seconds, and the position of the commit that did it."""

    time: int
    commit: int


class Stay(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One visit of a state.

    Attributes:
        state: Its name; ``""``: the work was deleted while open, which counts as dropped.
        category: What the state was then; ``""``: the workflow had no such state.
        start: In seconds.
        end: None: it is still there.
        commit: The position of the commit that began it.
    """

    state: str
    category: str
    start: int
    end: int | None
    commit: int


class Span(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A stretch of time in seconds; ``end`` None: it has not ended."""

    start: int
    end: int | None


class Timeline(msgspec.Struct, frozen=True, array_like=True):
    """The life of one work, from its creation on.

    Stays follow each other without a gap, and the last has no end.

    Attributes:
        work: Its current id.
        title: Its last one; hostile text of whoever wrote it.
        kind: ``item``, ``project`` or ``routine``: that of its last workflow as it is now.
        workflow: Its last one.
        project: The one that it belongs to, itself or through its parents, or ``""``.
        parent: Its last one, or ``""``.
        team: The one that its document names last, or ``""``.
        created: When it first was there.
        deleted: When it went away, or None.
        blocked: When its field ``blocked`` was set.
        started: None: not yet.
        finished: None: it is not done.
        dropped: When it was dropped, or deleted while open; None: it is not dropped.
    """

    work: str
    title: str
    kind: str
    workflow: str
    project: str
    parent: str
    team: str
    created: Moment
    deleted: Moment | None
    stays: tuple[Stay, ...]
    blocked: tuple[Span, ...]
    started: Moment | None
    finished: Moment | None
    dropped: Moment | None


def compute_timelines(
    history: History, workflows: Mapping[str, Workflow], until: int | None = None
) -> tuple[Timeline, ...]:
    """Return the life of each work that there is or was, in the order of their creation.

    Args:
        history: What happened.
        workflows: Those of the workspace, by id in lower case: they say the kind of work.
        until: The first second that counts no more: what commits say of later moments has not
            happened yet. None: everything counts.
    """
    lives: list[_Life] = []
    current: dict[str, _Life] = {}
    for event in history.events:
        if until is not None and event.time >= until:
            continue
        key, changes = event.work.lower(), event.changes
        life = current.pop(changes["id"][0].lower(), None) if "id" in changes else current.get(key)
        if life is None:
            life = _Life(event)
            lives.append(life)
        current[key] = life
        life.follow(event)
    ids = find_all_ids(history.events, current)
    projects = _Projects({id_: current[now] for id_, now in ids.items()}, workflows)
    return tuple(life.close(workflows, projects) for life in lives)


class _Life:
    """A timeline that grows."""

    __slots__ = ("_blocked", "_category", "_starts", "created", "deleted", "values", "work")

    def __init__(self, event: Event) -> None:
        self.created = Moment(event.time, event.commit)
        self.deleted: Moment | None = None
        self.values: dict[str, str] = {}
        self._category = ""
        self._starts: list[tuple[str, str, int, int]] = []
        self._blocked: list[tuple[int, int | None]] = []

    def follow(self, event: Event) -> None:
        """Let an event happen."""
        changes, category = event.changes, event.category
        self.work = event.work
        if category == self._category and _TOLD.isdisjoint(changes):
            return  # as most do, and a history may have a hundred thousand of them
        for name in _KEPT.intersection(changes):
            self.values[name] = str(changes[name][1] or "")
        deleted = event.deleted
        self.deleted = Moment(event.time, event.commit) if deleted else None
        if "blocked" in changes or deleted:
            self._block(event)
        if deleted:
            if category != self._category:
                self._enter("", event)
        elif (
            "status" in changes
            or "workflow" in changes
            or (category and category != self._category)
        ):
            # A state of another category than before is another state, though named the same.
            self._enter(self.values["status"], event)

    def _enter(self, state: str, event: Event) -> None:
        self._category = event.category
        self._starts.append((state, event.category, event.time, event.commit))

    def _block(self, event: Event) -> None:
        blocked = not event.deleted and bool(event.changes["blocked"][1])
        was_blocked = bool(self._blocked) and self._blocked[-1][1] is None
        if blocked and not was_blocked:
            self._blocked.append((event.time, None))
        elif was_blocked and not blocked:
            self._blocked[-1] = self._blocked[-1][0], event.time

    def close(self, workflows: Mapping[str, Workflow], projects: _Projects) -> Timeline:
        """Return the life so far."""
        ends: list[int | None] = [time for _, _, time, _ in self._starts[1:]]
        stays: list[Stay] = []
        started = entered = None
        before = None
        for (state, category, time, commit), end in zip(self._starts, [*ends, None], strict=True):
            stays.append(Stay(state, category, time, end, commit))
            if category != before:
                entered, before = Moment(time, commit), category
            if started is None and category in IN_PROGRESS:
                started = Moment(time, commit)
        finished = entered if before == Category.DONE else None
        return Timeline(
            work=self.work,
            title=self.values.get("title", ""),
            kind=_kind_of(self, workflows),
            workflow=self.values["workflow"],
            project=projects.find(self),
            parent=self.values.get("parent", ""),
            team=self.values.get("team", ""),
            created=self.created,
            deleted=self.deleted,
            stays=tuple(stays),
            blocked=tuple(Span(*span) for span in self._blocked),
            started=started or finished,
            finished=finished,
            dropped=entered if before == Category.DROPPED else None,
        )


_KEPT = frozenset({"title", "workflow", "status", "project", "parent", "team"})
_TOLD = _KEPT | {"path", "blocked"}


class _Projects:
    """Says which project work belongs to: its own or that of its parents, as ``FORMAT.md`` says."""

    def __init__(self, lives: Mapping[str, _Life], workflows: Mapping[str, Workflow]) -> None:
        self._lives = lives
        self._workflows = workflows
        self._known: dict[int, str] = {}

    def find(self, life: _Life) -> str:
        """Return the id of a work's project, or ``""``."""
        below: dict[int, None] = {}
        found = life.values.get("project", "")
        step: _Life | None = life
        while not found and step is not None and id(step) not in below:
            below[id(step)] = None
            step = self._lives.get(step.values.get("parent", "").lower())
            found = self._of_parent(step) if step is not None else ""
        project = self._lives.get(found.lower())
        name = project.work if project else found  # it may be named by a former id
        self._known.update(dict.fromkeys(below, name))
        return name

    def _of_parent(self, parent: _Life) -> str:
        """Return what the parts of a work belong to, as far as that can be told from it alone."""
        if _kind_of(parent, self._workflows) == "project":
            return parent.work
        return parent.values.get("project") or self._known.get(id(parent), "")


def _kind_of(life: _Life, workflows: Mapping[str, Workflow]) -> str:
    workflow = workflows.get(life.values["workflow"].lower())
    return workflow.kind if workflow else "item"
