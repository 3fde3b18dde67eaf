import pytest

from plainwork.analysis.lookup import PARTIES, WORK, find_named
from plainwork.errors import UsageError
from plainwork.model.snapshot import Snapshot
from support.builders import make_person, make_snapshot, make_team, make_workflow


def _snapshot() -> Snapshot:
    return make_snapshot(
        [
            {"id": "ops-7k3q9"},
            {"id": "ops-7k3zz"},
            {"id": "ops-7k"},
            {"id": "web-11111", "aliases": ("issue-12",)},
            {"id": "sales"},
        ],
        workflows=[make_workflow("task"), make_workflow("web")],
        parties=[make_person("nils"), make_team("sales"), make_team("nightshift")],
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("ops-7k3q9", ("work", "ops-7k3q9"), id="whole id"),
        pytest.param("OPS-7K3Q9", ("work", "ops-7k3q9"), id="case does not matter"),
        pytest.param("ops-7k3q", ("work", "ops-7k3q9"), id="unique beginning"),
        pytest.param("ops-7k", ("work", "ops-7k"), id="a whole id wins over those it begins"),
        pytest.param("issue-12", ("work", "web-11111"), id="alias"),
        pytest.param("web", ("workflow", "web"), id="a whole id of another kind wins too"),
        pytest.param("sales", ("work", "sales"), id="work wins"),
        pytest.param("nil", ("person", "nils"), id="party"),
        pytest.param("tas", ("workflow", "task"), id="workflow"),
    ],
)
def test_a_document_is_found(text: str, found: tuple[str, str]) -> None:
    named = find_named(_snapshot(), text)
    assert (named.kind, named.id) == found


@pytest.mark.parametrize(
    ("text", "kinds", "message"),
    [
        pytest.param("ops-7k3", WORK, "may be ops-7k3q9, ops-7k3zz; type more", id="ambiguous"),
        pytest.param("ni", PARTIES, "may be nightshift, nils", id="ambiguous party"),
        pytest.param("ops-7k3q8", WORK, "no work has the id .*ops-7k3", id="near"),
        pytest.param("", WORK, "no work has the id ``", id="empty"),
        pytest.param(
            "nils", WORK, "`nils` is a person and no work; `plainwork show nils`", id="other kind"
        ),
        pytest.param("issue-12", PARTIES, "is work and no person", id="alias of another kind"),
        pytest.param("qqqqq", PARTIES, "no person, team or agent has", id="nothing near"),
    ],
)
def test_what_is_not_found_is_told(text: str, kinds: frozenset[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        find_named(_snapshot(), text, kinds)


def test_what_cannot_be_read_is_found_by_its_file_name() -> None:
    snapshot = make_snapshot()
    snapshot.unreadable = ("work/ops-7k3q9-plan.md", "work/plan.md")
    for text, path in (("ops-7k3q9", "work/ops-7k3q9-plan.md"), ("PLAN", "work/plan.md")):
        with pytest.raises(UsageError, match=f"{path} cannot be read; `plainwork check {path}`"):
            find_named(snapshot, text)
