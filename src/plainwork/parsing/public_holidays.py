"""The public holidays of regions, as the package ``holidays`` knows them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

YEARS = range(1990, 2100)
"""The years for which they are known: work is neither planned nor measured beyond these."""


@lru_cache
def find_public_holidays(region: str) -> tuple[date, ...] | None:
    """Return the public holidays of a region in order, or None if there is no such region.

    Args:
        region: A country of ISO 3166-1, or a part of one of ISO 3166-2: ``DE``, ``DE-SH``.
    """
    import holidays  # a tenth of a second, which only calendars with a region pay for

    country, _, part = region.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=part or None, years=YEARS)
    except NotImplementedError:
        return None
    return tuple(sorted(found))


def known_regions() -> Iterator[str]:
    """Yield every region whose public holidays are known."""
    import holidays

    for country, parts in holidays.list_supported_countries().items():
        yield country
        yield from (f"{country}-{part}" for part in parts)
