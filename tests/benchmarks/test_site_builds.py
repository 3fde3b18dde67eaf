"""The benchmark of sites, small: what is measured is also right."""

from pathlib import Path

import pytest

from benchmarks.site_builds import find_wrong, write_bare_site
from benchmarks.workspace import Expected, write_workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Expected]:
    root = tmp_path_factory.mktemp("sites") / "workspace"
    return root, write_workspace(root, 120)


def test_the_site_is_right(workspace: tuple[Path, Expected], tmp_path: Path) -> None:
    root, expected = workspace
    assert list(find_wrong(root, tmp_path, expected)) == []


def test_hugo_gets_the_same_texts(workspace: tuple[Path, Expected], tmp_path: Path) -> None:
    root, expected = workspace
    assert write_bare_site(root, tmp_path) == expected.work
    content = tmp_path / "content/work"
    assert len([*content.iterdir()]) == expected.work
    name = Path(expected.sample_path).name
    title, body = (content / name).read_text().removeprefix("---\n").split("\n---\n")
    assert title.startswith('title: "Make ')
    assert (root / expected.sample_path).read_text().endswith(f"\n---\n{body}")


def test_what_is_wrong_is_told(workspace: tuple[Path, Expected], tmp_path: Path) -> None:
    root, expected = workspace
    style = tmp_path / "site/assets/site.css"
    find = find_wrong(root, tmp_path, expected._replace(work=7))
    assert next(find).endswith("pages of work instead of 7")
    style.write_text("x" * 30_000)
    assert [each for each in find if each.endswith("of CSS")]
