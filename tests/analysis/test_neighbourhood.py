"""What an edit breaks, its neighbourhood shows."""

from collections import Counter
from pathlib import Path

import pytest

from plainwork.analysis.neighbourhood import compute_neighbourhood
from plainwork.editing.front_matter_edit import remove_field, set_field
from plainwork.editing.yaml_text import Value
from plainwork.model.diagnostic import Severity
from plainwork.plans.situation import Situation, Source
from plainwork.rules import check_workspace
from plainwork.storage.workspace import load_snapshot
from support.office import TODAY, make_office, situation_of

DOCS = "work/ops-7k3q9-write-the-docs.md"
PAINT = "work/ops-7kzzz-paint.md"
MOVE = "projects/ops-move.md"
PRINTER = "work/ops-4m2kx-printer.md"
MORE = {
    "a": "---\ntitle: A\nworkflow: task\nstatus: todo\nparent: ops-7k3q9\n---\n",
    "b": "---\ntitle: B\nworkflow: task\nstatus: todo\ndepends_on: [a]\n---\n",
    "c": "---\ntitle: C\nworkflow: task\nstatus: dropped\ndepends_on: [b]\n---\n",
}
EDITS: list[tuple[str, str, Value | None]] = [
    (DOCS, "due", "2027-01-01"),
    (DOCS, "owner", "nobody"),
    (DOCS, "owner", "drafter"),
    (DOCS, "owner", "finance"),
    (DOCS, "workflow", "purchase"),
    (DOCS, "workflow", "nothing"),
    (DOCS, "status", "done"),
    (DOCS, "status", "lost"),
    (DOCS, "parent", "a"),
    (DOCS, "parent", "ops-move"),
    (DOCS, "project", "ops-7kzzz"),
    (DOCS, "depends_on", ["c"]),
    (DOCS, "depends_on", ["ops-9"]),
    (DOCS, "milestone", "ops-move"),
    (DOCS, "start", "2026-06-01"),
    (DOCS, "due", "tomorrow"),
    (DOCS, "title", None),
    ("work/a.md", "depends_on", ["c", "b"]),
    ("work/a.md", "parent", None),
    (PAINT, "project", "ops-7k3q9"),
    (PAINT, "status", "done"),
    (MOVE, "parent", "ops-7kzzz"),
    (MOVE, "status", "closed"),
    (PRINTER, "amount", "much"),
    ("teams/office.md", "parent", "office"),
    ("teams/office.md", "lead", "finance"),
    ("teams/finance.md", "lead", None),
    ("people/ada.md", "manager", "ada"),
    ("people/nils.md", "emails", ["ada@example.org"]),
    ("agents/drafter.md", "owner", None),
    ("policies/default.md", "owner", "drafter"),
    ("workflows/task.md", "owner", "nobody"),
]


KINDS = {
    "teams": "team",
    "people": "person",
    "agents": "agent",
    "policies": "policy",
    "workflows": "workflow",
}


def broken_rules(root: Path) -> Counter[tuple[str, str]]:
    snapshot = load_snapshot(root)
    found = (*snapshot.diagnostics, *check_workspace(snapshot, TODAY))
    errors = (each for each in found if each.severity is Severity.ERROR)
    return Counter((each.rule, each.location.path) for each in errors)


def near_rules(situation: Situation, before: Source, after: Source) -> set[str]:
    """Return the rules that an edit breaks, as its neighbourhood shows."""
    versions = [before.document, after.document]

    def judge(source: Source) -> Counter[str]:
        document = source.document
        around = compute_neighbourhood(document, source.body, versions, situation.snapshot)
        found = (*document.diagnostics, *situation.check(document, around))
        return Counter(each.rule for each in found if each.severity is Severity.ERROR)

    return set(judge(after) - judge(before))


@pytest.mark.parametrize(
    ("path", "field", "value"),
    [pytest.param(*edit, id=f"{edit[0]} {edit[1]}={edit[2]}") for edit in EDITS],
)
def test_an_edit_breaks_the_same_rules_near_by_and_everywhere(
    path: str, field: str, value: Value | None, tmp_path: Path
) -> None:
    root = make_office(tmp_path, **MORE)
    situation = situation_of(root)
    source = situation.read(KINDS.get(path.partition("/")[0], "work"), path)
    text = remove_field(source.text, field)
    if value is not None:
        text = set_field(source.text, field, value)
    after = situation.imagine(source.document.kind, path, text)
    near = near_rules(situation, source, after)

    before = broken_rules(root)
    (root / path).write_text(text, encoding="utf-8")
    added = broken_rules(root) - before
    own = {rule for rule, place in added if place == path}
    everywhere = {rule for rule, _ in added}
    assert near >= own
    assert near <= everywhere
    if source.document.kind == "work":
        assert near == everywhere
