"""Accounts: what they are asked."""

from __future__ import annotations

from plainwork.serving.practice.answers import basics
from plainwork.serving.practice.call import Call
from plainwork.serving.practice.requests import Answer


def answer_me(call: Call) -> Answer:
    """Return who asks."""
    return Answer(basics.render_profile(call.state, call.links, call.bearer))


def answer_user(call: Call) -> Answer:
    """Return an account by its login."""
    account = call.state.account(call.named["login"])
    return Answer(basics.render_profile(call.state, call.links, account))


def answer_user_by_number(call: Call) -> Answer:
    """Return an account by its number."""
    account = call.state.accounts[int(call.named["account"])]
    return Answer(basics.render_profile(call.state, call.links, account))


def answer_collaborators(call: Call) -> Answer:
    """Return everybody who may do something in the repository."""
    found = [call.state.accounts[number] for number in call.state.permissions]
    return call.page(
        [basics.render_collaborator(call.state, call.links, account) for account in found]
    )


def answer_permission(call: Call) -> Answer:
    """Return what an account may do in the repository."""
    account = call.state.account(call.named["login"])
    return Answer(basics.render_permission(call.state, call.links, account))


def answer_rate_limit(call: Call) -> Answer:
    """Return how many more requests are answered."""
    left = call.forge.faults.limit
    remaining = 5000 if left is None else left
    reset = call.forge.faults.reset or call.state.now
    rate = {
        "limit": 5000,
        "remaining": remaining,
        "reset": int(reset.timestamp()),
        "used": 5000 - remaining,
    }
    return Answer({"resources": {"core": rate, "search": rate}, "rate": rate})
