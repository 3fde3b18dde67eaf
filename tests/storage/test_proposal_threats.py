"""Attacks on what a change is: each must show, as what it is, or make the change invalid.

The numbers are those of the list of threats in ``APPROVALS``.
"""

import subprocess
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from plainwork.errors import RepositoryError
from plainwork.storage.change_limits import (
    MOST_DOCUMENT_BYTES,
    MOST_DOCUMENTS,
    MOST_FRONT_MATTER_BYTES,
)
from plainwork.storage.proposal import load_change
from plainwork.storage.scratch import open_scratch
from plainwork.storage.seen_documents import load_asked, load_seen
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

RULES = [("workflow", "task"), ("policy", "default")]
COPY = FILES[SAW].replace("---\ntitle", "---\nid: {}\ntitle", 1)


@pytest.fixture
def proposed(tmp_path: Path) -> Proposed:
    return Proposed(tmp_path / "repository")


def seen_equals_asked(proposed: Proposed, commit: str, key: str) -> bool | None:
    """Return whether who reviewed a commit saw what is asked now; None: nobody can tell."""
    with open_scratch(proposed.root) as scratch:
        (change,) = load_change(scratch, *proposed.ends(), ref=REF, now=NOW)
        seen = load_seen(scratch, change, commit, RULES)
        asked = load_asked(scratch, change, RULES)
    place = document(change, key).key
    return None if seen is None else seen[place] == asked[place]


def git_with(proposed: Proposed, text: str, *arguments: str) -> str:
    """Run Git with a standard input, and return what it prints."""
    process = subprocess.run(
        ["git", *arguments], cwd=proposed.root, check=True, capture_output=True, text=True,
        input=text,
    )  # fmt: skip
    return process.stdout


def patch_id(proposed: Proposed, before: str, after: str) -> str:
    """Return by what Git knows a patch, wherever it stands."""
    patch = proposed.git("diff", before, after)
    return git_with(proposed, patch, "patch-id").split()[0]


# 14 to 16: what becomes of documents


def test_threat_14_a_move_is_told_with_both_paths(proposed: Proposed) -> None:
    proposed.commit({LATHE: None, "projects/lathe.md": FILES[LATHE]})
    change = proposed.change()
    assert documents(change) == {("work", "lathe"): {"path"}}
    assert document(change, "lathe").paths == (LATHE, "projects/lathe.md")


def test_threat_14_a_move_to_another_kind_is_a_deletion_and_a_creation(
    proposed: Proposed,
) -> None:
    proposed.commit({"people/bob.md": None, "agents/bob.md": FILES["people/bob.md"]})
    found = documents(proposed.change())
    assert "deleted" in found["person", "bob"]
    assert "created" in found["agent", "bob"]


def test_threat_14_a_copy_is_new_work(proposed: Proposed) -> None:
    proposed.commit({"work/copy.md": FILES[SAW]})
    assert documents(proposed.change()).keys() == {("work", "copy")}
    assert "created" in documents(proposed.change())["work", "copy"]


def test_threat_14_a_rename_in_case_only_is_a_move_or_a_collision(proposed: Proposed) -> None:
    proposed.git("checkout", "--quiet", "topic")
    proposed.git("mv", LATHE, "work/Lathe.md")
    proposed.git("commit", "--quiet", "--message", "Rename it")
    change = proposed.change()
    assert documents(change) == {("work", "lathe"): {"path"}}
    proposed.add_entry(LATHE, FILES[LATHE])
    assert {"duplicate-id", "name-collision"} <= set(codes(proposed.change()))


def test_threat_15_a_deletion_touches_every_field(proposed: Proposed) -> None:
    proposed.commit({LATHE: None})
    change = proposed.change()
    fields = {"id", "title", "workflow", "status", "owner", "cost", "body", "deleted"}
    assert documents(change) == {("work", "lathe"): fields}
    assert "deleted-open-work" in codes(change)


