"""Everything that a site consists of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plainwork.site.page import Output
from plainwork.site.pages.about import plan_about
from plainwork.site.pages.attention import plan_attention
from plainwork.site.pages.boards import plan_boards
from plainwork.site.pages.calendar import plan_calendar
from plainwork.site.pages.decided import plan_decided
from plainwork.site.pages.flow import plan_flow
from plainwork.site.pages.glossary import plan_glossary
from plainwork.site.pages.grouped_lists import plan_grouped_lists
from plainwork.site.pages.home import plan_home
from plainwork.site.pages.missing import plan_missing
from plainwork.site.pages.offers import plan_offers
from plainwork.site.pages.parties import plan_parties
from plainwork.site.pages.people import plan_people
from plainwork.site.pages.policies import plan_policies
from plainwork.site.pages.portfolio import plan_portfolio
from plainwork.site.pages.projects import plan_projects
from plainwork.site.pages.registers import plan_decisions, plan_raci, plan_risks
from plainwork.site.pages.routines import plan_routines
from plainwork.site.pages.timeline import plan_timeline
from plainwork.site.pages.work_list import plan_work_list
from plainwork.site.pages.workflows import plan_workflows
from plainwork.site.pages.works import plan_works
from plainwork.site.sources import Sources

KINDS: tuple[Callable[[Sources], Iterator[Output]], ...] = (
    plan_home,
    plan_about,
    plan_missing,
    plan_attention,
    plan_offers,
    plan_decided,
    plan_portfolio,
    plan_flow,
    plan_timeline,
    plan_calendar,
    plan_people,
    plan_parties,
    plan_projects,
    plan_boards,
    plan_grouped_lists,
    plan_risks,
    plan_decisions,
    plan_routines,
    plan_raci,
    plan_workflows,
    plan_policies,
    plan_glossary,
    plan_work_list,
    plan_works,
)
"""What plans the files of a site, one function a kind of page, of data or of feeds."""


def gather(sources: Sources) -> Iterator[Output]:
    """Yield every file of a site; none has been made yet."""
    for plan in KINDS:
        yield from plan(sources)
