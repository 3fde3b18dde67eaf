"""Pull requests: what they are asked."""

from __future__ import annotations

from plainwork.serving.practice.answers import commits, pulls
from plainwork.serving.practice.call import Call
from plainwork.serving.practice.requests import Answer, refuse


def answer_pulls(call: Call) -> Answer:
    """Return pull requests, the last one first."""
    query = call.request.query
    state, head, base = query.get("state", "open"), query.get("head"), query.get("base")
    found = [
        pull
        for pull in call.state.pulls.values()
        if state in ("all", pull.state)
        and base in (None, pull.base)
        and head in (None, f"{pull.source.partition('/')[0]}:{pull.branch}")
    ]
    if query.get("direction", "desc") == "desc":
        found.reverse()
    return call.page([pulls.render_short_pull(call.state, call.links, pull) for pull in found])


def answer_pull(call: Call) -> Answer:
    """Return a pull request."""
    return Answer(pulls.render_pull(call.state, call.links, call.git, call.pull))


def answer_reviews(call: Call) -> Answer:
    """Return the reviews of a pull request, oldest first."""
    pull = call.pull
    return call.page(
        [pulls.render_review(call.state, call.links, pull, review) for review in pull.reviews]
    )


def answer_review(call: Call) -> Answer:
    """Return a review."""
    for review in call.pull.reviews:
        if review.id == int(call.named["review"]):
            return Answer(pulls.render_review(call.state, call.links, call.pull, review))
    return refuse(404, "Not Found")


def answer_graphql(call: Call) -> Answer:
    """Answer the only question that GraphQL is asked: which reviews were edited, and when."""
    said = call.request.said.get("variables")
    variables = said if isinstance(said, dict) else {}
    pull = call.state.pulls[int(variables["number"])]
    nodes = [pulls.render_review_node(review) for review in pull.reviews]
    reviews = {"nodes": nodes, "pageInfo": {"hasNextPage": False, "endCursor": None}}
    return Answer({"data": {"repository": {"pullRequest": {"reviews": reviews}}}})


def answer_pull_commits(call: Call) -> Answer:
    """Return the commits of a pull request; GitHub lists 250 at most."""
    found = call.git.commits(call.pull.base_commit, call.pull.head)[:250]
    return call.page(
        [commits.render_commit(call.state, call.links, call.git.commit(sha)) for sha in found]
    )


def answer_pull_files(call: Call) -> Answer:
    """Return what a pull request changes; GitHub lists 3,000 files at most."""
    pull = call.pull
    found = call.git.files(pull.base_commit, pull.head)[:3000]
    return call.page(
        [commits.render_file(call.state, call.links, pull.head, file) for file in found]
    )


def answer_timeline(call: Call) -> Answer:
    """Return the timeline of a pull request."""
    return call.page(pulls.render_timeline(call.state, call.links, call.git, call.pull))


def answer_merged(call: Call) -> Answer:
    """Tell by the status whether a pull request is merged."""
    return Answer(None, 204) if call.pull.merged_at else refuse(404, "Not Found")


def answer_merge(call: Call) -> Answer:
    """Merge a pull request."""
    said = call.request.said
    method, sha = str(said.get("merge_method", "merge")), str(said.get("sha", ""))
    commit = call.forge.merge(call.pull.number, call.bearer.login, method, sha=sha)
    return Answer({"sha": commit, "merged": True, "message": "Pull Request successfully merged"})


def answer_update_branch(call: Call) -> Answer:
    """Merge the base into the branch of a pull request."""
    expected = str(call.request.said.get("expected_head_sha", ""))
    call.forge.update_branch(call.pull.number, call.bearer.login, expected=expected)
    said = {"message": "Updating pull request branch.", "url": call.links.site}
    return Answer(said, 202)


def answer_commit_pulls(call: Call) -> Answer:
    """Return the pull requests that a commit belongs to."""
    commit = call.commit
    found = [
        pull
        for pull in call.state.pulls.values()
        if commit in (pull.head, pull.merge_commit)
        or commit in call.git.commits(pull.base_commit, pull.head)
    ]
    return call.page([pulls.render_short_pull(call.state, call.links, pull) for pull in found])
