"""Policies: all of them, and what each asks for, and why."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from plainwork.model.policy import Policy
from plainwork.site.address import document_address, list_address
from plainwork.site.markdown import render_markdown
from plainwork.site.page import Link, Origin, Output, Page
from plainwork.site.pages.paging import Part, name_part, split
from plainwork.site.sources import Sources
from plainwork.views.path_words import CoveredPaths, describe_paths
from plainwork.views.policy_list import compute_policy_list
from plainwork.views.shown_policy import ShownPolicy, compute_shown_policy

_SECTION, _TITLE = "policies", "Policies"
_SIZE = 100


class PolicyPage(msgspec.Struct, frozen=True):
    """One policy.

    Attributes:
        paths: Of its scope, in words.
        body: HTML that is safe to put into a page.
    """

    shown: ShownPolicy
    paths: tuple[CoveredPaths, ...]
    body: str


def plan_policies(sources: Sources) -> Iterator[Output]:
    """Yield the list, and the page of every policy."""
    policies = sources.snapshot.policies.values()
    listed = compute_policy_list(sources.snapshot, sources.directory.call).policies
    origin = sources.origin_of([each.path for each in policies])
    for part in split(listed, (each.id for each in listed), list_address(_SECTION), _SIZE):
        yield Output(part.address, sources.keys.everything, partial(_make_list, part, origin))
    for policy in policies:
        key = sources.keys.everything  # bodies name work
        yield Output(document_address("policy", policy.id), key, partial(_make, sources, policy))


def _make_list(part: Part[ShownPolicy], origin: Origin) -> Page:
    return Page(
        part.address,
        name_part(_TITLE, part.number),
        "policies.html",
        part,
        crumbs=part.crumbs(_TITLE),
        section=_SECTION,
        origin=origin,
    )


def _make(sources: Sources, policy: Policy) -> Page:
    shown = compute_shown_policy(policy, sources.directory.call)
    held = sources.snapshot.settings.folders.items()
    folders = {folder: name for name, folders in held for folder in folders}
    text = render_markdown(shown.body, sources.directory.work)
    return Page(
        address=document_address("policy", policy.id),
        title=policy.title or policy.id,
        template="policy.html",
        model=PolicyPage(shown, describe_paths(policy.applies_to.paths, folders), text.html),
        crumbs=(Link(list_address(_SECTION), _TITLE),),
        section=_SECTION,
        origin=sources.origin_of((policy.path,), policy.path),
        mentions=text.mentions,
    )
