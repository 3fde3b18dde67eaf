"""Gitea and Forgejo, as far as they are asked.

Lists name no next page and show fewer entries than a page has, and in newer versions a force-push
takes the pushes before it out of the timeline.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from forge.fakes.server import MISSING, Asked, Reply, Route, WorldServer
from forge.fakes.world import BASE, REPOSITORY, Account, Move, Pull

_STATES = {"approve": "APPROVED", "reject": "REQUEST_CHANGES", "comment": "COMMENT"}
_MOST = 50
_HIDDEN = "code"


class GiteaServer(WorldServer):
    """The server.

    Attributes:
        hidden: How many code comments stand before everything else in each timeline.
        forgets: Whether a force-push takes out the pushes before it.
    """

    root = "/api/v1"
    kind = "gitea"
    hidden = 0
    forgets = True

    def routes(self) -> Sequence[Route]:
        here = f"/repos/{REPOSITORY}"
        return (
            ("GET", f"{here}/pulls", self._pulls),
            (
                "GET",
                f"{here}/pulls/{{number}}",
                lambda asked: Reply(self.render(self._find(asked))),
            ),
            ("GET", f"{here}/pulls/{{number}}/reviews", self._reviews),
            ("GET", f"{here}/issues/{{number}}/timeline", self._timeline),
            ("GET", f"{here}/branches/{{branch}}", self._branch),
            ("GET", f"{here}/collaborators/{{login}}/permission", self._permission),
            ("POST", f"{here}/statuses/{{sha}}", self._status),
        )

    def _find(self, asked: Asked) -> Pull:
        return self.world.pulls[int(asked.named["number"])]

    def _page(self, asked: Asked, entries: Sequence[Any]) -> Reply:
        size = min(int(asked.query.get("limit", 30)), _MOST)
        start = (int(asked.query.get("page", 1)) - 1) * size
        shown = [entry for entry in entries[start : start + size] if entry != _HIDDEN]
        return Reply(shown or None, headers={"X-Total-Count": str(len(shown))})

    def _pulls(self, asked: Asked) -> Reply:
        return self._page(asked, [self.render(pull) for pull in self.world.pulls.values()])

    def render(self, pull: Pull) -> dict[str, Any]:
        repository = {"id": 7, "full_name": REPOSITORY}
        branch = f"topic-{pull.number}"
        return {
            "id": 500 + pull.number,
            "number": pull.number,
            "title": "WIP: Change it" if pull.draft else "Change it",
            "user": _user(pull.author),
            "state": "open",
            "draft": pull.draft,
            "html_url": f"https://gitea.example/{REPOSITORY}/pulls/{pull.number}",
            "created_at": _time(pull.at),
            "assignees": [_user(self.world.accounts["dee"])] if pull.author.bot else None,
            "changed_files": 1,
            "merged": pull.merged_at is not None,
            "merged_at": _time(pull.merged_at) if pull.merged_at else None,
            "merge_commit_sha": None,
            "head": {"label": branch, "ref": branch, "sha": pull.head, "repo": repository},
            "base": {"label": "main", "ref": "main", "sha": BASE, "repo": repository},
        }

    def _reviews(self, asked: Asked) -> Reply:
        found = [
            {
                "id": each.id,
                "user": _user(each.by),
                "state": _STATES[each.kind],
                "body": each.body,
                "commit_id": each.commit,
                "stale": False,
                "official": each.by.writes,
                "dismissed": each.dismissed_at is not None,
                "submitted_at": _time(each.at),
                "updated_at": _time(each.dismissed_at or each.edited_at or each.at),
            }
            for each in self._find(asked).statements
        ]
        return self._page(asked, found)

    def _timeline(self, asked: Asked) -> Reply:
        pull = self._find(asked)
        forced = [at for at, move in enumerate(pull.moves) if move.forced and self.forgets]
        last = forced[-1] if forced else 1
        events = [_push(move) for move in pull.moves[last:]]
        for each in pull.statements:
            if each.dismissed_at is not None and each.dismissed_by is not None:
                event = _event("dismiss_review", each.dismissed_by, each.dismissed_at)
                events.append({**event, "review_id": each.id})
        for at, draft, by in pull.turns:
            titles = ("Change it", "WIP: Change it")
            old, new = titles if draft else titles[::-1]
            event = _event("change_title", by, at)
            events.append({**event, "old_title": old, "new_title": new})
        events.sort(key=lambda event: str(event["created_at"]))
        return self._page(asked, [_HIDDEN] * self.hidden + events)

    def _branch(self, asked: Asked) -> Reply:
        name = asked.named["branch"]
        return Reply({"name": name, "commit": {"id": BASE}, "protected": name == "main"})

    def _permission(self, asked: Asked) -> Reply:
        account = self.world.accounts.get(asked.named["login"])
        if account is None or account.deleted:
            return MISSING
        return Reply({"permission": "write" if account.writes else "read", "user": _user(account)})

    def _status(self, asked: Asked) -> Reply:
        self.world.statuses.append((asked.named["sha"], asked.said))
        return Reply({"id": 1, "status": asked.said["state"]}, 201)


class ForgejoServer(GiteaServer):
    kind = "forgejo"


def _push(move: Move) -> dict[str, Any]:
    commits = [move.before, move.head] if move.forced else move.commits
    body = json.dumps({"is_force_push": move.forced, "commit_ids": commits})
    return {**_event("pull_push", move.by, move.at), "body": body}


def _event(kind: str, by: Account, at: datetime) -> dict[str, Any]:
    return {
        "id": 1,
        "type": kind,
        "user": _user(by),
        "body": "",
        "created_at": _time(at),
        "review_id": 0,
        "old_title": "",
        "new_title": "",
        "assignee": None,
    }


def _user(account: Account) -> dict[str, Any]:
    if account.deleted:
        return {"id": -1, "login": "Ghost"}
    number = -2 if account.bot else account.id
    return {"id": number, "login": account.login, "full_name": account.login}


def _time(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
