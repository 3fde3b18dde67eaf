"""Policies: what a change to anything needs, beyond workflows."""

from datetime import date

import msgspec

from plainwork.model.workflow import Approval


class Scope(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a policy applies to: all keys must hold, entries of one are alternatives."""

    kinds: tuple[str, ...] = ()
    workflows: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    when: str = ""


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """A condition that documents in scope must fulfil."""

    require: str
    message: str
    severity: str = "error"
    first: date | None = None


class Policy(msgspec.Struct, frozen=True, omit_defaults=True):
    """One policy; ``approvals`` None: it asks for none of its own, ``()``: on purpose, none."""

    id: str
    path: str
    title: str
    owner: str = ""
    default: bool = False
    applies_to: Scope = Scope()
    approvals: tuple[Approval, ...] | None = None
    checks: tuple[Check, ...] = ()
    waivers: tuple[Approval, ...] = ()
    body: str = ""
