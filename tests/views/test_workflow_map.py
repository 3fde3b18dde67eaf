"""The picture of a workflow: nothing overlaps, whatever the workflow."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from plainwork.model.workflow import Approval, Category, State, Transition, Workflow
from plainwork.views.workflow_map import Arrow, WorkflowMap, compute_workflow_map, describe_map

Line = tuple[tuple[float, float], tuple[float, float]]

PURCHASE = Workflow(
    "purchase",
    "workflows/purchase.md",
    title="Purchase",
    states=(
        State("draft", Category.PROPOSED),
        State("review", Category.WAITING, title="In review"),
        State("done", Category.DONE),
    ),
    transitions=(
        Transition("submit", "review", ("draft",)),
        Transition("revise", "draft", ("review",)),
        Transition("approve", "done", ("review",), approvals=(Approval(by=("finance",)),)),
        Transition("note", "review", (), by=("finance",)),
        Transition("lost", "nowhere", ("draft",)),
    ),
)


@st.composite
def workflows(draw: st.DrawFn) -> Workflow:
    count = draw(st.integers(1, 7))
    names = [f"s{n}" for n in range(count)]
    labels = draw(st.lists(st.text("ab 日", max_size=30), min_size=count, max_size=count))
    joined = draw(
        st.lists(
            st.tuples(st.sampled_from(["", *names]), st.sampled_from(names)).filter(
                lambda way: way[0] != way[1]
            ),
            max_size=14,
            unique=True,
        )
    )
    states = tuple(
        State(name, Category.ACTIVE, title=label) for name, label in zip(names, labels, strict=True)
    )
    gates = draw(st.lists(st.booleans(), min_size=len(joined), max_size=len(joined)))
    transitions = tuple(
        Transition(
            f"t{n}",
            to,
            (source,) if source else (),
            approvals=(Approval(by=("finance",)),) if gate else (),
        )
        for n, ((source, to), gate) in enumerate(zip(joined, gates, strict=True))
    )
    return Workflow("w", "workflows/w.md", states=states, transitions=transitions)


def test_states_stand_below_each_other_in_board_order() -> None:
    picture = compute_workflow_map(PURCHASE)
    assert [box.label for box in picture.boxes] == ["Draft", "In review", "Done"]
    assert [box.y for box in picture.boxes] == sorted(box.y for box in picture.boxes)


def test_arrows_say_what_they_are() -> None:
    arrows = {(arrow.source, arrow.name): arrow for arrow in compute_workflow_map(PURCHASE).arrows}
    assert set(arrows) == {
        ("", ""),
        ("", "note"),
        ("draft", "submit"),
        ("review", "revise"),
        ("review", "approve"),
    }
    assert arrows["review", "approve"].gate
    assert arrows["review", "revise"].back
    assert not arrows["draft", "submit"].gate


def test_the_description_says_all_of_it() -> None:
    assert describe_map(PURCHASE) == (
        "States in order: Draft (proposed), In review (waiting), Done (done)."
        " submit leads from draft to review; revise leads from review to draft;"
        " approve leads from review to done, with approvals; note leads new work to review;"
        " lost leads from draft to nowhere."
    )


def test_a_workflow_without_states_is_an_empty_picture() -> None:
    picture = compute_workflow_map(Workflow("w", "workflows/w.md"))
    assert (picture.boxes, picture.arrows) == ((), ())


@given(workflows())
def test_the_same_workflow_gives_the_same_picture(workflow: Workflow) -> None:
    assert compute_workflow_map(workflow) == compute_workflow_map(workflow)


@given(workflows())
def test_boxes_do_not_overlap_and_everything_is_inside(workflow: Workflow) -> None:
    picture = compute_workflow_map(workflow)
    for upper, lower in combinations(picture.boxes, 2):
        assert upper.y + upper.height < lower.y
    for x, y in _points(picture):
        assert 0 <= x <= picture.width
        assert 0 <= y <= picture.height
    for box in picture.boxes:
        assert box.x > 0
        assert box.x + box.width < picture.width


@given(workflows())
def test_lines_cross_but_only_those_to_the_same_end_run_along_each_other(
    workflow: Workflow,
) -> None:
    picture = compute_workflow_map(workflow)
    for one, other in combinations(picture.arrows, 2):
        joined = one.points[-1] == other.points[-1]
        assert joined == (_trunk(one) == _trunk(other))
        for line in _lines(one):
            along = [each for each in _lines(other) if _along(line, each)]
            assert joined or not along
            assert line != _lines(one)[0] or not along  # where it leaves, it is alone


def test_a_map_with_ways_from_everywhere_to_its_ends_is_as_narrow_as_a_phone() -> None:
    ends = {"rejected": Category.DROPPED, "withdrawn": Category.DROPPED, "replaced": Category.DONE}
    steps = {"provisional": Category.PROPOSED, "deferred": Category.WAITING} | ends
    workflow = Workflow(
        "proposal",
        "workflows/proposal.md",
        states=tuple(State(name, category) for name, category in steps.items()),
        transitions=(
            *(Transition(end, end, ("provisional", "deferred")) for end in ends),
            Transition("defer", "deferred", ("provisional",)),
            Transition("resume", "provisional", tuple(steps)[1:]),
        ),
    )
    assert compute_workflow_map(workflow).width <= 328  # what margins leave of 360 pixels


@given(workflows())
def test_every_arrow_begins_and_ends_at_its_states(workflow: Workflow) -> None:
    picture = compute_workflow_map(workflow)
    boxes = {box.state: box for box in picture.boxes}
    for arrow in picture.arrows:
        target = boxes[arrow.to]
        x, y = arrow.points[-1]
        assert target.y <= y <= target.y + target.height
        if arrow.source:
            source = boxes[arrow.source]
            edge = source.x if arrow.back else source.x + source.width
            assert arrow.points[0][0] == edge == x
            assert source.y < arrow.points[0][1] < source.y + source.height


def _points(picture: WorkflowMap) -> list[tuple[float, float]]:
    return [point for arrow in picture.arrows for point in arrow.points]


def _lines(arrow: Arrow) -> list[Line]:
    return list(zip(arrow.points, arrow.points[1:], strict=False))


def _trunk(arrow: Arrow) -> tuple[object, ...]:
    return (arrow.to, arrow.gate, arrow.back) if arrow.source else (arrow.to,)


def _along(one: Line, other: Line) -> bool:
    """Whether two lines share more than a point."""
    for axis in (0, 1):
        level = {point[axis] for point in (*one, *other)}
        if len(level) == 1:
            (a, b), (c, d) = (sorted(point[1 - axis] for point in line) for line in (one, other))
            return min(b, d) > max(a, c)
    return False
