"""What a pull request would change, read from real repositories."""

from hashlib import sha256
from pathlib import Path

import pytest

from plainwork.errors import RepositoryError, UsageError
from plainwork.model.change import FileState
from plainwork.model.document import Document
from plainwork.model.work import Work
from plainwork.storage.proposal import load_change
from plainwork.storage.scratch import open_scratch
from support.proposals import (
    DRILL,
    FILES,
    LATHE,
    NOW,
    REF,
    SAW,
    Proposed,
    codes,
    document,
    documents,
    edited,
)

TASK = "---\nid: {}\ntitle: {}\nworkflow: task\nstatus: todo\nowner: bob\n{}---\n"


@pytest.fixture
def proposed(tmp_path: Path) -> Proposed:
    return Proposed(tmp_path / "repository")


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def test_a_change_is_told_field_by_field(proposed: Proposed) -> None:
    head = proposed.commit(edited(LATHE, ("cost: 8000", "cost: 9000"), ("turns", "spins")))
    change = proposed.change()
    assert (change.repository, change.ref, change.workspace) == ("github:acme/works", REF, "")
    assert (change.base, change.head) == (proposed.commit_of("main"), head)
    assert change.tree == proposed.git("rev-parse", "topic^{tree}").strip()
    assert (change.commits, change.files, change.first, change.governed) == (1, 1, False, True)
    assert change.faults == ()
    (found,) = change.documents
    assert (found.key, found.fields) == (("work", "lathe"), frozenset({"cost", "body"}))
    assert found.lines == {"cost": 7, "body": 9}
    assert isinstance(found.old, Work)
    assert isinstance(found.new, Work)
    assert (found.old.fields["cost"], found.new.fields["cost"]) == ("8000", "9000")
    assert found.new.body.startswith("It spins.")
    assert found.before is not None
    assert found.after == FileState(LATHE, "100644", _digest(proposed.root / LATHE))
    assert found.before.sha256 != found.after.sha256


@pytest.mark.parametrize(
    ("edits", "fields"),
    [
        pytest.param(edited(LATHE, ("cost: 8000", "cost:   8000 # net")), {"format"}, id="form"),
        pytest.param(edited(LATHE, ("cost: 8000\n", "cost: 8000\r\n")), {"format"}, id="crlf"),
        pytest.param(edited(LATHE, ("turns.\n", "turns.\r\n")), {"body"}, id="crlf-in-body"),
        pytest.param(edited(LATHE, ("owner: bob\n", "")), {"owner"}, id="removed"),
        pytest.param(edited(LATHE, ("cost", "due: 2026-06-01\ncost")), {"due"}, id="added"),
        pytest.param(edited(LATHE, ("id: lathe\n", "")), {"id"}, id="id-by-name"),
        pytest.param({LATHE: None, "work/x/lathe.md": FILES[LATHE]}, {"path"}, id="moved"),
        pytest.param(edited(LATHE, ("cost: 8000", "cost: dear")), {"cost"}, id="wrong-value"),
        pytest.param(
            edited("workflows/task.md", ("from: todo, to: doing", "from: [todo], to: doing")),
            {"format"},
            id="one-for-a-list",
        ),
    ],
)
def test_every_difference_is_a_field(
    edits: dict[str, str | None], fields: set[str], proposed: Proposed
) -> None:
    proposed.commit(edits)
    (found,) = proposed.change().documents
    assert found.fields == fields


def test_one_wrong_value_for_another_is_a_difference(tmp_path: Path) -> None:
    proposed = Proposed(tmp_path / "r", FILES | edited(LATHE, ("cost: 8000", "cost: dear")))
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: cheap")))
    assert documents(proposed.change()) == {("work", "lathe"): {"cost"}}


def test_the_order_of_states_is_part_of_a_workflow(proposed: Proposed) -> None:
    todo, doing = "  todo: {category: ready}\n", "  doing: {category: active, wip_limit: 2}\n"
    proposed.commit(edited("workflows/task.md", (todo + doing, doing + todo)))
    assert documents(proposed.change()) == {("workflow", "task"): {"states"}}