@pytest.mark.parametrize(
    "text",
    ["It turns.\n", "", "---\ntitle: A lathe\n", "\n" + FILES[LATHE], "---\na: &x 1\n---\n"],
    ids=["no-fences", "empty", "unclosed", "moved-down", "unreadable"],
)
def test_threat_15_what_cannot_be_read_any_more_is_deleted(text: str, proposed: Proposed) -> None:
    proposed.commit({LATHE: text})
    change = proposed.change()
    assert documents(change)["work", "lathe"] >= {"deleted", "status", "cost", "owner", "body"}
    assert document(change, "lathe").new is None
    assert codes(change) != []


def test_threat_15_without_its_id_work_is_another(proposed: Proposed) -> None:
    proposed.commit({LATHE: None, "work/turner.md": edited(LATHE, ("id: lathe\n", ""))[LATHE]})
    change = proposed.change()
    assert "deleted" in documents(change)["work", "lathe"]
    assert "created" in documents(change)["work", "turner"]
    assert "deleted-open-work" in codes(change)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"work/a.md": COPY.format("lathe")}, id="in-front"),
        pytest.param({"work/z.md": COPY.format("LATHE".lower())}, id="behind"),
        pytest.param({"projects/lathe.md": FILES[SAW]}, id="by-name"),
        pytest.param({"work/z.md": COPY.format("saw")}, id="of-one-named-by-its-file"),
        pytest.param({"work/z.md": COPY.format('"l\\x61the"')}, id="escaped"),
        pytest.param({"work/z.md": COPY.format("z\naliases: [lathe]")}, id="as-alias"),
        pytest.param(
            {
                "records/r.md": "---\nid: lathe\nrecord: update\nabout: [saw]\nby: bob\nat: "
                "2026-05-01\n---\n"
            },
            id="as-record",
        ),
        pytest.param({"people/x.md": "---\nid: ada\nname: Not Ada\n---\n"}, id="of-a-person"),
        pytest.param({"teams/ada.md": "---\nname: Ada\nlead: bob\n---\n"}, id="of-another-party"),
        pytest.param({"policies/x/default.md": "---\ntitle: X\n---\n"}, id="of-a-policy"),
    ],
)
def test_threat_16_an_id_that_is_taken_is_refused(
    files: Mapping[str, str], proposed: Proposed
) -> None:
    proposed.commit(files)
    assert "duplicate-id" in codes(proposed.change())


@pytest.mark.parametrize(
    "form",
    [
        "id: 'taken'",
        'id: "t\\x61ken"',
        "{id: taken, title: T}",
        "id:\n  taken",
        "'id': taken",
        "aliases: [taken]",
        'aliases:\n  - "t\\x61ken"',
    ],
)
def test_threat_16_an_id_is_found_however_it_is_written(form: str, tmp_path: Path) -> None:
    rest = "" if form.startswith("{") else "title: T\nworkflow: task\nstatus: todo\n"
    proposed = Proposed(tmp_path / "r", {**FILES, "work/t.md": f"---\n{rest}{form}\n---\n"})
    proposed.commit({"work/a.md": COPY.format("taken")})
    assert "duplicate-id" in codes(proposed.change())


def test_threat_16_a_changed_id_is_refused(proposed: Proposed) -> None:
    proposed.commit(edited(LATHE, ("id: lathe", "id: mill")))
    change = proposed.change()
    assert codes(change) == ["changed-id"]
    assert documents(change).keys() == {("work", "lathe"), ("work", "mill")}


def test_threat_16_an_id_may_become_an_alias(proposed: Proposed) -> None:
    proposed.commit(edited(LATHE, ("id: lathe", "id: mill\naliases: [lathe]")))
    change = proposed.change()
    assert change.faults == ()
    assert documents(change) == {("work", "mill"): {"id", "aliases"}}
    assert document(change, "mill").old is not None


# 20 to 25: what documents and files are


