"""CODEOWNERS, judged by what reads such patterns: Git's own, and regular expressions."""

import re
import subprocess
from pathlib import Path

import pytest

from plainwork.analysis.globs import matches_glob
from plainwork.reporting.codeowners_file import HEAD, render_codeowners
from plainwork.views.codeowners import CodeOwners, OwnedPath
from support.git import run_git

GLOBS = [
    "plainwork.toml",
    "workflows/**",
    "**/.git*",
    ".git*/**",
    "**/CODEOWNERS",
    "a b/#c/**",
    "back\\slash/*.md",
    "what?.md",
    "pay+(1)/$x.md",
    "*/deep/*.md",
    "**/notes/**",
]
PATHS = [
    "plainwork.toml",
    "sub/plainwork.toml",
    "workflows/task.md",
    "workflows/deep/er/task.md",
    "sub/workflows/task.md",
    ".gitattributes",
    "people/.gitignore",
    ".github/workflows/ci.yml",
    "sub/.github/x.yml",
    "CODEOWNERS",
    "docs/CODEOWNERS",
    "a b/#c/d.md",
    "a b/#c/d/e.md",
    "back\\slash/x.md",
    "back\\slash/x/y.md",
    "what1.md",
    "what/.md",
    "pay+(1)/$x.md",
    "payy1/x.md",
    "one/deep/x.md",
    "one/two/deep/x.md",
    "notes/x.md",
    "a/b/notes/c/x.md",
]


def _pattern(glob: str, kind: str, folder: str = ".") -> str:
    owners = CodeOwners((OwnedPath(glob, ("ada",), ("governance",)),), ())
    line = render_codeowners(owners, kind, folder).decode().splitlines()[-1]
    assert line.endswith(" @ada")
    return line.removesuffix(" @ada")


def _matched(glob: str) -> set[str]:
    """Return the files that a policy means; one in the place of a folder is a matter of taste."""
    folder = glob.removesuffix("/**")
    wanted = {path for path in PATHS if matches_glob(path, glob)}
    return {path for path in wanted if folder == glob or not matches_glob(path, folder)}


@pytest.mark.parametrize("glob", GLOBS)
def test_github_and_gitlab_match_what_the_policy_does(glob: str, tmp_path: Path) -> None:
    run_git("init", "--quiet", cwd=tmp_path)
    (tmp_path / ".git/info/exclude").write_text(_pattern(glob, "github") + "\n", encoding="utf-8")
    asked = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin", "-z"],
        cwd=tmp_path,
        input="\0".join(PATHS),
        check=False,
        capture_output=True,
        text=True,
    )
    ignored = set(asked.stdout.split("\0")) - {""}
    # Git's patterns match a folder together with what is in it; ours match files.
    below = {path for path in ignored if any(matches_glob(at, glob) for at in _above(path))}
    assert ignored - below == _matched(glob) - below
    assert _matched(glob) <= ignored
    assert _pattern(glob, "gitlab") == _pattern(glob, "github")


def _above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


@pytest.mark.parametrize("glob", GLOBS)
def test_gitea_matches_what_the_policy_does(glob: str) -> None:
    # One level of backslashes is its own; what is left is a regular expression for a whole path.
    pattern = re.sub(r"\\(.)", r"\1", _pattern(glob, "gitea"))
    matched = {path for path in PATHS if re.fullmatch(pattern, path)}
    assert matched == _matched(glob)


def test_a_workspace_below_the_top_speaks_of_its_own_folder() -> None:
    assert _pattern("workflows/**", "github", "work/space") == "/work/space/workflows/"
    assert _pattern("**/.git*", "github", "work") == "/work/**/.git*"
    assert _pattern("workflows/**", "gitea", "work") == "work/workflows/.*"


def test_a_range_which_the_forge_does_not_know_becomes_any_character() -> None:
    assert _pattern("[ab]/x[!c].md", "github") == "/?/x?.md"
    assert re.fullmatch(_pattern("[ab]/x.md", "gitea").replace("\\\\", "\\"), "a/x.md")


def test_it_says_first_what_it_is_worth() -> None:
    paths = (
        OwnedPath("a/**", ("ada", "bo"), ("governance",)),
        OwnedPath("b/**", ("acme/finance",), ("governance",)),
        OwnedPath("c/**", ("cy",), ("big-money", "governance")),
    )
    assert render_codeowners(CodeOwners(paths, ()), "github").decode() == (
        f"{HEAD}"
        "# It invites people to review, and enforces nothing: what a change needs depends on the"
        " work, its\n# fields and who has made it. `plainwork gate` says it.\n"
        "\n# governance\n/a/ @ada @bo\n/b/ @acme/finance\n"
        "\n# big-money, governance\n/c/ @cy\n"
    )