def test_definitions_settings_and_files_are_told(proposed: Proposed) -> None:
    proposed.commit(
        {
            **edited("plainwork.toml", ('"UTC"', '"Europe/Berlin"')),
            **edited("people/bob.md", ("Bob", "Robert")),
            "CODEOWNERS": "* @bob\n",
            "README.md": "Nobody judges this.\n",
            "work/README.md": "Nor this.\n",
        }
    )
    change = proposed.change()
    assert documents(change) == {
        ("file", "codeowners"): {"file", "created"},
        ("settings", "plainwork.toml"): {"file"},
        ("person", "bob"): {"name"},
    }
    person = document(change, "bob")
    assert isinstance(person.old, Document)
    assert isinstance(person.new, Document)
    assert (person.old.fields["name"], person.new.fields["name"]) == ("Bob", "Robert")
    assert document(change, "CODEOWNERS").before is None
    assert change.files == 5


def test_files_of_which_policies_speak_are_told(proposed: Proposed) -> None:
    proposed.commit({"workflows/README.md": "How work flows.\n", "workflows/a/b.txt": "text\n"})
    assert documents(proposed.change()).keys() == {
        ("file", "workflows/readme.md"),
        ("file", "workflows/a/b.txt"),
    }


def test_new_settings_make_other_documents_of_the_same_files(proposed: Proposed) -> None:
    proposed.commit(
        edited("plainwork.toml", ("[forge]", '[folders]\nitems = ["tasks"]\n\n[forge]'))
    )
    change = proposed.change()
    assert documents(change)["work", "lathe"] >= {"deleted", "status"}
    assert document(change, "lathe").after is None
    assert "deleted-open-work" in codes(change)


def test_snapshots_hold_what_has_to_be_known(tmp_path: Path) -> None:
    files = {
        **FILES,
        "work/part.md": TASK.format("part", "Part", "parent: drill\n"),
        "work/deep.md": TASK.format("deep", "Deep", "parent: part\n"),
        "work/later.md": TASK.format("later", "Later", "depends_on: [drill]\n"),
        "work/other.md": TASK.format("other", "Other", "links: {relates: [later]}\n"),
        "work/away.md": TASK.format("away", "Away", ""),
        "records/r1.md": "---\nrecord: update\nabout: [drill]\nby: bob\nat: 2026-05-01\n---\n",
        "records/r2.md": "---\nrecord: update\nabout: [away]\nby: bob\nat: 2026-05-01\n---\n",
    }
    proposed = Proposed(tmp_path / "r", files)
    proposed.commit(edited(DRILL, ("owner: bob\n", "")))
    change = proposed.change()
    for snapshot in (change.before, change.after):
        ids = {work.id for work in snapshot.works}
        assert {"drill", "apollo", "part", "deep", "later"} <= ids
        assert not {"away", "saw", "lathe"} & ids
        assert [record.id for record in snapshot.records] == ["r1"]
        assert snapshot.workflows.keys() == {"task", "project"}
        assert snapshot.parties.keys() == {"ada", "bob"}
        assert snapshot.policies.keys() == {"default", "governance"}
    after = change.after.work("deep")
    assert after is not None
    assert (after.owner, after.project) == ("bob", "apollo")


@pytest.mark.parametrize(
    "form",
    ['parent: "dri\\x6cl"\n', "parent:\n  drill\n", "parent: 'DRILL' # the drill\n"],
    ids=["escape", "next-line", "quoted"],
)
def test_parts_are_found_however_they_are_written(form: str, tmp_path: Path) -> None:
    part = TASK.format("part", "Part", form)
    drill = edited(DRILL, ("status: todo", "status: doing"))
    proposed = Proposed(tmp_path / "r", {**FILES, **drill, "work/part.md": part})
    ticked = drill[DRILL] + "\n## Acceptance\n\n- [x] It drills\n"
    proposed.commit({DRILL: ticked.replace("status: doing", "status: done")})
    (fault,) = proposed.change().faults
    assert (fault.code, fault.path) == ("unmet-guard", DRILL)
    assert "part" in fault.message


def test_work_is_found_by_an_alias(tmp_path: Path) -> None:
    drill = edited(DRILL, ("owner: bob", "aliases: [borer]"))
    proposed = Proposed(tmp_path / "r", FILES | drill)
    proposed.commit(edited(SAW, ("owner: bob", "parent: borer")))
    change = proposed.change()
    assert change.faults == ()
    saw = change.after.work("saw")
    assert saw is not None
    assert (saw.project, saw.owner) == ("apollo", "ada")