def test_threat_20_the_body_is_part_of_what_is_asked(proposed: Proposed) -> None:
    first = proposed.commit(edited(LATHE, ("status: doing", "status: done")))
    assert seen_equals_asked(proposed, first, "lathe") is True
    edits = (("status: doing", "status: done"), ("It runs", "It stands"))
    proposed.commit(edited(LATHE, *edits))
    assert documents(proposed.change()) == {("work", "lathe"): {"status", "body"}}
    assert seen_equals_asked(proposed, first, "lathe") is False


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("status: done\nstatus: doing", "duplicate-key"),
        ("x-a: &a 1\nstatus: doing", "yaml-anchor"),
        ("status: !!str doing", "yaml-tag"),
        ("status: doing\n...\nstatus: done", "yaml-document"),
        ("status: doing\u2028", "control-character"),
        ("status: do\x00ing", "control-character"),
        ("<<: {status: done}\nstatus: doing", "yaml-anchor"),
        ("status: d\u043eing", "wrong-type"),
        ("status: doing\u200b", "invisible-character"),
        ("status: doing\nowner: ~", "duplicate-key"),
    ],
    ids=[
        "keys",
        "anchor",
        "tag",
        "documents",
        "separator",
        "nul",
        "merge",
        "homoglyph",
        "invisible",
        "null",
    ],
)
def test_threat_21_22_what_readers_could_read_in_two_ways_is_refused(
    text: str, code: str, proposed: Proposed
) -> None:
    proposed.commit(edited(LATHE, ("status: doing", text)))
    assert code in codes(proposed.change())


@pytest.mark.parametrize(
    "cost",
    [".nan", ".inf", "0x1f", "0o17", "017", "1_000", "12:30", "1e400", "yes", "~", "!!int 8"],
)
def test_threat_21_what_yaml_guesses_is_no_value(cost: str, proposed: Proposed) -> None:
    proposed.commit(edited(LATHE, ("cost: 8000", f"cost: {cost}")))
    assert {"wrong-type", "null-value", "yaml-tag"} & set(codes(proposed.change()))


@pytest.mark.parametrize("word", ["yes", "on", "True", "1", "y"])
def test_threat_21_only_true_is_true(word: str, proposed: Proposed) -> None:
    proposed.commit(edited("policies/default.md", ("default: true", f"default: {word}")))
    assert "wrong-type" in codes(proposed.change())


ADA = FILES["people/ada.md"]
ACCOUNT = "---\naccounts:\n  github: {{login: {}, id: 1}}\n"


@pytest.mark.parametrize(
    ("files", "code"),
    [
        pytest.param(edited(LATHE, ("doing", "d\u043eing")), "wrong-type", id="status"),
        pytest.param(edited(LATHE, ("doing", "'doing '")), "wrong-type", id="status-and-blank"),
        pytest.param(
            edited(LATHE, ("doing", "doing\u202e")), "invisible-character", id="status-turned"
        ),
        pytest.param(
            edited("workflows/task.md", ("  doing:", "  d\u043eing: {category: done}\n  doing:")),
            "wrong-type",
            id="declared-status",
        ),
        pytest.param(edited(LATHE, ("owner: bob", "own\u0435r: bob")), "unknown-field", id="key"),
        pytest.param(
            edited(LATHE, ("owner: bob", "owner: bob\nx-a\u200bb: c")),
            "invisible-character",
            id="key-that-anybody-may-add",
        ),
        pytest.param(edited(LATHE, ("bob", "b\u043eb")), "invalid-id", id="reference"),
        pytest.param(edited(LATHE, ("bob", "' bob'")), "invalid-id", id="reference-and-blank"),
        pytest.param(edited(LATHE, ("bob", '"bob\\u200b"')), "invalid-id", id="reference-escaped"),
        pytest.param({"people/x.md": f"---\nid: \u0430da\n{ADA[4:]}"}, "invalid-id", id="id"),
        pytest.param({"people/x.md": f"---\nid: ' ada'\n{ADA[4:]}"}, "invalid-id", id="id-blank"),
        pytest.param({"people/\u0430da.md": ADA}, "invalid-id", id="id-by-name"),
        pytest.param({"people/ad\u200ba.md": ADA}, "invalid-path", id="id-by-name-invisible"),
        pytest.param({"work/\u017faw.md": FILES[SAW]}, "invalid-id", id="folds-to-another"),
        pytest.param(
            {"people/x.md": ADA.replace("Ada", "A\u200bda")}, "invisible-character", id="name"
        ),
        pytest.param(
            {"people/x.md": ACCOUNT.format("' ada'") + ADA[4:]}, "wrong-type", id="login-and-blank"
        ),
        pytest.param(
            {"people/x.md": ACCOUNT.format("\u0430da") + ADA[4:]}, "wrong-type", id="login"
        ),
        pytest.param(
            {"people/x.md": ACCOUNT.format('"ada\\u200b"') + ADA[4:]}, "wrong-type", id="escaped"
        ),
        pytest.param(
            {"people/x.md": ACCOUNT.format("ada @eve") + ADA[4:]}, "wrong-type", id="two-logins"
        ),
    ],
)  # fmt: skip
def test_threat_22_names_that_only_look_alike_are_refused(
    files: Mapping[str, str], code: str, proposed: Proposed
) -> None:
    proposed.commit(files)
    assert code in codes(proposed.change())


