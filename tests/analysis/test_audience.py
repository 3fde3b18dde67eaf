from pathlib import Path

import msgspec
import pytest

from plainwork.analysis.audience import filter_snapshot
from plainwork.model.snapshot import Snapshot
from plainwork.storage.workspace import load_snapshot
from support.archive import write
from support.small import contents

WORKSPACE = """\
-- plainwork.toml --
[workspace]
name = "Small"
-- workflows/task.md --
---
title: Task
fields:
  price: {type: money, visibility: restricted}
  proof: {type: work}
  due: {visibility: restricted}
  labels: {visibility: restricted}
  requester: {visibility: restricted}
states:
  todo: {category: ready, creates: [{key: check, workflow: secret-audit, title: Look}]}
  done: {category: done}
transitions:
  finish: {from: todo, to: done}
---
-- workflows/secret-audit.md --
---
title: SECRET audits
visibility: restricted
states:
  todo: {category: ready}
---
-- people/ada.md --
---
name: Ada
delegates:
  - {to: bob, workflows: [secret-audit, task]}
---
-- people/bob.md --
---
name: Bob
---
-- agents/drafter.md --
---
name: Drafter
owner: ada
may: {create: [secret-audit, task], move: [secret-audit.finish, task.finish]}
---
-- policies/audits.md --
---
title: SECRET audits are guarded
applies_to: {workflows: [secret-audit]}
approvals: [{by: ada}]
---
-- policies/everything.md --
---
title: All is guarded
default: true
approvals: [{by: ada}]
---
-- work/open.md --
---
title: Open
workflow: task
status: todo
visibility: public
milestone: secret-goal
depends_on: [{on: secret-goal, lag: 2d}, inner, secret-old]
links: {relates: [secret-goal], causes: [secret-goal, inner]}
price: 1000000
proof: secret-goal
due: 2031-12-24
labels: [SECRET-label]
requester: ada
---
-- work/inner.md --
---
title: Inner
workflow: task
status: todo
---
-- work/secret-goal.md --
---
title: SECRET goal
workflow: task
status: todo
visibility: restricted
aliases: [secret-old]
---
-- work/below.md --
---
title: SECRET, as what it is part of
workflow: task
status: todo
visibility: public
parent: secret-goal
---
-- work/audit.md --
---
title: SECRET by its workflow
workflow: secret-audit
status: todo
---
-- work/broken.md --
---
title: SECRET perhaps
visibility: [
---
-- records/one.md --
---
record: update
about: [open, secret-goal]
by: ada
at: 2026-03-01
headline: SECRET news
---
-- records/two.md --
---
record: update
about: [open]
by: ada
at: 2026-03-01
headline: News
---
"""


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return load_snapshot(write(WORKSPACE, tmp_path))


def everything(snapshot: Snapshot) -> str:
    documents = [*snapshot.definitions, *snapshot.record_documents]
    return msgspec.json.encode([contents(snapshot), documents]).decode().lower()


def test_who_may_see_everything_sees_everything(snapshot: Snapshot) -> None:
    filtered, hidden = filter_snapshot(snapshot, "restricted")
    assert filtered is snapshot
    assert not hidden.paths


@pytest.mark.parametrize(
    ("audience", "ids"), [("internal", ["inner", "open"]), ("public", ["open"])]
)
def test_nothing_tells_of_what_is_left_out(
    snapshot: Snapshot, audience: str, ids: list[str]
) -> None:
    assert everything(snapshot).count("secret") > 30
    filtered, hidden = filter_snapshot(snapshot, audience)
    assert sorted(work.id for work in filtered.works) == ids
    assert "secret" not in everything(filtered)
    assert "1000000" not in everything(filtered)
    assert "price" not in everything(filtered)
    assert {"secret-goal", "secret-old", "below"} <= hidden.works


def test_what_is_left_keeps_its_relations(snapshot: Snapshot) -> None:
    filtered, _ = filter_snapshot(snapshot, "internal")
    work = filtered.work("open")
    assert work is not None
    assert [each.on for each in work.depends_on] == ["inner"]
    assert work.fields["links"] == {"causes": ["inner"]}
    assert work.fields["depends_on"] == ["inner"]
    assert work.parent == work.milestone == ""
    assert [record.id for record in filtered.records] == ["two"]
    assert list(filtered.policies) == ["everything"]


def test_what_is_open_to_all_is_not_changed(snapshot: Snapshot) -> None:
    filtered, _ = filter_snapshot(snapshot, "internal")
    assert filtered.parties["bob"] is snapshot.parties["bob"]
    assert filtered.policies["everything"] is snapshot.policies["everything"]


def test_a_common_field_may_be_left_out(snapshot: Snapshot) -> None:
    filtered, _ = filter_snapshot(snapshot, "internal")
    work = filtered.work("open")
    assert work is not None
    assert (work.due, work.labels, work.requester) == (None, (), "")
    assert "party ada" not in filtered.works.columns["targets"][work.row]
    assert "due" not in work.fields
