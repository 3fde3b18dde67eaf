from collections.abc import Mapping

import pytest

from plainwork.errors import RefusedError, UsageError
from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.model.party import Account, Party
from plainwork.model.snapshot import Snapshot
from plainwork.parsing.source_text import MAX_BYTES
from plainwork.plans.import_files import SourceFolder
from plainwork.plans.import_folder import Import, plan_import
from support.builders import make_person, make_snapshot, make_team
from support.mapping import MAPPING, read_mapping

MORE = """
[[files]]
match = "teams"
teams = "groups"

[[files]]
match = "pictures/**"
copy = true

[[files]]
match = "*.txt"
skip = "only words"
"""


def run(
    files: Mapping[str, str | bytes],
    snapshot: Snapshot | None = None,
    *,
    actor: str = "ada",
    here: tuple[str, ...] = (),
) -> Import:
    def read(path: str) -> bytes | Diagnostic:
        data = files[path]
        return data.encode() if isinstance(data, str) else data

    return plan_import(
        snapshot or make_snapshot(),
        read_mapping(MAPPING + MORE),
        SourceFolder(sorted(files), read),
        actor=actor,
        exists=here.__contains__,
    )


def written(done: Import) -> dict[str, str]:
    assert all(edit.before is None for edit in done.plan.edits)
    return {edit.path: (edit.after or b"").decode() for edit in done.plan.edits}


def test_every_file_is_accounted_for() -> None:
    done = run(
        {
            "1-a.md": "---\nname: A\n---\n",
            "2-b.yaml": "name: B\n",
            "3-c.md": "no front matter\n",
            "4-d.md": b"---\nname: \xff\n---\n",
            "teams": "groups: {team-a: [ada]}\n",
            "pictures/x.png": b"\x89PNG",
            "notes.txt": "words",
            "Makefile": "all:",
        }
    )
    report = done.report
    assert report.files == 8
    assert report.work == {"task": 2}
    assert report.teams == ("teams",)
    assert report.copied == ("pictures/x.png",)
    assert report.skipped == {"only words": ("notes.txt",)}
    assert report.unmatched == ("Makefile",)
    assert [found.location.path for found in report.unreadable] == ["3-c.md", "4-d.md"]


def test_what_work_needs_is_made() -> None:
    done = run(
        {
            "1-a.md": "---\nname: A\nwho: ['@Zoe', Ada, bot1]\ngroup: team-a\n---\n",
            "teams": "groups:\n  team-a: [bob, '@Zoe', bob]\n",
        },
        make_snapshot(parties=[make_person("ada")]),
    )
    assert {path: text for path, text in written(done).items() if "work/" not in path} == {
        "agents/bot1.md": "---\nname: bot1\nowner: ada\n---\n",
        "people/bob.md": "---\nname: bob\naccounts: {github: {login: bob}}\n---\n",
        "people/zoe.md": "---\nname: Zoe\naccounts: {github: {login: Zoe}}\n---\n",
        "teams/team-a.md": "---\nname: team-a\nlead: bob\nmembers: [zoe]\n---\n",
    }
    assert done.report.created == {"person": 2, "agent": 1, "team": 1, "workflow": 0}


@pytest.mark.parametrize(
    ("party", "id_"),
    [
        pytest.param(make_person("zoe"), "zoe", id="the id, if nobody knows the account"),
        pytest.param(
            make_person("zw", accounts={"github": Account("ZOE")}), "zw", id="the account's login"
        ),
        pytest.param(
            make_person("zoe", accounts={"github": Account("zz")}), "zoe-github", id="somebody else"
        ),
        pytest.param(make_team("other"), "zoe", id="nobody yet"),
    ],
)
def test_people_of_the_workspace_are_found(party: Party, id_: str) -> None:
    done = run({"1-a.md": "---\nwho: '@Zoe'\n---\n"}, make_snapshot(parties=[party]))
    assert f"\nassignees: [{id_}]\n" in written(done)["work/x-1-1-a.md"]


def test_a_name_that_means_something_else_is_not_given() -> None:
    done = run({"1-a.md": "---\nwho: Owner\n---\n"})
    assert "people/owner-github.md" in written(done)


def test_files_that_share_their_id_are_all_written_and_one_gets_the_aliases() -> None:
    done = run(
        {f"{folder}/1-a.md": "---\nname: A\nnumber: 1\nold: q\n---\n" for folder in ("a", "b", "c")}
    )
    texts = written(done)
    assert sorted(texts) == ["work/x-1-a-2.md", "work/x-1-a-3.md", "work/x-1-a.md"]
    assert [path for path, text in texts.items() if "aliases: [q]" in text] == ["work/x-1-a.md"]


def test_titles_stand_for_work() -> None:
    done = run(
        {
            "1-a.md": "---\nname: The First\n---\n",
            "2-b.md": "---\nname: B\npart_of: the first\n---\n",
        }
    )
    assert "\nparent: x-1\n" in written(done)["work/x-2-b.md"]


def test_what_would_be_too_large_is_left_out() -> None:
    done = run(
        {"1-a.md": "---\nname: A\n---\n" + "x" * (MAX_BYTES - 30), "2-b.md": "---\nname: B\n---\n"}
    )
    assert [found.rule for found in done.report.unreadable] == ["file-too-large"]
    assert list(written(done)) == ["work/x-2-b.md"]


def test_what_cannot_be_read_is_left_out() -> None:
    problem = Diagnostic(Location("2-b.md"), "unreadable-file", Severity.ERROR, "no")
    data = {"1-a.md": b"---\n---\n"}
    done = plan_import(
        make_snapshot(),
        read_mapping(),
        SourceFolder(["1-a.md", "2-b.md"], lambda path: data.get(path, problem)),
        actor="",
        exists=lambda _: False,
    )
    assert done.report.unreadable == (problem,)
    assert list(written(done)) == ["work/x-1-1-a.md"]


@pytest.mark.parametrize(
    ("files", "error", "message"),
    [
        pytest.param({"a.txt": ""}, UsageError, "no work of", id="no work"),
        pytest.param(
            {"1-a.md": "---\nwho: bot1\n---\n"}, UsageError, "nobody would answer", id="no owner"
        ),
        pytest.param({"9-a.md": "---\n---\n"}, RefusedError, "already here: x-9;", id="id"),
        pytest.param({"5-a.md": "---\n---\n"}, RefusedError, "already here: x-5;", id="alias"),
        pytest.param(
            {"1-a.md": "---\nname: A\n---\n"},
            RefusedError,
            "already here: work/x-1-a.md;",
            id="path",
        ),
    ],
)
def test_what_is_refused(files: dict[str, str], error: type[Exception], message: str) -> None:
    snapshot = make_snapshot([{"id": "x-9", "aliases": ("x-5",)}])
    with pytest.raises(error, match=message):
        run(files, snapshot, actor="", here=("work/x-1-a.md",))


def test_fields_are_counted() -> None:
    done = run(
        {
            "1-a.md": "---\nname: A\nstate: Open\ntags:\n---\n",
            "2-b.md": "---\nname: B\nstate: New\nfoo: 1\n---\n",
            "3-c.md": "---\nname: C\nstate: Odd\n---\n",
        }
    )
    assert [
        (f.name, f.places, f.total, f.mapped, f.both, f.kept, f.empty) for f in done.report.fields
    ] == [
        ("name", ("title",), 3, 3, 0, 0, 0),
        ("state", ("status",), 3, 1, 1, 1, 0),
        ("tags", (), 1, 0, 0, 0, 1),
        ("foo", (), 1, 0, 0, 1, 0),
    ]
