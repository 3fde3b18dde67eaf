"""The picture of a workflow as SVG: well-formed, described, and safe with any text."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from plainwork.model.workflow import Approval, Category, State, Transition, Workflow
from plainwork.reporting.workflow_svg import render_svg
from plainwork.views.workflow_map import compute_workflow_map

SVG = "{http://www.w3.org/2000/svg}"


def workflow(title: str = "Purchase", label: str = "In review") -> Workflow:
    return Workflow(
        "purchase",
        "workflows/purchase.md",
        title=title,
        states=(State("draft", Category.PROPOSED, title=label), State("done", Category.DONE)),
        transitions=(Transition("go", "done", ("draft",), approvals=(Approval(by=("ann",)),)),),
    )


def drawn(title: str = "Purchase", label: str = "In review") -> ET.Element:
    picture = compute_workflow_map(workflow(title, label))
    return ET.fromstring(render_svg(picture))  # noqa: S314 - it is our own


def test_it_has_a_title_and_a_description_that_name_it() -> None:
    root = drawn()
    title, description = root[0], root[1]
    assert (title.tag, title.text) == (f"{SVG}title", "Purchase")
    assert description.tag == f"{SVG}desc"
    assert (description.text or "").startswith("States in order: In review (proposed)")
    labelled = root.get("aria-labelledby")
    assert labelled == f"{title.get('id')} {description.get('id')}"
    assert root.get("role") == "img"


def test_categories_and_approvals_are_written_and_not_only_coloured() -> None:
    texts = [element.text for element in drawn().iter(f"{SVG}text")]
    assert texts == ["In review", "proposed", "Done", "done", "◆ go"]


def test_it_needs_nothing_from_elsewhere() -> None:
    text = render_svg(compute_workflow_map(workflow()))
    assert "<script" not in text
    assert text.count("http") == 1  # the name of SVG itself
    assert "href" not in text


def test_the_same_bytes_every_time() -> None:
    assert render_svg(compute_workflow_map(workflow())) == render_svg(
        compute_workflow_map(workflow())
    )


@given(st.text(), st.text(max_size=40))
def test_any_text_is_shown_as_text(title: str, label: str) -> None:
    root = drawn(title, label)
    allowed = {"svg", "title", "desc", "style", "rect", "text", "path", "polygon"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed


def test_markup_in_a_title_is_no_markup() -> None:
    assert drawn("<script>alert(1)</script> & more")[0].text == "<script>alert(1)</script> & more"
