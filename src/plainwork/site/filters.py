"""What templates may do with a value, beside looping and testing: format it, and link it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from plainwork.model.quantity import Money
from plainwork.site.directory import Directory
from plainwork.site.marked_text import make_marker
from plainwork.site.page import Link
from plainwork.site.text import format_name, format_span, shorten
from plainwork.views.duration_words import describe_duration

if TYPE_CHECKING:
    from markupsafe import Markup


def make_filters(directory: Directory) -> dict[str, Callable[..., Any]]:
    """Return the filters of a site's templates by name.

    - ``address|url``: what stands in ``href``: a file of the site as seen from this page, or an
      address elsewhere that may be followed; all else leads nowhere.
    - ``id|work_url``, ``id|party_url``, ``id|workflow_url``, ``id|policy_url``: the same for the
      page of a document, ``""`` if there is none.
    - ``id|party_name``, ``id|workflow_name``: what people call it.
    - ``id|party_link``: its name, as a link to its page if it has one.
    - ``ids|party_links(most)``: the same of several, of which so many are named.
    - ``links|page_items(number)``: the links to all pages of a list, this one marked.
    - ``work|work_link``: what a work is called, as a link to its page.
    - ``work|state_mark``: its state, in the colour of its category.
    - ``rule|asked``: the same of whoever a rule asks: a party, or relations in words.
    - ``name|state_of(workflow)``: what people call a state.
    - ``values|linked``: values of a field, each a link if it leads anywhere.
    - ``id|work_title``: what a work is called, or its id.
    - ``text|marked``: a sentence in which ids of work become links that say what it is called,
      and what stands between backticks is set as code.
    - ``money|money``: an amount as people read it.
    - ``html|trusted``: what :mod:`plainwork.site.markdown` and the pictures have made safe.
    - ``day|when``: a date as people write it, and for machines; ``""`` for none.
    - ``moment|clock``: the same with its time of day.
    - ``text|brief``: at most so much of a text as a line of a table bears.
    - ``name|words``: the name of a field or state as people write it.
    - ``count|of("work", "works")``: a number with the fitting word.
    - ``duration|lasting``: a duration as a document writes it, such as ``3bd``, in words.
    - ``seconds|span``: how long something took, as people say it.
    """
    from markupsafe import Markup

    from plainwork.site.fragments import Fragments  # costs start-up time, as Jinja2 does

    fragments = Fragments(directory)

    def page_of(find: Callable[[str], Link]) -> Callable[[str], Markup]:
        return lambda id_: fragments.own(find(id_).address)

    return {
        "url": fragments.url,
        "work_url": lambda id_: fragments.own(directory.work(id_)),
        "party_url": page_of(directory.party),
        "workflow_url": page_of(directory.workflow),
        "policy_url": page_of(directory.policy),
        "party_name": lambda id_: directory.party(id_).label,
        "workflow_name": lambda id_: directory.workflow(id_).label,
        "party_link": fragments.party,
        "party_links": lambda ids, most: fragments.parties(tuple(ids), most),
        "page_items": fragments.page_items,
        "work_link": lambda work: fragments.work(work.id, work.title),
        "state_mark": lambda work: fragments.state(work.category, work.state),
        "asked": fragments.asked,
        "state_of": directory.state,
        "linked": fragments.values,
        "work_title": directory.title,
        "marked": make_marker(directory),
        "money": _format_money,
        "trusted": Markup,
        "when": fragments.day,
        "clock": fragments.moment,
        "brief": shorten,
        "words": format_name,
        "of": _count,
        "span": format_span,
        "lasting": describe_duration,
    }


def _format_money(money: Money) -> str:
    return f"{money.amount:,f} {money.currency}".rstrip()


def _count(number: float, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
