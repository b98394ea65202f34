"""Average linkage over links: chance likenesses do not chain, and order decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dragoman.stories.cluster import Link, components, groups

if TYPE_CHECKING:
    import random

LINKS = st.dictionaries(
    st.tuples(st.integers(1, 9), st.integers(1, 9)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(1, 500),
    max_size=25,
).map(lambda found: [(a, b, points) for (a, b), points in found.items()])


def split(links: list[Link]) -> list[list[Link]]:
    a, b, points = (np.array([link[i] for link in links], dtype=np.int64) for i in range(3))
    return list(components(a, b, points))


def test_two_pairs_are_two_groups() -> None:
    assert groups([(1, 2, 200), (3, 4, 200)], 100) == [[1, 2], [3, 4]]


def test_below_the_threshold_stays_apart() -> None:
    assert groups([(1, 2, 99)], 100) == []


def test_a_chain_breaks_where_it_is_weakest() -> None:
    # 1-2 and 3-4 are sure; one likeness of 2 and 3 is a quarter of the pairs between them
    assert groups([(1, 2, 400), (3, 4, 400), (2, 3, 300)], 100) == [[1, 2], [3, 4]]


def test_enough_likenesses_make_one() -> None:
    links = [(1, 2, 400), (3, 4, 400), (2, 3, 300), (1, 3, 200), (1, 4, 100)]
    assert groups(links, 100) == [[1, 2, 3, 4]]


@given(LINKS)
def test_components_hold_every_link_once(links: list[Link]) -> None:
    parts = split(links)
    assert sorted(link for part in parts for link in part) == sorted(links)
    nodes = [{n for a, b, _ in part for n in (a, b)} for part in parts]
    assert all(not (x & y) for i, x in enumerate(nodes) for y in nodes[i + 1 :])


@given(LINKS, st.integers(1, 400), st.randoms(use_true_random=False))
def test_order_decides_nothing(links: list[Link], threshold: int, chance: random.Random) -> None:
    shuffled = list(links)
    chance.shuffle(shuffled)
    found = [g for part in split(links) for g in groups(part, threshold)]
    assert found == [g for part in split(shuffled) for g in groups(part, threshold)]


@given(LINKS, st.integers(1, 400))
def test_groups_reach_the_threshold_and_share_nothing(links: list[Link], threshold: int) -> None:
    points = {frozenset((a, b)): p for a, b, p in links}
    found = [g for part in split(links) for g in groups(part, threshold)]
    members = [n for group in found for n in group]
    assert len(members) == len(set(members))
    for one in found:
        assert len(one) > 1
        assert any(frozenset((a, b)) in points for a in one for b in one if a < b)
    for i, one in enumerate(found):  # no two groups are left that belong together
        for other in found[i + 1 :]:
            total = sum(points.get(frozenset((a, b)), 0) for a in one for b in other)
            assert total < threshold * len(one) * len(other)
