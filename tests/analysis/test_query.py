"""The query language: what a query finds, and what it says to a query that makes no sense."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.query import MAX_VIEW_DEPTH, Query, parse_query
from plainwork.analysis.query_match import compile_query
from plainwork.analysis.query_words import QueryProblem, Word, parse_words
from plainwork.model.settings import Settings, View
from plainwork.model.snapshot import Snapshot
from plainwork.model.work import Work
from plainwork.model.workflow import CustomField
from support.builders import make_person, make_snapshot, make_team, make_workflow

TODAY = date(2026, 5, 15)
VIEWS = {
    "late": "overdue -label:waived",
    "hot": "priority>=high",
    "urgent-late": "late hot",
    "ring": "ring-two",
    "ring-two": "open ring",
    "broken": "colour:red",
}
SETTINGS = Settings(
    views={
        **{name: View(name, query) for name, query in VIEWS.items()},
        "late": View("late", "overdue -labels:waived", "due"),
        "urgent-late": View("urgent-late", "late hot"),
    }
)
PURCHASE = make_workflow(
    "purchase",
    {"draft": "proposed", "in-review": "waiting", "ordered": "done"},
    fields=[
        CustomField("amount", "money"),
        CustomField("pieces", "integer"),
        CustomField("fragile", "boolean"),
        CustomField("size", "choice", options=("none", "small", "large")),
        CustomField("buyer", "party"),
        CustomField("storage", "duration"),
    ],
)
PROJECT = make_workflow("project", {"running": "active", "over": "done"}, kind="project")
SNAPSHOT = make_snapshot(
    [
        {
            "id": "roof",
            "title": "Mend the roof",
            "owner": "nils",
            "due": "2026-05-01",
            "priority": "urgent",
            "labels": ["house", "two words"],
            "team": "builders",
            "estimate": "3d",
            "body": "Tiles come from Älvsbyn.",
        },
        {
            "id": "cellar",
            "owner": "greta",
            "assignees": ["Nils"],
            "due": "2026-05-20",
            "priority": "high",
            "team": "masons",
            "depends_on": ["roof"],
            "parent": "castle",
            "project": "castle",
            "estimate": "20h",
        },
        {
            "id": "attic",
            "owner": "masons",
            "status": "done",
            "due": "2026-04-01",
            "labels": ["waived"],
            "team": "masons",
            "project": "old-castle",
            "x-room": "7",
        },
        {
            "id": "nails",
            "title": 'Nails: "long" ones',
            "workflow": "purchase",
            "status": "in-review",
            "amount": "1840.50",
            "pieces": 500,
            "fragile": False,
            "size": "small",
            "buyer": "nils",
            "requester": "A Neighbour",
            "blocked": "the shop is closed",
            "storage": "2d",
        },
        {
            "id": "glass",
            "workflow": "purchase",
            "amount": "3000 USD",
            "pieces": 20,
            "fragile": True,
            "size": "large",
            "owner": "gone",
            "accountable": "",
            "due": "2026-05-14",
            "labels": ["waived"],
            "storage": "2bd",
        },
        {
            "id": "castle",
            "workflow": "project",
            "owner": "greta",
            "aliases": ["old-castle"],
            "links": {"relates": ["roof"], "supports": ["https://example.org"]},
        },
    ],
    workflows=[make_workflow(), PURCHASE, PROJECT],
    parties=[
        make_person("nils"),
        make_person("greta"),
        make_team("works", lead="greta"),
        make_team("builders", parent="works", lead="nils"),
        make_team("masons", parent="builders", lead="nils"),
        make_team("ring-a", parent="ring-b"),
        make_team("ring-b", parent="ring-a"),
    ],
    settings=SETTINGS,
)
CHANGED = {"roof": date(2026, 5, 10), "castle": date(2026, 4, 1), "nails": date(2026, 1, 1)}


def find(*words: str, snapshot: Snapshot = SNAPSHOT, me: str = "nils") -> list[str]:
    query = parse_query(words, snapshot, today=TODAY, me=me)
    assert isinstance(query, Query), query
    wanted = compile_query(
        query, snapshot, today=TODAY, last_changed=lambda work: CHANGED.get(work.id)
    )
    return [work.id for work in snapshot.works if wanted(work)]


EVERYTHING = ["roof", "cellar", "attic", "nails", "glass", "castle"]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", "roof cellar attic nails glass castle"),
        ("open", "roof cellar nails glass castle"),
        ("closed", "attic"),
        ("-open", "attic"),
        ("overdue", "roof glass"),
        ("blocked", "cellar nails"),
        ("stale", "castle"),
        ("unowned", "nails glass"),
        ("mine", "roof cellar attic"),
        ("late", "roof"),
        ("-late", "cellar attic nails glass castle"),
        ("urgent-late", "roof"),
        ("hot -urgent-late", "cellar"),
        ("owner:nils", "roof"),
        ("owner:NILS", "roof"),
        ("owner:me", "roof"),
        ("owner:nils,greta", "roof cellar castle"),
        ("owner:none", "nails"),
        ("owner:none,nils", "roof nails"),
        ("-owner:none,greta", "roof attic glass"),
        ("assignees:me", "cellar"),
        ("buyer:me", "nails"),
        ('requester:"a neighbour"', "nails"),
        ("team:works", "roof cellar attic"),
        ("team:builders", "roof cellar attic"),
        ("team:masons", "cellar attic"),
        ("team:ring-a", ""),
        ("project:castle", "cellar attic"),
        ("project:old-castle", "cellar attic"),
        ("parent:castle", "cellar"),
        ("depends_on:roof", "cellar"),
        ("depends_on:none open", "roof nails glass castle"),
        ("links:roof", "castle"),
        ("due:2026-05-01", "roof"),
        ("due<2026-05-01", "attic"),
        ("due<=2026-05-01", "roof attic"),
        ("due>today", "cellar"),
        ("due<today", "roof attic glass"),
        ("due>=today-1d due<=today+7d", "cellar glass"),
        ("due<today+3bd due>=today", ""),
        ("due<=today+3bd due>=today", "cellar"),
        ("due:none", "nails castle"),
        ("-due:none", "roof cellar attic glass"),
        ("priority:urgent,HIGH", "roof cellar"),
        ("priority>=high", "roof cellar"),
        ("priority<URGENT", "cellar"),
        ("priority:none closed", "attic"),
        ("category:waiting", "nails"),
        ("category>=waiting", "attic nails"),
        ("status:in-review", "nails"),
        ("workflow:purchase,project", "nails glass castle"),
        ("kind:project", "castle"),
        ("amount>1000", "nails"),
        ("amount:1840.5", "nails"),
        ('amount>"2000 USD"', "glass"),
        ('amount>="1000 EUR"', "nails"),
        ("amount:none", "roof cellar attic castle"),
        ("pieces>20", "nails"),
        ("pieces:20,500", "nails glass"),
        ("-pieces>20 workflow:purchase", "glass"),
        ("fragile:true", "glass"),
        ("fragile:false", "nails"),
        ("size:none", "roof cellar attic castle"),
        ("size>small", "glass"),
        ("estimate>20h", "roof"),
        ("estimate:24h", "roof"),
        ("storage>16h", "nails"),
        ("storage:2bd", "glass"),
        ("labels:house", "roof"),
        ("labels:hous", ""),
        ('labels:"two words"', "roof"),
        ('labels:"two words",waived', "roof attic glass"),
        ("title:ROOF", "roof"),
        ("title:none", ""),
        ("blocked:shop", "nails"),
        ("-blocked:none", "nails"),
        ("x-room:7", "attic"),
        ("x-room:none", "roof cellar nails glass castle"),
        ("roof", "roof"),
        ("ROOF open", "roof"),
        ("ÄLVSBYN", "roof"),
        ('"tiles come"', "roof"),
        ("tiles nothing", ""),
        ("-tiles closed", "attic"),
        ('"open"', ""),
        ('"Nails:"', "nails"),
        ("-", ""),
    ],
)
def test_finds(query: str, ids: str) -> None:
    assert find(query) == ids.split()
    assert find(*query.split(" ")) == ids.split()


@pytest.mark.parametrize(
    ("query", "message", "hint"),
    [
        ("prioritty:high", "there is no field `prioritty`", "did you mean `priority`?"),
        (
            "https://example.org",
            "there is no field `https`",
            '`plainwork list --help` names fields; quotation marks seek text: `"like:this"`',
        ),
        ("owner:", "`owner:` has no value", "`owner:none` finds work without it"),
        ("-due<", "`due<` has no value", "`due:none` finds work without it"),
        ("owner<nils", "`owner` has no order for `<`", "`owner:VALUE` finds equal ones"),
        ("x-room>7", "`x-room` has no order for `>`", "`x-room:VALUE` finds equal ones"),
        ("priority:hihg", "`priority` is never `hihg`", "did you mean `high`?"),
        ("fragile:yes", "`fragile` is never `yes`", "use one of true, false"),
        ("status:revew", "`status` is never `revew`", ""),
        ("workflow:purchse", "`workflow` is never `purchse`", "did you mean `purchase`?"),
        ("due<soon", "`soon` is no value of `due`", "write it as 2026-05-01, today or today+7d"),
        (
            "due<today+7",
            "`today+7` is no value of `due`",
            "write it as 2026-05-01, today or today+7d",
        ),
        ("pieces>many", "`many` is no value of `pieces`", "write it as 3"),
        (
            "amount>1e3",
            "`1e3` is no value of `amount`",
            'write it as 1840.50, or "61000 USD" in quotation marks',
        ),
        ('"open', 'a quotation mark `"` is not closed', ""),
        ("ring", "saved views name each other in a ring: ring -> ring-two -> ring", ""),
        ("broken", "saved view `broken`: there is no field `colour`", ""),
        ("x" * 10_001, "the query is longer than 10,000 characters", ""),
    ],
)
def test_problems(query: str, message: str, hint: str) -> None:
    problem = parse_query([query], SNAPSHOT, today=TODAY, me="nils")
    assert isinstance(problem, QueryProblem)
    assert problem.message == message
    assert hint in problem.hint


@pytest.mark.parametrize("query", ["mine", "-mine", "owner:me", "assignees:greta,me"])
def test_nobody_known_asks_for_their_own_work(query: str) -> None:
    assert parse_query([query], SNAPSHOT, today=TODAY) == QueryProblem(
        "nobody in this workspace has your e-mail address",
        "`plainwork set ID emails+=…` adds it to a person",
    )


def test_a_view_brings_its_order() -> None:
    for words, sort in (("late", "due"), ("open late", "due"), ("urgent-late", "due"), ("hot", "")):
        query = parse_query([words], SNAPSHOT, today=TODAY)
        assert isinstance(query, Query)
        assert query.sort == sort


def views(queries: Iterable[str]) -> Snapshot:
    named = {f"v{n}": View(f"v{n}", query) for n, query in enumerate(queries)}
    return make_snapshot([{"id": "a"}, {"id": "b"}], settings=Settings(views=named))


def test_views_that_name_each_other_again_and_again_stay_cheap() -> None:
    level = [f"v{n + 1} -v{n + 2} v{n + 1} -v{n + 1}" for n in range(MAX_VIEW_DEPTH - 2)]
    snapshot = views([*level, "open", "closed"])
    assert find("-v0", snapshot=snapshot) == ["a", "b"]
    wide = [" ".join(f"v{k} -v{k}" for k in range(n + 1, 18)) for n in range(18)]
    assert find("-v0", snapshot=views(wide)) == ["a", "b"]


def test_views_nest_only_so_deep() -> None:
    fitting = views([*(f"v{n + 1}" for n in range(MAX_VIEW_DEPTH - 1)), "a"])
    assert find("v0", snapshot=fitting) == ["a"]
    deeper = views([*(f"v{n + 1}" for n in range(1_000)), "a"])
    problem = parse_query(["v0"], deeper, today=TODAY)
    assert problem == QueryProblem("saved views name each other more than 20 deep")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("a  b", (Word("a"), Word("b"))),
        ("-a", (Word("a", negated=True),)),
        ('"a b"', (Word("a b", quoted=True),)),
        ('-"a b"', (Word("a b", negated=True, quoted=True),)),
        ("f:a,b", (Word("f:a,b", field="f", operator=":", values=("a", "b")),)),
        ('f:"a,b",c', (Word("f:a,b,c", field="f", operator=":", values=("a,b", "c")),)),
        ("-f>=1", (Word("f>=1", negated=True, field="f", operator=">=", values=("1",)),)),
        ("f<1", (Word("f<1", field="f", operator="<", values=("1",)),)),
        ("f::", (Word("f::", field="f", operator=":", values=(":",)),)),
        ("1:2", (Word("1:2"),)),
    ],
)
def test_words(text: str, words: tuple[Word, ...]) -> None:
    assert parse_words(text) == words


@given(
    st.lists(
        st.text(max_size=8)
        | st.sampled_from(
            ["open", "-late", "due<", "owner:", "me", "none", '"', ",", "today", "amount>1", "x-a:"]
        ),
        max_size=8,
    )
)
def test_any_words_are_a_query_or_a_problem(words: list[str]) -> None:
    query = parse_query(words, SNAPSHOT, today=TODAY, me="nils")
    if isinstance(query, QueryProblem):
        assert query.message
        return
    find(*words)


TERMS = st.sampled_from(
    ["open", "overdue", "late", "owner:nils", "due<today", "roof", "amount>1000", "team:works"]
)


@given(st.lists(TERMS, max_size=4), TERMS)
def test_terms_narrow_and_negation_is_the_rest(terms: list[str], term: str) -> None:
    found = find(*terms)
    assert sorted(find(*terms, term) + find(*terms, f"-{term}")) == sorted(found)
    assert find(*reversed(terms)) == found


def test_a_query_touches_only_the_columns_that_it_needs() -> None:
    touched: set[str] = set()

    class Columns(dict[str, Sequence[Any]]):
        def __getitem__(self, name: str) -> Sequence[Any]:
            touched.add(name)
            return super().__getitem__(name)

    snapshot = make_snapshot([{"due": "2026-01-01", "owner": "nils"}] * 3)
    snapshot.works.columns = Columns(snapshot.works.columns)
    query = parse_query(["open", "owner:nils", "due<2026-05-01"], snapshot, today=TODAY)
    assert isinstance(query, Query)
    wanted = compile_query(query, snapshot, today=TODAY, last_changed=lambda _: None)
    assert all(wanted(Work(snapshot.works.columns, row)) for row in range(3))
    assert touched == {"category", "owner", "due"}
