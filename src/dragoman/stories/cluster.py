"""Links between accounts to groups that tell of one happening each: average linkage.

Two groups become one when their pairs reach the threshold on average; pairs without a link count
as nothing. So one chance likeness does not chain two happenings together, as joining every linked
pair would. The result depends on the links alone, never on their order.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

Link = tuple[int, int, int]
"""Number of one account, number of the other, points."""


def components(
    a: NDArray[np.integer], b: NDArray[np.integer], points: NDArray[np.integer]
) -> Iterator[list[Link]]:
    """Yield the links of each set of accounts that hang together, in a fixed order.

    Args:
        a: number of one account of each link.
        b: number of the other.
        points: what the link weighs.
    """
    if not len(a):
        return
    roots = _roots(a, b)
    of_link = roots[np.searchsorted(roots[:, 0], a), 1]
    order = np.lexsort((b, a, of_link))
    cuts = np.flatnonzero(np.diff(of_link[order])) + 1
    for part in np.split(order, cuts):
        yield list(zip(a[part].tolist(), b[part].tolist(), points[part].tolist(), strict=True))


def _roots(a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.integer]:
    """Return every account with the lowest one it hangs together with, sorted, in two columns."""
    parent = {node: node for node in np.union1d(a, b).tolist()}

    def root(node: int) -> int:
        while (above := parent[node]) != node:
            parent[node] = parent[above]
            node = parent[node]
        return node

    for one, other in zip(a.tolist(), b.tolist(), strict=True):
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return np.array([(node, root(node)) for node in parent])


def groups(links: Sequence[Link], threshold: int) -> list[list[int]]:
    """Return groups of two or more accounts of one component, each sorted.

    Args:
        links: every link of the component.
        threshold: points that two groups must reach on average over all their pairs.
    """
    return sorted(sorted(group) for group in _Merger(links, threshold).merged() if len(group) > 1)


class _Merger:
    """Merges the two groups with the highest average again and again."""

    def __init__(self, links: Sequence[Link], threshold: int) -> None:
        """Begin with every account alone."""
        self._threshold = threshold
        self._members = {node: [node] for a, b, _ in links for node in (a, b)}
        self._sums: dict[int, dict[int, int]] = {node: {} for node in self._members}
        for a, b, points in links:
            self._sums[a][b] = self._sums[b][a] = points
        self._heap = [self._entry(a, b) for a, b, _ in links]
        heapq.heapify(self._heap)

    def _entry(self, a: int, b: int) -> tuple[float, int, int, int]:
        """Return a pair of groups as the heap holds it: the best first, equals by number."""
        total = self._sums[a][b]
        pairs = len(self._members[a]) * len(self._members[b])
        return -total / pairs, min(a, b), max(a, b), total

    def merged(self) -> Iterator[list[int]]:
        """Merge while the threshold is reached; yield what stands at the end."""
        while self._heap and -self._heap[0][0] >= self._threshold:
            average, a, b, total = heapq.heappop(self._heap)
            if self._is_current(average, a, b, total):
                self._merge(a, b)
        yield from self._members.values()

    def _is_current(self, average: float, a: int, b: int, total: int) -> bool:
        """Whether both groups still stand as they did when the pair was noted."""
        if a not in self._members or b not in self._members:
            return False
        pairs = len(self._members[a]) * len(self._members[b])
        return self._sums[a].get(b) == total and -total / pairs == average

    def _merge(self, a: int, b: int) -> None:
        """Put group ``b`` into group ``a``, whose number is the lower one."""
        self._members[a] += self._members.pop(b)
        for other, points in self._sums.pop(b).items():
            del self._sums[other][b]
            if other != a:
                self._sums[a][other] = self._sums[other][a] = self._sums[a].get(other, 0) + points
        for other in self._sums[a]:
            heapq.heappush(self._heap, self._entry(a, other))
