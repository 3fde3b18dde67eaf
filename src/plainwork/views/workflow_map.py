"""The picture of a workflow: where states and arrows lie.

States stand below each other in board order. Ways on run down on the right, ways back up on the
left. All that lead to one state join on a trunk, those that take approvals on one of their own.
Trunks never share a lane where they run side by side, and every name stands where its arrow
leaves, so that nothing overlaps however many there are, and most maps are as narrow as a phone.
A workflow of hundreds of states is no picture any more: its first part is drawn, and the rest
counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil

import msgspec

from plainwork.model.workflow import State, Transition, Workflow
from plainwork.views.text_width import fit, text_width

FONT_SIZE = 12
_MOST_STATES = 40
_MOST_WAYS = 120
WIDEST_LABEL = 240
_BOX_PADDING = 12
_NARROWEST_BOX = 112
_MARGIN = 4
_PORT = 20
_LEAST_HEIGHT = 48
_GAP = 20
_LANE = 10
_BEGINNING = 26
_LABEL_PADDING = 7


class Box(msgspec.Struct, frozen=True):
    """A state; its corner is the upper left one, sizes are in pixels."""

    state: str
    label: str
    category: str
    x: float
    y: float
    width: float
    height: float


class Arrow(msgspec.Struct, frozen=True):
    """A transition from one state to another, or to where work begins.

    Attributes:
        name: The transition's; ``""`` for the first state, where work begins anyhow.
        source: A state; ``""``: work begins.
        gate: Whether it takes approvals.
        back: Whether it leads to an earlier state.
        points: The corners of its line; the last is its tip.
        label_x: Where its name begins, or ends if it leads back; ``label_y`` is its baseline.
    """

    name: str
    source: str
    to: str
    gate: bool
    back: bool
    points: tuple[tuple[float, float], ...]
    label_x: float
    label_y: float


class WorkflowMap(msgspec.Struct, frozen=True):
    """A picture that is ready to be drawn; ``description`` says it in words.

    Attributes:
        left_out: How many states and arrows are not drawn, because there are too many.
    """

    id: str
    title: str
    description: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    left_out: int = 0


_Trunk = tuple[int, bool, bool]
"""What ways join on: where it leads, whether that is back, and whether it takes approvals."""


class _Way(msgspec.Struct, frozen=True):
    """One arrow before it is laid out; places are those of the states, -1: the beginning."""

    transition: Transition
    source: int
    target: int

    @property
    def back(self) -> bool:
        return self.target < self.source

    @property
    def gate(self) -> bool:
        return bool(self.transition.approvals)

    @property
    def trunk(self) -> _Trunk:
        return (self.target, self.back, self.gate)


def compute_workflow_map(workflow: Workflow) -> WorkflowMap:
    """Lay out a workflow. The same workflow always gives the same picture."""
    known = {state.name for state in workflow.states}
    count = sum(
        transition.to in known and source in known
        for transition in workflow.transitions
        for source in transition.sources
    )
    drawn = msgspec.structs.replace(workflow, states=workflow.states[:_MOST_STATES])
    places = {state.name: place for place, state in enumerate(drawn.states)}
    ways = [
        _Way(transition, places[source], places[transition.to])
        for transition in workflow.transitions
        for source in transition.sources
        if source in places and transition.to in places
    ][:_MOST_WAYS]
    left_out = len(workflow.states) - len(drawn.states) + count - len(ways)
    return _Layout(drawn, ways, places).draw(describe_map(workflow), left_out)


def describe_map(workflow: Workflow) -> str:
    """Say a workflow's picture in words, for those who do not see it."""
    states = ", ".join(f"{state.label} ({state.category.value})" for state in workflow.states)
    ways = "; ".join(
        f"{each.name} leads {_from(each)}to {each.to}{', with approvals' if each.approvals else ''}"
        for each in workflow.transitions
    )
    return f"States in order: {states}." + (f" {ways}." if ways else "")


def _from(transition: Transition) -> str:
    return f"from {', '.join(transition.sources)} " if transition.sources else "new work "


