"""Cuts GitHub's own OpenAPI description down to the requests that plainwork makes.

Run with the description of the npm package `@octokit/openapi`, which is under the MIT licence that
stands beside this file:

    npm pack @octokit/openapi@23.0.2 && tar -xzf octokit-openapi-23.0.2.tgz
    python tests/forge/github_openapi/cut.py package/generated/api.github.com.json
"""

import json
import sys
from pathlib import Path
from typing import Any

REPOSITORY = "/repos/{owner}/{repo}"
REQUESTS = {
    f"{REPOSITORY}/activity": "get",
    f"{REPOSITORY}/branches/{{branch}}": "get",
    f"{REPOSITORY}/branches/{{branch}}/protection": "get",
    f"{REPOSITORY}/check-runs": "post",
    f"{REPOSITORY}/check-runs/{{check_run_id}}": "patch",
    f"{REPOSITORY}/collaborators/{{username}}/permission": "get",
    f"{REPOSITORY}/commits/{{commit_sha}}/pulls": "get",
    f"{REPOSITORY}/git/matching-refs/{{ref}}": "get",
    f"{REPOSITORY}/git/ref/{{ref}}": "get",
    f"{REPOSITORY}/issues/{{issue_number}}/timeline": "get",
    f"{REPOSITORY}/pulls": "get",
    f"{REPOSITORY}/pulls/{{pull_number}}": "get",
    f"{REPOSITORY}/pulls/{{pull_number}}/commits": "get",
    f"{REPOSITORY}/pulls/{{pull_number}}/reviews": "get",
    f"{REPOSITORY}/rules/branches/{{branch}}": "get",
    f"{REPOSITORY}/rulesets/{{ruleset_id}}": "get",
    f"{REPOSITORY}/statuses/{{sha}}": "post",
}
LEFT_OUT = frozenset(
    {"example", "examples", "externalDocs", "x-github", "x-githubEnterpriseCloudOnly"}
)
"""Words, which no request or answer has to keep to."""


def cut(description: dict[str, Any]) -> dict[str, Any]:
    """Return the requests, and the components that they refer to."""
    paths = {
        path: {method: description["paths"][path][method]} for path, method in REQUESTS.items()
    }
    kept: dict[str, Any] = {"paths": paths, "components": {}}
    waiting = list(references(paths))
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        if name not in kept["components"].setdefault(kind, {}):
            kept["components"][kind][name] = part = description["components"][kind][name]
            waiting += references(part)
    return {"openapi": description["openapi"], "info": description["info"], **strip(kept)}


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        parts = [each for key, each in value.items() if key not in LEFT_OUT]
        return own + [found for part in parts for found in references(part)]
    return (
        [found for part in value for found in references(part)] if isinstance(value, list) else []
    )


def strip(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: strip(part)
            for key, part in value.items()
            if key not in LEFT_OUT and not (key == "description" and isinstance(part, str))
        }
    return [strip(part) for part in value] if isinstance(value, list) else value


def main() -> None:
    description = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    text = json.dumps(cut(description), indent=1, sort_keys=True, ensure_ascii=False)
    Path(__file__).with_name("github.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
