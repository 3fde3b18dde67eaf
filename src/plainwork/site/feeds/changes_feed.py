"""What has changed, as a feed: of the workspace and of each part of it, from commits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from plainwork.site.address import HOME, feed_address, way_to_root
from plainwork.site.feeds.atom import Entry, Feed, render_atom
from plainwork.site.feeds.commits import Commits
from plainwork.site.feeds.identity import lasting_id
from plainwork.site.page import Output
from plainwork.site.scopes import Scope
from plainwork.site.sources import Sources
from plainwork.site.text import shorten
from plainwork.views.history import Change

_MOST_ENTRIES = 30
_MOST_WORKS = 10
_MOST_KEPT = 4096
"""Most commits stand in several feeds: in that of the workspace, of a project, of people."""

_FORM = "atom"


def plan_changes_feed(scope: Scope, sources: Sources, commits: Commits) -> Iterator[Output]:
    """Yield the feed of some work."""
    key = sources.keys.of_rows(scope.rows, scope.page.label, scope.page.address)
    yield Output(feed_address(scope.name, _FORM), key, partial(_make, scope, sources, commits))


def _make(scope: Scope, sources: Sources, commits: Commits) -> bytes:
    address = feed_address(scope.name, _FORM)
    base = sources.base_url or way_to_root(address)
    feed = Feed(
        id=lasting_id("feed", sources.snapshot.settings.name, scope.name),
        title=shorten(scope.page.label),
        own=f"{base}{address}" if sources.base_url else "",
        address=f"{base}{scope.page.address}",
        entries=tuple(
            _describe(change, commits[change.commit], rows, base, sources)
            for change, rows in sources.changes.latest_of(scope.rows, _MOST_ENTRIES)
        ),
    )
    return render_atom(feed)


def _describe(change: Change, time: int, rows: Sequence[int], base: str, sources: Sources) -> Entry:
    titles = sources.snapshot.works.columns["title"]
    named = ", ".join(shorten(titles[row]) for row in rows[:_MOST_WORKS])
    more = f" and {len(rows) - _MOST_WORKS} more" if len(rows) > _MOST_WORKS else ""
    only = len(rows) == 1
    return Entry(
        id=_identify(change.commit),
        title=shorten(change.subject),
        time=time,
        author=shorten(change.author),
        address=base + (sources.directory.addresses[rows[0]] if only else HOME),
        text=f"{named}{more}",
    )


@lru_cache(_MOST_KEPT)
def _identify(commit: str) -> str:
    return lasting_id("commit", commit)
