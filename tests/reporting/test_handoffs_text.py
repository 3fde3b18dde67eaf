"""The matrix of handoffs fits its screen, whoever they are and whatever they wrote."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from plainwork.flow.evidence import Evidence
from plainwork.flow.handoffs import compute_handoffs
from plainwork.reporting.display_width import display_width
from plainwork.reporting.handoffs_text import format_handoffs
from support.builders import make_snapshot, make_team
from support.desks import commit, order
from support.events import DAY, read

HOSTILE = "<script>\x1b[31m{{ 7 * 7 }} \u202egnihton 日本 " + "x" * 10_000


def lines(teams: list[str], team: str = "", *, known: bool = True) -> list[str]:
    titled: dict[str, Any] = {"title": HOSTILE}
    leads = {each: make_team(each, lead="cy" if known else "") for each in teams}
    more: dict[str, Any] = {"parties": leads}
    commits = [commit(0, "ada", order("a", "free", team=teams[0], **titled), **more)]
    for number, each in enumerate([*teams[1:], *reversed(teams[:-1]), teams[1]], start=1):
        commits.append(commit(number, "ada", order("a", "free", team=each, **titled), **more))
    now = datetime.fromtimestamp(99 * DAY, UTC)
    found = compute_handoffs(Evidence(read(*commits), make_snapshot(), UTC, now), team=team)
    return list(format_handoffs(found, date(1970, 4, 10), width=80, color=False))


@pytest.mark.parametrize("team", ["", "team-01"])
@pytest.mark.parametrize("length", [0, 40])
def test_a_dozen_of_teams_fits(team: str, length: int) -> None:
    names = [f"team-{number:02}{'-' * (length > 0)}{'n' * length}" for number in range(12)]
    shown = lines(names, team and names[1])
    assert max(map(display_width, shown)) <= 80
    assert any(line.startswith("from \\ to") for line in shown) == (length == 0 or bool(team))
    text = "\n".join(shown)
    assert text.replace("\n", "").isprintable()
    assert "23 handoffs" in text or team
    assert "<script>" in text or team


def test_where_nobody_is_known_no_wait_is_told() -> None:
    shown = lines(["ghosts", "spirits"], known=False)
    assert "3 to teams of which nobody is known, so nobody is seen to accept" in " ".join(shown)
    assert any(line.split()[3:5] == ["0", "?/2"] for line in shown)
