"""What programs read of a site: tables, feeds, calendars, badges and the index of its search."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.site.badges import plan_project_badge, plan_workflow_badges
from plainwork.site.feeds.calendars import make_almanac, plan_calendar, plan_routine_calendar
from plainwork.site.feeds.changes_feed import plan_changes_feed
from plainwork.site.feeds.commits import list_commits
from plainwork.site.flow_tables import plan_flow_tables
from plainwork.site.lists import Lists, plan_lists, plan_work_tables
from plainwork.site.page import Output
from plainwork.site.scopes import find_scopes, find_workflow_scopes
from plainwork.site.search_index import plan_search_index
from plainwork.site.sources import Sources
from plainwork.site.table import Forms
from plainwork.site.tables import plan_tables


def plan_exchange(sources: Sources, forms: Forms) -> Iterator[Output]:
    """Yield every file that is made for programs.

    Args:
        sources: What the site is made from.
        forms: How values are written as JSON and as CSV.
    """
    commits = list_commits(sources.log)
    lists = Lists(sources, forms)
    almanac = make_almanac(sources, commits)
    yield from plan_tables(sources, forms)
    yield from plan_work_tables(sources, forms, lists)
    yield from plan_flow_tables(sources, forms)
    yield from plan_routine_calendar(sources, almanac)
    yield from plan_search_index(sources)
    yield from plan_workflow_badges(sources)
    for scope in find_scopes(sources):
        if scope.project is not None:
            yield from plan_project_badge(scope, scope.project, sources)
        yield from plan_lists(scope.name, scope.rows, sources, lists)
        yield from plan_changes_feed(scope, sources, commits)
        yield from plan_calendar(scope, sources, almanac)
    for scope in find_workflow_scopes(sources):
        yield from plan_lists(scope.name, scope.rows, sources, lists)
