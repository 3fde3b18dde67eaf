"""Which paths a glob matches."""

import pytest

from plainwork.analysis.globs import matches_glob


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("plainwork.toml", "plainwork.toml", True),
        ("plainwork.toml", "a/plainwork.toml", False),
        ("workflows/**", "workflows/task.md", True),
        ("workflows/**", "workflows/it/task.md", True),
        ("workflows/**", "workflows", True),
        ("workflows/**", "workflows-old/task.md", False),
        ("workflows/*", "workflows/it/task.md", False),
        ("**/CODEOWNERS", "CODEOWNERS", True),
        ("**/CODEOWNERS", ".github/CODEOWNERS", True),
        ("**/CODEOWNERS", "CODEOWNERS/a", False),
        (".git*", ".gitattributes", True),
        (".git*", ".github/workflows/ci.yml", False),
        (".git*/**", ".github/workflows/ci.yml", True),
        ("**", "a/b/c", True),
        ("a/**/c", "a/c", True),
        ("a/**/c", "a/b/b/c", True),
        ("a/**/c", "a/b/b", False),
        ("**/a/**/a", "a/b/a", True),
        ("*.md", "A.MD", False),
        ("work/[ab].md", "work/a.md", True),
        ("work/?.md", "work/ab.md", False),
    ],
)
def test_globs(glob: str, path: str, matches: bool) -> None:
    assert matches_glob(path, glob) is matches


def test_many_stars_take_no_exponential_time() -> None:
    assert not matches_glob("a/" * 200 + "b", "**/a/" * 60 + "c")
