"""Decisions written as examples: what changes, who says what, and what is decided.

An archive whose parts are, all but the last two optional:

- ``base``, ``result``, ``head N``, ``merge base N``: edits, a line each: ``PATH: OLD => NEW``;
  ``PATH: gone`` deletes. The result and the base of earlier heads start from the base, an
  earlier head from the base that it was on.
- ``base/PATH``, ``result/PATH``: whole files. ``$DIGEST OF KIND ID`` stands for a digest.
- ``story``: who did what, see :func:`_tell`.
- ``expected``: the decision in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from plainwork.model.decision import DecidedRequirement, Decision
from plainwork.model.evidence import Review, ReviewState, SeenHead
from plainwork.model.step_makers import StepMakers
from support.archive import unpack
from support.changes import (
    HEAD,
    Files,
    account,
    at,
    decide_texts,
    make_change,
    make_evidence,
    review,
)
from support.purchases import BASE_FILES

_DIGEST_OF = re.compile(r"\$DIGEST OF (\S+) (\S+)")


class Example:
    """One example; see the module's words."""

    def __init__(self, archive: str) -> None:
        self.parts = unpack(archive)
        self.expected = self.parts["expected"]
        self.base = self._state("base", BASE_FILES)
        self.result = self._state("result", self.base)

    def _state(self, name: str, start: Files) -> dict[str, str]:
        files = dict(start)
        for part, text in self.parts.items():
            if part.startswith(f"{name}/"):
                files[part.removeprefix(f"{name}/")] = text
        for line in self.parts.get(name, "").splitlines():
            path, _, edit = line.partition(": ")
            if edit == "gone":
                del files[path]
                continue
            old, _, new = edit.replace("\\n", "\n").partition(" => ")
            assert old in files[path], line
            files[path] = files[path].replace(old, new)
        return files

    def decide(self) -> Decision:
        """Decide it; what names a digest is decided twice, for digests are known afterwards."""
        first = self._decide(self.result, "0" * 64)
        result = {path: _with_digests(text, first) for path, text in self.result.items()}
        return self._decide(result, self._decide(result, "0" * 64).digest)

    def _decide(self, result: Files, digest: str) -> Decision:
        story = _tell(self.parts.get("story", ""), digest)
        heads = story.pop("heads")
        states = {HEAD: (self.base, result)}
        for number in {number for number, _, _ in heads} - {0}:
            base = self._state(f"merge base {number}", self.base)
            states[_commit(number)] = (base, self._state(f"head {number}", base))
        if heads:
            story["evidence"]["heads"] = tuple(
                SeenHead(_commit(number), at(time), account(by) if by else None)
                for number, time, by in heads
            )
        change = make_change(self.base, result, contributors=story["contributors"])
        evidence = make_evidence(story["reviews"], **story["evidence"])
        return decide_texts(
            self.base, result, evidence, states=states, makers=story["makers"], change=change
        )


def _with_digests(text: str, decision: Decision) -> str:
    known = {(each.kind, each.id): each.digest for each in decision.documents}
    return _DIGEST_OF.sub(lambda match: known[match[1], match[2]], text)


def _commit(number: int) -> str:
    return f"{number:x}" * 40 if number else HEAD


def _tell(text: str, digest: str) -> dict[str, Any]:
    """Read a story, a line each.

    ``author LOGIN|nobody`` · ``signed by KEY`` (and no author) · ``asked LOGIN`` ·
    ``commit ROLE NAME <EMAIL>`` · ``head N TIME [LOGIN]`` (0 is the last one) ·
    ``heads unknown`` · ``made TRANSITION of WORK by LOGIN …`` ·
    ``involved TRANSITION of WORK by LOGIN …`` ·
    ``is draft`` · ``is incomplete`` · ``sibling NUMBER`` · ``may not write LOGIN`` · ``LOGIN
    STATE TIME [draft] [commit=N] [says=TEXT, _ for a blank] [consents] [was=STATE] [by=LOGIN]
    [number=N]``.
    """
    told: dict[str, Any] = {
        "evidence": {},
        "reviews": [],
        "contributors": [],
        "heads": [],
        "makers": {},
    }
    for line in text.splitlines():
        _tell_line(line, digest, told)
    return told


_PLAIN: dict[str, dict[str, Any]] = {
    "author nobody": {"author": None},
    "heads unknown": {"heads_known": False},
    "is draft": {"draft": True},
    "is incomplete": {"complete": False, "gaps": ("reviews: the forge did not answer",)},
}