@pytest.mark.parametrize(
    ("path", "text", "mode", "code"),
    [
        (LATHE, "../secret", "120000", "not-a-regular-file"),
        ("work/photo", "/etc/passwd", "120000", "not-a-regular-file"),
        ("work/inner", "", "160000", "not-a-regular-file"),
        ("people", "work", "120000", "not-a-regular-file"),
        ("plainwork.toml", "other.toml", "120000", "not-a-regular-file"),
        (".github/ci.yml", "../x", "120000", "not-a-regular-file"),
        (LATHE, FILES[LATHE], "100755", "executable-document"),
        ("plainwork.toml", FILES["plainwork.toml"], "100755", "executable-document"),
        (LATHE, "version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "100644",
         "lfs-pointer"),
        ("workflows/x.png", "version https://git-lfs.github.com/spec/v1\n", "100644",
         "lfs-pointer"),
    ],
)  # fmt: skip
def test_threat_23_what_is_no_plain_file_is_refused(
    path: str, text: str, mode: str, code: str, proposed: Proposed
) -> None:
    if path == "people":
        proposed.commit({"people/ada.md": None, "people/bob.md": None})
    proposed.add_entry(path, text, mode)
    assert code in codes(proposed.change())


def test_threat_23_putting_a_plain_file_in_its_place_is_no_fault(tmp_path: Path) -> None:
    proposed = Proposed(tmp_path / "r")
    proposed.add_entry(LATHE, FILES[LATHE], "100755", "main")
    proposed.add_entry(SAW, "elsewhere", "120000", "main")
    proposed.git("branch", "--force", "topic", "main")
    proposed.add_entry(LATHE, FILES[LATHE])
    proposed.add_entry(SAW, FILES[SAW])
    assert proposed.change().faults == ()


@pytest.mark.parametrize(
    "path",
    [".gitattributes", "work/.gitattributes", ".gitmodules", ".mailmap", "CODEOWNERS",
     "docs/CODEOWNERS", ".github/workflows/ci.yml", ".gitlab-ci.yml", ".forgejo/workflows/a.yml",
     ".gitea/workflows/a.yml", "action.yml", "work/.GitAttributes", "Jenkinsfile"],
)  # fmt: skip
def test_threat_24_files_of_git_and_of_forges_are_judged(path: str, proposed: Proposed) -> None:
    proposed.add_entry(path, "# something\n")
    assert documents(proposed.change()) == {("file", path.lower()): {"file", "created"}}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (".gitattributes", "* merge=union"),
        (".gitattributes", "work/** filter=evil"),
        (".gitattributes", "*.md ident"),
        (".gitattributes", "/work/lathe.md working-tree-encoding=UTF-16"),
        (".gitattributes", "[attr]calm -diff filter=evil\n*.md calm"),
        (".gitattributes", "*.md binary"),
        (".gitattributes", '"work/lathe.md" -merge'),
        (".gitattributes", "work/l[a-z]the.md filter"),
        (".gitattributes", "*.toml merge=ours"),
        ("work/.gitattributes", "lathe.* merge=ours"),
    ],
)
@pytest.mark.parametrize("branch", ["main", "topic"])
def test_threat_24_attributes_that_alter_what_is_judged_are_refused(
    path: str, line: str, branch: str, proposed: Proposed
) -> None:
    proposed.add_entry(path, f"# comment\n{line}\n", branch=branch)
    found = [fault for fault in proposed.change().faults if fault.code == "altering-attribute"]
    assert [fault.path for fault in found] == [path]


