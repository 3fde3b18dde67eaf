"""The story of the example organisation: which document changed when, how and by whom.

One text file lists the life of each document in order; its head explains how it is written. It
is read strictly, since a slip in it would show as a wrong history and not as an error.
"""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from plainwork.plans.demo_dates import compute_moment, render_dates


class Edit(msgspec.Struct, frozen=True):
    """A passage of a document: how it reads from a change on, and how it read before."""

    old: str
    new: str


class Event(msgspec.Struct, frozen=True):
    """One change of one document.

    Attributes:
        day: When it was merged.
        who: Id of the party that made it.
        state: The state that is entered, ``create`` for what has none, ``""`` for no move.
        fields: New values, by field; None removes it, SHOWN means the value that the document
            itself shows.
        ticked: Whether the boxes of the body are as the document shows them from now on.
        merged_by: Id of the person who merged it, ``""`` if the author did.
        helped_by: Id of a party that helped.
        label: Name of the pull request that it shares with other events, or ``""``.
    """

    day: date
    who: str
    state: str = ""
    fields: Mapping[str, str | list[str] | None] = {}
    ticked: bool = False
    edits: tuple[Edit, ...] = ()
    merged_by: str = ""
    helped_by: str = ""
    label: str = ""


class Life(msgspec.Struct, frozen=True):
    """What happens to one document, oldest first.

    Attributes:
        past: What happened up to today; nothing: the document is not there yet.
        future: What lies after today, which the document's text already shows.
    """

    path: str
    past: tuple[Event, ...]
    future: tuple[Event, ...]


class Story(msgspec.Struct, frozen=True):
    """The subjects of named pull requests, and the lives by path."""

    subjects: Mapping[str, str]
    lives: Mapping[str, Life]


SHOWN = "\0shown"
"""Stands for the value that the document shows; no value can contain it."""

CREATE = "create"
"""The word for what is made and has no state."""


def parse_story(text: str, today: date) -> Story:
    """Read a story as it is known on a day.

    Raises:
        ValueError: A line is not written as the head of the story says.
    """
    subjects: dict[str, str] = {}
    lines_of: dict[str, list[str]] = {}
    path = ""
    for line in _spoken_lines(text):
        if line.startswith("@"):
            label, subject = shlex.split(line)
            subjects[label.removeprefix("@")] = subject
        elif line.startswith(" "):
            lines_of[path].append(line)
        else:
            path = render_dates(line, today)
            lines_of[path] = []
    lives = {}
    for path, lines in lines_of.items():
        events = [_parse_event(render_dates(line, today), today) for line in lines]
        past = tuple(event for event in events if event.day <= today)
        lives[path] = Life(path, past, tuple(events[len(past) :]))
    return Story(subjects, lives)


def _spoken_lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _parse_event(line: str, today: date) -> Event:
    moment, who, *words = shlex.split(line)
    said = [word.partition("=") for word in words if "=" in word]
    plain = [word for word in words if "=" not in word]
    return Event(
        compute_moment(moment, today),
        who,
        state="".join(word for word in plain if word[0] not in "+-@" and word != _TICK),
        fields={name: _parse_value(value) for name, _, value in said if name not in _SAID}
        | {word[1:]: SHOWN for word in plain if word.startswith("+")}
        | {word[1:]: None for word in plain if word.startswith("-")},
        ticked=_TICK in plain,
        edits=_parse_edits([(name, value) for name, _, value in said]),
        merged_by="".join(value for name, _, value in said if name == "by"),
        helped_by="".join(value for name, _, value in said if name == "with"),
        label="".join(word[1:] for word in plain if word.startswith("@")),
    )


def _parse_edits(said: Sequence[tuple[str, str]]) -> tuple[Edit, ...]:
    old, new = (
        [value.replace("\\n", "\n") for name, value in said if name == kind]
        for kind in ("old", "new")
    )
    return tuple(Edit(*passage) for passage in zip(old, new, strict=True))


def _parse_value(text: str) -> str | list[str]:
    if text.startswith("["):
        return [item.strip() for item in text[1:-1].split(",") if item.strip()]
    return text


_TICK = "tick"
_SAID = ("by", "with", "old", "new")
