"""Lives of items in one line each, and the history that they make.

``1:todo 2:doing 2.5:doing! 4:done 6:gone`` is an item that was created on day 1 of 1970 (whose
first day is 0), was blocked at noon of day 2 and deleted on day 6. Entries are commits in their
order, whatever their days say.
"""

from collections.abc import Iterable, Mapping

from hypothesis import strategies as st

from plainwork.flow.events import CommitFiles
from plainwork.model.history import History
from support.events import DAY, commit, read, written


def make_history(lives: Mapping[str, str]) -> History:
    """Build what happened to items, given their lives by id."""
    return read(*(step for id_, life in lives.items() for step in _commits(id_, life)))


def _commits(id_: str, life: str) -> Iterable[CommitFiles]:
    for number, entry in enumerate(life.split()):
        day, state = entry.split(":")
        at = int(float(day) * DAY)
        if state == "gone":
            yield commit(number, removed=[f"work/{id_}.md"], at=at)
            continue
        blocked = {"blocked": "steel"} if state.endswith("!") else {}
        yield commit(number, written(id_, state.rstrip("!"), "", **blocked), at=at)


STATES = st.sampled_from(["todo", "doing", "done", "dropped", "lost", "gone"])


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Any history of three works, whose clocks may run backwards."""
    there: set[str] = set()
    commits = []
    for number in range(draw(st.integers(1, 12))):
        work, state = draw(st.sampled_from("abc")), draw(STATES)
        at = draw(st.integers(0, 20)) * DAY
        if state != "gone":
            there.add(work)
            blocked = {"blocked": "steel"} if draw(st.booleans()) else {}
            commits.append(commit(number, written(work, state, **blocked), at=at))
        elif work in there:
            there.remove(work)
            commits.append(commit(number, removed=[f"work/{work}.md"], at=at))
    return read(*commits) if commits else History()
