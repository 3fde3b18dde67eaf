"""The pull requests of the example organisation: what changed together, and what was said."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from plainwork.plans.demo_definitions import Definitions
from plainwork.plans.demo_document import render_version
from plainwork.plans.demo_message import format_body, format_branch, format_subject
from plainwork.plans.demo_story import Event, Life, Story


class PullRequest(msgspec.Struct, frozen=True):
    """One change of the default branch.

    Attributes:
        author, merged_by, helped_by: Ids of parties; who merged may be the author.
        explanation: What the message says below its subject, or ``""``.
        branch: The name of the branch that it came from.
        squashed: Whether the branch became one commit; else it was merged.
        changes: Each changed file as it reads afterwards.
    """

    day: date
    author: str
    merged_by: str
    helped_by: str
    subject: str
    explanation: str
    branch: str
    squashed: bool
    changes: Mapping[str, bytes | None]


class _Step(msgspec.Struct, frozen=True):
    """One event, and where it stands in its document's life."""

    life: Life
    position: int

    @property
    def event(self) -> Event:
        return self.life.past[self.position]

    @property
    def state_before(self) -> str:
        states = [event.state for event in self.life.past[: self.position] if event.state]
        return states[-1] if states else ""


def compute_pull_requests(
    texts: Mapping[str, str], story: Story, definitions: Definitions
) -> list[PullRequest]:
    """Return the pull requests of a story, oldest first.

    Args:
        texts: Every document as it reads in the end, by path.
        story: What happened to them; a document without a life was there from the start.
        definitions: The organisation's workflows and parties.
    """
    together: dict[tuple[date, str], list[_Step]] = {}
    for life in story.lives.values():
        for position, event in enumerate(life.past):
            alone = f"{life.path} {position}"
            steps = together.setdefault((event.day, event.label or alone), [])
            steps.append(_Step(life, position))
    pulls = [_pull_request(steps, texts, story, definitions) for steps in together.values()]
    pulls.sort(key=lambda pull: pull.day)  # stable: within a day as the story tells it
    always = {path: text.encode() for path, text in texts.items() if path not in story.lives}
    return [msgspec.structs.replace(pulls[0], changes={**always, **pulls[0].changes}), *pulls[1:]]


def _pull_request(
    steps: Sequence[_Step], texts: Mapping[str, str], story: Story, definitions: Definitions
) -> PullRequest:
    first = steps[0].event
    if first.label:
        subject, explanation = story.subjects[first.label], ""
    else:
        subject, explanation = _message(steps[0], texts, definitions)
    return PullRequest(
        day=first.day,
        author=first.who,
        merged_by=first.merged_by or first.who,
        helped_by=first.helped_by,
        subject=subject,
        explanation=explanation,
        branch=format_branch(first.who, subject),
        squashed=not first.label and first.who not in definitions.agents,
        changes={step.life.path: _version(step, texts).encode() for step in steps},
    )


def _version(step: _Step, texts: Mapping[str, str]) -> str:
    life, after = step.life, step.position + 1
    return render_version(texts[life.path], life.past[:after], (*life.past[after:], *life.future))


def _message(step: _Step, texts: Mapping[str, str], definitions: Definitions) -> tuple[str, str]:
    """Return the subject of a change of one document, and what explains it."""
    fields = definitions.read(step.life.path, texts[step.life.path]).fields
    workflow = definitions.workflows.get(fields.get("workflow", ""))
    subject = format_subject(step.event, step.state_before, fields, workflow)
    return subject, format_body(step.event, fields)
