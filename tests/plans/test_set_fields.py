"""Setting fields: the bytes of the value change, and no others."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.errors import PlainworkError, RefusedError, UsageError
from plainwork.plans.set_fields import plan_set
from plainwork.plans.situation import Situation
from support.office import make_office, situation_of

TITLES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
DATES = st.dates().map(str)


@pytest.fixture(scope="module")
def situation(tmp_path_factory: pytest.TempPathFactory) -> Situation:
    return situation_of(make_office(tmp_path_factory.mktemp("office")))


@given(title=TITLES)
def test_any_title_is_one_line_or_refused(situation: Situation, title: str) -> None:
    try:
        plan = plan_set(situation, "ops-7k3", [f"title={title}"])
    except PlainworkError:  # it holds a line break or a control character
        assert not title.rstrip("\n").isprintable() or not title.strip()
        return
    (edit,) = plan.edits
    assert edit.before is not None
    assert edit.after is not None
    before, after = edit.before.split(b"\n"), edit.after.split(b"\n")
    assert sum(old != new for old, new in zip(before, after, strict=True)) <= 1
    source = situation.imagine("work", edit.path, edit.after.decode())
    assert source.document.fields["title"] == title.rstrip("\n")


@given(due=DATES)
def test_setting_twice_changes_nothing_more(situation: Situation, due: str) -> None:
    (edit,) = plan_set(situation, "ops-7k3", [f"due={due}", f"due={due}"]).edits
    (once,) = plan_set(situation, "ops-7k3", [f"due={due}"]).edits
    assert edit == once


@given(st.lists(st.sampled_from(["a", "b", "c", "docs"]), min_size=1, max_size=4, unique=True))
def test_what_is_added_and_taken_away_leaves_no_trace(
    situation: Situation, labels: list[str]
) -> None:
    new = [label for label in labels if label != "docs"]
    words = ",".join(new) or "docs"
    (edit,) = plan_set(situation, "ops-7k3", [f"labels+={words}"]).edits
    back = [f"labels+={words}", *([f"labels-={words}"] if new else [])]
    (twice,) = plan_set(situation, "ops-7k3", back).edits
    assert twice.before == twice.after
    assert (edit.before == edit.after) == (not new)


def test_what_was_wrong_before_may_stay(tmp_path: Path) -> None:
    wrong = "---\ntitle: A\nworkflow: task\nstatus: lost\nowner: nobody\nunknown: 1\n---\n"
    situation = situation_of(make_office(tmp_path, a=wrong))
    (edit,) = plan_set(situation, "a", ["due=2026-05-01"]).edits
    assert b"due: 2026-05-01\n" in (edit.after or b"")
    with pytest.raises(RefusedError, match="no person, team or agent `anybody`"):
        plan_set(situation, "a", ["requester=x", "owner=anybody"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("no fence\n", "no front matter.*mend it in an editor", id="no front matter"),
        pytest.param("---\na: [\n---\n", "mend it in an editor", id="syntax"),
    ],
)
def test_what_cannot_be_read_is_not_edited(text: str, message: str, tmp_path: Path) -> None:
    root = make_office(tmp_path, a="---\ntitle: A\nworkflow: task\nstatus: todo\n---\n")
    situation = situation_of(root)
    assert situation.snapshot.work("a") is not None
    (root / "work/a.md").write_text(text)  # torn after the workspace was read
    with pytest.raises(UsageError, match=message):
        plan_set(situation, "a", ["due=2026-05-01"])


@given(st.lists(st.text(max_size=20), min_size=1, max_size=3))
def test_any_argument_is_answered(situation: Situation, assignments: list[str]) -> None:
    with contextlib.suppress(PlainworkError):
        assert plan_set(situation, "ops-4m2kx", assignments).edits


@pytest.mark.parametrize(
    ("written", "left"),
    [
        pytest.param(" [b, c]", "depends_on: [c]\n", id="by its id"),
        pytest.param(" [{on: b, lag: 2d}, c]", "depends_on: [c]\n", id="by a map"),
        pytest.param(
            "\n  - on: b\n    type: SS\n  - c", "depends_on:\n  - c\n", id="in block style"
        ),
        pytest.param(" [b, {on: b, type: FF}]", "", id="twice"),
    ],
)
def test_a_dependency_goes_however_it_is_written(written: str, left: str, tmp_path: Path) -> None:
    begun = "---\ntitle: A\nworkflow: task\nstatus: todo\n"
    other = f"{begun}---\n"
    works = {"a": f"{begun}depends_on:{written}\n---\n", "b": other, "c": other}
    situation = situation_of(make_office(tmp_path, **works))
    (edit,) = plan_set(situation, "a", ["depends_on-=b"]).edits
    assert edit.after == f"{begun}{left}---\n".encode()
