"""Everything that a site consists of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plainwork.site.page import Output
from plainwork.site.pages.about import plan_about
from plainwork.site.pages.home import plan_home
from plainwork.site.pages.work_list import plan_work_list
from plainwork.site.pages.works import plan_works
from plainwork.site.sources import Sources

KINDS: tuple[Callable[[Sources], Iterator[Output]], ...] = (
    plan_home,
    plan_about,
    plan_work_list,
    plan_works,
)
"""What plans the files of a site, one function a kind of page, of data or of feeds."""


def gather(sources: Sources) -> Iterator[Output]:
    """Yield every file of a site; none has been made yet."""
    for plan in KINDS:
        yield from plan(sources)
