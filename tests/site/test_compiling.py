"""What stands in a page for a value: safe by construction, whatever a template shows."""

import pytest
from jinja2 import DictLoader, StrictUndefined, UndefinedError
from markupsafe import Markup

from plainwork.site.compiling import SiteEnvironment, finish
from plainwork.site.page import Link

LINK = Link("a.html", "<b>'\"&\u202e")
SHOWN = "&lt;b&gt;&#39;&#34;&amp;\\u202e"


def render(template: str, **values: object) -> str:
    environment = SiteEnvironment(
        loader=DictLoader({"page": template}),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finish,
    )
    return environment.get_template("page").render(**values)


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        pytest.param("{{ link.label }}", SHOWN, id="an attribute"),
        pytest.param("{{ [link][0].label }}", SHOWN, id="an attribute of an expression"),
        pytest.param("{{ link.label|upper }}", SHOWN.replace("b", "B"), id="a filter"),
        pytest.param("{{ 'x' ~ link.label }}", f"x{SHOWN}", id="joined"),
        pytest.param("{{ call(link.label) }}", f"&lt;{SHOWN}&gt;", id="what is called"),
        pytest.param("{{ call(text=link.label) }}", f"&lt;{SHOWN}&gt;", id="by a name"),
        pytest.param("{{ call(*[link.label]) }}", f"&lt;{SHOWN}&gt;", id="with a list"),
        pytest.param("{% set x = link.label %}{{ x }}", SHOWN, id="a variable"),
        pytest.param("{% set x %}{{ link.label }}{% endset %}{{ x }}", SHOWN, id="a block of it"),
        pytest.param("{% for x in [link] %}{{ x.label }}{% endfor %}", SHOWN, id="in a loop"),
        pytest.param("{{ link.label if link.address }}", SHOWN, id="on a condition"),
        pytest.param("{{ 'no' if not link.address }}", "", id="nothing otherwise"),
        pytest.param("{{ nobody }}{{ 0 }}{{ 12 }}{{ '<' }}", "012&lt;", id="constants"),
        pytest.param("{{ link.label * 100 }}", SHOWN * 100, id="long"),
        pytest.param("{{ safe }}", "<i>", id="made safe"),
        pytest.param(
            "{% macro m(t) %}<u>{{ t }}</u>{% endmacro %}{{ m(link.label) }}{{ m(safe) }}",
            f"<u>{SHOWN}</u><u><i></u>",
            id="a macro",
        ),
        pytest.param(
            "{% macro m(t, u=link.label, v='-') %}<u>{{ t }}{{ u }}{{ v }}</u>{% endmacro %}"
            "{{ m(1) }}{{ m(1, 2) }}",
            f"<u>1{SHOWN}-</u><u>12-</u>",
            id="a macro with defaults",
        ),
        pytest.param(
            "{% macro m() %}<u>{{ caller() }}</u>{% endmacro %}"
            "{% call m() %}{{ link.label }}{% endcall %}",
            f"<u>{SHOWN}</u>",
            id="a macro around it",
        ),
    ],
)
def test_what_is_shown_is_escaped_once(template: str, shown: str) -> None:
    def call(text: str) -> str:
        return f"<{text}>"

    values = {"link": LINK, "call": call, "safe": Markup("<i>"), "nobody": None}
    assert render(template, **values) == shown


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("{{ nothing }}", id="a name"),
        pytest.param("{{ nothing.x }}", id="of"),
        pytest.param("{% macro m(t) %}{{ t }}{% endmacro %}{{ m() }}", id="left out"),
    ],
)
def test_what_is_not_there_is_an_error(template: str) -> None:
    with pytest.raises(UndefinedError):
        render(template)


def test_templates_are_never_made_of_data() -> None:
    assert render("{{ link }}", link="{{ 7 * 7 }}{% include 'macros' %}") == (
        "{{ 7 * 7 }}{% include &#39;macros&#39; %}"
    )
