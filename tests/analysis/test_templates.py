"""What a template may do, and what becomes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.templates import (
    MAX_BODY,
    MAX_TITLE,
    TemplateFault,
    TextTemplate,
    find_template_fault,
    read_template,
)

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
        ("{{ title | nothing }}", "it uses the filter `nothing`"),
        ("{{ title | center(999999999) }}", "it uses the filter `center`"),
        ("{% for x in title %}{% for y in title %}{% endfor %}{% endfor %}", "it does more"),
        ("{% set x = title %}", "it does more"),
        ("{% include 'title' %}", "it does more"),
        ("{{ 9**9**9 }}", "it does more"),
        pytest.param("{{ 10 ** 9999999 ** 9 }}", "it does more", id="takes for ever"),
        pytest.param("{{ 'x' * 9**15 }}", "it does more", id="takes all memory"),
        ("{{ 'x' | center(999999999) }}", "it uses the filter `center`"),
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


VALUES = {
    "title": "A < B",
    "amount": 4,
    "express": True,
    "labels": ["a", "b"],
    "links": {"relates": ["x", "y"]},
}
ALL_NAMES = {*NAMES, *VALUES, "unset"}


def fill(text: str) -> str | TemplateFault:
    read = read_template(text, ALL_NAMES)
    assert isinstance(read, TextTemplate)
    return read.fill(VALUES)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{{ title }}, {{ amount }}\n", "A < B, 4\n"),
        ("{{ express }} {{ labels }} {{ links }}", "true a, b relates: x, y"),
        ("<{{ unset }}>", "<>"),
        ("{{ unset | default('none') | upper }}", "NONE"),
        ("{% if express and amount == 4 %}fast{% else %}slow{% endif %}", "fast"),
        ("{{ express if unset else labels }}", "a, b"),
        ("{% raw %}{{ title }}{% endraw %}", "{{ title }}"),
        ("no placeholder\n\n", "no placeholder\n\n"),
    ],
)
def test_filled_in(text: str, filled: str) -> None:
    assert fill(text) == filled


@given(st.lists(st.sampled_from(["{{ title }}", "{{unset}}", " { ", "}\n", "{{ express }}", "é"])))
def test_text_and_names_are_what_jinja_makes_of_them(parts: list[str]) -> None:
    text = "".join(parts)
    # A condition that holds makes it more than text and names.
    assert fill(text) == fill("{% if express %}" + text + "{% endif %}")
