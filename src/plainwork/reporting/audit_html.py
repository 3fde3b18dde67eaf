"""An audit as a page to print: one file, without scripts and without anything from elsewhere."""

from __future__ import annotations

from plainwork.approvals.audit import Audit
from plainwork.reporting.audit_text import approvers_of, describe_way, summarise
from plainwork.reporting.text import escape_line


def render_audit(audit: Audit, template: str) -> str:
    """Return the page.

    Args:
        audit: What was found; its texts are hostile, so everything is escaped.
        template: The page with its gaps, in Jinja2.
    """
    from jinja2 import Environment, StrictUndefined  # costs start-up time

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    # Characters that turn the reading direction would survive the escaping of HTML.
    environment.filters["shown"] = escape_line
    return environment.from_string(template).render(
        audit=audit, summary=summarise(audit), way=describe_way, approvers=approvers_of
    )
