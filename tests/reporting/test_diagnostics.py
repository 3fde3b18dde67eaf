"""Every format of diagnostics, over the same hostile and friendly ones."""

import json
import re
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.model.diagnostic import Diagnostic, Location, Severity
from plainwork.reporting.diagnostics_json import CheckReport, format_json
from plainwork.reporting.diagnostics_text import format_text
from plainwork.reporting.envelope import json_schema
from plainwork.reporting.github_annotations import format_github_annotations
from plainwork.reporting.junit import format_junit
from plainwork.reporting.sarif import format_sarif
from plainwork.rules.rule import Rule, Scope


def _rule(name: str, summary: str, remedy: str, severity: Severity = Severity.ERROR) -> Rule:
    return Rule(name=name, summary=summary, remedy=remedy, scope=Scope.READING, severity=severity)


STATE = Diagnostic(
    Location("work/a b.md", 3, 9),
    "unknown-state",
    Severity.ERROR,
    "`opne` is no state of task",
    "did you mean `open`?",
    ("status",),
)
ENDS = Diagnostic(Location("work/ä.md"), "crlf", Severity.WARNING, "lines end with CRLF")
NOTE = Diagnostic(Location("policies/default.md", 2), "no-approval", Severity.INFO, "asks nobody")
HOSTILE = Diagnostic(
    Location("work/a,b:c%\n::error::x.md", 1, 1),
    "hostile",
    Severity.ERROR,
    "100% \x1b[2J\n::error::\udc80\u202e]]></failure>\ufffe {0} [a](https://evil.example)",
    "no\x00thing\r\n::stop-commands::x",
)
ALL = (STATE, ENDS, NOTE, HOSTILE)
RULES = (
    _rule("crlf", "Lines end with LF", "Let Git convert them.", Severity.WARNING),
    _rule("not-found-here", "Nothing", "Nothing."),
    _rule("unknown-state", "A status is a state of its workflow", "Use a declared state."),
)

_TEXTS = st.text(st.characters(codec=None, exclude_categories=[]))
_PATHS = st.binary(min_size=1).map(lambda path: path.decode("utf-8", "surrogateescape"))
_DIAGNOSTICS = st.lists(
    st.builds(
        Diagnostic,
        st.builds(Location, _PATHS, st.integers(0, 9), st.integers(0, 9)),
        st.just("some-rule"),
        st.sampled_from(Severity),
        _TEXTS,
        _TEXTS,
    )
)


def test_text_is_one_line_a_problem_and_a_summary() -> None:
    assert list(format_text(ALL, documents=630)) == [
        "work/a b.md:3:9: error: `opne` is no state of task [unknown-state]",
        "  hint: did you mean `open`?",
        "work/ä.md: warning: lines end with CRLF [crlf]",
        "policies/default.md:2:0: info: asks nobody [no-approval]",
        r"work/a,b:c%\n::error::x.md:1:1: error: 100% \x1b[2J\n::error::\udc80\u202e"
        r"]]></failure>\ufffe {0} [a](https://evil.example) [hostile]",
        r"  hint: no\x00thing\r\n::stop-commands::x",
        "2 errors, 1 warning, 1 info",
    ]


@pytest.mark.parametrize(
    ("diagnostics", "summary"),
    [
        pytest.param((), "no problems found in 1 document", id="none"),
        pytest.param((ENDS,), "0 errors, 1 warning", id="warning"),
        pytest.param((STATE, STATE), "2 errors, 0 warnings", id="errors"),
    ],
)
def test_the_last_line_counts(diagnostics: tuple[Diagnostic, ...], summary: str) -> None:
    assert list(format_text(diagnostics, documents=1))[-1] == summary


def test_text_has_colors_when_told() -> None:
    (line, *_) = format_text((ENDS,), documents=1, color=True)
    assert line == (
        "\x1b[1mwork/ä.md\x1b[0m: \x1b[33mwarning\x1b[0m: lines end with CRLF \x1b[2m[crlf]\x1b[0m"
    )


@given(_DIAGNOSTICS)
def test_text_is_harmless(diagnostics: list[Diagnostic]) -> None:
    lines = list(format_text(diagnostics, documents=1))
    assert len(lines) == 1 + len(diagnostics) + sum(bool(found.hint) for found in diagnostics)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "".join(lines))


