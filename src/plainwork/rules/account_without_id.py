"""The rule ``account-without-id``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork.model.diagnostic import Severity
from plainwork.model.document import Document
from plainwork.model.settings import Settings
from plainwork.model.workflow import Workflow
from plainwork.rules.rule import Found, Rule, Scope


def _check(
    document: Document, _workflows: Mapping[str, Workflow], _settings: Settings
) -> Iterator[Found]:
    for forge, account in document.fields.get("accounts", {}).items():
        if "id" not in account:
            message = f"the account on {forge} has no `id`, so the forge's word for it is not taken"
            hint = "add the account's number; the login is for display"
            yield Found(document.path, message, hint, ("accounts", forge))


RULE = Rule(
    name="account-without-id",
    summary="An account has the number that the forge gave it.",
    remedy=(
        "A login can be given up and taken by somebody else; the number stays. Without it the "
        "account counts as unknown, and its approvals count for nothing."
    ),
    scope=Scope.DOCUMENT,
    severity=Severity.WARNING,
    check_document=_check,
)
