"""What ``check --fix`` mends: only what has one right answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from plainwork.errors import UsageError
from plainwork.model.diagnostic import Diagnostic, FieldPath
from plainwork.model.plan import Plan
from plainwork.model.snapshot import Snapshot
from plainwork.model.surroundings import FIXABLE_KINDS, Clash
from plainwork.parsing import yaml_tree
from plainwork.parsing.front_matter import parse_front_matter
from plainwork.plans.drafts import Draft, Drafts
from plainwork.plans.new_id import choose_id, replace_id

_MESSAGE = "Fix what plainwork check found"
_LONE_VALUE = "lone-value"


def plan_fixes(
    snapshot: Snapshot,
    diagnostics: Iterable[Diagnostic],
    read_bytes: Callable[[str], bytes],
    *,
    clashes: Iterable[Clash] = (),
    random: Callable[[int], int],
) -> Plan:
    """Return the edits that mend what can be mended safely.

    Args:
        snapshot: The workspace.
        diagnostics: What is wrong with it.
        read_bytes: Returns the bytes of a file.
        clashes: Ids that another branch has given to other documents.
        random: For new ids: returns a number from 0 up to, but not, its argument.
    """
    drafts = Drafts(read_bytes)
    notes = [*_fix_files(drafts, diagnostics), *_fix_clashes(drafts, snapshot, clashes, random)]
    return Plan(drafts.edits(), _MESSAGE, tuple(notes))


def _fix_files(drafts: Drafts, diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    by_path: dict[str, list[Diagnostic]] = {}
    for found in diagnostics:
        if found.rule == _LONE_VALUE:
            by_path.setdefault(found.location.path, []).append(found)
    for path, group in by_path.items():
        try:
            _make_lists(drafts.open(path), group)
        except UsageError as error:
            yield f"{path}: {error}"


def _make_lists(draft: Draft, found: Iterable[Diagnostic]) -> None:
    """Put brackets around lone values; one with a comma may have been meant as several."""
    front_matter, _ = parse_front_matter(draft.path, draft.before)
    if front_matter is None:  # the file is no document, such as plainwork.toml
        return
    places = {(each.location.line, each.location.column) for each in found}
    for field, scalar in _scalars(front_matter.root, ()):
        if (scalar.line, scalar.column) in places and "," not in scalar.text:
            draft.set(field, [scalar.text])


def _scalars(node: yaml_tree.Node, at: FieldPath) -> Iterator[tuple[FieldPath, yaml_tree.Scalar]]:
    if isinstance(node, yaml_tree.Scalar):
        yield at, node
    elif isinstance(node, yaml_tree.Sequence):
        for position, item in enumerate(node.items):
            yield from _scalars(item, (*at, position))
    else:
        for key, value in node.entries:
            yield from _scalars(value, (*at, key.text))


def _fix_clashes(
    drafts: Drafts, snapshot: Snapshot, clashes: Iterable[Clash], random: Callable[[int], int]
) -> Iterator[str]:
    for clash in clashes:
        if clash.newer and clash.kind in FIXABLE_KINDS:
            new = choose_id(snapshot, clash.id, random)
            try:
                count = replace_id(drafts, snapshot, clash.path, clash.id, new)
            except UsageError as error:
                yield f"{clash.path}: {error}"
            else:
                yield f"{clash.path}: `{clash.id}` is now `{new}`; references rewritten: {count}"
