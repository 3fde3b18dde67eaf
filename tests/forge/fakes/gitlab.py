"""GitLab, as far as it is asked: with its own notes, which are all the history that it keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from forge.fakes.server import MISSING, Asked, Reply, Route, WorldServer
from forge.fakes.world import BASE, REPOSITORY, Account, Pull, Statement

_BODIES = {
    "approve": "approved this merge request",
    "reject": "requested changes",
    "withdraw": "unapproved this merge request",
}
_PROJECT = 7
_GHOST = {"id": 9999, "username": "ghost", "name": "Ghost User", "state": "active"}


class GitLabServer(WorldServer):
    root = "/api/v4"
    kind = "gitlab"

    def routes(self) -> Sequence[Route]:
        project = "/projects/acme%2Foperations"
        request = f"{project}/merge_requests/{{number}}"
        return (
            ("GET", project, lambda _: Reply(_project())),
            ("GET", f"{project}/merge_requests", self._requests),
            ("GET", request, lambda asked: Reply(self.render(self._pull(asked)))),
            ("GET", f"{request}/notes", self._notes),
            ("GET", f"{request}/versions", self._versions),
            ("GET", f"{request}/approvals", self._approvals),
            ("GET", f"{project}/repository/branches/{{branch}}", self._branch),
            ("GET", f"{project}/members/all/{{user}}", self._member),
            ("GET", "/users/{user}", self._user),
            ("POST", f"{project}/statuses/{{sha}}", self._status),
        )

    def _pull(self, asked: Asked) -> Pull:
        return self.world.pulls[int(asked.named["number"])]

    def _page(self, asked: Asked, path: str, entries: Sequence[Any]) -> Reply:
        size, number = int(asked.query.get("per_page", 20)), int(asked.query.get("page", 1))
        shown = list(entries[(number - 1) * size : number * size])
        headers = {"X-Total": str(len(entries))}
        if number * size < len(entries):
            query = urlencode({**asked.query, "page": number + 1})
            headers["Link"] = f'<{self.url}{path}?{query}>; rel="next"'
        return Reply(shown, headers=headers)

    def _requests(self, asked: Asked) -> Reply:
        found = [self.render(pull) for pull in self.world.pulls.values()]
        return self._page(asked, "/projects/acme%2Foperations/merge_requests", found)

    def render(self, pull: Pull) -> dict[str, Any]:
        return {
            "id": 500 + pull.number,
            "iid": pull.number,
            "project_id": _PROJECT,
            "title": "Change it",
            "state": "opened",
            "created_at": _time(pull.at),
            "target_branch": "main",
            "source_branch": f"topic-{pull.number}",
            "author": _user(pull.author),
            "assignees": [_user(self.world.accounts["dee"])] if pull.author.bot else [],
            "source_project_id": _PROJECT,
            "target_project_id": _PROJECT,
            "draft": pull.draft,
            "sha": pull.head,
            "merged_at": _time(pull.merged_at) if pull.merged_at else None,
            "merge_commit_sha": None,
            "squash_commit_sha": None,
            "web_url": f"https://gitlab.example/{REPOSITORY}/-/merge_requests/{pull.number}",
            "changes_count": "1",
        }

    def _notes(self, asked: Asked) -> Reply:
        pull = self._pull(asked)
        notes = [note for each in pull.statements for note in _statement_notes(each)]
        notes += [
            _note(9_000 + index, move.by, move.at, "added 1 commit\n\n<ul></ul>", system=True)
            for index, move in enumerate(pull.moves[1:])
        ]
        for index, (at, draft, by) in enumerate(pull.turns):
            word = "draft" if draft else "ready"
            body = f"marked this merge request as **{word}**"
            notes.append(_note(8_000 + index, by, at, body, system=True))
        notes.sort(key=lambda note: str(note["created_at"]), reverse=True)
        path = f"/projects/acme%2Foperations/merge_requests/{pull.number}/notes"
        return self._page(asked, path, notes)

    def _versions(self, asked: Asked) -> Reply:
        pull = self._pull(asked)
        versions = [
            {
                "id": 100 + index,
                "head_commit_sha": move.head,
                "base_commit_sha": BASE,
                "start_commit_sha": BASE,
                "created_at": _time(move.at),
                "state": "collected",
            }
            for index, move in enumerate(pull.moves)
        ]
        path = f"/projects/acme%2Foperations/merge_requests/{pull.number}/versions"
        return self._page(asked, path, versions[::-1])

    def _approvals(self, asked: Asked) -> Reply:
        standing: dict[int, Account] = {}
        for each in self._pull(asked).statements:
            if each.kind == "approve" and each.dismissed_at is None:
                standing[each.by.id] = each.by
            elif each.kind == "withdraw":
                standing.pop(each.by.id, None)
        users = [{"user": _user(account)} for account in standing.values()]
        return Reply({"approved": bool(users), "approved_by": users})

    def _branch(self, asked: Asked) -> Reply:
        name = asked.named["branch"]
        return Reply({"name": name, "commit": {"id": BASE}, "protected": name == "main"})

    def _member(self, asked: Asked) -> Reply:
        account = self._find(asked)
        if account is None or not account.writes:
            return MISSING
        return Reply({"id": account.id, "username": account.login, "access_level": 30})

    def _user(self, asked: Asked) -> Reply:
        account = self._find(asked)
        return Reply({**_user(account), "bot": account.bot}) if account else MISSING

    def _find(self, asked: Asked) -> Account | None:
        accounts = {str(each.id): each for each in self.world.accounts.values()}
        return accounts.get(asked.named["user"])

    def _status(self, asked: Asked) -> Reply:
        self.world.statuses.append((asked.named["sha"], asked.said))
        return Reply({"id": 1, "status": asked.said["state"]}, 201)


def _project() -> dict[str, Any]:
    return {"id": _PROJECT, "path_with_namespace": REPOSITORY, "merge_method": "merge"}


def _statement_notes(each: Statement) -> list[dict[str, Any]]:
    notes = []
    if each.kind in _BODIES:
        notes.append(_note(each.id, each.by, each.at, _BODIES[each.kind], system=True))
    if each.body or each.kind == "comment":
        edited = each.edited_at
        notes.append(_note(each.id + 50_000, each.by, each.at, each.body, edited=edited))
    if each.dismissed_at is not None and each.dismissed_by == each.by:
        body = _BODIES["withdraw"]
        notes.append(_note(each.id + 60_000, each.by, each.dismissed_at, body, system=True))
    return notes


def _note(
    number: int,
    by: Account,
    at: datetime,
    body: str,
    *,
    system: bool = False,
    edited: datetime | None = None,
) -> dict[str, Any]:
    return {
        "id": number,
        "body": body,
        "author": _user(by),
        "created_at": _time(at),
        "updated_at": _time(edited or at),
        "system": system,
    }


def _user(account: Account) -> dict[str, Any]:
    if account.deleted:
        return dict(_GHOST)
    return {"id": account.id, "username": account.login, "state": "active"}


def _time(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
