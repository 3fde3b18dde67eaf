"""Where the pages of a long list begin, so that few of them change when one entry moves.

Were every page as long as the next, an entry that comes or goes would move one over every
boundary behind it. So a page ends where the id of its last entry says so: boundaries go with
what stands there, as in content-defined chunking.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32


def find_page_breaks(ids: Sequence[str], size: int) -> list[int]:
    """Return the places at which pages begin; there is one page even of nothing.

    Args:
        ids: Of the entries, in order.
        size: How many entries a page has at most; on average it has about two thirds of that.
    """
    starts = [0]
    least, one_in = size // 3, max(size // 3, 1)
    for place, id_ in enumerate(ids[:-1], start=1):
        length = place - starts[-1]
        if length >= size or (length >= least and not crc32(id_.encode()) % one_in):
            starts.append(place)
    return starts
