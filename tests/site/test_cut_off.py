"""A site from a clone whose history is cut off, as CI checks out: it invents nothing."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.archive import unpack
from support.git import commit_files, make_repository, run_git
from support.site import build, read_site
from support.small import WORKSPACE

CUT = "Change a word"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the pages of the site of a whole clone, and of one with the last commit alone."""
    folder = tmp_path_factory.mktemp("cut-off")
    root = make_repository(unpack(WORKSPACE), folder / "ws")
    text = (root / "work/a.md").read_text()
    commit_files({"work/a.md": f"{text}More.\n"}, root, message=CUT)
    run_git("clone", "--quiet", "--depth=1", f"file://{root}", str(folder / "cut"), cwd=folder)
    return _pages(root, folder / "whole-site"), _pages(folder / "cut", folder / "cut-site")


def _pages(root: Path, output: Path) -> Mapping[str, str]:
    build(root, output)
    return {address: data.decode() for address, data in read_site(output).items()}


def test_no_page_names_a_commit_at_which_history_was_cut(
    sites: tuple[Mapping[str, str], Mapping[str, str]],
) -> None:
    whole, cut = sites
    assert [page for page, text in whole.items() if CUT in text]
    assert not [page for page, text in cut.items() if CUT in text]


@pytest.mark.parametrize(
    ("address", "said", "instead"),
    [
        ("index.html", "</b> promises missed", "is not known here"),
        ("index.html", "</b> changes this week", "has changed the latest at most"),
        ("index.html", "Nothing has changed since", "is not known"),
        ("promises.html", "No promise was missed", "Which promises were missed is not known"),
        ("stale.html", "that nobody has changed for long.", "for long is not known"),
        ("work/b.html", "<small><bdi>Ada", "What happened earlier is not known"),
    ],
)
def test_what_cannot_be_known_is_not_said(
    address: str, said: str, instead: str, sites: tuple[Mapping[str, str], Mapping[str, str]]
) -> None:
    whole, cut = sites
    assert (said in whole[address], instead in whole[address]) == (True, False)
    assert (said in cut[address], instead in cut[address]) == (False, True)


def test_what_files_say_is_the_same(
    sites: tuple[Mapping[str, str], Mapping[str, str]],
) -> None:
    whole, cut = sites
    assert whole.keys() == cut.keys()
    tiles = [re.findall(r"<b>(\d+)</b> (overdue|blocked)", site["index.html"]) for site in sites]
    assert tiles[0] == tiles[1] != []
