"""Whether a transition may be made: the guards of ``FORMAT.md``, each judged and explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from plainwork.analysis.relations import parties_of, people_of
from plainwork.model.party import Agent
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work, WorkTable
from plainwork.model.workflow import Transition


class Judgement(msgspec.Struct, frozen=True):
    """What one guard says of one change.

    Attributes:
        guard: Its key in the workflow: ``require``, ``by``, ``checklist``, ``children``,
            ``depends_on``, ``when`` or ``wip_limit``.
        transition: The transition that it guards.
        met: Whether it holds.
        message: What it asks, or what is missing, in one line.
        who: Ids of the people who can meet it; empty: whoever makes the change.
        field: The field that ``require`` asks for.
    """

    guard: str
    transition: str
    met: bool
    message: str
    who: tuple[str, ...] = ()
    field: str = ""


class Attempt(msgspec.Struct, frozen=True):
    """A change of status that is to be judged.

    Attributes:
        before: The work as it is; None: it is new.
        after: The work as it would be.
        snapshot: The workspace around it, with or without the change.
        actor: The id of the party who makes the change, or ``""`` if unknown.
        assisted: Whether an agent has a hand in it, whoever makes it.
    """

    before: Work | None
    after: Work
    snapshot: Snapshot
    today: date
    actor: str
    assisted: bool = False

    @property
    def by_agent(self) -> bool:
        """Whether an agent makes the change, or has a hand in it."""
        return self.assisted or isinstance(self.snapshot.party(self.actor), Agent)


def judge_path(attempt: Attempt, path: Iterable[Transition]) -> tuple[Judgement, ...]:
    """Judge every guard on a path; all of them must hold for the result."""
    judgements: list[Judgement] = []
    for transition in path:
        judgements.extend(_judge_transition(attempt, transition))
    judgements.extend(_judge_wip_limit(attempt))
    return tuple(dict.fromkeys(judgements))


def judge_actor(attempt: Attempt, path: Iterable[Transition]) -> tuple[Judgement, ...]:
    """Judge what depends on who makes the change, which a working tree does not know."""
    judgements: list[Judgement] = []
    for transition in path:
        judgements.extend(_judge_by(attempt, transition))
        if attempt.by_agent:
            judgements.extend(_judge_when(attempt, transition))
    return tuple(dict.fromkeys(judgements))


def _judge_transition(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    """Judge the guards of one transition, approvals excepted: they are given in a review."""
    for judge in (
        _judge_require,
        _judge_by,
        _judge_checklist,
        _judge_children,
        _judge_depends_on,
        _judge_when,
    ):
        yield from judge(attempt, transition)


def _judge_require(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    for name in transition.require:
        met = _is_set(attempt.after, name)
        message = f"`{name}` is set" if met else f"`{name}` must be set"
        yield Judgement("require", transition.name, met, message, field=name)


def _is_set(work: Work, name: str) -> bool:
    if name in ("owner", "team", "project"):  # inherited
        return bool(getattr(work, name))
    value = work.fields.get(name)
    return value is not None and value not in ("", [], {})


def _judge_by(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    if not transition.by:
        return
    # Who may act is who the work names now: a change may not first make its author eligible.
    work, new = attempt.before or attempt.after, attempt.before is None
    people = people_of(transition.by, work, attempt.snapshot, attempt.today, new=new)
    agents = _agents_named(transition.by, work, attempt, new=new)
    met = attempt.actor.lower() in {party.lower() for party in (*people, *agents)}
    who = " or ".join(transition.by)
    message = f"made by {who}" if met else f"only {who} may make it"
    yield Judgement("by", transition.name, met, message, people)


def _agents_named(
    who: Iterable[str], work: Work, attempt: Attempt, *, new: bool
) -> tuple[str, ...]:
    named = (party for text in who for party in parties_of(text, work, attempt.snapshot, new=new))
    agents = (attempt.snapshot.party(party) for party in named)
    return tuple(
        agent.id for agent in agents if isinstance(agent, Agent) and agent.present(attempt.today)
    )


def _judge_checklist(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    if not transition.checklist:
        return
    from plainwork.parsing.markdown import parse_checklists

    lists = {
        heading.lower(): counts for heading, counts in parse_checklists(attempt.after.body).items()
    }
    for heading in transition.checklist:
        ticked, total = lists.get(heading.lower(), (0, 0))
        message = f"the checklist “{heading}”: {ticked} of {total} ticked"
        if not total:
            message = f"the checklist “{heading}” is missing: a heading with `- [ ]` items"
        # Taking the boxes away is no way to tick them.
        yield Judgement("checklist", transition.name, 0 < total == ticked, message)


def _judge_children(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    if transition.children_closed:
        open_ = [part for part in _parts_of(attempt.after, attempt.snapshot) if part.open]
        yield _judge_closed("children", transition, "its parts are closed", open_)


def _parts_of(work: Work, snapshot: Snapshot) -> Iterable[Work]:
    """Return the children of work; of a project also what belongs to it without a parent."""
    id_ = work.id.lower()
    children = snapshot.works.children.get(id_, ())
    if work.kind != "project":
        return children
    return dict.fromkeys((*children, *_belonging(snapshot.works).get(id_, ())))


@lru_cache(maxsize=1)
def _belonging(works: WorkTable) -> Mapping[str, Sequence[Work]]:
    """Return the work of each project, by its id in lower case; asked for every project."""
    found: dict[str, list[Work]] = {}
    for work, project in zip(works, works.columns["project"], strict=True):
        if project:
            found.setdefault(project.lower(), []).append(work)
    return found


def _judge_depends_on(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    if not transition.depends_on_closed:
        return
    ids = dict.fromkeys(entry.on for entry in attempt.after.depends_on)
    waited = {id_: attempt.snapshot.work(id_) for id_ in ids}
    unknown = [id_ for id_, work in waited.items() if work is None]
    open_ = [work for work in waited.values() if work is not None and work.open]
    asked = "what it waits for is closed"
    if unknown and not open_:
        # Work of another workspace, or none at all: nobody here can tell that it is closed.
        message = f"cannot be judged here: {_format_some(unknown)}"
        yield Judgement("depends_on", transition.name, met=False, message=message)
    else:
        yield _judge_closed("depends_on", transition, asked, open_)


def _judge_closed(guard: str, transition: Transition, asked: str, open_: list[Work]) -> Judgement:
    if not open_:
        return Judgement(guard, transition.name, met=True, message=asked)
    owners = dict.fromkeys(work.accountable for work in open_ if work.accountable)
    message = f"still open: {_format_some([work.id for work in open_])}"
    return Judgement(guard, transition.name, met=False, message=message, who=tuple(owners))


def _format_some(ids: list[str]) -> str:
    more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
    return ", ".join(ids[:_MOST_NAMED]) + more


_MOST_NAMED = 5


def _judge_when(attempt: Attempt, transition: Transition) -> Iterator[Judgement]:
    if not transition.when:
        return
    from plainwork.analysis.condition import ConditionError
    from plainwork.analysis.document_conditions import Conditions

    holds = Conditions(attempt.snapshot, attempt.today).holds(
        transition.when,
        attempt.after,
        attempt.before,
        by_agent=attempt.by_agent,
    )
    if isinstance(holds, ConditionError):
        message = f"must be true: `{transition.when}`: {holds.message}"
        yield Judgement("when", transition.name, met=False, message=message)
    else:
        message = f"`{transition.when}`" if holds else f"must be true: `{transition.when}`"
        yield Judgement("when", transition.name, holds, message)


def _judge_wip_limit(attempt: Attempt) -> Iterator[Judgement]:
    after, before, snapshot = attempt.after, attempt.before, attempt.snapshot
    state = snapshot.state(after)
    if state is None or state.wip_limit is None:
        return
    place = _place_of(after)
    if before is not None and _place_of(before) == place:
        return
    here = snapshot.work(after.id)
    itself = here is not None and _place_of(here) == place
    count = _count_places(snapshot.works)[place] + (not itself)
    message = f"{count} in {state.label}, at most {state.wip_limit}"
    yield Judgement("wip_limit", "", count <= state.wip_limit, message)


_Place = tuple[str, str, str]


def _place_of(work: Work) -> _Place:
    return work.workflow.lower(), work.status, work.team.lower()


@lru_cache(maxsize=1)
def _count_places(works: WorkTable) -> Counter[_Place]:
    """Count the work by workflow, state and team; asked for every work of a large change."""
    columns = works.columns
    rows = Counter(zip(columns["workflow"], columns["status"], columns["team"], strict=True))
    places: Counter[_Place] = Counter()
    for (workflow, status, team), count in rows.items():
        places[workflow.lower(), status, team.lower()] += count
    return places
