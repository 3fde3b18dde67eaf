"""Diagnostics as JUnit's XML, which most systems for continuous integration show as tests."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plainwork.model.diagnostic import Diagnostic, Severity
from plainwork.reporting.text import escape_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def format_junit(diagnostics: Sequence[Diagnostic], *, documents: int) -> str:
    """Return a whole XML file: a test case a diagnostic, one that passes if there is none.

    Errors are failures. Warnings and infos do not fail the check, so they are cases that pass
    and say something. What does not print is shown escaped: XML cannot carry control characters.
    """
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    failures = sum(found.severity is Severity.ERROR for found in diagnostics)
    counts = {"tests": str(len(diagnostics) or 1), "failures": str(failures), "errors": "0"}
    suites = Element("testsuites", {"name": "plainwork", **counts})
    suite = SubElement(suites, "testsuite", {"name": "plainwork check", **counts})
    for found in diagnostics:
        _append_case(suite, found)
    if not diagnostics:
        name = f"no problems found in {documents} documents"
        SubElement(suite, "testcase", {"classname": "plainwork", "name": name})
    indent(suites)
    written = tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _append_case(suite: "Element", found: Diagnostic) -> None:
    from xml.etree.ElementTree import SubElement

    path, place = escape_line(found.location.path), escape_line(str(found.location))
    message = escape_line(found.message)
    attributes = {"classname": path, "name": f"{found.rule}: {place}", "file": path}
    if found.location.line:
        attributes["line"] = str(found.location.line)
    case = SubElement(suite, "testcase", attributes)
    text = f"{place}: {found.severity.name.lower()}: {message}"
    if found.hint:
        text += f"\nhint: {escape_line(found.hint)}"
    if found.severity is Severity.ERROR:
        SubElement(case, "failure", {"type": found.rule, "message": message}).text = text
    else:
        SubElement(case, "system-out").text = text
