"""Ctrl-C at a moment that a test chooses."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer, enumerate
from types import FrameType
from typing import Any

import pytest


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


def timers_that_are_waited_for() -> list[Timer]:
    """Return the timers for whose end Python waits before it exits."""
    return [each for each in enumerate() if isinstance(each, Timer) and not each.daemon]
