"""What states create: once for each work that stands there, on the day on which it came."""

from datetime import date
from pathlib import Path

import pytest

from support.routines import files_of, make_workspace, tick

PURCHASE = """\
---
title: Purchase
owner: ada
states:
  draft: {category: proposed}
  ordering:
    category: active
    creates:
      - {key: order, workflow: task, title: "Order {{ title }} for {{ amount }}", due: date + 3bd}
      - key: book
        workflow: task
        title: "Book {{ date }}"
        depends_on: [order]
        rotation: [ada, bo]
  here: {category: done}
fields:
  amount: {type: money}
transitions:
  approve: {from: draft, to: ordering}
  receive: {from: ordering, to: here}
---
"""
LATHE = """\
---
title: A lathe
workflow: purchase
status: STATUS
amount: 12000
---
"""
CAME = {"lathe": date(2026, 3, 5)}


def buying(root: Path, status: str = "ordering", **more: str) -> Path:
    files = {
        "workflows/purchase.md": PURCHASE,
        "work/bought/lathe.md": LATHE.replace("STATUS", status),
        **more,
    }
    return make_workspace(root, files)


def test_follow_ups_lie_beside_their_work(tmp_path: Path) -> None:
    buying(tmp_path)
    tick(tmp_path, "2026-03-09", entered=CAME)
    found = files_of(tmp_path)
    assert found.pop("work/bought/lathe.md")
    assert found == {
        "work/bought/lathe.order.md": """\
---
title: Order A lathe for 12000
workflow: task
status: todo
parent: lathe
due: 2026-03-10
---
### Acceptance

- [ ] It works
""",
        "work/bought/lathe.book.md": """\
---
title: Book 2026-03-05
workflow: task
status: todo
assignees: [ada]
parent: lathe
depends_on: [lathe.order]
---
### Acceptance

- [ ] It works
""",
    }


@pytest.mark.parametrize("status", ["draft", "here"])
def test_other_states_create_nothing(status: str, tmp_path: Path) -> None:
    buying(tmp_path, status)
    assert tick(tmp_path, "2026-03-09", entered=CAME).created == ()


def test_once_however_often_it_is_entered(tmp_path: Path) -> None:
    buying(tmp_path)
    assert len(tick(tmp_path, "2026-03-09", entered=CAME).created) == 2
    buying(tmp_path, "draft")
    tick(tmp_path, "2026-03-10", entered={"lathe": date(2026, 3, 10)})
    buying(tmp_path, "ordering")
    found = tick(tmp_path, "2026-03-11", entered={"lathe": date(2026, 3, 11)})
    assert found.created == ()


@pytest.mark.parametrize("known", ["id: lathe.order", "aliases: [lathe.order]"])
def test_what_is_known_by_id_or_alias_is_not_made_again(known: str, tmp_path: Path) -> None:
    other = f"---\n{known}\ntitle: Ordered\nworkflow: task\nstatus: dropped\nreason: No\n---\n"
    buying(tmp_path, **{"work/elsewhere/x.md": other})
    found = tick(tmp_path, "2026-03-09", entered=CAME)
    assert [made.id for made in found.created] == ["lathe.book"]


def test_nothing_is_made_before_it_is_committed(tmp_path: Path) -> None:
    buying(tmp_path)
    found = tick(tmp_path, "2026-03-09")
    assert (found.created, found.undated) == ((), ("lathe",))


def test_what_is_made_creates_in_turn_when_it_is_committed(tmp_path: Path) -> None:
    task = """\
---
title: Order
owner: ada
states:
  open:
    category: ready
    creates: [{key: pay, workflow: task, title: Pay}]
  paid: {category: done}
transitions:
  pay: {from: open, to: paid}
---
"""
    purchase = PURCHASE.replace("key: order, workflow: task", "key: order, workflow: order")
    buying(tmp_path, **{"workflows/order.md": task, "workflows/purchase.md": purchase})
    first = tick(tmp_path, "2026-03-09", entered=CAME)
    assert [made.id for made in first.created] == ["lathe.order", "lathe.book"]
    again = tick(tmp_path, "2026-03-09", entered=CAME)
    assert (again.created, again.undated) == ((), ("lathe.order",))
    later = tick(tmp_path, "2026-03-10", entered={"lathe.order": date(2026, 3, 10)})
    assert [made.id for made in later.created] == ["lathe.order.pay"]
