"""Circuits merge by their operations; the drivers' tests try it through git itself."""

import random
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qops.circuits import reader, writer
from qops.hooks.merge_circuit import merge
from qops.vault.git_process import Git
from qops.vault.line_merge import GitLines

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[4] q;\n'
TWO = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[4];\n'
WIRES = [(0,), (1,), (2,), (3,), (0, 1), (1, 2), (2, 3), (0, 3)]
Gate = tuple[tuple[int, ...], float]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> GitLines:
    root = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    return GitLines(Git(root))


def text(gates: list[Gate], head: str = HEAD) -> bytes:
    names = {1: "rz", 2: "cp" if head == HEAD else "cu1"}
    spelled = (f"{names[len(on)]}({angle}) {', '.join(f'q[{wire}]' for wire in on)};\n" for on, angle in gates)
    return (head + "".join(spelled)).encode()


def shuffled(gates: list[Gate], chance: random.Random) -> list[Gate]:
    """The same circuit: neighbours without a common wire change places, again and again."""
    gates = gates.copy()
    for _ in range(8 * len(gates)):
        place = chance.randrange(len(gates) - 1)
        if not set(gates[place][0]) & set(gates[place + 1][0]):
            gates[place], gates[place + 1] = gates[place + 1], gates[place]
    return gates


def canonical(data: bytes) -> str:
    return writer.write(reader.read(data, "a.qasm"))


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WIRES), min_size=2, max_size=25), st.randoms(use_true_random=False))
def test_both_changes_are_made_whatever_else_moved(
    lines: GitLines, wires: list[tuple[int, ...]], chance: random.Random
) -> None:
    base = [(on, float(place + 1)) for place, on in enumerate(wires)]
    first, second = chance.sample(range(len(base)), 2)
    ours, theirs, both = base.copy(), base.copy(), base.copy()
    ours[first] = both[first] = (base[first][0], 0.25)
    theirs[second] = both[second] = (base[second][0], 0.75)
    ours, theirs = shuffled(ours, chance), shuffled(theirs, chance)
    merged = merge(text(ours), text(base), text(theirs), "a.qasm", lines)
    assert merged.clean
    assert canonical(merged.data) == canonical(text(both))


def test_an_operation_that_both_moved_is_not_doubled(lines: GitLines) -> None:
    a, b, c, d, e = (((wire,), float(number)) for number, wire in enumerate((0, 0, 1, 2, 2), 1))
    base, ours, theirs = [a, b, c, d, e], [c, a, b, d, e], [a, b, d, e, c]
    merged = merge(text(ours), text(base), text(theirs), "a.qasm", lines)
    assert merged.clean
    assert merged.data in {text(ours), text(theirs)}
    moved = (c[0], 0.25)
    merged = merge(text([moved, a, b, d, e], TWO), text(base, TWO), text([a, (b[0], 0.5), d, e, c], TWO), "a", lines)
    assert not merged.clean


def test_an_operation_is_not_doubled_beside_a_conflict(lines: GitLines) -> None:
    """Both moved `c`, and both filled one gap between `d` and `e`, at places that are apart in their texts."""
    a, b, c, d, e = (((wire,), float(number)) for number, wire in enumerate((0, 0, 1, 2, 2), 1))
    ours, theirs = [c, a, b, d, ((2,), 0.25), e], [a, b, d, ((2,), 0.75), e, c]
    merged = merge(text(ours), text([a, b, c, d, e]), text(theirs), "a.qasm", lines)
    assert not merged.clean
    assert b"<<<<<<< ours\nrz(0.25) q[2];\n=======\nrz(0.75) q[2];\n>>>>>>> theirs\n" in merged.data
    assert merged.data.count(b"rz(3.0) q[1];") == 1


def test_an_empty_base_is_no_circuit_to_read(lines: GitLines) -> None:
    same = text([((0,), 0.5)])
    assert merge(same, b"", same, "a.qasm", lines).data == same
    assert not merge(same, b"", text([((0,), 0.25)]), "a.qasm", lines).clean
