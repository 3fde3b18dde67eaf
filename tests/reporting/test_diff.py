import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plainwork.reporting.diff import format_for_terminal, format_unified_diff
from support.git import run_git

_OLD = b"---\ntitle: A\nstatus: open\nowner: nils\n---\nBody\n"


def _patch(path: str, before: bytes | None, after: bytes | None) -> bytes:
    lines = format_unified_diff(path, before, after)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")


def _apply(root: Path, path: str, before: bytes | None, after: bytes | None) -> bytes | None:
    """Return what Git makes of the file when it applies the patch."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    if before is not None:
        file.write_bytes(before)
    elif file.exists():
        file.unlink()
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        cwd=root,
        input=_patch(path, before, after),
        check=True,
        capture_output=True,
    )
    return file.read_bytes() if file.exists() else None


def test_one_changed_line_has_three_lines_around_it() -> None:
    before = b"".join(b"%d\n" % number for number in range(20))
    lines = format_unified_diff("work/a.md", before, before.replace(b"\n9\n", b"\nnine\n"))
    assert list(lines) == [
        "diff --git a/work/a.md b/work/a.md",
        "--- a/work/a.md",
        "+++ b/work/a.md",
        "@@ -7,7 +7,7 @@",
        " 6",
        " 7",
        " 8",
        "-9",
        "+nine",
        " 10",
        " 11",
        " 12",
    ]


def test_no_change_is_no_diff() -> None:
    assert list(format_unified_diff("a.md", _OLD, _OLD)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(_OLD, _OLD.replace(b"open", b"done"), id="changed"),
        pytest.param(None, _OLD, id="new"),
        pytest.param(_OLD, None, id="deleted"),
        pytest.param(None, b"", id="new-and-empty"),
        pytest.param(b"", None, id="empty-and-deleted"),
        pytest.param(b"", _OLD, id="filled"),
        pytest.param(_OLD, b"", id="emptied"),
        pytest.param(_OLD, _OLD[:-1], id="last-line-feed-lost"),
        pytest.param(b"a", b"b", id="never-a-last-line-feed"),
        pytest.param(_OLD, _OLD.replace(b"\n", b"\r\n"), id="carriage-returns"),
        pytest.param(b"a\x0cb\rc\n", "a\u2028b\n".encode(), id="other-line-ends"),
        pytest.param(b"\xff\n", b"\xfe\n", id="not-utf-8"),
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        "a.md",
        "work/two words/a.md",
        'work/"quoted"\\.md',
        "work/ta\tb\n.md",
        "work/größe 作業.md",
        "work/\udcff.md",
    ],
    ids=["plain", "blank", "quotes", "control", "unicode", "bytes"],
)
def test_git_applies_it(
    tmp_path: Path, path: str, before: bytes | None, after: bytes | None
) -> None:
    run_git("init", "--quiet", cwd=tmp_path)
    assert _apply(tmp_path, path, before, after) == after


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    run_git("init", "--quiet", cwd=root)
    return root


_CONTENTS = st.lists(st.sampled_from([b"a\n", b"b\n", b"\n", b"- c\n", b"+\r\n", b"@@ d"])).map(
    b"".join
)


@settings(max_examples=50)
@given(before=_CONTENTS, after=_CONTENTS)
@example(before=b"b\nb\nb\na\n", after=b"b\nb\nb\nb\na\n")
@example(before=b"a\na\na\na\n", after=b"b\na\na\na\na\na\n")
def test_git_applies_any_change(repository: Path, before: bytes, after: bytes) -> None:
    if before != after:
        assert _apply(repository, "any.md", before, after) == after


@pytest.mark.parametrize("path", ["a.md", "two words.md", 'q"\t.md'])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(_OLD, _OLD.replace(b"open", b"done"), id="changed"),
        pytest.param(None, _OLD, id="new"),
        pytest.param(_OLD, None, id="deleted"),
        pytest.param(b"a", b"a\n", id="line-feed"),
    ],
)
def test_git_prints_the_same(
    tmp_path: Path, path: str, before: bytes | None, after: bytes | None
) -> None:
    run_git("init", "--quiet", cwd=tmp_path)
    file = tmp_path / path
    for content in (before, after):
        if content is None:
            file.unlink(missing_ok=True)
        else:
            file.write_bytes(content)
        if content is before:
            run_git("add", "--all", cwd=tmp_path)
    if before is None:
        run_git("add", "--intent-to-add", "--all", cwd=tmp_path)
    printed = run_git("diff", "--no-color", cwd=tmp_path).splitlines()
    ours = format_unified_diff(path, before, after)
    assert list(ours) == [line for line in printed if not line.startswith("index ")]


def test_on_a_terminal_what_does_not_print_is_shown() -> None:
    diff = ["@@ -1 +1 @@", "-a\r", "+\x1b[2J\tb"]
    assert list(format_for_terminal(diff, color=False)) == [
        "@@ -1 +1 @@",
        r"-a\r",
        "+\\x1b[2J\tb",
    ]


def test_on_a_terminal_additions_and_deletions_have_colors() -> None:
    diff = format_unified_diff("a.md", b"-- x\nsame\n", b"same\ny\n")
    shown = "\n".join(format_for_terminal(diff, color=True))
    assert shown.split("\n")[1] == "\x1b[1m--- a/a.md\x1b[0m"
    assert "\x1b[31m--- x\x1b[0m" in shown
    assert "\x1b[32m+y\x1b[0m" in shown
