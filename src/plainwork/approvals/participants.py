"""Who made a change, and who had a hand in it.

The forge says who opened, asked and pushed; without one a signature says who made it. Commits say
whatever their author wrote, so what they say excludes people and raises counts, and never grants
anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from plainwork.approvals.identities import Identities
from plainwork.approvals.soundness import WITHOUT_FORGE
from plainwork.model.change import Change, ChangedDocument, Contributor
from plainwork.model.evidence import AccountKind, Evidence, ForgeAccount
from plainwork.model.party import Agent, Person

_APPROVER = "approver"
"""Whoever only approves in a commit has no part in the change."""

_FORGE_COMMITTERS = frozenset({("github", "noreply@github.com")})
"""Who commits what people do on the forge's own pages: nobody, and only as committer."""

_SIGNED = "signed"
_SHOWN = 10

_BY_PROGRAM = frozenset({"agent", "assisted"})
"""The values of ``made_by`` by which an agent had a hand in work."""


class Participants(msgspec.Struct, frozen=True):
    """Who took part in a change; ids are in lower case where they are in a set.

    Attributes:
        author: The id of the person or agent who opened it, or ``""``.
        shown: The same, else the login, for display.
        agent: The author, if it is an agent.
        alone: Whether nobody else is known to have pushed to it or written a commit of it.
        askers: People who asked a program for it; they count as authors.
        contributors: People named by commits, or who pushed or signed them; the author mostly
            among them.
        writers: People and agents as whose own words its records may stand: the author, and
            authors and co-authors of commits.
        by_agent: Whether an agent took part.
        unattributed: Names of authors, committers and pushers who are nobody here; without a
            forge also commits that nobody here has signed.
    """

    author: str
    shown: str
    agent: Agent | None
    alone: bool
    askers: frozenset[str]
    contributors: frozenset[str]
    writers: frozenset[str]
    by_agent: bool
    unattributed: tuple[str, ...]


def compute_participants(
    change: Change, evidence: Evidence, identities: Identities
) -> Participants:
    """Return who took part in a change."""
    author = _author(evidence, identities)
    told = {each: _behind(each, identities) for each in change.contributors}
    named = {each: found for each, found in told.items() if each.role != _APPROVER}
    pushers = [head.pusher for head in evidence.heads if head.pusher is not None]
    behind_pushes = [party for each in pushers for party in identities.behind_account(each)]
    behind_keys = [party for key in evidence.signers for party in identities.behind_key(key)]
    parties = [party for found in named.values() for party in found]
    hinted = [party for each in named for party in identities.hinted_by(each.email)]
    author_ids = {author.id.lower()} if author else set()
    writers = {
        party.id.lower()
        for each, found in told.items()
        if each.role != "committer"
        for party in found
    }
    return Participants(
        author=author.id if author else "",
        shown=author.id if author else _login(evidence.author),
        agent=author if isinstance(author, Agent) else None,
        alone=_is_alone(author, named, pushers, identities, evidence),
        askers=_askers(author, evidence, identities),
        contributors=_people((*parties, *behind_pushes, *behind_keys, *hinted))
        | _claimed_author(evidence, identities),
        writers=frozenset(author_ids | writers),
        by_agent=_is_by_agent(change, evidence, identities, (*parties, *behind_pushes, *hinted)),
        unattributed=tuple(_unattributed(evidence, named, pushers, identities)),
    )


def _author(evidence: Evidence, identities: Identities) -> Person | Agent | None:
    if evidence.author is None:
        return identities.person_of_key(evidence.author_key)
    return identities.agent_of(evidence.author) or identities.person_of(evidence.author)


def _askers(
    author: Person | Agent | None, evidence: Evidence, identities: Identities
) -> frozenset[str]:
    """Return who asked a program for the change; an agent's account may look like a person's."""
    account = evidence.author
    by_user = account is not None and account.kind is AccountKind.USER
    if by_user and not isinstance(author, Agent):
        return frozenset()
    return _people(party for each in evidence.requesters for party in _claims(each, identities))


def _claims(account: ForgeAccount, identities: Identities) -> tuple[Person | Agent, ...]:
    return identities.behind_account(account)


def _claimed_author(evidence: Evidence, identities: Identities) -> frozenset[str]:
    """Return everyone who may be the author, where an account or key is claimed by several."""
    if evidence.author is None:
        return _people(identities.behind_key(evidence.author_key))
    return _people(_claims(evidence.author, identities))