def test_threat_24_what_such_an_attribute_has_done_at_the_base_cannot_be_judged(
    proposed: Proposed,
) -> None:
    proposed.add_entry(".gitattributes", "*.md merge=union\n", branch="main")
    proposed.git("branch", "--force", "topic", "main")
    proposed.commit({".gitattributes": None})
    assert "altering-attribute" in codes(proposed.change())


@pytest.mark.parametrize(
    "line",
    ["*.md text=auto eol=lf", "*.png filter=lfs", "*.md -filter !merge", "src/** merge=ours",
     "work merge=ours", "*.md diff=markdown linguist-generated"],
)  # fmt: skip
def test_threat_24_other_attributes_are_no_faults(line: str, proposed: Proposed) -> None:
    proposed.add_entry(".gitattributes", f"{line}\n", branch="main")
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: 9000")))
    assert proposed.change().faults == ()


@pytest.mark.parametrize(
    "path",
    ["work/a\nb.md", 'work/a"b.md', "work/a\\b.md", "work/cafe\u0301.md", "work/con.md",
     "work/a./b.md", "work/ b.md", "work/a\u202eb.md", "work/a:b.md", "work/x\u00a0y.md",
     ".github/a\tb.yml"],
)  # fmt: skip
def test_threat_25_paths_that_mislead_are_refused(path: str, proposed: Proposed) -> None:
    proposed.add_entry(path, FILES[SAW].replace("---\n", "---\nid: other\n", 1))
    assert "invalid-path" in codes(proposed.change())


@pytest.mark.parametrize(
    "path", ["work/Saw.md", "Work/other.md", "PLAINWORK.toml", "WORK/saw.md", "work/SAW.MD"]
)
def test_threat_25_paths_that_differ_in_case_only_are_refused(
    path: str, proposed: Proposed
) -> None:
    proposed.add_entry(path, FILES[SAW].replace("---\n", "---\nid: other\n", 1))
    assert "name-collision" in codes(proposed.change())


@pytest.fixture
def below(tmp_path: Path) -> Proposed:
    """A workspace in a folder of a repository that holds other things, too."""
    files = {f"ops/{path}": text for path, text in FILES.items()}
    return Proposed(tmp_path / "repository", {**files, "src/main.py": "print()\n"})


@pytest.mark.parametrize(
    ("path", "code"),
    [
        pytest.param("Ops/work/saw.md", "name-collision", id="folder"),
        pytest.param("OPS", "name-collision", id="file"),
        pytest.param("Ops/notes.txt", "name-collision", id="beside"),
        pytest.param(".github/a\tb.yml", "invalid-path", id="outside"),
    ],
)
def test_threat_25_paths_beside_a_workspace_do_not_mislead_either(
    path: str, code: str, below: Proposed
) -> None:
    below.add_entry(path, "something\n")
    assert codes(below.change()) == [code]


@pytest.mark.parametrize("path", [".github/workflows/ci.yml", "src/.gitignore", "docs/CODEOWNERS"])
def test_new_files_of_forges_beside_a_workspace_are_judged_and_no_faults(
    path: str, below: Proposed
) -> None:
    below.commit({path: "# something\n"})
    change = below.change()
    assert change.faults == ()
    assert documents(change) == {("file", f"../{path}".lower()): {"file", "created"}}


# 26 to 30: what is compared


def test_threat_26_commits_and_files_are_counted_in_git(proposed: Proposed) -> None:
    for number in range(3):
        proposed.commit({f"notes/{number}.txt": "note"})
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: 9000")), branch="main")
    change = proposed.change()
    assert (change.commits, change.files) == (3, 3)


