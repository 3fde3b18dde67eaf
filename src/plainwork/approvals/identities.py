"""Who is behind an account, an address or a key: parties of the base, and nobody else.

The number of an account is its identity: a login can be renamed and taken over, so it never
grants. Accounts of Gitea and Forgejo are told apart: they are different servers, whose numbers
mean different people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from plainwork.model.evidence import AccountKind, ForgeAccount
from plainwork.model.party import Agent, Party, Person, Team

_NO_REPLY = re.compile(r"([1-9][0-9]{0,18})[+-]([^@+]+)@users\.noreply\.[a-z0-9.-]+")
_NO_REPLY_WITHOUT_NUMBER = re.compile(r"([^@+]+)@(?:users\.)?noreply\.[a-z0-9.-]+")
_SSH_KEY = re.compile(r"[a-z0-9@.-]+ [A-Za-z0-9+/]+=*")
_FINGERPRINT = re.compile(r"[0-9A-F]{40}|[0-9A-F]{64}")


class Identities:
    """The parties of a workspace by what others know them by.

    Args:
        parties: Those of the base: a change names nobody.
        forge: Whose accounts count: ``github``, ``gitlab``, ``gitea`` or ``forgejo``.
    """

    def __init__(self, parties: Iterable[Party], forge: str) -> None:
        self._by_account: dict[str, list[Person | Agent]] = {}
        self._by_login: dict[str, list[Person | Agent]] = {}
        self._by_email: dict[str, list[Person | Agent]] = {}
        self._by_key: dict[str, list[Person | Agent]] = {}
        self._agents: dict[str, Agent] = {}
        for party in parties:
            if not isinstance(party, Team):
                self._add(party, forge)

    def _add(self, party: Person | Agent, forge: str) -> None:
        account = party.accounts.get(forge)
        if account is not None:
            self._by_login.setdefault(account.login.casefold(), []).append(party)
            if account.id is not None:
                self._by_account.setdefault(str(account.id), []).append(party)
        if isinstance(party, Agent):
            logins = [each.login for each in party.accounts.values()]
            for name in (party.id, party.name, *logins):
                self._agents.setdefault(_fold(name), party)
            return
        for email in party.emails:
            self._by_email.setdefault(email.casefold(), []).append(party)
        for key in party.signing_keys:
            self._by_key.setdefault(normalise_key(key), []).append(party)

    def behind_account(self, account: ForgeAccount) -> tuple[Person | Agent, ...]:
        """Return everyone who says that an account is theirs: nobody, one, or by error several."""
        return tuple(self._by_account.get(account.id, ())) if account.id else ()

    def person_of(self, account: ForgeAccount) -> Person | None:
        """Return the person whose account it is: only a user's, and only if it is one person's."""
        found = self.behind_account(account)
        if account.kind is not AccountKind.USER or len(found) != 1:
            return None
        return found[0] if isinstance(found[0], Person) else None

    def agent_of(self, account: ForgeAccount) -> Agent | None:
        """Return the agent whose account it is, even if somebody else claims it as well."""
        return next(
            (each for each in self.behind_account(account) if isinstance(each, Agent)), None
        )

    def behind_key(self, key: str) -> tuple[Person | Agent, ...]:
        """Return everyone who says that a key is theirs: nobody, one, or by error several."""
        return tuple(self._by_key.get(normalise_key(key), ())) if key else ()

    def person_of_key(self, key: str) -> Person | None:
        """Return the person who signs with a key, if it is one person's."""
        found = self.behind_key(key)
        return found[0] if len(found) == 1 and isinstance(found[0], Person) else None

    def behind_email(self, email: str) -> tuple[Person | Agent, ...]:
        """Return everyone whom an address of a commit may mean. Anybody can write any address."""
        folded = email.casefold()
        match = _NO_REPLY.fullmatch(folded)
        if match:
            return tuple(self._by_account.get(match[1], ()))
        return tuple(self._by_email.get(folded, ()))

    def hinted_by(self, email: str) -> tuple[Person | Agent, ...]:
        """Return whose login an address of a forge holds: enough to exclude, never to attribute."""
        match = _NO_REPLY_WITHOUT_NUMBER.fullmatch(email.casefold())
        return tuple(self._by_login.get(match[1], ())) if match else ()

    def alike(self, account: ForgeAccount) -> tuple[Person | Agent, ...]:
        """Return whose login an account bears, whatever its number: for explanations only."""
        return tuple(self._by_login.get(account.login.casefold(), ()))

    def agent_named(self, name: str) -> Agent | None:
        """Return the agent with an id, name or login."""
        return self._agents.get(_fold(name))


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def normalise_key(key: str) -> str:
    """Return a public key as it is compared: without comment; a fingerprint without blanks."""
    words = " ".join(key.split()[:2])
    if _SSH_KEY.fullmatch(words) and not _FINGERPRINT.fullmatch(_plain(key)):
        return words
    return _plain(key)


def _plain(key: str) -> str:
    return "".join(key.split()).upper()
