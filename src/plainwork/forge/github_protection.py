"""How GitHub protects a branch: by the branch's settings, and by rulesets; both hold at once.

Only administrators may read the settings of a branch and who may go past a ruleset. What a token
may not see is said; it is never taken for absent.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from plainwork.forge.client import Protection, RequiredCheck
from plainwork.forge.github_evidence import FULL_PAGE, HEADS, READ_METADATA, GitHubRepository
from plainwork.forge.http import ForgeRefusedError

_READ_SETTINGS = "Administration: read"
_NOT_PROTECTED = "Branch not protected"
_FROM_ANYBODY = (None, -1)
"""The app of a required check that any app may report."""


class _Switch(msgspec.Struct):
    enabled: bool = False


class _Check(msgspec.Struct):
    context: str
    app_id: int | None = None
    integration_id: int | None = None

    @property
    def required(self) -> RequiredCheck:
        app = self.app_id if self.integration_id is None else self.integration_id
        return RequiredCheck(self.context, "" if app in _FROM_ANYBODY else str(app))


class _Checks(msgspec.Struct):
    checks: tuple[_Check, ...] = ()
    strict: bool = False


class _Named(msgspec.Struct):
    login: str = ""
    slug: str = ""


class _Actors(msgspec.Struct):
    users: tuple[_Named, ...] = ()
    teams: tuple[_Named, ...] = ()
    apps: tuple[_Named, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        named = {"user": self.users, "team": self.teams, "app": self.apps}
        return tuple(
            f"{kind} {one.login or one.slug}" for kind, found in named.items() for one in found
        )


class _Reviews(msgspec.Struct):
    dismiss_stale_reviews: bool = False
    bypass_pull_request_allowances: _Actors | None = None


class _Settings(msgspec.Struct):
    required_status_checks: _Checks | None = None
    enforce_admins: _Switch = msgspec.field(default_factory=_Switch)
    required_pull_request_reviews: _Reviews | None = None
    restrictions: _Actors | None = None
    required_linear_history: _Switch = msgspec.field(default_factory=_Switch)
    allow_force_pushes: _Switch = msgspec.field(default_factory=_Switch)
    allow_deletions: _Switch = msgspec.field(default_factory=_Switch)


class _Parameters(msgspec.Struct):
    required_status_checks: tuple[_Check, ...] = ()
    strict_required_status_checks_policy: bool = False
    dismiss_stale_reviews_on_push: bool = False


class _Rule(msgspec.Struct):
    type: str
    ruleset_id: int
    parameters: _Parameters | None = None


class _BypassActor(msgspec.Struct):
    actor_type: str
    actor_id: int | None = None
    bypass_mode: str = "always"


class _Ruleset(msgspec.Struct):
    name: str
    bypass_actors: tuple[_BypassActor, ...] | None = None


def fetch_protection(repository: GitHubRepository, branch: str) -> Protection:
    """Fetch how a branch is protected."""
    unread: list[str] = []
    settings = _fetch_settings(repository, branch, unread)
    rules = _fetch_rules(repository, branch, unread)
    bypass = _fetch_bypass(repository, rules, unread)
    found = (_read_settings(settings), _read_rules(rules, bypass))
    return _combine(f"{HEADS}{branch}", found, tuple(unread))


def _fetch_settings(
    repository: GitHubRepository, branch: str, unread: list[str]
) -> _Settings | None:
    """Fetch the settings of a branch; None: they cannot be read."""
    path = repository.path("branches", branch, "protection")
    try:
        return repository.api.get(path, _Settings, needs=_READ_SETTINGS)
    except ForgeRefusedError as refusal:
        if _NOT_PROTECTED in str(refusal):
            return _Settings(
                allow_force_pushes=_Switch(enabled=True), allow_deletions=_Switch(enabled=True)
            )
        unread.append(f"the settings of the branch: {refusal}")
        return None


def _fetch_rules(
    repository: GitHubRepository, branch: str, unread: list[str]
) -> tuple[_Rule, ...] | None:
    path = repository.path("rules", "branches", branch)
    try:
        rules = repository.api.list(path, _Rule, needs=READ_METADATA, query=FULL_PAGE)
    except ForgeRefusedError as refusal:
        unread.append(f"the rulesets: {refusal}")
        return None
    if rules.gap:
        unread.append(rules.gap)
        return None
    return rules.items


def _fetch_bypass(
    repository: GitHubRepository, rules: tuple[_Rule, ...] | None, unread: list[str]
) -> tuple[str, ...] | None:
    """Fetch who may go past the rules; None: not all of it can be read."""
    if rules is None:
        return None
    names: list[str] = []
    whole = True
    for number in sorted({rule.ruleset_id for rule in rules}):
        path = repository.path("rulesets", number)
        try:
            ruleset = repository.api.get(path, _Ruleset, needs=_READ_SETTINGS)
        except ForgeRefusedError as refusal:
            unread.append(f"ruleset {number}: {refusal}")
            whole = False
            continue
        if ruleset.bypass_actors is None:
            unread.append(f"who may go past ruleset `{ruleset.name}`: only administrators see it")
            whole = False
        names += (_describe_actor(actor, ruleset) for actor in ruleset.bypass_actors or ())
    return tuple(names) if whole else None


def _describe_actor(actor: _BypassActor, ruleset: _Ruleset) -> str:
    number = f" {actor.actor_id}" if actor.actor_id is not None else ""
    return f"{actor.actor_type}{number} ({actor.bypass_mode}, ruleset `{ruleset.name}`)"


def _read_settings(settings: _Settings | None) -> Protection:
    if settings is None:
        return Protection("")
    checks = settings.required_status_checks
    reviews = settings.required_pull_request_reviews
    allowed = reviews.bypass_pull_request_allowances if reviews else None
    return Protection(
        "",
        protected=not settings.allow_force_pushes.enabled or checks is not None,
        checks=tuple(check.required for check in checks.checks) if checks else (),
        up_to_date=checks is not None and checks.strict,
        dismisses_stale=reviews is not None and reviews.dismiss_stale_reviews,
        bypass=allowed.names if allowed else (),
        admins_enforced=settings.enforce_admins.enabled,
        merge_queue=False,
        force_pushes=settings.allow_force_pushes.enabled,
        deletable=settings.allow_deletions.enabled,
        linear=settings.required_linear_history.enabled,
        pushers=settings.restrictions.names if settings.restrictions else (),
    )


def _read_rules(rules: tuple[_Rule, ...] | None, bypass: tuple[str, ...] | None) -> Protection:
    if rules is None:
        return Protection("")
    types = {rule.type for rule in rules}
    parameters = [rule.parameters for rule in rules if rule.parameters is not None]
    return Protection(
        "",
        protected=bool(rules),
        checks=tuple(check.required for one in parameters for check in one.required_status_checks),
        up_to_date=any(one.strict_required_status_checks_policy for one in parameters),
        dismisses_stale=any(one.dismiss_stale_reviews_on_push for one in parameters),
        bypass=bypass,
        # Rulesets hold for everybody whom they do not name.
        admins_enforced="required_status_checks" in types,
        merge_queue="merge_queue" in types,
        force_pushes="non_fast_forward" not in types,
        deletable="deletion" not in types,
        linear="required_linear_history" in types,
        pushers=(),
    )


def _combine(ref: str, found: tuple[Protection, Protection], unread: tuple[str, ...]) -> Protection:
    """Return what holds together; what one of them leaves open the other may still settle."""
    return Protection(
        ref,
        protected=_any(one.protected for one in found),
        checks=_join(one.checks for one in found),
        up_to_date=_any(one.up_to_date for one in found),
        dismisses_stale=_any(one.dismisses_stale for one in found),
        bypass=_join_all(one.bypass for one in found),
        admins_enforced=_any(one.admins_enforced for one in found),
        merge_queue=_any(one.merge_queue for one in found),
        force_pushes=_all(one.force_pushes for one in found),
        deletable=_all(one.deletable for one in found),
        linear=_any(one.linear for one in found),
        pushers=_join_all(one.pushers for one in found),
        unread=unread,
    )


def _any(values: Iterable[bool | None]) -> bool | None:
    found = set(values)
    return True if True in found else None if None in found else False


def _all(values: Iterable[bool | None]) -> bool | None:
    found = set(values)
    return False if False in found else None if None in found else True


def _join(checks: Iterable[tuple[RequiredCheck, ...] | None]) -> tuple[RequiredCheck, ...] | None:
    """Return the checks that are known to be required; None: none is, and some may be hidden."""
    parts = list(checks)
    known = tuple(dict.fromkeys(check for part in parts for check in part or ()))
    return known if known or None not in parts else None


def _join_all(names: Iterable[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    """Return all names; None: some may be hidden."""
    parts = list(names)
    return None if None in parts else tuple(name for part in parts for name in part or ())
