from pathlib import Path

import pytest

from plainwork.errors import UsageError
from plainwork.model.diagnostic import Diagnostic
from plainwork.storage import source_folder
from plainwork.storage.source_folder import list_source_files, read_source_file


def test_every_file_is_listed_and_none_of_gits_own(tmp_path: Path) -> None:
    for path in ("b.md", "a/c d.md", "a/.hidden/e", ".git/config", "a/.git/HEAD", "g/.git"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert list_source_files(tmp_path) == ["a/.hidden/e", "a/c d.md", "b.md", "link"]


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        list_source_files(tmp_path / "none")


def test_files_are_read_and_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b").write_bytes(b"\xff")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "link").symlink_to("secret")
    (tmp_path / "folder").symlink_to("a")
    assert read_source_file(tmp_path, "a/b") == b"\xff"
    for path, rule in (
        ("link", "not-a-regular-file"),
        ("folder/b", "not-a-regular-file"),
        ("a", "not-a-regular-file"),
        ("none", "unreadable-file"),
        ("line\nend.md", "invalid-path"),
        ("byte\udcff.md", "invalid-path"),
    ):
        found = read_source_file(tmp_path, path)
        assert isinstance(found, Diagnostic)
        assert (found.location.path, found.rule) == (path, rule)


def test_what_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "film").open("wb") as file:
        file.truncate(source_folder.MAX_BYTES + 1)
    found = read_source_file(tmp_path, "film")
    assert isinstance(found, Diagnostic)
    assert found.rule == "file-too-large"