def test_a_limit_counts_work_that_is_left_alone(tmp_path: Path) -> None:
    busy = {f"work/{name}.md": TASK.format(name, name, "") for name in ("one", "two")}
    busy = {path: text.replace("status: todo", "status: doing") for path, text in busy.items()}
    done = edited(LATHE, ("status: doing", "status: todo"))
    proposed = Proposed(tmp_path / "r", {**FILES, **done, **busy})
    proposed.commit(edited(SAW, ("status: todo", "status: doing")))
    (fault,) = proposed.change().faults
    assert (fault.code, "3 in Doing, at most 2" in fault.message) == ("unmet-guard", True)


def test_only_new_errors_are_faults(tmp_path: Path) -> None:
    proposed = Proposed(tmp_path / "r", FILES | edited(SAW, ("owner: bob", "owner: nobody")))
    saw = edited(SAW, ("owner: bob", "owner: nobody"), ("A saw", "One saw"))
    proposed.commit({SAW: None, "work/tools/saw.md": saw[SAW]})
    assert proposed.change().faults == ()
    proposed.commit(edited(DRILL, ("workflow: task", "workflow: tusk")))
    (fault,) = proposed.change().faults
    assert (fault.code, fault.path, fault.line) == ("unknown-workflow", DRILL, 4)


def test_an_owner_that_others_inherit_is_missed(tmp_path: Path) -> None:
    project = edited("projects/apollo.md", ("objective", "owner: bob\nobjective"))
    flows = {
        **edited("workflows/project.md", ("owner: ada\n", "")),
        **edited("workflows/task.md", ("owner: ada\n", "")),
    }
    proposed = Proposed(
        tmp_path / "r", FILES | flows | project | edited(DRILL, ("owner: bob\n", ""))
    )
    proposed.commit({"projects/apollo.md": FILES["projects/apollo.md"]})
    assert {(fault.code, fault.path) for fault in proposed.change().faults} == {
        ("unowned", DRILL),
        ("unowned", "projects/apollo.md"),
    }


def test_a_ring_through_work_that_is_left_alone_is_found(tmp_path: Path) -> None:
    files = {
        **FILES,
        "work/one.md": TASK.format("one", "One", "depends_on: [two]\n"),
        "work/two.md": TASK.format("two", "Two", "depends_on: [drill]\n"),
    }
    proposed = Proposed(tmp_path / "r", files)
    proposed.commit(edited(DRILL, ("owner: bob", "owner: bob\ndepends_on: [one]")))
    assert codes(proposed.change()) == ["dependency-cycle"]


def test_an_attachment_that_is_not_there_is_a_fault(proposed: Proposed) -> None:
    proposed.commit(
        {**edited(SAW, ("owner: bob", "owner: bob\nattachments: [a.pdf]")), "work/a.pdf": "x"}
    )
    assert proposed.change().faults == ()
    proposed.commit({"work/a.pdf": None})
    assert codes(proposed.change()) == ["missing-attachment"]


def test_threat_39_contributors_are_all_whom_commits_name(proposed: Proposed) -> None:
    message = (
        "Do it\n\nCo-authored-by: Cleo <cleo@example.org>\n"
        "ASSISTED-BY:  robot\n\n> co-authored-by : Dan Q. <dan@example.org>"
    )
    first = proposed.commit({"a.txt": "a"}, message=message)
    proposed.git("checkout", "--quiet", "-b", "side", "main")
    side = ("-c", "user.name=Eve", "-c", "user.email=eve@example.org")
    proposed.git(*side, "commit", "--quiet", "--allow-empty", "-m", "Side", "--author=Eve <eve@x>")
    second = proposed.commit_of("side")
    proposed.git("checkout", "--quiet", "topic")
    proposed.git("merge", "--quiet", "--no-edit", "side")
    change = proposed.change()
    named = {(each.role, each.name, each.email, each.commit) for each in change.contributors}
    assert change.commits == 3
    assert named >= {
        ("co-author", "Cleo", "cleo@example.org", first),
        ("assistant", "robot", "", first),
        ("author", "Eve", "eve@x", second),
    }
    assert {each[0] for each in named} == {"author", "committer", "co-author", "assistant"}


