"""The repository, its branches and commits: what they are asked."""

from __future__ import annotations

from plainwork.serving.practice.answers import basics, commits, protection, reports
from plainwork.serving.practice.call import Call
from plainwork.serving.practice.requests import Answer, refuse
from plainwork.serving.practice.state import Push


def answer_repository(call: Call) -> Answer:
    """Return the repository, with what the one who asks may do."""
    said = basics.render_repository(call.state, call.links, call.repository)
    account = call.token.account if call.token else None
    if account:
        said["permissions"] = basics.render_collaborator(call.state, call.links, account)[
            "permissions"
        ]
    return Answer(said)


def answer_branches(call: Call) -> Answer:
    """Return all branches, or only those that are protected."""
    found = [
        protection.render_short_branch(
            call.state, call.links, ref.removeprefix("refs/heads/"), commit
        )
        for ref, commit in call.git.refs().items()
    ]
    if call.request.query.get("protected") == "true":
        found = [branch for branch in found if branch["protected"]]
    return call.page(found)


def answer_branch(call: Call) -> Answer:
    """Return a branch."""
    name = call.named["branch"]
    if f"refs/heads/{name}" not in call.git.refs():
        return refuse(404, "Branch not found")
    return Answer(protection.render_branch(call.state, call.links, call.git, name))


def answer_protection(call: Call) -> Answer:
    """Return the older kind of protection of a branch."""
    name = call.named["branch"]
    rules = call.state.protections.get(name)
    if rules is None or rules.ruleset:
        return refuse(404, "Branch not protected")
    return Answer(protection.render_protection(call.state, call.links, name, rules))


def answer_rules(call: Call) -> Answer:
    """Return the rules of rulesets that hold for a branch."""
    return call.page(protection.render_rules(call.state, call.named["branch"]))


def answer_rulesets(call: Call) -> Answer:
    """Return all rulesets."""
    found = [branch for branch, each in call.state.protections.items() if each.ruleset]
    return call.page([protection.render_short_ruleset(call.state, call.links, b) for b in found])


def answer_ruleset(call: Call) -> Answer:
    """Return the ruleset in full."""
    for branch, rules in call.state.protections.items():
        if rules.ruleset:
            return Answer(protection.render_ruleset(call.state, call.links, branch, rules))
    return refuse(404, "Not Found")


def answer_ref(call: Call) -> Answer:
    """Return what a ref points to."""
    ref = f"refs/{call.named['ref']}"
    commit = call.git.refs("refs/")[ref]
    return Answer(commits.render_ref(call.state, call.links, ref, commit))


def answer_matching_refs(call: Call) -> Answer:
    """Return the refs that begin with a text."""
    start = f"refs/{call.named['ref']}"
    return call.page(
        [
            commits.render_ref(call.state, call.links, ref, commit)
            for ref, commit in call.git.refs("refs/").items()
            if ref.startswith(start)
        ]
    )


def answer_commit(call: Call) -> Answer:
    """Return a commit."""
    commit = call.git.commit(call.commit)
    return Answer(commits.render_commit(call.state, call.links, commit))


def answer_compare(call: Call) -> Answer:
    """Return how two commits stand to each other."""
    base, head = (call.git.find(call.named[side]) for side in ("base", "head"))
    if not (base and head and call.git.merge_base(base, head)):
        return refuse(404, "Not Found")
    return Answer(commits.render_comparison(call.state, call.links, call.git, base, head))


def answer_activity(call: Call) -> Answer:
    """Return how branches moved, the last move first."""
    found = [push for push in call.state.pushes if _asked_for(call, push)]
    if call.request.query.get("direction", "desc") == "desc":
        found.reverse()
    shown = [reports.render_activity(call.state, call.links, push) for push in found]
    return call.page(shown)


def _asked_for(call: Call, push: Push) -> bool:
    query, ref = call.request.query, call.request.query.get("ref", "")
    actor = push.actor.login if push.actor else ""
    return (
        push.repository == call.repository
        and ref in ("", push.ref, push.ref.removeprefix("refs/heads/"))
        and query.get("actor", actor).lower() == actor.lower()
        and query.get("activity_type", push.kind) == push.kind
    )
