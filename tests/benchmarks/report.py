"""Figures as a table that can be pasted into the README."""

from collections.abc import Sequence

from benchmarks.cases import GIT_STATUS, PYTHON
from benchmarks.measure import Case, Figure


def format_figures(size: int, cases: Sequence[Case], figures: Sequence[Figure]) -> str:
    """Return a Markdown table: each case as multiples of Python's start and of `git status`."""
    by_name = {case.name: figure.seconds for case, figure in zip(cases, figures, strict=True)}
    lines = [
        f"\n{size:,} documents\n",
        "| Command | × Python's start | to reach | × git status | peak MiB |",
        "|---|--:|--:|--:|--:|",
    ]
    for case, figure in zip(cases, figures, strict=True):
        ratio = figure.seconds / by_name[PYTHON]
        lines.append(
            f"| {case.name} | {ratio:.1f} | {_format_target(case.target, ratio)} "
            f"| {figure.seconds / by_name[GIT_STATUS]:.1f} | {figure.peak:.0f} |"
        )
    return "\n".join(lines)


def _format_target(target: float | None, ratio: float) -> str:
    if target is None:
        return ""
    return f"{target:g}" if ratio <= target else f"{target:g}, missed"
