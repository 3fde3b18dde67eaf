"""``plainwork explain`` and the catalogue page that it makes."""

import json
import re
from pathlib import Path

import pytest

from plainwork.cli.app import run
from plainwork.model.decision import NotCountedReason
from plainwork.rules import BUILT_IN
from plainwork.views.decision_reasons import REASONS, ExplainedReason

PAGE = Path(__file__).parents[2] / ".github/RULES.md"


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["explain", *arguments]) == 0
    return capsys.readouterr().out


def test_a_rule_is_explained_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _run(capsys, "unknown-state").splitlines()

    assert lines[0] == "unknown-state · error"
    assert lines[2] == "Work stands in a state of its workflow."
    assert "  status: doin" in lines
    assert lines[-3].endswith("[unknown-state]")
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)
def test_the_example_of_a_rule_breaks_it(rule: object, capsys: pytest.CaptureFixture[str]) -> None:
    name = getattr(rule, "name", "")

    assert f"[{name}]" in _run(capsys, name).partition("plainwork check says:")[2]


def test_all_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    _, *rows, _, next_step = _run(capsys).splitlines()

    assert [row.split()[0] for row in rows] == [rule.name for rule in BUILT_IN]
    assert "`plainwork explain RULE`" in next_step


def test_json_holds_every_example(capsys: pytest.CaptureFixture[str]) -> None:
    (rule,) = json.loads(_run(capsys, "lone-value", "--format", "json"))["rules"]

    assert (rule["rule"], rule["severity"], rule["fixable"]) == ("lone-value", "error", True)
    assert [example["name"] for example in rule["examples"]] == ["label", "list"]


def test_the_catalogue_page_is_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    """Made with: plainwork explain --format markdown > .github/RULES.md."""
    assert PAGE.read_text(encoding="utf-8") == _run(capsys, "--format", "markdown")


def test_an_unknown_rule_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "unknown-sate"]) == 2
    assert capsys.readouterr().err == (
        "plainwork: no rule `unknown-sate`; did you mean `unknown-state`?\n"
    )


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.reason)
def test_a_reason_of_the_gate_is_explained(
    reason: ExplainedReason, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = _run(capsys, reason.reason).splitlines()

    assert lines[0] == f"{reason.reason} · {reason.effect}"
    assert lines[2:]
    assert max(map(len, lines)) <= 80


def test_every_word_that_a_decision_gives_is_explained() -> None:
    given = re.compile(r'(?:Fault|Reason|_fault|_excess)\(\s*(?:document, )?"([a-z-]+)"')
    source = PAGE.parents[1] / "src/plainwork"
    modules = [*source.glob("approvals/*.py"), *source.glob("storage/*.py")]
    found = {name for path in modules for name in given.findall(path.read_text(encoding="utf-8"))}
    known = {reason.reason for reason in REASONS} | {rule.name for rule in BUILT_IN}

    assert len(found) > 20
    assert found | set(NotCountedReason) <= known
