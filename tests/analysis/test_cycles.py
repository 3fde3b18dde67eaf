"""Rings in graphs, held against the standard library."""

from graphlib import CycleError, TopologicalSorter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork.analysis.cycles import find_cycles, format_cycle

GRAPHS = st.dictionaries(st.integers(0, 8), st.lists(st.integers(0, 10), max_size=4), max_size=9)


@pytest.mark.parametrize(
    ("graph", "rings"),
    [
        pytest.param({}, [], id="empty"),
        pytest.param({"a": ["b"], "b": ["c"]}, [], id="chain"),
        pytest.param({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, [], id="diamond"),
        pytest.param({"a": ["a"]}, [("a",)], id="itself"),
        pytest.param({"c": ["a"], "a": ["b"], "b": ["c"]}, [("c", "a", "b")], id="begins-first"),
        pytest.param({"x": ["a"], "a": ["b"], "b": ["a"]}, [("a", "b")], id="with-a-tail"),
        pytest.param({"a": ["b"], "b": ["a"], "c": ["c"]}, [("a", "b"), ("c",)], id="two"),
    ],
)
def test_rings(graph: dict[str, list[str]], rings: list[tuple[str, ...]]) -> None:
    assert list(find_cycles(graph)) == rings


@given(GRAPHS)
def test_there_is_a_ring_if_the_graph_cannot_be_sorted(graph: dict[int, list[int]]) -> None:
    try:
        TopologicalSorter(graph).prepare()
        sortable = True
    except CycleError:
        sortable = False

    assert (not list(find_cycles(graph))) == sortable


@given(GRAPHS)
def test_a_ring_follows_edges_and_shares_no_node(graph: dict[int, list[int]]) -> None:
    rings = list(find_cycles(graph))

    for ring in rings:
        assert all(
            after in graph[before] for before, after in zip(ring, (*ring[1:], ring[0]), strict=True)
        )
    nodes = [node for ring in rings for node in ring]
    assert len(nodes) == len(set(nodes))


def test_a_hundred_thousand_in_a_row_need_no_recursion() -> None:
    graph = {number: [number + 1] for number in range(100_000)}
    assert list(find_cycles(graph)) == []

    graph[99_999] = [0]
    (ring,) = find_cycles(graph)
    assert len(ring) == 100_000


def test_a_long_ring_is_shown_in_short() -> None:
    assert format_cycle("ab") == "a → b → a"
    assert format_cycle("abcdefg") == "a → b → c → d → e → f → g → a"
    assert format_cycle("abcdefghij") == "a → b → c → d → … → h → i → j → a"
