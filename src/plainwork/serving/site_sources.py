"""What a site is made from: a workspace at a moment, cut to what an audience may see."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, tzinfo
from functools import partial
from pathlib import Path
from urllib.parse import quote

import msgspec

from plainwork import __version__
from plainwork.analysis.audience import Hidden, filter_snapshot
from plainwork.errors import UsageError
from plainwork.flow.visible_history import filter_history
from plainwork.model.clock_run import RecordedRun
from plainwork.model.diagnostic import Diagnostic, Location
from plainwork.model.settings import Settings
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import VISIBILITIES
from plainwork.serving.decided_commits import find_notes_state, load_decided_commits
from plainwork.serving.kept_values import KeptValues, find_kept
from plainwork.site.edit_links import EditLinks
from plainwork.site.links import is_safe
from plainwork.site.past import Past
from plainwork.site.sources import Sources
from plainwork.storage.change_log import load_change_log
from plainwork.storage.clock_runs import load_clock_runs
from plainwork.storage.git_folder import find_git_folder

_FOLDER_URL = re.compile(r"https?://[^?#@]+", re.IGNORECASE)
"""What the address of each file can follow; a password in it would be published."""


class Moment(msgspec.Struct, frozen=True):
    """What is looked at, and when.

    Attributes:
        snapshot: The workspace, all of it.
        findings: What is wrong with it.
        commit: The full hash of the last commit that counts, or ``""`` for the one checked out.
    """

    snapshot: Snapshot
    findings: Sequence[Diagnostic]
    today: date
    zone: tzinfo
    commit: str = ""


def load_sources(root: Path, moment: Moment, *, audience: str = "", base_url: str = "") -> Sources:
    """Gather what a site is made from.

    Args:
        root: The workspace's root.
        moment: What is looked at.
        audience: Who will read it; ``""``: whom ``[site] audience`` names.
        base_url: Where the site will be, or ``""``.

    Raises:
        UsageError: If there is no such audience, or the address is none.
    """
    settings = moment.snapshot.settings
    audience = audience or settings.site_audience
    if audience not in VISIBILITIES:
        message = f"--audience {audience}: it is one of {', '.join(VISIBILITIES)}"
        raise UsageError(message)
    if base_url and not (is_safe(base_url) and _FOLDER_URL.fullmatch(base_url)):
        message = f"--base-url {base_url}: write an address such as https://acme.example/work/"
        raise UsageError(message)
    seen, hidden = filter_snapshot(moment.snapshot, audience)
    return Sources(
        snapshot=seen,
        hidden=hidden,
        findings=tuple(_findings(moment, seen, hidden)),
        log=load_change_log(root, moment.commit),
        today=moment.today,
        zone=moment.zone,
        audience=audience,
        version=__version__,
        unreadable=0 if audience == "public" else len(moment.snapshot.unreadable),
        base_url=_in_ascii(f"{base_url.rstrip('/')}/") if base_url else "",
        edit=_find_edit_links(root, settings),
        runs=tuple(_load_runs(root, moment, seen, hidden)),
        load_past=lambda: _load_past(root, moment, seen, hidden),
        notes=find_notes_state(root),
        load_decided=partial(load_decided_commits, root, settings.forge_kind, moment.commit),
        recall=KeptValues(find_kept(root), audience).recall,
    )


def _in_ascii(url: str) -> str:
    """Return an address as sitemaps and feeds take it; it may have been copied out of a browser."""
    return quote(url, safe="%/:[]!$&'()*+,;=~")


def _findings(moment: Moment, seen: Snapshot, hidden: Hidden) -> Iterable[Diagnostic]:
    """Return what is wrong with what is seen, in words that name nothing else.

    What the rules say of the whole workspace they say anew of what is seen. What they say of a
    document may quote a field that is left out: then only which rule it breaks is told.
    """
    if not hidden.anything:
        return moment.findings
    from plainwork.rules import BUILT_IN, check_workspace
    from plainwork.rules.rule import Scope

    summaries = {rule.name: rule.summary for rule in BUILT_IN if rule.scope is not Scope.WORKSPACE}
    return sorted(
        {
            *check_workspace(seen, moment.today),
            *_without_words(moment.findings, summaries, hidden),
        }
    )


def _without_words(
    findings: Iterable[Diagnostic], summaries: dict[str, str], hidden: Hidden
) -> Iterator[Diagnostic]:
    for each in findings:
        if each.rule in summaries and each.location.path not in hidden.paths:
            place = Location(each.location.path)
            summary = summaries[each.rule].removesuffix(".")
            message = f"it breaks the rule that {summary[:1].lower()}{summary[1:]}"
            yield Diagnostic(place, each.rule, each.severity, message)


def _load_runs(root: Path, moment: Moment, seen: Snapshot, hidden: Hidden) -> Iterator[RecordedRun]:
    """Yield how visible work passed clocks; a promise tells nothing of fields that are left out."""
    promising = {id_ for id_, workflow in seen.workflows.items() if workflow.clocks}
    kept = load_clock_runs(root, seen.settings, moment.commit) if promising else None
    for run in (*kept.ended, *kept.open) if kept else ():
        secret = hidden.fields.get(run.workflow, frozenset())
        tells = "status" in secret or not secret.isdisjoint(run.words)
        if run.workflow in promising and run.work.lower() in seen.works.by_id and not tells:
            yield run


def _load_past(root: Path, moment: Moment, seen: Snapshot, hidden: Hidden) -> Past | None:
    """Read what happened, without what is left out; of a shallow clone that it is one."""
    if find_git_folder(root) is None:
        return None
    from plainwork.storage.event_history import load_event_history
    from plainwork.storage.merged_authors import load_merged_authors

    history = load_event_history(root, moment.commit, partial=True)
    load_merged = partial(load_merged_authors, root, history)
    if hidden.anything:
        secret = {**dict.fromkeys(hidden.workflows, frozenset({"status"})), **hidden.fields}
        history = filter_history(history, seen.works.by_id, secret)
    return Past(history, seen, moment.today, moment.zone, load_merged)


def _find_edit_links(root: Path, settings: Settings) -> EditLinks:
    git = find_git_folder(root)
    if git is None or not (settings.forge_kind and settings.forge_repository):
        return EditLinks()
    from plainwork.storage.git_questions import load_default_branch

    place = os.path.relpath(os.path.realpath(root), git.worktree)
    return EditLinks(
        kind=settings.forge_kind,
        url=settings.forge_url,
        repository=settings.forge_repository,
        branch=load_default_branch(root),
        folder="" if place == "." else f"{Path(place).as_posix()}/",
    )
