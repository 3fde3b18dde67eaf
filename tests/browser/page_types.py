"""The types of pages: an address at the root of a site, or a folder of pages of one type."""

from collections.abc import Mapping
from pathlib import Path

PAGE_TYPES = (
    *("about", "approvals", "blocked", "calendar", "decided", "decisions", "flow", "glossary"),
    *("index", "offers", "overdue", "people", "policies", "portfolio", "promises", "raci", "risks"),
    *("routines", "stale", "timeline", "unowned", "waiting", "work", "workflows"),
    *("agent/", "flow/", "person/", "person-overdue/", "person-work/", "policy/"),
    *("project/", "project-board/", "project-overdue/", "project-work/", "routine/"),
    *("team/", "team-board/", "team-overdue/", "team-work/", "work/"),
    *("workflow/", "workflow-overdue/", "workflow-work/"),
)


def find_page_types(site: Path) -> Mapping[str, Path]:
    """Return the largest page of each type: it has the most of what can be wrong."""
    found: dict[str, Path] = {}
    for page in sorted(site.rglob("*.html")):
        folder, _, name = page.relative_to(site).as_posix().rpartition("/")
        type_ = f"{folder}/" if folder else name.removesuffix(".html").partition("~")[0]
        if type_ not in found or page.stat().st_size > found[type_].stat().st_size:
            found[type_] = page
    return found