def test_threat_27_what_is_made_and_undone_is_no_change(proposed: Proposed) -> None:
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: 9000")))
    proposed.commit({LATHE: FILES[LATHE]})
    change = proposed.change()
    assert (change.documents, change.faults, change.commits) == ((), (), 2)
    assert change.tree == proposed.git("rev-parse", "main^{tree}").strip()


def test_threat_27_what_equals_its_own_past_differs_from_the_base(proposed: Proposed) -> None:
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: 9000")))
    proposed.git("checkout", "--quiet", "main")
    proposed.git("merge", "--quiet", "--ff-only", "topic")
    proposed.git("checkout", "--quiet", "-B", "topic", "main")
    proposed.git("revert", "--no-edit", "HEAD")
    assert documents(proposed.change()) == {("work", "lathe"): {"cost"}}


def test_threat_28_after_a_rebase_onto_a_raised_amount_other_bytes_are_asked(
    tmp_path: Path,
) -> None:
    labels = "labels:\n  - one\n  - two\n  - three\ncost"
    lathe = edited(LATHE, ("cost", labels))[LATHE]
    proposed = Proposed(tmp_path / "r", {**FILES, LATHE: lathe})
    base = proposed.commit_of("main")
    reviewed = proposed.commit({LATHE: lathe.replace("status: doing", "status: done")})
    assert seen_equals_asked(proposed, reviewed, "lathe") is True
    proposed.commit({LATHE: lathe.replace("cost: 8000", "cost: 61000")}, branch="main")
    assert documents(proposed.change()) == {("work", "lathe"): {"status"}}
    assert seen_equals_asked(proposed, reviewed, "lathe") is False
    proposed.git("checkout", "--quiet", "topic")
    proposed.git("rebase", "--quiet", "main")
    rebased = proposed.commit_of("topic")
    assert patch_id(proposed, base, reviewed) == patch_id(proposed, "main", rebased)
    assert seen_equals_asked(proposed, reviewed, "lathe") is False
    assert seen_equals_asked(proposed, rebased, "lathe") is True


def test_threat_28_a_changed_rule_makes_reviews_stale(proposed: Proposed) -> None:
    reviewed = proposed.commit(edited(LATHE, ("status: doing", "status: done")))
    proposed.commit(
        edited("policies/default.md", ("{by: owner, author: true}", "{by: owner}")), branch="main"
    )
    assert seen_equals_asked(proposed, reviewed, "lathe") is False


def test_threat_29_an_update_of_the_branch_that_touches_nothing_else_keeps_reviews(
    proposed: Proposed,
) -> None:
    reviewed = proposed.commit(edited(LATHE, ("status: doing", "status: done")))
    proposed.commit(edited(SAW, ("A saw", "One saw")), branch="main")
    proposed.git("checkout", "--quiet", "topic")
    proposed.git("merge", "--quiet", "--no-edit", "main")
    assert seen_equals_asked(proposed, reviewed, "lathe") is True


def test_threat_29_what_an_update_merge_slips_in_is_told(proposed: Proposed) -> None:
    """Only trees count: where in the history something came in does not matter."""
    reviewed = proposed.commit(edited(LATHE, ("status: doing", "status: done")))
    proposed.commit(edited(SAW, ("A saw", "One saw")), branch="main")
    proposed.git("checkout", "--quiet", "topic")
    proposed.git("merge", "--quiet", "--no-edit", "main")
    edits = (("status: doing", "status: done"), ("cost: 8000", "cost: 61000"))
    proposed.amend({**edited(LATHE, *edits), **edited(DRILL, ("owner: bob", "owner: ada"))})
    assert len(proposed.git("log", "--format=%P", "--max-count=1", "topic").split()) == 2
    assert documents(proposed.change()) == {
        ("work", "lathe"): {"status", "cost"},
        ("work", "drill"): {"owner"},
    }
    assert seen_equals_asked(proposed, reviewed, "lathe") is False
    assert seen_equals_asked(proposed, reviewed, "drill") is False


