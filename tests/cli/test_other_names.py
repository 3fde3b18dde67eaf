import pytest

from plainwork.cli.commands import command_names
from plainwork.cli.other_names import suggest_command


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        pytest.param("add", "new", id="another tool's word"),
        pytest.param("DONE", "move", id="case does not matter"),
        pytest.param("edti", "edit", id="a slip of the pen"),
        pytest.param("stats", "status", id="near"),
        pytest.param("zzz", "", id="nothing"),
        pytest.param("x" * 100_000, "", id="of any length"),
    ],
)
def test_a_word_that_is_no_command_is_understood(word: str, meant: str) -> None:
    assert suggest_command(word) == meant


def test_only_commands_are_suggested() -> None:
    from plainwork.cli import other_names

    assert other_names._OTHER_NAMES.keys().isdisjoint(command_names())
    assert set(other_names._OTHER_NAMES.values()) <= set(command_names())
