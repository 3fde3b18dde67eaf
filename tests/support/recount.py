"""Count numbers of flow again, from nothing but Git.

Run `python tests/support/recount.py DIR SINCE UNTIL`. Not a line of plainwork is used: documents
are read with regular expressions, and the categories of states are taken from the workflows of the
last commit. So it knows less (workflows that changed, ids that changed, trailers), but what it says
of a plain history has to agree.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

STATE = re.compile(r"^  ([\w-]+): *\{.*?category: *(\w+)|^  ([\w-]+):\n    category: *(\w+)", re.M)
FIELD = r"^{}: *[\"']?([^\"'\n#]*?)[\"']? *(?:#.*)?$"


def main() -> None:
    folder, since, until = sys.argv[1:]
    found = recount(Path(folder), date.fromisoformat(since), date.fromisoformat(until))
    sys.stdout.write(f"{json.dumps(found)}\n")


def recount(root: Path, since: date, until: date) -> dict[str, object]:
    """Return how many items were finished, in how many days, and how many are in progress."""
    zone = ZoneInfo(_find(r"timezone = \"(.*)\"", _git(root, "show", "HEAD:plainwork.toml"), "UTC"))
    lives: dict[str, list[tuple[int, str]]] = {}
    for time, id_, category in _read_events(root):
        life = lives.setdefault(id_, [])
        moment = max(time, life[-1][0] if life else 0)
        day = datetime.fromtimestamp(moment, zone).date()
        if day <= until and (not life or life[-1][1] != category):
            life.append((moment, category))
    days, ages = [], []
    for life in lives.values():
        started = next((time for time, what in life if what in ("active", "waiting")), None)
        if life and life[-1][1] == "done":
            start, end = started or life[-1][0], life[-1][0]
            finish = datetime.fromtimestamp(end, zone).date()
            if finish >= since:
                days.append((finish - datetime.fromtimestamp(start, zone).date()).days + 1)
        elif life and life[-1][1] in ("active", "waiting"):
            assert started is not None
            ages.append((until - datetime.fromtimestamp(started, zone).date()).days + 1)
    days.sort()
    ranks = [-(-percent * len(days) // 100) for percent in (50, 85, 95)]
    return {
        "finished": len(days),
        "cycle_time": [days[rank - 1] for rank in ranks if days],
        "in_progress": len(ages),
        "oldest": max(ages, default=None),
    }


def _read_events(root: Path) -> Iterator[tuple[int, str, str]]:
    """Yield when which item came into which category, as the first parents tell it."""
    categories = _read_categories(root)
    ids: dict[str, str] = {}
    last: dict[str, str] = {}
    for time, changes in _read_commits(root):
        gone = {ids.pop(path, "") for path, blob in changes if not blob}
        for path, blob in changes:
            text = _git(root, "cat-file", "blob", blob) if blob else ""
            front = text.split("\n---", 1)[0]
            workflow = _find(FIELD.format("workflow"), front)
            if not text.startswith("---\n") or workflow not in categories:
                continue
            id_ = _find(FIELD.format("id"), front, Path(path).stem).lower()
            before = next((at for at, known in ids.items() if known == id_ and at != path), None)
            if before is not None and id_ not in gone:
                continue  # an id that other work has
            ids[path] = id_
            gone.discard(id_)
            status = _find(FIELD.format("status"), front)
            last[id_] = categories[workflow].get(status, "")
            yield time, id_, last[id_]
        for id_ in gone & last.keys():
            if last[id_] not in ("done", "dropped"):
                yield time, id_, "dropped"


def _read_categories(root: Path) -> dict[str, dict[str, str]]:
    """Return the states of the workflows for items, and the category of each."""
    found = {}
    for path in _git(root, "ls-files", "workflows").splitlines():
        text = _git(root, "show", f"HEAD:{path}")
        if _find(FIELD.format("kind"), text, "item") == "item":
            states = (match.groups() for match in STATE.finditer(text))
            found[Path(path).stem] = {a or c: b or d for a, b, c, d in states}
    return found


def _read_commits(root: Path) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Yield the time of each commit, and the paths and blobs that it wrote, ``""`` for removed."""
    command = ("log", "--first-parent", "--reverse", "--raw", "-z", "--no-abbrev", "--no-renames")
    for chunk in _git(root, *command, "-m", "--format=%x01%ct").split("\x01")[1:]:
        time, *parts = chunk.split("\0")
        fields = [part for part in parts if part.strip()]
        pairs = zip(fields[::2], fields[1::2], strict=True)
        changes = [(path, meta.split()[3]) for meta, path in pairs]
        yield (
            int(time),
            [
                (path, "" if set(blob) == {"0"} else blob)
                for path, blob in changes
                if path.endswith(".md") and not re.search(r"(^|/)([._]|README\.md$)", path)
            ],
        )


def _find(pattern: str, text: str, default: str = "") -> str:
    found = re.search(pattern, text, re.M)
    return found[1] if found else default


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


if __name__ == "__main__":
    main()
