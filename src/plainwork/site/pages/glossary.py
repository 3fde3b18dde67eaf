"""The glossary: the workspace's own terms."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.site.address import list_address
from plainwork.site.digest import digest, encode
from plainwork.site.page import Output, Page
from plainwork.site.sources import Sources
from plainwork.views.glossary import compute_glossary


def plan_glossary(sources: Sources) -> Iterator[Output]:
    """Yield the page."""
    address = list_address("glossary")
    origin = sources.origin_of([each.path for each in sources.snapshot.workflows.values()])

    def make() -> Page:
        return Page(
            address,
            "Glossary",
            "glossary.html",
            compute_glossary(sources.snapshot),
            section="glossary",
            origin=origin,
        )

    yield Output(address, digest(sources.keys.rules, encode(origin)), make)
