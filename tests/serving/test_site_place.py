"""A site is never written among documents or into what Git keeps."""

from pathlib import Path

import pytest

from plainwork.errors import UsageError
from support.git import run_git
from support.site import build
from support.small import make_small_workspace


@pytest.mark.parametrize(
    ("place", "why"),
    [
        pytest.param("ws", "it is the workspace", id="the-workspace"),
        pytest.param("ws/../ws/", "it is the workspace", id="the-workspace-by-a-detour"),
        pytest.param(".", "the workspace is in it", id="around-the-workspace"),
        pytest.param("ws/work", "kept in work/", id="a-folder-of-documents"),
        pytest.param("ws/people/published", "kept in people/", id="inside-of-one"),
        pytest.param("ws/records", "kept in records/", id="of-records"),
        pytest.param("link", "kept in work/", id="a-link-to-one"),
        pytest.param("ws/.git", "Git keeps", id="the-git-folder"),
        pytest.param("ws/.git/site", "Git keeps", id="inside-of-it"),
        pytest.param("bare.git", "Git keeps", id="a-bare-repository"),
    ],
)
def test_a_site_is_not_written_where_other_things_are_kept(
    place: str, why: str, tmp_path: Path
) -> None:
    root = make_small_workspace(tmp_path / "ws")
    run_git("init", "-q", "--bare", "bare.git", cwd=tmp_path)
    (tmp_path / "link").symlink_to(root / "work")
    with pytest.raises(UsageError, match=why):
        build(root, tmp_path / place)
    assert not list(tmp_path.rglob("*.html"))


@pytest.mark.parametrize("place", ["_site", "public", "work/_site", "workshop", "../beside"])
def test_everywhere_else_it_may_be(place: str, tmp_path: Path) -> None:
    root = make_small_workspace(tmp_path / "ws")
    assert build(root, root / place).written
