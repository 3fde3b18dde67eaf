r"""Event logs as XML: XES (IEEE 1849), for tools of process mining.

A case is a work, an event a state that it reached. XML cannot hold every character: those that it
cannot are written as text, such as ``\x1b``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from plainwork.flow.cases import Case, Reached
from plainwork.reporting.text import replace_surrogates

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/" xes.version="1849.2016" xes.features="">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <global scope="trace">
    <string key="concept:name" value=""/>
    <string key="title" value=""/>
    <string key="workflow" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>
    <string key="lifecycle:transition" value="complete"/>
    <string key="org:resource" value=""/>
    <string key="category" value=""/>
  </global>
  <classifier name="State" keys="concept:name"/>
  <classifier name="Category" keys="category"/>
  <string key="lifecycle:model" value="standard"/>
"""

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"} | {
    character: f"&#{ord(character)};" for character in "\t\n\r"
}
_TABLE = str.maketrans(_ESCAPES)


def format_xes(name: str, cases: Iterable[Case]) -> Iterator[str]:
    """Yield the pieces of an XML document.

    Args:
        name: What the log is called.
        cases: All work; what a case holds may be anything that somebody wrote.
    """
    yield _HEAD
    yield _format_text("concept:name", name, 2)
    for case in cases:
        yield "".join(_format_trace(case))
    yield "</log>\n"


def _format_trace(case: Case) -> Iterator[str]:
    line = case.timeline
    yield "  <trace>\n"
    yield _format_text("concept:name", line.work, 4)
    yield _format_text("title", line.title, 4)
    yield _format_text("workflow", line.workflow, 4)
    for key, value in (("project", line.project), ("team", line.team), ("parent", line.parent)):
        if value:
            yield _format_text(key, value, 4)
    for each in case.reached:
        yield from _format_event(each)
    yield "  </trace>\n"


def _format_event(reached: Reached) -> Iterator[str]:
    yield "    <event>\n"
    yield _format_text("concept:name", reached.state, 6)
    yield _format_date("time:timestamp", reached.time, 6)
    yield _format_text("lifecycle:transition", "complete", 6)
    yield _format_text("org:resource", reached.by.name, 6)
    if reached.team:
        yield _format_text("org:group", reached.team, 6)
    yield _format_text("category", reached.category, 6)
    yield _format_text("commit", reached.commit, 6)
    yield "    </event>\n"


def _format_text(key: str, value: str, indent: int) -> str:
    return f'{" " * indent}<string key="{key}" value="{_escape(value)}"/>\n'


def _format_date(key: str, value: datetime, indent: int) -> str:
    return f'{" " * indent}<date key="{key}" value="{value.isoformat()}"/>\n'


def _escape(text: str) -> str:
    shown = _NO_XML.sub(
        lambda match: match[0].encode("unicode_escape").decode(), replace_surrogates(text)
    )
    return shown.translate(_TABLE)
