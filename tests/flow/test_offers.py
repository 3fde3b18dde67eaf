"""Offers from team to team, by hand: who offered what to whom, and what became of it."""

from collections.abc import Sequence

import msgspec
import pytest

from plainwork.flow.events import CommitFiles
from plainwork.flow.offers import Offer, find_offers
from plainwork.model.party import Party
from plainwork.model.workflow import Category, State, Workflow
from support.builders import make_team
from support.desks import ORDER, PEOPLE, answer, commit, merge, order
from support.events import DAY, read

Row = tuple[str, str, str, int, str, int | None]


def row(offer: Offer) -> Row:
    """Return work, teams, day of the offer, what became of it, and on which day."""
    day = offer.answered.time // DAY if offer.answered else None
    return (
        *(offer.work, offer.giver, offer.receiver),
        *(offer.offered.time // DAY, offer.outcome.value, day),
    )


BUILT = commit(1, "ada", order("a", "building"))
OFFERED = commit(2, "ada", order("a", "testing"))
NO_LAB: dict[str, Party] = {**PEOPLE, "lab": make_team("lab", lead="bo")}
RENAMED = msgspec.structs.replace(ORDER, states=(State("bench", Category.WAITING, team="lab"),))
TO_LAB = ("a", "shop", "lab", 2)

LIVES: dict[str, tuple[Sequence[CommitFiles], list[Row]]] = {
    "nothing yet": ([BUILT, OFFERED], [(*TO_LAB, "open", None)]),
    "accepted by the first change of the receiving team": (
        [
            *(BUILT, OFFERED, commit(3, "bo", order("a", "testing", due="1970-02-01"))),
            commit(5, "cy", order("a", "testing", due="1970-02-02")),
            commit(6, "cy", order("a", "testing", due="1970-02-03")),
        ],
        [(*TO_LAB, "accepted", 5)],
    ),
    "accepted by who passes it": (
        [BUILT, OFFERED, commit(4, "cy", order("a", "done"))],
        [(*TO_LAB, "accepted", 4)],
    ),
    "taken by the receiving team itself": (
        [BUILT, commit(2, "cy", order("a", "testing"))],
        [(*TO_LAB, "accepted", 2)],
    ),
    "accepted by a record": (
        [BUILT, OFFERED, commit(4, "cy", answers=[answer("cy", "accept")])],
        [(*TO_LAB, "accepted", 4)],
    ),
    "a record of somebody else": (
        [BUILT, OFFERED, commit(4, "bo", answers=[answer("bo", "accept")])],
        [(*TO_LAB, "open", None)],
    ),
    "a record about other work": (
        [BUILT, OFFERED, commit(4, "cy", answers=[answer("cy", "accept", "b")])],
        [(*TO_LAB, "open", None)],
    ),
    "a record before the offer": (
        [BUILT, commit(1, "cy", answers=[answer("cy", "accept")]), OFFERED],
        [(*TO_LAB, "open", None)],
    ),
    "a record with the offer": (
        [BUILT, commit(2, "ada", order("a", "testing"), answers=[answer("cy", "accept")])],
        [(*TO_LAB, "accepted", 2)],
    ),
    "rejected, then accepted": (
        [
            *(BUILT, OFFERED, commit(3, "cy", answers=[answer("cy", "reject")])),
            commit(4, "cy", answers=[answer("cy", "accept")]),
        ],
        [(*TO_LAB, "accepted", 4)],
    ),
    "rejected and sent back by who rejected it": (
        [
            *(BUILT, OFFERED, commit(3, "cy", answers=[answer("cy", "reject")])),
            commit(4, "cy", order("a", "building")),
        ],
        [(*TO_LAB, "rejected", 4), ("a", "lab", "shop", 4, "open", None)],
    ),
    "sent back without a word": (
        [BUILT, OFFERED, commit(4, "cy", order("a", "building"))],
        [(*TO_LAB, "accepted", 4), ("a", "lab", "shop", 4, "open", None)],
    ),
    "taken back by the giver, which takes it at once": (
        [BUILT, OFFERED, commit(4, "ada", order("a", "building"))],
        [(*TO_LAB, "moved-on", 4), ("a", "lab", "shop", 4, "accepted", 4)],
    ),
    "closed by somebody else": (
        [BUILT, OFFERED, commit(4, "ada", order("a", "done"))],
        [(*TO_LAB, "closed", 4)],
    ),
    "deleted": (
        [BUILT, OFFERED, commit(4, "ada", removed=["work/a.md"])],
        [(*TO_LAB, "closed", 4)],
    ),
    "by the team in the document": (
        [
            commit(1, "ada", order("a", "free")),
            commit(2, "ada", order("a", "free", team="lab")),
        ],
        [(*TO_LAB, "open", None)],
    ),
    "a team in other letters is the same": (
        [commit(1, "ada", order("a", "free")), commit(2, "ada", order("a", "free", team="Shop"))],
        [],
    ),
    "created for another team": ([commit(1, "ada", order("a", "testing"))], []),
    "there again": (
        [BUILT, commit(2, "ada", removed=["work/a.md"]), commit(3, "ada", order("a", "testing"))],
        [],
    ),
    "there again without its team": (
        [
            commit(1, "ada", order("a", "free", team="lab")),
            commit(2, "ada", removed=["work/a.md"]),
            commit(3, "ada", order("a", "free")),
            commit(4, "ada", order("a", "building")),
        ],
        [],
    ),
    "a state gets another name": (
        [
            commit(1, "ada", order("a", "testing")),
            commit(2, "ada", order("a", "bench"), workflows={"order": RENAMED}),
        ],
        [],
    ),
    "with another id": (
        [
            *(BUILT, OFFERED),
            commit(3, "ada", order("b", "testing", path="work/a.md", aliases=["a"])),
        ],
        [("b", "shop", "lab", 2, "open", None)],
    ),
    "closed work is handed to nobody": (
        [commit(1, "ada", order("a", "testing")), commit(2, "cy", order("a", "done"))],
        [],
    ),
    "opened again by another team": (
        [commit(1, "ada", order("a", "done")), commit(2, "ada", order("a", "testing"))],
        [(*TO_LAB, "open", None)],
    ),
    "the rules change and the work does not": (
        [
            commit(1, "ada", order("a", "free")),
            commit(2, "ada", workflows={"order": msgspec.structs.replace(ORDER, team="lab")}),
            commit(
                3,
                "ada",
                order("a", "free", due="1970-02-01"),
                workflows={"order": msgspec.structs.replace(ORDER, team="lab")},
            ),
        ],
        [],
    ),
    "who was in the team then": (
        [
            *(BUILT, OFFERED),
            commit(3, "cy", order("a", "testing", due="1970-02-01"), parties=NO_LAB),
            commit(4, "bo", order("a", "testing", due="1970-02-02"), parties=NO_LAB),
            commit(5, "cy", parties=PEOPLE),
        ],
        [(*TO_LAB, "accepted", 4)],
    ),
    "nobody knows the team": (
        [
            commit(1, "ada", order("a", "free")),
            commit(2, "ada", order("a", "free", team="ghosts")),
            commit(3, "cy", order("a", "free", team="ghosts", due="1970-02-01")),
        ],
        [("a", "shop", "ghosts", 2, "untold", None)],
    ),
}


@pytest.mark.parametrize("name", LIVES)
def test_what_became_of_offers(name: str) -> None:
    commits, rows = LIVES[name]
    assert [row(offer) for offer in find_offers(read(*commits))] == rows


def test_what_is_promised_and_by_whom_it_was_accepted() -> None:
    (offer,) = find_offers(read(BUILT, OFFERED, commit(4, "cy", order("a", "done"))))
    assert (offer.within, offer.state, offer.by, offer.rejections) == ("1d", "testing", "cy", ())


def test_there_and_back_is_ping_pong_and_onwards_is_not() -> None:
    there_and_back = [
        *(BUILT, OFFERED, commit(3, "ada", order("a", "building"))),
        *(
            commit(4, "ada", order("a", "testing")),
            commit(5, "bo", order("a", "free", team="store")),
        ),
    ]
    offers = find_offers(read(*there_and_back))
    assert [(offer.giver, offer.receiver, offer.returned) for offer in offers] == [
        ("shop", "lab", True),
        ("lab", "shop", True),
        ("shop", "lab", False),
        ("lab", "store", False),
    ]


def test_every_rejection_is_kept() -> None:
    answers = [answer("cy", "reject", reason="No serial"), answer("cy", "reject", reason="Still")]
    (offer,) = find_offers(
        read(
            BUILT, OFFERED, *(commit(3 + n, "cy", answers=[each]) for n, each in enumerate(answers))
        )
    )
    assert [(each.by, each.reason, each.moment.time // DAY) for each in offer.rejections] == [
        ("cy", "No serial", 3),
        ("cy", "Still", 4),
    ]
    assert offer.answered is None


def test_an_answer_never_comes_before_the_offer() -> None:
    early = commit(3, "cy", at=DAY, answers=[answer("cy", "accept")])
    (offer,) = find_offers(read(BUILT, OFFERED, early))
    assert row(offer) == (*TO_LAB, "accepted", 2)


@pytest.mark.parametrize("kind", ["project", "routine"])
def test_only_items_are_counted(kind: str) -> None:
    workflows: dict[str, Workflow] = {"order": msgspec.structs.replace(ORDER, kind=kind)}
    history = read(
        commit(1, "ada", order("a", "building"), workflows=workflows),
        commit(2, "ada", order("a", "testing"), workflows=workflows),
    )
    assert find_offers(history) == ()


def test_what_lies_ahead_has_not_happened() -> None:
    history = read(BUILT, OFFERED, commit(4, "cy", order("a", "done")))
    assert [row(each) for each in find_offers(history, until=4 * DAY)] == [(*TO_LAB, "open", None)]
    assert find_offers(history, until=2 * DAY) == ()


@pytest.mark.parametrize(
    ("merged", "outcome"),
    [
        pytest.param(["bo@example.org", "cy@example.org"], "accepted", id="one of the authors"),
        pytest.param(["bo@example.org"], "open", id="none of the authors"),
        pytest.param([], "accepted", id="not known, so who merged"),
    ],
)
def test_of_a_merge_counts_who_wrote_what_it_brought_in(merged: list[str], outcome: str) -> None:
    last = merge(commit(3, "cy", order("a", "testing", due="1970-02-01")), "c2", "x")
    (offer,) = find_offers(read(BUILT, OFFERED, last), merged={"c3": merged} if merged else {})
    assert offer.outcome.value == outcome


def test_who_wrote_together_counts() -> None:
    last = commit(3, "ada", order("a", "testing", due="1970-02-01"))
    helped = msgspec.structs.replace(last.commit, co_authors=("Cy <CY@example.org>",))
    (offer,) = find_offers(read(BUILT, OFFERED, msgspec.structs.replace(last, commit=helped)))
    assert offer.by == "cy"
