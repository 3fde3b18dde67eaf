"""Values that are kept between builds are those that were made, and never others."""

from pathlib import Path

from plainwork.serving.kept_values import KeptValues


def test_a_value_is_made_once_for_a_key(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"%d" % len(made)

    kept = KeptValues(tmp_path / "site", "public")
    assert [kept.recall("pace", key, make) for key in (b"a", b"a", b"b", b"a")] == [
        *(b"1", b"1", b"2", b"3")
    ]
    assert KeptValues(tmp_path / "site", "public").recall("pace", b"a", make) == b"3"
    assert KeptValues(tmp_path / "site", "internal").recall("pace", b"a", make) == b"4"
    assert kept.recall("other", b"a", make) == b"5"


def test_what_is_damaged_is_made_again(tmp_path: Path) -> None:
    kept = KeptValues(tmp_path, "public")
    kept.recall("pace", b"a", lambda: b"first")
    file = tmp_path / "pace-public"
    file.write_bytes(file.read_bytes().replace(b"first", b"worst"))
    assert kept.recall("pace", b"a", lambda: b"again") == b"again"
    file.write_bytes(b"")
    assert kept.recall("pace", b"a", lambda: b"more") == b"more"


def test_without_a_place_everything_is_made() -> None:
    kept = KeptValues(None, "public")
    assert kept.recall("pace", b"a", lambda: b"1") == b"1"
    assert kept.recall("pace", b"a", lambda: b"2") == b"2"
