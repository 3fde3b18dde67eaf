"""Giving a document another id: in its file, in its name, and wherever it is referred to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plainwork.analysis.creations import find_creations, find_set_references
from plainwork.analysis.lookup import taken_ids
from plainwork.analysis.references import WORK_KINDS
from plainwork.editing.new_document import make_id
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import ReferenceUse
from plainwork.plans.drafts import Draft, Drafts

_LONGEST_PREFIX = 56  # of an id's 64 characters: the rest is for what `make_id` adds


def choose_id(snapshot: Snapshot, old: str, random: Callable[[int], int]) -> str:
    """Return a free id like one that is taken: made ids get another end, others get one.

    Args:
        snapshot: Whose ids are taken.
        old: The id that another document has too.
        random: Returns a number from 0 up to, but not, its argument.
    """
    made = f"{snapshot.settings.prefix}-"
    prefix = made[:-1] if old.startswith(made) else old[:_LONGEST_PREFIX].rstrip("._-")
    return make_id(prefix, random, taken_ids(snapshot))


def replace_id(drafts: Drafts, snapshot: Snapshot, path: str, old: str, new: str) -> int:
    """Give work or a record another id.

    Args:
        drafts: Takes the edits.
        snapshot: The workspace.
        path: The file of the document.
        old: Its id or alias that shall no longer lead to it, in any case.
        new: Its new id.

    Returns:
        How many references have been rewritten.

    Raises:
        UsageError: If a file is written in a way that cannot be edited.
    """
    count = 0
    for place, field in _references(snapshot, old.lower()):
        drafts.open(place).set(field, new)
        count += 1
    _rename(drafts.open(path), old, new)
    return count


def _references(snapshot: Snapshot, id_: str) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    columns = snapshot.works.columns
    wanted = {f"{kind} {id_}" for kind in WORK_KINDS}
    for row, targets in enumerate(columns["targets"]):
        if any(target.lower() in wanted for target in targets):
            for use in columns["references"][row]:
                if use.to in WORK_KINDS and use.target.lower() == id_:
                    yield columns["path"][row], use.field
    for path, use in _other_references(snapshot):
        if use.to in WORK_KINDS and use.target.lower() == id_:
            yield path, use.field


def _other_references(snapshot: Snapshot) -> Iterator[tuple[str, ReferenceUse]]:
    for document in (*snapshot.definitions, *snapshot.record_documents):
        yield from ((document.path, use) for use in document.references)
    yield from find_set_references(snapshot, find_creations(snapshot))


def _rename(draft: Draft, old: str, new: str) -> None:
    folder, slash, name = draft.path.rpartition("/")
    stem = name.removesuffix(".md")
    if stem == old:
        draft.path = f"{folder}{slash}{new}.md"
    elif stem.startswith(f"{old}-"):
        draft.path = f"{folder}{slash}{new}{stem[len(old) :]}.md"
    if stem != old or _has_id(draft):
        draft.set(("id",), new)


def _has_id(draft: Draft) -> bool:
    from plainwork.parsing.front_matter import parse_front_matter

    front_matter, _ = parse_front_matter(draft.path, draft.text.encode())
    return front_matter is not None and front_matter.root.get("id") is not None