def test_json_has_every_fact() -> None:
    report = json.loads(format_json(ALL, documents=630))
    counts = {name: report[name] for name in ("schema", "documents", "errors", "warnings", "infos")}
    assert counts == {
        "schema": "plainwork/check/1",
        "documents": 630,
        "errors": 2,
        "warnings": 1,
        "infos": 1,
    }
    assert report["diagnostics"][0] == {
        "path": "work/a b.md",
        "line": 3,
        "column": 9,
        "severity": "error",
        "rule": "unknown-state",
        "message": "`opne` is no state of task",
        "hint": "did you mean `open`?",
        "field": ["status"],
    }
    assert report["diagnostics"][1]["line"] is None


@given(_DIAGNOSTICS)
def test_json_fits_its_schema(diagnostics: list[Diagnostic]) -> None:
    report = json.loads(format_json(diagnostics, documents=1).encode())
    jsonschema.Draft202012Validator(json_schema("check", CheckReport)).validate(report)


def test_github_shows_each_beside_its_line() -> None:
    assert list(format_github_annotations(ALL)) == [
        "::error file=work/a b.md,line=3,col=9,title=unknown-state"
        "::`opne` is no state of task%0Adid you mean `open`?",
        "::warning file=work/ä.md,title=crlf::lines end with CRLF",
        "::notice file=policies/default.md,line=2,title=no-approval::asks nobody",
        r"::error file=work/a%2Cb%3Ac%25\n%3A%3Aerror%3A%3Ax.md,line=1,col=1,title=hostile"
        r"::100%25 \x1b[2J\n::error::\udc80\u202e]]></failure>\ufffe {0} "
        r"[a](https://evil.example)%0Ano\x00thing\r\n::stop-commands::x",
    ]


_COMMAND = re.compile(r"::(?P<name>\w+) (?P<properties>[^:]*)::(?P<data>[^\r\n]*)")


@given(_DIAGNOSTICS)
def test_a_workflow_command_is_one_line_that_stays_itself(diagnostics: list[Diagnostic]) -> None:
    for line, found in zip(format_github_annotations(diagnostics), diagnostics, strict=True):
        command = _COMMAND.fullmatch(line)
        assert command
        properties = dict(pair.split("=", 1) for pair in command["properties"].split(","))
        assert set(properties) <= {"file", "line", "col", "title"}
        assert properties["title"] == found.rule


def test_junit_fails_for_errors_only() -> None:
    suites = ET.fromstring(format_junit(ALL, documents=630).encode())  # noqa: S314
    suite = suites[0]
    assert (suite.get("tests"), suite.get("failures")) == ("4", "2")
    failure = suite[0][0]
    assert suite[0].attrib == {
        "classname": "work/a b.md",
        "name": "unknown-state: work/a b.md:3:9",
        "file": "work/a b.md",
        "line": "3",
    }
    assert (failure.tag, failure.attrib) == (
        "failure",
        {"type": "unknown-state", "message": "`opne` is no state of task"},
    )
    assert failure.text == (
        "work/a b.md:3:9: error: `opne` is no state of task\nhint: did you mean `open`?"
    )
    assert [case[0].tag for case in suite] == ["failure", "system-out", "system-out", "failure"]


def test_junit_has_a_case_that_passes_if_nothing_is_wrong() -> None:
    suites = ET.fromstring(format_junit((), documents=3).encode())  # noqa: S314
    assert [case.get("name") for case in suites[0]] == ["no problems found in 3 documents"]
    assert suites[0].get("tests") == "1"


@given(_DIAGNOSTICS)
def test_junit_is_xml_whatever_is_said(diagnostics: list[Diagnostic]) -> None:
    suites = ET.fromstring(format_junit(diagnostics, documents=1).encode())  # noqa: S314
    assert len(suites[0]) == max(len(diagnostics), 1)


