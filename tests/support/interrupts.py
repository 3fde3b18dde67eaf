"""Ctrl-C at a moment that a test chooses."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

STARTING = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from plainwork.cli.app import main; main()"
)
"""A program that runs plainwork and can be interrupted.

A shell that starts something beside itself lets it ignore interruptions; nobody else does.
"""


@contextmanager
def interrupted_after(function: Callable[..., Any]) -> Iterator[None]:
    """Expect that what is done here is interrupted, and do so when a function returns.

    Args:
        function: Written in Python; the signal comes when its first call in this thread is over.
    """

    def interrupt(frame: FrameType, event: str, _: object) -> None:
        if event == "return" and frame.f_code is function.__code__:
            sys.setprofile(None)
            raise KeyboardInterrupt

    sys.setprofile(interrupt)
    try:
        with pytest.raises(KeyboardInterrupt):
            yield
    finally:
        sys.setprofile(None)


def timers_that_are_waited_for() -> list[threading.Timer]:
    """Return the timers for whose end Python waits before it exits."""
    timers = (each for each in threading.enumerate() if isinstance(each, threading.Timer))
    return [each for each in timers if not each.daemon]
