"""Places that two sequences surely have in common: short runs of tokens that occur once in each.

Patience diff [1]_ with runs in place of single lines, which repeat too often in circuits.

References:
    [1] B. Cohen, Patience Diff Advantages (2010), as git implements it in `xdiff/xpatience.c`.
"""

from bisect import bisect_left
from collections.abc import Sequence

LENGTH = 4


def anchors(a: Sequence[int], b: Sequence[int]) -> list[tuple[int, int]]:
    """Where the same run of tokens begins in `a` and in `b`, rising in both. O(n log n).

    >>> anchors([9, 1, 2, 3, 4], [1, 2, 3, 4, 8])
    [(1, 0)]
    """
    in_b = _unique_runs(b)
    places = [(place, in_b[run]) for run, place in _unique_runs(a).items() if run in in_b]
    return _longest_rise(sorted(places))


def _unique_runs(tokens: Sequence[int]) -> dict[tuple[int, ...], int]:
    places: dict[tuple[int, ...], int] = {}
    repeated = set()
    for place, run in enumerate(zip(*(tokens[shift:] for shift in range(LENGTH)), strict=False)):
        if places.setdefault(run, place) != place:
            repeated.add(run)
    for run in repeated:
        del places[run]
    return places


def _longest_rise(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of `places`, which rise in their first numbers, that rises in the second as well."""
    ends: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(places):
        height = bisect_left(ends, second)
        ends[height:] = [second, *ends[height + 1 :]]
        holders[height:] = [index, *holders[height + 1 :]]
        before.append(holders[height - 1] if height else -1)
    rise = []
    index = holders[-1] if holders else -1
    while index >= 0:
        rise.append(places[index])
        index = before[index]
    return rise[::-1]
