"""Where things live: one file each, whatever they are called and whatever the disk."""

import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.site.address import (
    document_address,
    file_name,
    is_address,
    list_address,
    part_address,
    way_to_root,
)
from plainwork.site.edit_links import EditLinks
from plainwork.site.links import is_own, is_safe


@pytest.mark.parametrize(
    ("kind", "id_", "address"),
    [
        ("item", "ops-7k3q9", "work/ops-7k3q9.html"),
        ("project", "website", "project/website.html"),
        ("item", "close.2026-05-31", "work/close.2026-05-31.html"),
        ("team", "a", "team/a.html"),
    ],
)
def test_ids_are_names(kind: str, id_: str, address: str) -> None:
    assert document_address(kind, id_) == address


@pytest.mark.parametrize(
    "id_",
    [
        *("", ".", "..", "../../etc/passwd", "a/b", "A", "ä", "con", "nul.x", "com1", "a" * 65),
        *("a.", "-a", "a\0b", "a\nb", "~a", "\udcff", " a"),
    ],
)
def test_other_ids_get_a_name_made_of_a_hash(id_: str) -> None:
    assert re.fullmatch(r"~[0-9a-f]{24}", file_name(id_))


@given(st.text(), st.text())
def test_no_two_things_share_a_name_and_none_leaves_the_folder(one: str, other: str) -> None:
    names = [file_name(one), file_name(other)]
    assert (names[0].lower() == names[1].lower()) == (one == other)
    for name in names:
        address = document_address("item", one)
        assert PurePosixPath(address).parts[0] == "work"
        assert is_own(address)
        assert is_address(address)
        assert name.isascii()
        assert len(name) <= 64


def test_parts_and_pages_collide_with_no_id() -> None:
    assert list_address("work") == "work.html"
    assert list_address("work", 2) == "work~2.html"
    assert part_address("project/x.html", 3) == "project/x~3.html"
    assert file_name("x~3").startswith("~")


def test_the_way_back() -> None:
    assert (way_to_root("index.html"), way_to_root("work/a.html")) == ("", "../")


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:x", "data:x", "//a.example", "/etc", "https://a b", 'https://a"b', "x"),
        *("https://", "https://a\nb", "ftp://a", "file:///a", "\thttps://a"),
    ],
)
def test_what_may_not_be_followed(address: str) -> None:
    assert not is_safe(address)


@pytest.mark.parametrize("address", ["https://a.example/x?y#z", "HTTP://a", "mailto:a@b.example"])
def test_what_may_be_followed(address: str) -> None:
    assert is_safe(address)


@pytest.mark.parametrize(
    "address", ["../a.html", "a/../b", "/a", "a b", "a//b", "javascript:x", ""]
)
def test_what_is_no_file_of_the_site(address: str) -> None:
    assert not is_own(address)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (
            EditLinks("github", "", "acme/ops", "main"),
            "https://github.com/acme/ops/edit/main/a%20b.md",
        ),
        (
            EditLinks("gitlab", "https://git.example/", "g/s/r", "main", "sub/"),
            "https://git.example/g/s/r/-/edit/main/sub/a%20b.md",
        ),
        (EditLinks("forgejo", "", "a/b", "x"), "https://codeberg.org/a/b/_edit/x/a%20b.md"),
        (EditLinks("github", "javascript:alert(1)//", "a/b", "x"), ""),
        (EditLinks("signed", "", "a/b", "x"), ""),
        (EditLinks("github", "", "", "main"), ""),
        (EditLinks(), ""),
    ],
    ids=[
        "github",
        "gitlab-in-a-folder",
        "forgejo",
        "hostile",
        "no-editor",
        "no-repository",
        "none",
    ],
)
def test_where_a_document_is_edited(links: EditLinks, expected: str) -> None:
    assert links.of("a b.md") == expected


@pytest.mark.parametrize(
    ("links", "paths", "expected"),
    [
        pytest.param(
            EditLinks("github", "", "acme/ops", "main"),
            ["work/a.md", "work/b/c.md"],
            "https://github.com/acme/ops/tree/main/work",
            id="a folder in common",
        ),
        pytest.param(
            EditLinks("gitlab", "", "g/r", "main", "sub/"),
            ["work/a.md", "workflows/task.md"],
            "https://gitlab.com/g/r/-/tree/main/sub",
            id="only the workspace in common",
        ),
        pytest.param(
            EditLinks("forgejo", "", "a/b", "x"),
            [],
            "https://codeberg.org/a/b/src/branch/x",
            id="nothing",
        ),
        pytest.param(EditLinks(), ["work/a.md"], "", id="no forge"),
    ],
)
def test_where_documents_are_shown(links: EditLinks, paths: list[str], expected: str) -> None:
    assert links.folder_of(paths) == expected