class _Layout:
    """Distributes ports, lanes and heights, then puts the picture together."""

    def __init__(self, workflow: Workflow, ways: Sequence[_Way], places: dict[str, int]) -> None:
        self._workflow = workflow
        self._ways = ways
        self._places = places
        on = [way for way in ways if not way.back]
        back = [way for way in ways if way.back]
        self._lanes = {**_assign_lanes(on), **_assign_lanes(back)}
        self._ports = {**_assign_ports(on, self._lanes), **_assign_ports(back, self._lanes)}
        self._heights = self._box_heights()
        self._tops = self._box_tops()
        widest = max((_label_width(state.label) for state in workflow.states), default=0)
        self._box_width = max(widest + 2 * _BOX_PADDING, _NARROWEST_BOX)
        self._left = _MARGIN + self._side_width(back)
        self._right = self._left + self._box_width
        beginnings = [each for each in workflow.transitions if not each.sources]
        above = max((_label_width(_label(each)) for each in beginnings), default=0)
        self._width = _MARGIN + max(
            self._right + self._side_width(on),
            self._left + _BOX_PADDING + _LABEL_PADDING + above,
        )

    def draw(self, description: str, left_out: int) -> WorkflowMap:
        workflow = self._workflow
        bottom = self._tops[-1] + self._heights[-1] if self._tops else _BEGINNING
        return WorkflowMap(
            id=workflow.id,
            title=workflow.title,
            description=description,
            width=self._width,
            height=bottom + _MARGIN,
            boxes=tuple(self._box(place, state) for place, state in enumerate(workflow.states)),
            arrows=(*self._beginnings(), *(self._arrow(way) for way in self._ways)),
            left_out=left_out,
        )

    def _box_heights(self) -> list[float]:
        used = [0] * len(self._workflow.states)
        for (_, place), port in self._ports.items():
            used[place] = max(used[place], port + 1)
        return [max(_LEAST_HEIGHT, (count + 1) * _PORT) for count in used]

    def _box_tops(self) -> list[float]:
        tops, y = [], float(_MARGIN)
        extra = {self._places[each.to] for each in self._extra_beginnings()}
        for place, height in enumerate(self._heights):
            y += _BEGINNING if place == 0 or place in extra else 0
            tops.append(y)
            y += height + _GAP
        return tops

    def _side_width(self, ways: Iterable[_Way]) -> float:
        ways = list(ways)
        if not ways:
            return 0
        label = max(_label_width(_label(way.transition)) for way in ways)
        lanes = 1 + max(self._lanes[way.trunk] for way in ways)
        return label + 2 * _LABEL_PADDING + lanes * _LANE

    def _label_room(self, *, back: bool) -> float:
        labels = (_label_width(_label(way.transition)) for way in self._ways if way.back is back)
        return max(labels, default=0) + 2 * _LABEL_PADDING

    def _box(self, place: int, state: State) -> Box:
        return Box(
            state=state.name,
            label=state.label,
            category=state.category.value,
            x=self._left,
            y=self._tops[place],
            width=self._box_width,
            height=self._heights[place],
        )

    def _arrow(self, way: _Way) -> Arrow:
        start = self._port_height(id(way), way.source)
        end = self._port_height(way.trunk, way.target)
        room = self._label_room(back=way.back) + self._lanes[way.trunk] * _LANE + _LANE / 2
        edge, lane = (
            (self._left, self._left - room)
            if way.back
            else (
                self._right,
                self._right + room,
            )
        )
        label = edge - _LABEL_PADDING if way.back else edge + _LABEL_PADDING
        return Arrow(
            name=way.transition.name,
            source=self._workflow.states[way.source].name,
            to=way.transition.to,
            gate=way.gate,
            back=way.back,
            points=((edge, start), (lane, start), (lane, end), (edge, end)),
            label_x=label,
            label_y=start - 4,
        )

    def _port_height(self, end: _End, place: int) -> float:
        port = self._ports[end, place]
        return self._tops[place] + (port + 1) * _PORT

    def _extra_beginnings(self) -> list[Transition]:
        """Return the transitions that lead new work elsewhere than to the first state."""
        found = {
            each.to: each
            for each in self._workflow.transitions
            if not each.sources and self._places.get(each.to, 0) > 0
        }
        return list(found.values())

    def _beginnings(self) -> Iterable[Arrow]:
        if not self._workflow.states:
            return
        first = self._workflow.states[0].name
        guarded = next(
            (each for each in self._workflow.transitions if not each.sources and each.to == first),
            None,
        )
        yield self._beginning(first, guarded)
        for transition in self._extra_beginnings():
            yield self._beginning(transition.to, transition)

    def _beginning(self, to: str, transition: Transition | None) -> Arrow:
        x, tip = self._left + _BOX_PADDING, self._tops[self._places[to]]
        return Arrow(
            name=transition.name if transition else "",
            source="",
            to=to,
            gate=bool(transition and transition.approvals),
            back=False,
            points=((x, tip - _BEGINNING + 4), (x, tip)),
            label_x=x + _LABEL_PADDING,
            label_y=tip - 8,
        )


_End = int | _Trunk
"""Of a way its beginning, by its identity; of a trunk where it ends."""


def _assign_ports(ways: Sequence[_Way], lanes: Mapping[_Trunk, int]) -> dict[tuple[_End, int], int]:
    """Give each beginning, and the end of each trunk, a place on the side of its state, from above.

    All ways lead in one direction. In this order those that share a state do not cross there.
    """
    near_first = sorted(ways, key=lambda way: lanes[way.trunk])
    trunks = sorted({way.trunk for way in ways}, key=lambda trunk: lanes[trunk])
    beginnings: list[tuple[_End, int]] = [(id(way), way.source) for way in near_first]
    ends: list[tuple[_End, int]] = [(trunk, trunk[0]) for trunk in trunks]
    back = any(way.back for way in ways)
    first, last = (beginnings, ends) if back else (ends, beginnings)
    used: dict[int, int] = {}
    ports: dict[tuple[_End, int], int] = {}
    for end, place in (*first, *reversed(last)):
        ports[end, place] = used.get(place, 0)
        used[place] = ports[end, place] + 1
    return ports


def _assign_lanes(ways: Iterable[_Way]) -> dict[_Trunk, int]:
    """Give each trunk the nearest lane in which it meets no other: the short ones first."""
    reaches: dict[_Trunk, tuple[int, int]] = {}
    for way in ways:
        low, high = sorted((way.source, way.target))
        known = reaches.get(way.trunk, (low, high))
        reaches[way.trunk] = min(low, known[0]), max(high, known[1])
    lanes: list[list[tuple[int, int]]] = []
    found: dict[_Trunk, int] = {}
    for trunk, (low, high) in sorted(reaches.items(), key=lambda item: item[1][1] - item[1][0]):
        lane = next((n for n, taken in enumerate(lanes) if _is_free(taken, low, high)), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((low, high))
        found[trunk] = lane
    return found


def _is_free(taken: Iterable[tuple[int, int]], low: int, high: int) -> bool:
    return all(high < first or last < low for first, last in taken)


def _label(transition: Transition) -> str:
    return f"◆ {transition.name}" if transition.approvals else transition.name


def _label_width(text: str) -> float:
    return ceil(text_width(fit(text, WIDEST_LABEL, FONT_SIZE), FONT_SIZE))
