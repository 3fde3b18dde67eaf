"""The author of a change whom nothing proves yet: whoever asks, or whom a commit names.

What is decided so is for telling only: it grants nothing, for anybody can write any address.
"""

from __future__ import annotations

from copy import copy

import msgspec

from plainwork.model.change import Change
from plainwork.model.evidence import ForgeAccount
from plainwork.model.party import Account, Party, Person

CLAIMED = ForgeAccount("0", "you")
"""The account of whoever is taken for the author; no forge gives an account this number."""


def know_author(change: Change, email: str) -> Change:
    """Let the person with an e-mail address be the author, whom no forge has named yet.

    Only they have the account :data:`CLAIMED`, which the evidence has to name.
    """
    before = copy(change.before)
    forge = before.settings.forge_kind
    before.parties = {
        id_: _with_account(party, forge) if _has_email(party, email) else party
        for id_, party in before.parties.items()
    }
    return msgspec.structs.replace(change, before=before)


def _has_email(party: Party, email: str) -> bool:
    return isinstance(party, Person) and email.casefold() in map(str.casefold, party.emails)


def _with_account(party: Party, forge: str) -> Party:
    account = Account(CLAIMED.login, int(CLAIMED.id))
    return msgspec.structs.replace(party, accounts={**party.accounts, forge: account})
