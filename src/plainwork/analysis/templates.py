"""Templates of titles and bodies: a little of Jinja2, which ends always and reaches nothing.

What a template may do is listed, because a sandbox keeps a program from the machine, but not
from counting to a billion.
"""

from __future__ import annotations

from collections.abc import Collection

TEMPLATE_NAMES = frozenset({"title", "date", "period"})
"""What every template may name, beside the fields of the work that creates."""

_FILTERS = frozenset({"capitalize", "default", "lower", "title", "trim", "upper"})
"""The filters that a template may use; others can make a text as long as memory."""

MAX_TITLE = 1_000
MAX_BODY = 20_000
"""Characters of a template: what is longer takes long to read."""

_NODES = frozenset(
    {"Template", "Output", "TemplateData", "Name", "Const", "Filter"}
    | {"If", "CondExpr", "Compare", "Operand", "And", "Or", "Not", "Test", "Concat"}
)


def find_template_fault(text: str, names: Collection[str], longest: int = MAX_TITLE) -> str:
    """Return what is wrong with a template in one line, or ``""``.

    Args:
        text: For example ``Order {{ title }}``.
        names: What it may name.
        longest: How many characters it may have.
    """
    if "{" not in text:
        return ""
    if len(text) > longest:
        return f"a template has at most {longest:,} characters"
    from jinja2 import TemplateSyntaxError, meta, nodes
    from jinja2.sandbox import SandboxedEnvironment

    try:
        tree = SandboxedEnvironment().parse(text)
        unknown = sorted(meta.find_undeclared_variables(tree) - set(names))
    except TemplateSyntaxError as error:
        return (
            f"it is no template: {(error.message or 'syntax error').partition('. ')[0].rstrip('.')}"
        )
    except RecursionError:
        return "its brackets are nested too deeply"
    if any(type(node).__name__ not in _NODES for node in tree.find_all(nodes.Node)):
        return "it does more than name values: write `{{ … }}`, filters and `if` only"
    for found in tree.find_all(nodes.Filter):
        if found.name not in _FILTERS:
            return f"it uses the filter `{found.name}`; there are {', '.join(sorted(_FILTERS))}"
    return f"it names `{unknown[0]}`, which is nothing here" if unknown else ""
