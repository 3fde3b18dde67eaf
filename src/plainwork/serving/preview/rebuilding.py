"""Building the site again whenever the workspace has changed, and what to say of it.

A save that brings errors is not shown: the last good site stays, and says why. What a commit or a
new day brings is shown as ``site build`` would show it, faults marked, because that is what will
be published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from time import monotonic

import msgspec

from plainwork.errors import PlainworkError
from plainwork.model.diagnostic import Diagnostic, Severity
from plainwork.model.snapshot import Snapshot
from plainwork.reporting.diagnostics_text import format_diagnostic
from plainwork.reporting.text import escape_line, plural
from plainwork.serving.preview.live_site import LiveSite, Notice
from plainwork.serving.site_build import SitePlan
from plainwork.serving.site_sources import Moment, load_sources
from plainwork.site.building import Tell
from plainwork.site.report import Built
from plainwork.site.sources import Sources
from plainwork.storage.checking import load_check
from plainwork.storage.git_folder import find_git_folder
from plainwork.storage.scan import MARKER
from plainwork.storage.time_zone import find_zone
from plainwork.storage.workspace import load_snapshot

_MOST_TOLD = 20
"""So many errors are enough to begin with."""

_Fault = tuple[str, str, str]
"""The path, the rule and the message of an error: what stays the same when lines move."""


class Subject(msgspec.Struct, frozen=True):
    """What is shown, and to whom.

    Attributes:
        root: The workspace's root.
        output: The folder of the site.
        audience: Who will read it; ``""``: whom the workspace names.
        today: Returns the day, of a workspace.
    """

    root: Path
    output: Path
    audience: str
    today: Callable[[Snapshot], date]


class Rebuilt(msgspec.Struct, frozen=True):
    """What became of a change.

    Attributes:
        built: What was built; None: the site stays as it was.
        seconds: How long it took.
        errors: How many errors the workspace has.
        notice: What every page says.
    """

    built: Built | None
    seconds: float
    errors: int
    notice: Notice = Notice()


class _State(msgspec.Struct, frozen=True):
    """What tells whether a site can take the place of another."""

    commit: str | None
    day: date
    faults: frozenset[_Fault]

    def spoils(self, good: _State) -> bool:
        """Tell whether nothing but a save has brought errors."""
        is_save = (self.commit, self.day) == (good.commit, good.day)
        return is_save and not self.faults <= good.faults


class Rebuilder:
    """Builds the site of a workspace again and again.

    Args:
        subject: What is shown.
        live: Where it is shown.
    """

    def __init__(self, subject: Subject, live: LiveSite) -> None:
        self._subject = subject
        self._live = live
        self._snapshot: Snapshot | None = None
        self._good: _State | None = None

    @property
    def folders(self) -> Iterable[str]:
        """The folders of documents, as the workspace last said."""
        return self._snapshot.settings.folder_kinds if self._snapshot else ()

    def is_outdated(self) -> bool:
        """Tell whether another day has begun since the site was built."""
        snapshot, good = self._snapshot, self._good
        return bool(snapshot and good and self._subject.today(snapshot) != good.day)

    def build(self, tell: Tell = lambda _done, _total: None) -> Rebuilt:
        """Build what has changed, unless a save has brought errors.

        Args:
            tell: Is told how far it is.

        Raises:
            PlainworkError: If there is nothing to build from, or no place to build.
        """
        begin = monotonic()
        moment = self._look()
        state = self._judge(moment)
        if self._good and state.spoils(self._good):
            notice = _name_errors(moment.findings, state.faults - self._good.faults)
            return self._finish(Rebuilt(None, monotonic() - begin, len(state.faults), notice))
        plan = SitePlan(self._subject.root, self._gather(moment))
        self._live.tell(Notice())
        self._live.offer({address: plan.make(address) for address in self._live.open_pages})
        built = plan.write(self._subject.output, tell)
        self._live.settle(plan.addresses)
        self._good = state
        return self._finish(Rebuilt(built, monotonic() - begin, len(state.faults)))

    def rebuild(self) -> Rebuilt:
        """Build as :meth:`build` does; where that cannot be, say why and keep the site."""
        begin = monotonic()
        try:
            return self.build()
        except (PlainworkError, OSError) as error:
            notice = Notice(
                "The site stays as it was: it cannot be built.", (escape_line(str(error)),)
            )
            return self._finish(Rebuilt(None, monotonic() - begin, 0, notice))

    def _finish(self, rebuilt: Rebuilt) -> Rebuilt:
        self._live.tell(rebuilt.notice)
        return rebuilt

    def _look(self) -> Moment:
        root = self._subject.root
        snapshot = self._snapshot = load_snapshot(root)
        today = self._subject.today(snapshot)
        findings = load_check(root, snapshot, today)
        return Moment(snapshot, findings, today, find_zone(snapshot.settings.timezone))

    def _judge(self, moment: Moment) -> _State:
        git = find_git_folder(self._subject.root)
        faults = frozenset(map(_identify, filter(_is_error, moment.findings)))
        return _State(git.head_commit() if git else None, moment.today, faults)

    def _gather(self, moment: Moment) -> Sources:
        return load_sources(self._subject.root, moment, audience=self._subject.audience)


def _is_error(found: Diagnostic) -> bool:
    return found.severity is Severity.ERROR


def _identify(found: Diagnostic) -> _Fault:
    return found.location.path, found.rule, found.message


def _name_errors(findings: Iterable[Diagnostic], faults: frozenset[_Fault]) -> Notice:
    """Return what is said of errors that a save has brought."""
    found = [each for each in findings if _is_error(each) and _identify(each) in faults]
    found.sort(key=lambda each: each.location.path != MARKER)  # settings that fail bring others
    lines = [line for each in found[:_MOST_TOLD] for line in format_diagnostic(each)]
    rest = len(found) - _MOST_TOLD
    if rest > 0:
        lines.append(f"and {rest} more: `plainwork check` names them")
    mended = "it is" if len(found) == 1 else "they are"
    title = f"{plural(len(found), 'error')}: the site stays as it was until {mended} mended."
    return Notice(title, tuple(lines))