def _sarif(diagnostics: tuple[Diagnostic, ...] = ALL) -> dict[str, object]:
    log = json.loads(format_sarif(diagnostics, rules=RULES, version="0.1.0"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def _results(diagnostics: tuple[Diagnostic, ...] = ALL) -> list[dict[str, object]]:
    results = _sarif(diagnostics)["results"]
    assert isinstance(results, list)
    return results


def test_sarif_describes_the_rules_that_were_broken() -> None:
    assert _sarif()["tool"] == {
        "driver": {
            "name": "plainwork",
            "version": "0.1.0",
            "rules": [
                {
                    "id": "crlf",
                    "shortDescription": {"text": "Lines end with LF"},
                    "help": {"text": "Let Git convert them."},
                    "defaultConfiguration": {"level": "warning"},
                },
                {
                    "id": "unknown-state",
                    "shortDescription": {"text": "A status is a state of its workflow"},
                    "help": {"text": "Use a declared state."},
                    "defaultConfiguration": {"level": "error"},
                },
            ],
        }
    }
    assert [result["ruleIndex"] for result in _results()] == [1, 0, -1, -1]


def test_sarif_tells_what_and_where() -> None:
    state, ends, note, hostile = _results()
    assert (state["ruleId"], state["level"], state["message"]) == (
        "unknown-state",
        "error",
        {"text": "`opne` is no state of task\ndid you mean `open`?"},
    )
    assert state["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "work/a%20b.md", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 3, "startColumn": 9},
            }
        }
    ]
    assert ends["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "work/%C3%A4.md", "uriBaseId": "%SRCROOT%"}
            }
        }
    ]
    assert (ends["level"], note["level"]) == ("warning", "note")
    assert hostile["message"] == {
        "text": r"100% \x1b[2J\n::error::\udc80\u202e]]></failure>\ufffe {{0}} "
        r"\[a\](https://evil.example)"
        "\n"
        r"no\x00thing\r\n::stop-commands::x"
    }


def test_a_fingerprint_stays_when_lines_move_and_tells_equals_apart() -> None:
    moved = Diagnostic(
        Location("work/a b.md", 30, 1),
        STATE.rule,
        STATE.severity,
        STATE.message,
        STATE.hint,
        STATE.field,
    )
    (alone,) = [result["partialFingerprints"] for result in _results((moved,))]
    both = [result["partialFingerprints"] for result in _results((STATE, moved))]
    assert both[0] == alone
    assert both[1] != alone
    assert _results((ENDS,))[0]["partialFingerprints"] != alone


@given(_DIAGNOSTICS)
def test_sarif_names_the_very_file(diagnostics: list[Diagnostic]) -> None:
    log = json.loads(format_sarif(diagnostics, rules=RULES, version="0.1.0").encode())
    jsonschema.Draft202012Validator(_SARIF).validate(log)
    for result, found in zip(log["runs"][0]["results"], diagnostics, strict=True):
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert unquote_to_bytes(uri) == found.location.path.encode("utf-8", "surrogateescape")


def _object(required: str, **properties: object) -> dict[str, object]:
    """Return the schema of an object that has no other properties than those named."""
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


_TEXT: dict[str, object] = {"type": "string"}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_MESSAGE = _object("text", text=_TEXT, markdown=_TEXT)
_FROM_ONE = {"type": "integer", "minimum": 1}
_LOCATION = _object(
    "physicalLocation",
    physicalLocation=_object(
        "artifactLocation",
        artifactLocation=_object(
            "uri", uri={"type": "string", "pattern": r"^[\w.~/%-]+$"}, uriBaseId=_TEXT
        ),
        region=_object("startLine", startLine=_FROM_ONE, startColumn=_FROM_ONE),
    ),
)
_RESULT = _object(
    "message",
    ruleId=_TEXT,
    ruleIndex={"type": "integer", "minimum": -1},
    level=_LEVEL,
    message=_MESSAGE,
    locations={"type": "array", "items": _LOCATION},
    partialFingerprints={"type": "object", "additionalProperties": _TEXT},
)
_RULE = _object(
    "id",
    id=_TEXT,
    shortDescription=_MESSAGE,
    help=_MESSAGE,
    defaultConfiguration=_object("", level=_LEVEL),
)
_DRIVER = _object(
    "name", name=_TEXT, version=_TEXT, rules={"type": "array", "items": _RULE, "uniqueItems": True}
)
_RUN = _object(
    "tool",
    tool=_object("driver", driver=_DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results={"type": "array", "items": _RESULT},
)
# The part of the published schema that our logs use, written from the standard.
_SARIF = _object(
    "version runs",
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={"type": "array", "items": _RUN},
)
