"""What stands on the screen beside the answer."""

import io
from collections.abc import Callable

import pytest

from plainwork.cli.output import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _tell_all(progress: Progress) -> None:
    for done in (0, 50, 100):
        progress(done, 100)


def _begun_long_ago() -> Progress:
    progress = Progress("Reading")
    progress._begin -= 60
    return progress


def test_what_takes_long_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    _tell_all(_begun_long_ago())
    assert terminal.getvalue() == "\rReading: 0%\rReading: 50%\r\x1b[K"


@pytest.mark.parametrize(
    ("stream", "term", "progress"),
    [
        pytest.param(Terminal, "xterm", lambda: Progress("Reading"), id="quick"),
        pytest.param(io.StringIO, "xterm", _begun_long_ago, id="no-terminal"),
        pytest.param(Terminal, "dumb", _begun_long_ago, id="dumb-terminal"),
        pytest.param(lambda: None, "xterm", _begun_long_ago, id="closed"),
    ],
)
def test_nothing_is_said_needlessly(
    stream: Callable[[], io.StringIO | None],
    term: str,
    progress: Callable[[], Progress],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    output = stream()
    monkeypatch.setattr("sys.stderr", output)
    monkeypatch.setenv("TERM", term)
    _tell_all(progress())
    assert output is None or output.getvalue() == ""
