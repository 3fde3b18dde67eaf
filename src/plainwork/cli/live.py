"""A site that is served while somebody works on it: what goes on, told on the terminal."""

from __future__ import annotations

import gc
import signal
import sys

from plainwork.cli import clock
from plainwork.cli.output import Progress, write_lines, write_notice
from plainwork.reporting.text import plural
from plainwork.serving.preview.live_site import LiveSite
from plainwork.serving.preview.rebuilding import Rebuilder, Rebuilt, Subject
from plainwork.serving.preview.server import SiteServer
from plainwork.serving.preview.watching import watching
from plainwork.storage.resources import find_resource

_A_WHILE = 5.0
"""Seconds after which it is looked whether a new day has begun."""


def serve_site(subject: Subject, port: int) -> None:
    """Serve a site until somebody interrupts it.

    Raises:
        PlainworkError: If the port cannot be had, or the site not be built.
    """
    interruption = _Interruption()
    live = LiveSite(subject.output)
    rebuilder = Rebuilder(subject, live)
    with SiteServer(live, find_resource("site") / "serve", port) as server:
        first = rebuilder.build(Progress("Building the site"))
        with watching(subject.root, subject.output) as watcher, server.running():
            _say(f"{server.url} shows the site; Ctrl-C ends it")
            terminal = _Terminal(first)
            while True:
                watcher.follow(rebuilder.folders)
                # A command's garbage is never looked for: that of many builds must be.
                gc.collect()
                interruption.check()
                if watcher.wait(_A_WHILE) or rebuilder.is_outdated():
                    terminal.tell(rebuilder.rebuild())


class _Interruption:
    """Ctrl-C, noticed even in a destructor, where Python throws away whatever is raised."""

    def __init__(self) -> None:
        self._came = False
        # A shell lets what it starts in the background ignore it, and so it stays.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._notice)
            sys.unraisablehook = _tell_thrown_away

    def check(self) -> None:
        """Raise KeyboardInterrupt if it came and was lost."""
        if self._came:
            raise KeyboardInterrupt

    def _notice(self, *_: object) -> None:
        self._came = True
        raise KeyboardInterrupt


def _tell_thrown_away(lost: sys.UnraisableHookArgs) -> None:
    if lost.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(lost)


class _Terminal:
    """Says what becomes of changes, if that is anything."""

    def __init__(self, first: Rebuilt) -> None:
        self._notice = first.notice
        self._errors = 0
        self._tell_errors(first)

    def tell(self, now: Rebuilt) -> None:
        """Say what became of a change."""
        last, self._notice = self._notice, now.notice
        time = f"{clock.now().astimezone():%H:%M:%S}"
        if now.built is not None:
            if now.built.written or now.built.removed or last.title:
                done = f"{plural(now.built.written, 'file')} written, {now.built.removed} removed"
                _say(f"{time} {done} in {now.seconds:.1f} s")
            self._tell_errors(now)
        elif now.notice != last:
            sys.stderr.write("\n".join([*now.notice.lines, f"{time} {now.notice.title}", ""]))

    def _tell_errors(self, built: Rebuilt) -> None:
        """Say how many errors what is shown has, if they are others than before."""
        if built.errors != self._errors:
            self._errors = built.errors
            found = plural(built.errors, "error") if built.errors else "no error"
            where = ": `plainwork check` says where" if built.errors else " any more"
            write_notice(f"the workspace has {found}{where}")


def _say(line: str) -> None:
    write_lines([line])
    sys.stdout.flush()
