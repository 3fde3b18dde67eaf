"""Which reviews were edited on GitHub after they were submitted.

Whoever may write to a repository can edit the text of somebody else's review, and REST does not
say so. A consent that stands in such a text is not the reviewer's word, so before one is believed
GraphQL is asked. Nothing is asked where no review says anything of the kind.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from plainwork.errors import ForgeUnavailableError
from plainwork.forge.first_line import says_consent
from plainwork.forge.github_answers import Review
from plainwork.forge.http import JsonApi

_NEEDS = "Pull requests: read"
_MOST_PAGES = 30
_QUERY = """
query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    reviews(first: 100, after: $after) {
      nodes { databaseId lastEditedAt } pageInfo { hasNextPage endCursor }
    }
  } }
}
"""


class _Node(msgspec.Struct, rename="camel"):
    database_id: int
    last_edited_at: str | None


class _PageInfo(msgspec.Struct, rename="camel"):
    has_next_page: bool
    end_cursor: str | None


class _Reviews(msgspec.Struct, rename="camel"):
    nodes: tuple[_Node, ...]
    page_info: _PageInfo


class _Pull(msgspec.Struct):
    reviews: _Reviews


class _Repository(msgspec.Struct, rename="camel"):
    pull_request: _Pull


class _Data(msgspec.Struct):
    repository: _Repository


class _Answer(msgspec.Struct):
    data: _Data | None = None
    errors: tuple[object, ...] = ()


def find_edited(
    api: JsonApi, repository: str, number: int, reviews: Sequence[Review]
) -> frozenset[int]:
    """Return the ids of the reviews that consent in words which may not be their author's.

    Those are the ones that were edited, and the ones of which GitHub does not say.

    Raises:
        ForgeUnavailableError: If GitHub does not answer, or in part only.
    """
    consents = {review.id for review in reviews if says_consent(review.body)}
    if not consents:
        return frozenset()
    untouched = set[int]()
    after: str | None = None
    for _ in range(_MOST_PAGES):
        page = _fetch_page(api, repository, number, after)
        untouched.update(node.database_id for node in page.nodes if node.last_edited_at is None)
        after = page.page_info.end_cursor
        if not page.page_info.has_next_page:
            break
    return frozenset(consents - untouched)


def _fetch_page(api: JsonApi, repository: str, number: int, after: str | None) -> _Reviews:
    owner, _, name = repository.partition("/")
    variables = {"owner": owner, "name": name, "number": number, "after": after}
    body = {"query": _QUERY, "variables": variables}
    answer = api.send("POST", "/graphql", body, _Answer, needs=_NEEDS)
    if answer.data is None or answer.errors:
        # GraphQL answers in part, with errors beside it: a part proves nothing.
        message = f"{api.root}/graphql: it does not say which reviews were edited"
        raise ForgeUnavailableError(message)
    return answer.data.repository.pull_request.reviews
