"""The history of the example organisation: six months of commits, ending on one day.

`templates/demo` holds every document as it reads in the end, and a story of how each came to be.
From both follows the history, byte for byte the same for the same day. Nothing is written here.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby

import msgspec

from plainwork.plans.demo_clock import Times, compute_times, compute_utc_offset
from plainwork.plans.demo_dates import render_dates
from plainwork.plans.demo_definitions import Definitions, Identity, read_definitions
from plainwork.plans.demo_pull import PullRequest, compute_pull_requests
from plainwork.plans.demo_story import parse_story

STORY_PATH = "_story.txt"
_REPOSITORY = "nordlicht"


class DemoCommit(msgspec.Struct, frozen=True):
    """One commit of the history.

    Attributes:
        author: Who made the change.
        committer: Who made it official.
        time: Of both, in seconds since 1970 (UTC).
        utc_offset: How far the clock on the wall was ahead of UTC, in minutes.
        message: The whole message, ending in a line break.
        changes: Each changed file as it reads afterwards; None removes it. Of a merge, what it
            changes against its first parent.
        parents: Positions of its parents in the history, from 0; none for the first commit. A
            second one is the branch that is merged. The last commit is the tip of the default
            branch.
    """

    author: Identity
    committer: Identity
    time: int
    utc_offset: int
    message: str
    changes: Mapping[str, bytes | None]
    parents: tuple[int, ...]


def compute_demo_history(files: Mapping[str, str], today: date) -> Iterator[DemoCommit]:
    """Yield the commits of the example organisation, oldest first.

    Args:
        files: The text of every file below `templates/demo`, by its path from there.
        today: The day on which the history ends.

    Raises:
        ValueError: The story is not written as its head says, or moves work as no workflow allows.
    """
    texts = {
        render_dates(path, today): render_dates(text, today)
        for path, text in files.items()
        if path != STORY_PATH
    }
    definitions = read_definitions(texts)
    pulls = compute_pull_requests(texts, parse_story(files[STORY_PATH], today), definitions)
    tip = -1
    for number, (pull, times) in enumerate(_timed(pulls, today), start=1):
        for commit in _commits_of(pull, number, times, tip, definitions):
            yield commit
            tip += 1


def _timed(pulls: list[PullRequest], today: date) -> Iterator[tuple[PullRequest, Times]]:
    for day, group in groupby(pulls, key=lambda pull: pull.day):
        of_day = list(group)
        seeds = [pull.subject for pull in of_day]
        yield from zip(of_day, compute_times(day, seeds, last=day == today), strict=True)


def _commits_of(
    pull: PullRequest, number: int, times: Times, tip: int, definitions: Definitions
) -> Iterator[DemoCommit]:
    """Yield a branch and its merge, or one squashed commit, on top of the commit `tip`."""
    author = definitions.identities[pull.author]
    merger = definitions.identities[pull.merged_by]
    offset = compute_utc_offset(pull.day)
    message = f"{pull.subject}{_format_text(pull, definitions)}\n"
    if tip < 0:
        yield DemoCommit(author, author, times.merged, offset, message, pull.changes, ())
    elif pull.squashed:
        message = message.replace("\n", f" (#{number})\n", 1)
        yield DemoCommit(author, merger, times.merged, offset, message, pull.changes, (tip,))
    else:
        yield DemoCommit(author, author, times.committed, offset, message, pull.changes, (tip,))
        title = f"Merge pull request #{number} from {_REPOSITORY}/{pull.branch}"
        message, parents = f"{title}\n\n{pull.subject}\n", (tip, tip + 1)
        yield DemoCommit(merger, merger, times.merged, offset, message, pull.changes, parents)


def _format_text(pull: PullRequest, definitions: Definitions) -> str:
    """Return the explanation and the trailers, each part after an empty line."""
    parts = [pull.explanation] if pull.explanation else []
    if pull.helped_by:
        trailer = "Assisted-by" if pull.helped_by in definitions.agents else "Co-authored-by"
        parts.append(f"{trailer}: {definitions.identities[pull.helped_by]}")
    return "".join(f"\n\n{part}" for part in parts)
