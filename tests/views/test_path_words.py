"""What globs of paths cover, in words."""

import pytest

from plainwork.views.path_words import CoveredPaths, describe_paths

FOLDERS = {"people": "people", "work": "items", "todo/now": "items"}


@pytest.mark.parametrize(
    ("glob", "words"),
    [
        pytest.param("plainwork.toml", "the settings", id="settings"),
        pytest.param("people/**", "people", id="documents"),
        pytest.param("todo/now/**", "items", id="documents in a folder of the workspace's own"),
        pytest.param("**/people/**", "everything in people, in any folder", id="not these people"),
        pytest.param("CODEOWNERS", "the file CODEOWNERS", id="one file of a known name"),
        pytest.param("**/CODEOWNERS", "whom the forge asks about files", id="all of that name"),
        pytest.param("**/.git*", "the settings of Git", id="Git"),
        pytest.param("**/.git*/**", "what the forge shows and runs", id="forge"),
        pytest.param("**/.circleci/**", "what CI runs", id="CI"),
        pytest.param("docs/**", "everything in docs", id="a folder"),
        pytest.param("docs/rules.md", "the file docs/rules.md", id="a file"),
        pytest.param("**/LICENSE", "the file LICENSE, in any folder", id="files of a name"),
        pytest.param("**/*.md", "files that end with .md, in any folder", id="an ending"),
        pytest.param("docs/*.md", "files in docs that end with .md", id="of one folder"),
        pytest.param("docs/**/*.md", "files below docs that end with .md", id="of what is below"),
        pytest.param("**", "every file", id="everything"),
        pytest.param("doc?/[ab]*", "files with such a path", id="what words do not say"),
        pytest.param("d*/*.md", "files with such a path", id="folders that words do not say"),
        pytest.param("", "files with such a path", id="nothing"),
    ],
)
def test_a_glob_is_said_in_words(glob: str, words: str) -> None:
    assert describe_paths([glob], FOLDERS) == (CoveredPaths(words, (glob,)),)


def test_what_covers_the_same_stands_together_where_the_first_stood() -> None:
    globs = ["**/Jenkinsfile", "people/**", "**/.gitea/**"]
    assert describe_paths(globs, FOLDERS) == (
        CoveredPaths("what CI runs", ("**/Jenkinsfile", "**/.gitea/**")),
        CoveredPaths("people", ("people/**",)),
    )
