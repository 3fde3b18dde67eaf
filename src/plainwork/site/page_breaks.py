"""Where the pages of a long list begin, so that few of them change when one entry moves.

Were every page as long as the next, an entry that comes or goes would move one over every
boundary behind it. So a page ends where the id of its last entry says so: boundaries go with
what stands there, as in content-defined chunking.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

_FEW = 20
"""So many links fit on two lines of a phone."""


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


def choose_pages(number: int, count: int) -> list[int]:
    """Return the numbers of pages that a page of a list leads to, its own among them.

    Of few pages all. Of many the first and the last, and those at steps of 1, 2, 5, 10, 20, ...
    from here: a few clicks lead to any, and all pages together have hardly more links than there
    are pages, not the square of that.
    """
    if count <= _FEW:
        return list(range(1, count + 1))
    chosen = {1, number, count}
    scale = 1
    while scale < count:
        for step in (scale, 2 * scale, 5 * scale):
            chosen |= {number - step, number + step}
        scale *= 10
    return sorted(each for each in chosen if 1 <= each <= count)
