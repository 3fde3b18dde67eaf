"""What a CI job hands on: its summary, and its outputs for later steps."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from plainwork.reporting.workflow_command import format_output


def write_job_files(summary: str, outputs: Mapping[str, str]) -> None:
    """Append to the files that a runner names; where it names none, do nothing.

    Args:
        summary: Markdown for ``GITHUB_STEP_SUMMARY``.
        outputs: Name to value for ``GITHUB_OUTPUT``; each stands between words that nobody can
            foresee, so that no value sets another output.
    """
    _append("GITHUB_STEP_SUMMARY", summary)
    _append(
        "GITHUB_OUTPUT",
        "".join(
            format_output(name, value, f"end-{secrets.token_hex(16)}")
            for name, value in outputs.items()
        ),
    )


def _append(variable: str, text: str) -> None:
    path = os.environ.get(variable, "")
    if path:
        with Path(path).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
