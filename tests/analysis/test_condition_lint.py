"""What `check` refuses in a condition, and what it advises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.condition_bindings import condition_types
from plainwork.analysis.condition_lint import lint, lint_unset
from plainwork.analysis.condition_samples import MAX_SAMPLES, combine_samples
from plainwork.analysis.condition_syntax import parse_tokens
from plainwork.model.workflow import CustomField
from support.builders import make_workflow

TYPES = condition_types(
    "item",
    make_workflow(
        fields=[
            CustomField("amount", "money"),
            CustomField("type", "choice", options=("legal-test", "repair")),
            CustomField("certificate", "text"),
            CustomField("ready", "boolean"),
        ]
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "amount == null || amount > 10000",
        "amount > old.amount",
        "priority == 'urgent'",
        "type == 'legal-test'",
        "certificate != null || status != 'released'",
        "due != null && due < today",
        "due < date('2026-05-01') && !by_agent",
        "'x-legal' in doc && doc['x-legal'] == 'yes'",
        "doc['x-legal'] == old.doc['x-legal']",
        "labels.exists(entry, entry.startsWith('legal'))",
        "kind == 'project' || workflow == 'task'",
        "links.relates != null && size(links.relates) > 1",
        "title != 'all(map( filter(' // exists(",
        "owner != old['owner']",
        "(" * 20 + "ready" + ")" * 20,
        "ready" + " " * 995,
    ],
)
def test_accepted(text: str) -> None:
    assert lint(text, TYPES) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("amont > 1", "unknown name `amont`; did you mean `amount`?", id="near"),
        pytest.param("zzz", "unknown name `zzz`", id="not near anything"),
        pytest.param(
            "'amount' in doc", "`doc` holds `x-` fields only, not `amount`", id="no-own-field"
        ),
        pytest.param(
            "doc['amount'] == ''", "`doc` holds `x-` fields only, not `amount`", id="no-own-key"
        ),
        pytest.param("old.amont > 1", "unknown name `old.amont`; did you mean `amount`?", id="old"),
        pytest.param(
            "sizes(title) > 1", "unknown function `sizes`; did you mean `size`?", id="function"
        ),
        pytest.param("ready" + " " * 996, "longer than 1,000 characters", id="long"),
        pytest.param("(" * 21 + "ready" + ")" * 21, "brackets nest deeper than 20", id="deep"),
        pytest.param(
            "labels.map(a, a).exists(b, b == 'x')",
            "more than one of all, exists, exists_one, map and filter: map, exists",
            id="loops",
        ),
        pytest.param(
            "title.matches('a+')",
            "`matches` is not available; contains, startsWith and endsWith are",
            id="matches",
        ),
        pytest.param("ready &&", "line 1, column 9: mismatched input '<EOF>'", id="syntax"),
        pytest.param("title > 1", "values of different kinds are compared or combined", id="type"),
        pytest.param(
            "type == 'legal-test' && title > 1",
            "values of different kinds are compared or combined",
            id="type error behind a comparison",
        ),
        pytest.param(
            "amount > 500 && amount <= 501 && due < 3",
            "values of different kinds are compared or combined",
            id="type error behind numbers",
        ),
        pytest.param("labels[0] == 'a'", "index out of bounds: 0", id="empty list"),
        pytest.param("title", "the result is neither true nor false but text", id="result is text"),
        pytest.param(
            "amount > 5 ? true : 1",
            "the result is neither true nor false but a number",
            id="result is sometimes a number",
        ),
        pytest.param(
            "due < date('2026-02-30')",
            'date() takes a day as text: date("2026-05-01")',
            id="no such day",
        ),
    ],
)
def test_refused(text: str, message: str) -> None:
    assert lint(text, TYPES) == (message,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("amount > 10000", ["amount"]),
        ("amount != null && amount > 10000", []),
        ("amount == null || amount > 10000", []),
        ("due < start", ["due", "start"]),
        ("priority == 'urgent'", []),
        ("status.startsWith('a')", []),
        ("amount > old.amount", ["amount"]),
        ("ready", ["ready"]),
    ],
)
def test_advice_about_fields_that_may_be_unset(text: str, names: list[str]) -> None:
    assert lint_unset(text, TYPES) == tuple(
        f"cannot be judged while {name} is not set: write `{name} != null && …`" for name in names
    )


def test_advice_about_foreign_fields() -> None:
    advice = 'cannot be judged without its `x-` field: write `"x-name" in doc && …`'
    assert lint_unset("doc['x-a'] == 'b'", TYPES) == (advice,)
    assert lint_unset("'x-a' in doc && doc['x-a'] == 'b'", TYPES) == ()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("a.all(b, c)", ["a", ".", "all", "(", "b", ",", "c", ")"]),
        ("'it''s'", ["'it'", "'s'"]),
        (r"'\'all(' x", [r"'\'all('", "x"]),
        (r"r'\' + x", [r"r'\'", "+", "x"]),
        ("'''a'b''' c", ["'''a'b'''", "c"]),
        ('"" ""', ['""', '""']),
        ("a // all(\nb", ["a", "b"]),
        ("1.5e3 0xffu", ["1.5e3", "0xffu"]),
        ("'open", ["'", "open"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in parse_tokens(text)] == tokens


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9)))
def test_every_choice_of_every_name_is_met(sizes: dict[str, int]) -> None:
    samples = list(combine_samples({name: tuple(range(size)) for name, size in sizes.items()}))
    assert len(samples) <= MAX_SAMPLES
    for name, size in sizes.items():
        assert {sample[name] for sample in samples} == set(range(size))