def test_every_workspace_is_told(tmp_path: Path) -> None:
    files = {
        f"{place}/{path}": text for place in ("ops", "labs/one") for path, text in FILES.items()
    }
    proposed = Proposed(tmp_path / "r", files)
    lathe = edited(LATHE, ("cost: 8000", "cost: 9000"))[LATHE]
    proposed.commit(
        {f"labs/one/{LATHE}": lathe, ".github/workflows/ci.yml": "on: push\n", "src/a.py": "a\n"}
    )
    labs, ops = proposed.changes()
    assert (labs.workspace, ops.workspace) == ("labs/one", "ops")
    assert documents(labs) == {
        ("work", "lathe"): {"cost"},
        ("file", "../../.github/workflows/ci.yml"): {"file", "created"},
    }
    assert documents(ops) == {("file", "../.github/workflows/ci.yml"): {"file", "created"}}
    assert document(labs, "lathe").paths == (LATHE,)
    assert ".github/workflows/ci.yml" in ops.documents[0].paths  # as the policies' globs mean it


def test_a_workspace_in_another_is_invalid(proposed: Proposed) -> None:
    proposed.commit({"work/inner/plainwork.toml": "[workspace]\n"})
    outer, inner = proposed.changes()
    assert "nested-workspace" in codes(outer)
    assert "nested-workspace" in codes(inner)


def test_a_workspace_that_goes_is_invalid(proposed: Proposed) -> None:
    proposed.commit(dict.fromkeys(FILES))
    change = proposed.change()
    assert "workspace-gone" in codes(change)
    assert (change.first, change.governed) == (False, True)
    assert documents(change)["work", "lathe"] >= {"deleted"}


def test_without_a_workspace_there_is_nothing_to_judge(tmp_path: Path) -> None:
    proposed = Proposed(tmp_path / "r", {"README.md": "text"})
    proposed.commit({"README.md": "other text"})
    assert proposed.changes() == ()


def test_the_first_pull_request_is_governed_by_nothing(tmp_path: Path) -> None:
    proposed = Proposed(tmp_path / "r", {"README.md": "text"})
    proposed.commit(FILES)
    change = proposed.change()
    assert (change.first, change.governed, change.faults) == (True, False, ())
    assert change.repository == "github:acme/works"
    assert len(change.documents) == len(FILES)
    assert len(change.before.works) == 0


def test_threat_12_a_workspace_that_once_was_there_is_not_the_first(proposed: Proposed) -> None:
    proposed.commit(dict.fromkeys(FILES), branch="main", message="Remove it")
    proposed.git("branch", "--force", "topic", "main")
    proposed.commit(FILES)
    change = proposed.change()
    assert (change.first, change.governed) == (False, False)


@pytest.mark.parametrize("ref", ["main", "refs/tags/main", "", "heads/main"])
def test_the_branch_is_named_in_full(ref: str, proposed: Proposed) -> None:
    main = proposed.commit_of("main")
    with open_scratch(proposed.root) as scratch, pytest.raises(UsageError):
        load_change(scratch, main, main, ref=ref, now=NOW)


def test_a_missing_commit_is_an_error(proposed: Proposed) -> None:
    main = proposed.commit_of("main")
    with open_scratch(proposed.root) as scratch, pytest.raises(RepositoryError):
        load_change(scratch, main, "1" * 40, ref=REF, now=NOW)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [pytest.param("UTC", [], id="still there"), ("Pacific/Auckland", ["absent-party"])],
)
def test_the_day_is_the_workspaces(tmp_path: Path, zone: str, expected: list[str]) -> None:
    """At noon in Greenwich a last day is over in Auckland."""
    base = {
        **FILES,
        **edited("plainwork.toml", ('"UTC"', f'"{zone}"')),
        "people/zoe.md": "---\nname: Zoe\nuntil: 2026-05-20\n---\n",
    }
    proposed = Proposed(tmp_path / "repository", base)
    proposed.commit(edited(SAW, ("owner: bob", "owner: zoe")))
    assert codes(proposed.change()) == expected
