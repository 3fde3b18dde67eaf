"""What a template of a title may do."""

import pytest

from plainwork.analysis.templates import MAX_BODY, MAX_TITLE, find_template_fault

NAMES = {"title", "date", "period", "amount"}


@pytest.mark.parametrize(
    "text",
    [
        "Order",
        "Order {{ title }}",
        "{{ title | upper }} for {{ amount | default('nothing') }}",
        "{% if amount %}{{ amount }}{% elif period == '2026' %}then{% else %}none{% endif %}",
        "{{ title if amount and not period else date }}",
        "{{ 'Close ' ~ period }}",
        "{# a remark #}Close",
        "100 % {",
    ],
)
def test_fine(text: str) -> None:
    assert find_template_fault(text, NAMES) == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{{ tilte }}", "it names `tilte`"),
        ("{{ title", "it is no template: unexpected end of template"),
        ("{% if %}", "it is no template: Expected an expression"),
        ("{{ title | nothing }}", "it is no template: No filter named 'nothing'"),
        ("{{ title | center(999999999) }}", "it uses the filter `center`"),
        ("{% for x in title %}{% for y in title %}{% endfor %}{% endfor %}", "it does more"),
        ("{% set x = title %}", "it does more"),
        ("{% include 'title' %}", "it does more"),
        ("{{ 9**9**9 }}", "it does more"),
        ("{{ title * 999999999 }}", "it does more"),
        ("{{ title.__class__ }}", "it does more"),
        ("{{ title['x'] }}", "it does more"),
        ("{{ title() }}", "it does more"),
        ("{{" + "(" * 480 + "1" + ")" * 480 + "}}", "its brackets are nested too deeply"),
        ("{{ title }}" + "x" * 1_000, "a template has at most 1,000 characters"),
    ],
)
def test_refused(text: str, fault: str) -> None:
    assert find_template_fault(text, NAMES).startswith(fault)


def test_a_body_may_be_longer_than_a_title() -> None:
    text = "{{ title }}" + MAX_TITLE * "."

    assert find_template_fault(text, NAMES) == "a template has at most 1,000 characters"
    assert find_template_fault(text, NAMES, MAX_BODY) == ""
