"""A policy for people."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork.reporting.body_text import format_body, format_fields
from plainwork.reporting.text import escape_line
from plainwork.reporting.title import format_heading
from plainwork.reporting.values import format_value
from plainwork.views.shown_policy import ShownPolicy


def format_policy(shown: ShownPolicy, *, width: int, color: bool) -> Iterator[str]:
    """Yield the lines of a policy."""
    yield from format_heading(shown.id, shown.title, width=width, color=color)
    yield "policy for everything that no other rule names" if shown.default else "policy"
    yield ""
    asked = "nothing, on purpose" if shown.approvals == () else "; ".join(shown.approvals or ())
    pairs = [
        ("owner", shown.owner),
        *(
            (f"for {name}", escape_line(format_value(value)))
            for name, value in shown.applies_to.items()
        ),
        ("approvals", asked),
        ("checks", "; ".join(shown.checks)),
        ("waivers", "; ".join(shown.waivers)),
        ("file", shown.path),
    ]
    yield from format_fields(pairs, width=width)
    yield from format_body(shown.body, width=width)