def make_criss_cross(proposed: Proposed) -> None:
    """Let both branches merge each other's first commit."""
    one = proposed.commit({"one.txt": "one"}, branch="main")
    two = proposed.commit({"two.txt": "two"})
    proposed.git("merge", "--quiet", "--no-edit", one)
    proposed.git("checkout", "--quiet", "main")
    proposed.git("merge", "--quiet", "--no-edit", two)
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: 9000")))


def test_threat_30_several_merge_bases_are_refused(proposed: Proposed) -> None:
    reviewed = proposed.commit_of("main")
    make_criss_cross(proposed)
    change = proposed.change()
    assert codes(change) == ["several-merge-bases"]
    assert "update the branch" in change.faults[0].hint
    assert (change.tree, change.documents, change.governed) == ("", (), True)
    with open_scratch(proposed.root) as scratch:
        assert load_seen(scratch, change, reviewed, RULES) is None


def test_threat_30_a_review_of_a_commit_with_several_merge_bases_is_stale(
    proposed: Proposed,
) -> None:
    make_criss_cross(proposed)
    crossed = proposed.commit_of("topic")
    proposed.git("checkout", "--quiet", "-B", "topic", "main")
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: 9000")))
    assert seen_equals_asked(proposed, crossed, "lathe") is None


def test_threat_30_a_conflict_is_refused(proposed: Proposed) -> None:
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: 9000")))
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: 7000")), branch="main")
    change = proposed.change()
    assert (codes(change), change.tree, change.documents) == (["conflict"], "", ())
    assert LATHE in change.faults[0].message


def test_threat_30_a_history_of_its_own_is_refused(proposed: Proposed) -> None:
    proposed.git("checkout", "--quiet", "--orphan", "lone")
    proposed.git("commit", "--quiet", "--message", "Alone")
    assert codes(proposed.change(head="lone")) == ["no-merge-base"]


def test_threat_30_a_stacked_pull_request_holds_what_it_stands_on(proposed: Proposed) -> None:
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: 9000")))
    proposed.git("branch", "upper", "topic")
    proposed.commit(edited(SAW, ("A saw", "One saw")), branch="upper")
    assert documents(proposed.change(head="upper")).keys() == {("work", "lathe"), ("work", "saw")}
    assert documents(proposed.change("topic", "upper")).keys() == {("work", "saw")}


# 49: what was seen


def test_threat_49_what_was_seen_of_new_work_is_that_there_was_none(proposed: Proposed) -> None:
    text = COPY.format("hammer")
    proposed.commit({"work/hammer.md": text}, branch="main", message="Make it")
    reviewed = proposed.commit({"work/hammer.md": text.replace("todo", "doing")}, branch="main")
    proposed.commit({"work/hammer.md": None}, branch="main", message="Remove it")
    proposed.git("checkout", "--quiet", "-B", "topic", "main")
    proposed.commit({"work/tools/hammer.md": text})
    # A commit of the base itself: there was nothing to review in it.
    assert seen_equals_asked(proposed, reviewed, "hammer") is False
    assert seen_equals_asked(proposed, proposed.commit_of("topic"), "hammer") is True


def test_threat_49_a_document_that_was_elsewhere_was_not_gone(proposed: Proposed) -> None:
    proposed.commit({SAW: None, "work/tools/saw.md": FILES[SAW]})
    moved = proposed.commit_of("topic")
    proposed.commit({"work/tools/saw.md": None})
    with open_scratch(proposed.root) as scratch:
        (change,) = load_change(scratch, *proposed.ends(), ref=REF, now=NOW)
        assert document(change, "saw").after is None
        seen = load_seen(scratch, change, moved, RULES)
    assert seen is not None
    found = seen["work", "saw"]
    assert found.before == document(change, "saw").before
    assert found.after is not None
    assert found.after.path == "work/tools/saw.md"
    assert seen_equals_asked(proposed, proposed.commit_of("topic"), "saw") is True


def test_threat_49_a_commit_that_is_not_there_was_not_seen(proposed: Proposed) -> None:
    proposed.commit(edited(LATHE, ("cost: 8000", "cost: 9000")))
    for commit in ("1" * 40, "", "topic", "HEAD"):
        assert seen_equals_asked(proposed, commit, "lathe") is None