def _tell_line(line: str, digest: str, told: dict[str, Any]) -> None:
    words = line.split()
    if line in _PLAIN:
        told["evidence"] |= _PLAIN[line]
    elif words[0] in _TELL:
        _TELL[words[0]](words, told)
    else:
        told["reviews"].append(_review(words[0], words[1], words[2], words[3:], digest))


def _tell_author(words: list[str], told: dict[str, Any]) -> None:
    told["evidence"]["author"] = account(words[1])


def _tell_signed(words: list[str], told: dict[str, Any]) -> None:
    told["evidence"] |= {"author": None, "author_key": " ".join(words[2:])}


def _tell_asked(words: list[str], told: dict[str, Any]) -> None:
    told["evidence"]["requesters"] = tuple(account(login) for login in words[1:])


def _tell_commit(words: list[str], told: dict[str, Any]) -> None:
    name, _, email = " ".join(words[2:]).rstrip(">").partition(" <")
    told["contributors"].append((words[1], name, email))


def _tell_head(words: list[str], told: dict[str, Any]) -> None:
    told["heads"].append((int(words[1]), words[2], "".join(words[3:])))


def _tell_made(words: list[str], told: dict[str, Any]) -> None:
    _, transition, _, work, _, *people = words
    told["makers"][work, transition] = StepMakers(tuple(people))


def _tell_involved(words: list[str], told: dict[str, Any]) -> None:
    _, transition, _, work, _, *people = words
    made = told["makers"].get((work, transition), StepMakers())
    told["makers"][work, transition] = StepMakers(made.people, frozenset(people))


def _tell_sibling(words: list[str], told: dict[str, Any]) -> None:
    told["evidence"]["siblings"] = (f"#{words[1]}",)


def _tell_permission(words: list[str], told: dict[str, Any]) -> None:
    told["evidence"]["writers"] = {account(words[3]).id: False}


_TELL = {
    "author": _tell_author,
    "signed": _tell_signed,
    "asked": _tell_asked,
    "commit": _tell_commit,
    "head": _tell_head,
    "made": _tell_made,
    "involved": _tell_involved,
    "sibling": _tell_sibling,
    "may": _tell_permission,
}


def _review(login: str, state: str, time: str, more: list[str], digest: str) -> Review:
    said = {name: value for name, _, value in (word.partition("=") for word in more)}
    values: dict[str, Any] = {"draft": "draft" in said}
    if "consents" in said:
        values["first_line"] = f"plainwork-approve: {digest}"
    for name, key, convert in _SAID:
        if name in said:
            values[key] = convert(said[name])
    if "number" in said:
        values["account"] = account(login, number=int(said["number"]))
    assert said.keys() <= {"draft", "consents", "number", *(name for name, _, _ in _SAID)}
    return review(login, state, time, **values)


_SAID: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
    ("commit", "commit", lambda number: _commit(int(number))),
    ("says", "first_line", lambda text: text.replace("_", " ")),
    ("was", "dismissed_state", ReviewState),
    ("by", "dismissed_by", account),
)


def format_decision(decision: Decision) -> str:
    """Return a decision in words, one line a statement."""
    return "".join(f"{line}\n" for line in _lines(decision))


def _lines(decision: Decision) -> Iterator[str]:
    yield str(decision.verdict)
    if decision.expires:
        yield f"until {decision.expires:%Y-%m-%d %H:%M}"
    for reason in decision.reasons:
        yield f"! {reason.code}: {reason.message}"
    for granted in decision.granted:
        yield f"granted {granted.record} until {granted.until}: {granted.reason}"
    for document in decision.documents:
        yield f"{document.kind} {document.id}: {'; '.join(document.changes)}"
        for need in document.requirements:
            yield f"  {_need(need)}"
            for each in need.not_counted:
                yield f"    not {each.who}: {each.reason}: {each.explanation}"
            if need.note:
                yield f"    ({need.note})"


def _need(need: DecidedRequirement) -> str:
    people = ", ".join(need.people) or "nobody"
    given = ", ".join(
        each.person
        + (f" by {each.by}" if each.by else "")
        + ("" if each.review else " who made it")
        for each in need.given
    )
    words = f"{need.source}: {need.count} of {people}: {'met' if need.met else 'open'}"
    words += f"; given by {given}" if given else ""
    return words + (f"; vetoed by {', '.join(need.vetoed_by)}" if need.vetoed_by else "")
