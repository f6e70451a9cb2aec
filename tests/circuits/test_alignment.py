"""The alignment: right on every wire, as short as an exhaustive search, and short where circuits are large."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qops.circuits import alignment
from qops.circuits.alignment import align
from qops.circuits.sweep import Pair, Sweep, Tokens
from qops.circuits.wire_distance import Budget, SuffixDistance, TooDifferentError

Gate = tuple[str, tuple[int, ...], float]


def numbered(*circuits: Sequence[Gate]) -> list[Tokens]:
    known: dict[object, int] = {}
    return [
        Tokens(
            [known.setdefault(gate, len(known)) for gate in circuit],
            [known.setdefault(gate[:2], len(known)) for gate in circuit],
            [wires for _, wires, _ in circuit],
        )
        for circuit in circuits
    ]


def gates(chance: random.Random, many: int, wide: int, angles: Sequence[float] = ()) -> list[Gate]:
    """Random gates on `wide` wires; without `angles`, every rotation has one of its own."""
    made: list[Gate] = []
    for _ in range(many):
        name = chance.choice(["rz", "x", "sx", "cx", "cx"])
        wires = tuple(chance.sample(range(wide), 2 if name == "cx" else 1))
        angle = chance.choice(angles) if angles else chance.random()
        made.append((name, wires, angle if name == "rz" else 0.0))
    return made


def edited(chance: random.Random, circuit: Sequence[Gate], many: int, wide: int) -> list[Gate]:
    """`many` deletions, insertions and changed angles."""
    result = list(circuit)
    for _ in range(many):
        place = chance.randrange(len(result))
        match chance.randrange(3):
            case 0:
                del result[place]
            case 1:
                result[place:place] = gates(chance, 1, wide)
            case 2:
                rotations = [spot for spot, gate in enumerate(result) if gate[0] == "rz"]
                spot = chance.choice(rotations)
                result[spot] = ("rz", result[spot][1], chance.random())
    return result


def shuffled(chance: random.Random, circuit: Sequence[Gate]) -> list[Gate]:
    """Another order of what shares no wire."""
    lanes: dict[int, list[int]] = defaultdict(list)
    for place, (_, wires, _) in enumerate(circuit):
        for wire in wires:
            lanes[wire].append(place)
    heads = dict.fromkeys(lanes, 0)
    result: list[Gate] = []
    while len(result) < len(circuit):
        open_lanes = [wire for wire in lanes if heads[wire] < len(lanes[wire])]
        fronts = {wire: lanes[wire][heads[wire]] for wire in open_lanes}
        free = [wire for wire in open_lanes if all(fronts.get(w) == fronts[wire] for w in circuit[fronts[wire]][1])]
        place = fronts[chance.choice(free)]
        result.append(circuit[place])
        for wire in circuit[place][1]:
            heads[wire] += 1
    return result


def cost(a: Sequence[Gate], b: Sequence[Gate], pairs: Sequence[Pair]) -> int:
    return len(a) + len(b) - 2 * len(pairs) + sum(a[x] != b[y] for x, y in pairs)


def slots(circuit: Sequence[Gate]) -> list[dict[int, int]]:
    heights: dict[int, int] = defaultdict(int)
    found = []
    for _, wires, _ in circuit:
        found.append({wire: heights[wire] for wire in wires})
        for wire in wires:
            heights[wire] += 1
    return found


def is_right(a: Sequence[Gate], b: Sequence[Gate], pairs: Sequence[Pair]) -> bool:
    """Whether only alike operations are paired, and the pairs rise on every wire."""
    at_a, at_b = slots(a), slots(b)
    lanes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for x, y in pairs:
        if a[x][:2] != b[y][:2]:
            return False
        for wire in a[x][1]:
            lanes[wire].append((at_a[x][wire], at_b[y][wire]))
    steps = [step for lane in lanes.values() for step in pairwise(sorted(lane))]
    return all(p[0] < q[0] and p[1] < q[1] for p, q in steps)


def cheapest(a: Sequence[Gate], b: Sequence[Gate]) -> int:
    """The shortest script of all, by trying every right pairing."""
    at_b = slots(b)

    def tails(x: int, last: dict[int, int], used: frozenset[int]) -> Iterator[int]:
        if x == len(a):
            yield 0
            return
        yield from tails(x + 1, last, used)
        for y, gate in enumerate(b):
            fits = y not in used and gate[:2] == a[x][:2] and all(at_b[y][w] > last.get(w, -1) for w in gate[1])
            if fits:
                saved = 2 - (gate != a[x])
                now = last | {wire: at_b[y][wire] for wire in gate[1]}
                yield from (saved + rest for rest in tails(x + 1, now, used | {y}))

    return len(a) + len(b) - max(tails(0, {}, frozenset()))


pieces = st.lists(st.integers(0, 5), max_size=8)


@given(pieces, pieces)
@settings(max_examples=200, deadline=None)
def test_distances_are_those_of_dynamic_programming(a: list[int], b: list[int]) -> None:
    table = {(len(a), len(b)): 0}
    for i in range(len(a), -1, -1):
        for j in range(len(b), -1, -1):
            options = [table[i + 1, j] + 1] if i < len(a) else []
            options += [table[i, j + 1] + 1] if j < len(b) else []
            if i < len(a) and j < len(b) and a[i] // 2 == b[j] // 2:
                options.append(table[i + 1, j + 1] + (a[i] != b[j]))
            table[i, j] = min(options, default=0)
    from_the_ends = [(tokens[::-1], [token // 2 for token in tokens[::-1]]) for tokens in (a, b)]
    distance = SuffixDistance(*from_the_ends, Budget(10_000))
    assert {(i, j): distance.between(len(a) - i, len(b) - j) for i, j in table} == table


@pytest.mark.parametrize("seed", range(40))
def test_a_few_edits_of_a_small_circuit_are_found_by_no_search_shorter(seed: int) -> None:
    chance = random.Random(seed)
    a = gates(chance, 7, 3, angles=(0.1, 0.2))
    b = edited(chance, [("rz", (0,), 0.5), *a], 2, 3)
    assert cost(a, b, align(*numbered(a, b))) == cheapest(a, b)


@pytest.mark.parametrize(("many", "wide"), [(1, 20), (20, 20), (100, 20), (20, 2)])
def test_after_any_reordering_the_script_is_no_longer_than_the_edits(many: int, wide: int) -> None:
    chance = random.Random(many)
    a = gates(chance, 2000, wide)
    b = shuffled(chance, edited(chance, a, many, wide))
    pairs = align(*numbered(a, b))
    assert is_right(a, b, pairs)
    assert cost(a, b, pairs) <= many


def test_layers_that_repeat_are_removed_as_layers() -> None:
    layer: list[Gate] = [("rx", (wire,), 0.1) for wire in range(6)]
    layer += [("rzz", (wire, wire + 1), 0.2) for wire in (0, 2, 4, 1, 3)]
    a, b = layer * 50, layer * 20 + [("x", (3,), 0.0)] + layer * 28
    pairs = align(*numbered(a, b))
    assert is_right(a, b, pairs)
    assert cost(a, b, pairs) == 2 * len(layer) + 1


def test_where_every_angle_moved_nothing_is_deleted() -> None:
    chance = random.Random(1)
    a = gates(chance, 3000, 4)
    b = [(name, wires, chance.random() if name == "rz" else 0.0) for name, wires, _ in a]
    pairs = align(*numbered(a, b))
    assert len(pairs) == len(a)


def test_a_long_insertion_costs_no_more_than_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "FEWEST_STEPS", 3000)
    chance = random.Random(2)
    a = gates(chance, 2000, 3)
    b = a[:900] + gates(chance, 1000, 3) + a[900:]
    pairs = align(*numbered(a, b))
    assert is_right(a, b, pairs)
    assert cost(a, b, pairs) <= 1010


@pytest.mark.parametrize("wide", [2, 6])
def test_circuits_without_anything_in_common_are_still_aligned_rightly(wide: int) -> None:
    chance = random.Random(wide)
    a, b = gates(chance, 1500, wide, angles=(0.1,)), gates(chance, 1200, wide, angles=(0.2,))
    pairs = align(*numbered(a, b))
    assert is_right(a, b, pairs)
    assert cost(a, b, pairs) < len(a) + len(b)


def test_a_sweep_stops_where_its_budget_ends() -> None:
    chance = random.Random(3)
    with pytest.raises(TooDifferentError):
        Sweep(*numbered(gates(chance, 300, 2), gates(chance, 300, 2)), Budget(100)).pairs()