def test_threat_49_rules_are_hashed_without_their_prose(proposed: Proposed) -> None:
    reviewed = proposed.commit(edited(LATHE, ("status: doing", "status: done")))
    prose = FILES["workflows/task.md"] + "More words about it.\n"
    proposed.commit({"workflows/task.md": prose}, branch="main")
    assert seen_equals_asked(proposed, reviewed, "lathe") is True
    with open_scratch(proposed.root) as scratch:
        asked = load_asked(scratch, proposed.change(), [*RULES, ("policy", "nobody")])
    front = FILES["workflows/task.md"].split("---\n")[1]
    digests = asked["work", "lathe"].rules
    assert digests.keys() == set(RULES)
    assert digests["workflow", "task"] == sha256(front.encode()).hexdigest()


# 64: too much


def test_threat_64_too_many_documents_are_refused_unread(proposed: Proposed) -> None:
    proposed.commit({f"work/n{number}.md": "{" * 99 for number in range(MOST_DOCUMENTS + 1)})
    change = proposed.change()
    assert (codes(change), change.documents) == (["too-many-files"], ())


def test_threat_64_too_many_bytes_are_refused_unread(proposed: Proposed) -> None:
    large = "---\ntitle: A\n---\n" + "x" * (1 << 20)
    count = MOST_DOCUMENT_BYTES // (1 << 20)
    proposed.commit({f"people/p{number}.md": large for number in range(count)})
    change = proposed.change()
    assert (codes(change), change.documents) == (["too-many-bytes"], ())


def test_threat_64_too_much_yaml_is_refused_unread(proposed: Proposed) -> None:
    yaml = "x-a: [" + "a," * (MOST_FRONT_MATTER_BYTES // 6) + "a]\n"
    proposed.commit({f"work/n{n}.md": f"---\n{yaml}---\n" for n in range(4)})
    change = proposed.change()
    assert (codes(change), change.documents) == (["too-many-bytes"], ())


def test_threat_64_paths_without_end_are_refused(proposed: Proposed) -> None:
    proposed.add_entry("a/" * 200 + "b", "text")
    assert codes(proposed.change()) == ["invalid-path"]


def test_threat_64_a_document_that_is_too_large_is_refused(proposed: Proposed) -> None:
    proposed.commit({SAW: FILES[SAW] + "x" * (1 << 20)})
    change = proposed.change()
    assert "file-too-large" in codes(change)
    assert "deleted" in documents(change)["work", "saw"]


def test_threat_64_too_many_commits_are_refused(
    proposed: Proposed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plainwork.storage.proposal.MOST_COMMITS", 2)
    for number in range(3):
        proposed.commit({"note.txt": f"{number}"})
    assert codes(proposed.change()) == ["too-many-commits"]


def test_threat_64_a_tree_that_unfolds_without_end_is_an_error(
    proposed: Proposed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plainwork.storage.scratch.MOST_MEMORY", 48 << 20)
    proposed.git("checkout", "--quiet", "topic")
    tree = proposed.git("rev-parse", "HEAD:work").strip()
    for _ in range(9):
        lines = "".join(f"040000 tree {tree}\t{name}\n" for name in "abcd")
        tree = git_with(proposed, lines, "mktree").strip()
    root = proposed.git("ls-tree", "HEAD") + f"040000 tree {tree}\tbomb\n"
    whole = git_with(proposed, root, "mktree").strip()
    parents = ("-p", proposed.commit_of("topic"))
    commit = proposed.git("commit-tree", whole, *parents, "-m", "Unfold").strip()
    with pytest.raises(RepositoryError, match="memory"):
        proposed.change(head=commit)


def test_threat_64_many_attributes_are_refused(proposed: Proposed) -> None:
    lines = "".join(f"*{'a*' * 40}{number} merge=ours\n" for number in range(60))
    proposed.commit({".gitattributes": lines})
    assert "altering-attribute" in codes(proposed.change())