def _people(parties: Iterable[Person | Agent]) -> frozenset[str]:
    return frozenset(party.id.lower() for party in parties if isinstance(party, Person))


def _login(account: ForgeAccount | None) -> str:
    return account.login if account else ""


def _behind(contributor: Contributor, identities: Identities) -> tuple[Person | Agent, ...]:
    found = identities.behind_email(contributor.email)
    if found or contributor.role not in ("co-author", "assistant"):
        return found
    agent = identities.agent_named(contributor.name)
    return (agent,) if agent else ()


def _is_of_forge(contributor: Contributor, forge: str) -> bool:
    return (
        contributor.role == "committer"
        and (forge, contributor.email.casefold()) in _FORGE_COMMITTERS
    )


def _is_alone(
    author: Person | Agent | None,
    named: dict[Contributor, tuple[Person | Agent, ...]],
    pushers: Iterable[ForgeAccount],
    identities: Identities,
    evidence: Evidence,
) -> bool:
    """Return whether the change is the author's own: others may push to a branch as well.

    Whoever opened it speaks for it only if all pushes are known; a signature covers all of it
    that nobody else has signed.
    """
    if author is None or (evidence.author is not None and not evidence.heads_known):
        return False
    own = all(
        found == (author,)
        for each, found in named.items()
        if each.role in ("author", "committer") and not _is_of_forge(each, evidence.forge)
    )
    signed = all(identities.behind_key(key) == (author,) for key in evidence.signers)
    return own and signed and all(identities.behind_account(each) == (author,) for each in pushers)


def _is_by_agent(
    change: Change,
    evidence: Evidence,
    identities: Identities,
    parties: Iterable[Person | Agent],
) -> bool:
    accounts = [
        each for each in (evidence.author, *(head.pusher for head in evidence.heads)) if each
    ]
    return (
        any(each.kind is AccountKind.BOT or identities.agent_of(each) for each in accounts)
        or any(isinstance(party, Agent) for party in parties)
        or any(each.role == "assistant" for each in change.contributors)
        or any(_says_so(document) for document in change.documents)
    )


def _says_so(document: ChangedDocument) -> bool:
    """Return whether a document says that an agent made what the change makes of it.

    What it said before counts too: taking the sign away is no way round it.
    """
    if document.fields.isdisjoint({"made_by", "created"}):
        return False
    sides = (side for side in (document.old, document.new) if side is not None)
    return any(side.fields.get("made_by") in _BY_PROGRAM for side in sides)


def _has_lost_author(evidence: Evidence) -> bool:
    """Return whether the account is gone that opened the change; anybody may have had it."""
    return evidence.author is None and evidence.forge not in WITHOUT_FORGE


def _find_unsigned(evidence: Evidence, *, made: bool) -> Iterator[str]:
    """Yield what no signature proves, where nothing else could: commits say whatever they like.

    Args:
        evidence: What is known.
        made: Whether any commit of the change does more than approve.
    """
    for commit in evidence.unsigned:
        yield f"commit {commit[:_SHOWN]}, which no key of the base has signed"
    if evidence.forge == _SIGNED and made and not (evidence.author_key or evidence.unsigned):
        yield f"commit {evidence.head[:_SHOWN]}, of which nobody knows who has signed it"


def _unknown_authors(evidence: Evidence, identities: Identities) -> Iterator[str]:
    if _has_lost_author(evidence):
        yield "a deleted account"
    if evidence.author is not None and not identities.behind_account(evidence.author):
        yield evidence.author.login
    for key in filter(None, (evidence.author_key, *evidence.signers)):
        if not identities.behind_key(key):
            yield key


def _unattributed(
    evidence: Evidence,
    named: dict[Contributor, tuple[Person | Agent, ...]],
    pushers: Iterable[ForgeAccount],
    identities: Identities,
) -> Iterator[str]:
    found = dict.fromkeys(_find_unsigned(evidence, made=bool(named)))
    found |= dict.fromkeys(_unknown_authors(evidence, identities))
    for each, parties in named.items():
        said = each.role in ("author", "committer") and not _is_of_forge(each, evidence.forge)
        if said and not parties:
            found[f"{each.name} <{each.email}>"] = None
    for pusher in pushers:
        if not identities.behind_account(pusher):
            found[pusher.login] = None
    yield from found
