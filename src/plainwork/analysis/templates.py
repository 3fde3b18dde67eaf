"""Templates of titles and bodies: a little of Jinja2, which ends always and reaches nothing.

What a template may do is listed, because a sandbox keeps a program from the machine, but not
from counting to a billion.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

TEMPLATE_NAMES = frozenset({"title", "date", "period"})
"""What every template may name, beside the fields of the work that creates."""

_FILTERS = frozenset({"capitalize", "default", "lower", "title", "trim", "upper"})
"""The filters that a template may use; others can make a text as long as memory."""

MAX_TITLE = 1_000
MAX_BODY = 20_000
"""Characters of a template: what is longer takes long to read."""

MAX_FILLED = 500_000
"""Characters of a template that is filled in: half of what a file may hold."""

_MOST_WRITTEN = 20_000_000
"""Characters that a template may come to if all of it were the longest value that it names."""

_NODES = frozenset(
    {"Template", "Output", "TemplateData", "Name", "Const", "Filter"}
    | {"If", "CondExpr", "Compare", "Operand", "And", "Or", "Not", "Test", "Concat"}
)


Render = Callable[[Mapping[str, Any]], str]


class TemplateFault(msgspec.Struct, frozen=True):
    """Why a template cannot be read or filled in, in one line."""

    message: str


class TextTemplate:
    """A template that has been read.

    Attributes:
        names: What it names.
    """

    def __init__(self, text: str, names: frozenset[str], render: Render) -> None:
        self.names = names
        self._length = len(text)
        self._render = render

    @classmethod
    def plain(cls, text: str) -> TextTemplate:
        """Return a text that is no template, whatever stands in it."""
        return cls(text, frozenset(), lambda _: text)

    def fill(self, values: Mapping[str, Any]) -> str | TemplateFault:
        """Return the text with values in place of their names.

        Args:
            values: JSON's kinds of values, by name; one that is not there is empty.
        """
        said = {name: _flat(values[name]) for name in self.names if name in values}
        longest = max((len(value) for value in said.values() if isinstance(value, str)), default=0)
        if longest * self._length > _MOST_WRITTEN:
            return TemplateFault("filled in, it may be too long for a file")
        try:
            filled = self._render(said)
        except Exception as error:  # whatever a comparison of unlike values raises
            return TemplateFault(f"it cannot be filled in: {error}")
        if len(filled) > MAX_FILLED:
            return TemplateFault(f"filled in, it has more than {MAX_FILLED:,} characters")
        return filled


def read_template(
    text: str, names: Collection[str], longest: int = MAX_TITLE
) -> TextTemplate | TemplateFault:
    """Read a template.

    Args:
        text: For example ``Order {{ title }}``.
        names: What it may name.
        longest: How many characters it may have.
    """
    if "{" not in text:
        return TextTemplate.plain(text)
    if len(text) > longest:
        return TemplateFault(f"a template has at most {longest:,} characters")
    from jinja2 import TemplateSyntaxError

    try:
        return _read(text, names)
    except TemplateSyntaxError as error:
        said = (error.message or "syntax error").partition(". ")[0].rstrip(".")
        return TemplateFault(f"it is no template: {said}")
    except (RecursionError, SyntaxError):  # of the parser; of Python, for what becomes of it
        return TemplateFault("its brackets are nested too deeply")


def _read(text: str, names: Collection[str]) -> TextTemplate | TemplateFault:
    from jinja2 import meta

    tree = _environment().parse(text)
    # First of all: to find the names Jinja2 computes what is constant, such as `10 ** 10 ** 10`.
    fault = _find_fault(tree)
    if fault:
        return TemplateFault(fault)
    used = frozenset(meta.find_undeclared_variables(tree))
    unknown = used.difference(names)
    if unknown:
        return TemplateFault(f"it names `{min(unknown)}`, which is nothing here")
    parts = _find_parts(tree)
    return TextTemplate(text, used, parts or _environment().from_string(text).render)


def _find_parts(tree: nodes.Template) -> Render | None:
    """Return how to fill in a template that is text and names only, which most are.

    It is thirty times as quick as what Jinja2 makes of it: ten years of duties are 100,000 texts.
    """
    from jinja2 import nodes

    parts: list[tuple[str, str]] = []
    for output in tree.body:
        for node in output.nodes if isinstance(output, nodes.Output) else [output]:
            if isinstance(node, nodes.TemplateData):
                parts.append((node.data, ""))
            elif isinstance(node, nodes.Name):
                parts.append(("", node.name))
            else:
                return None
    return lambda said: "".join(
        text if text else str(_shown(said.get(name, ""))) for text, name in parts
    )


def find_template_fault(text: str, names: Collection[str], longest: int = MAX_TITLE) -> str:
    """Return what is wrong with a template in one line, or ``""``."""
    read = read_template(text, names, longest)
    return read.message if isinstance(read, TemplateFault) else ""


def _find_fault(tree: nodes.Template) -> str:
    from jinja2 import nodes

    if any(type(node).__name__ not in _NODES for node in tree.find_all(nodes.Node)):
        return "it does more than name values: write `{{ … }}`, filters and `if` only"
    for found in tree.find_all(nodes.Filter):
        if found.name not in _FILTERS:
            return f"it uses the filter `{found.name}`; there are {', '.join(sorted(_FILTERS))}"
    return ""


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(keep_trailing_newline=True, finalize=_shown)


def _shown(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _flat(value: Any) -> Any:
    """Return a list or map as the text that people would write for it."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_flat(entry)}" for name, entry in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(str(_flat(entry)) for entry in value)
    return value
