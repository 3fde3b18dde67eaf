"""Bodies for people: the Markdown as it was written, broken to the width of the screen."""

from collections.abc import Iterator

from plainwork.reporting.text import wrap

_INDENT = "  "


def format_body(body: str, *, width: int) -> Iterator[str]:
    """Yield the lines of a body, indented, after an empty line; nothing for an empty body."""
    text = body.strip("\r\n")
    if text.strip():
        yield ""
        yield from wrap(text, width=width, indent=_INDENT)


def format_fields(pairs: list[tuple[str, str]], *, width: int) -> Iterator[str]:
    """Yield fields, a name and a value a line; long values go on below their beginning."""
    filled = [(name, value) for name, value in pairs if value]
    column = max((len(name) for name, _ in filled), default=0) + 2
    for name, value in filled:
        indent = _INDENT + " " * column
        lines = list(wrap(value, width=max(width - len(indent), 20)))
        yield f"{_INDENT}{name:<{column}}{lines[0]}"
        yield from (f"{indent}{line}".rstrip() for line in lines[1:])
