"""Circuits in parts: which there are, and that their counts have the law of the whole."""

import math
from collections import Counter

import msgspec
import pytest
from qiskit_aer import AerSimulator
from support.devices import CHAIN

from qops.backends import counts
from qops.backends.components import joined, parts
from qops.backends.simulated import Simulated
from qops.circuits.reader import read
from qops.interchange.to_qiskit import circuit_to_qiskit
from qops.model.circuit import Circuit
from qops.model.ports import Job
from qops.model.target import Target

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nbit[4] c;\n'
APART = """\
sx $0; cx $0, $1; barrier $0, $1, $2;
c[0] = measure $0; c[1] = measure $1;
sx $2; c[2] = measure $2; reset $2; rx(1.0) $2; c[3] = measure $2;
"""


def circuit(body: str) -> Circuit:
    return read(f"{HEAD}{body}".encode(), "c.qasm")


IDEAL: Target = msgspec.structs.replace(
    CHAIN,
    instructions=tuple(
        msgspec.structs.replace(
            each, places=each.places and tuple(msgspec.structs.replace(place, error=None) for place in each.places)
        )
        for each in CHAIN.instructions
    ),
)


@pytest.mark.parametrize(
    ("body", "bits"),
    [
        ("sx $0; c[0] = measure $0;", [(0,)]),
        (APART, [(0, 1), (2,), (3,)]),
        ("sx $0; c[0] = measure $0; sx $0; c[1] = measure $0; sx $1; c[2] = measure $1;", [(0, 1), (2,)]),
        ("sx $0; c[0] = measure $0; if (c[0] == true) { x $1; } c[1] = measure $1;", [(0, 1, 2, 3)]),
        ("sx $3; sx $0; cx $0, $1; c[3] = measure $0;", [(3,)]),
        ("sx $0; c[0] = measure $0; sx $1; c[0] = measure $1;", [(0,)]),
        ("cx $0, $1; c[0] = measure $0; sx $2; c[1] = measure $2; sx $3; c[2] = measure $3;", [(0,), (1, 2)]),
    ],
)
def test_what_never_meets_is_apart(body: str, bits: list[tuple[int, ...]]) -> None:
    found = parts(circuit(body))
    assert sorted(part.bits for part in found) == bits
    assert all(part.circuit.bit_count == len(part.bits) or len(found) == 1 for part in found)


def test_alike_qubits_are_side_by_side_in_one_circuit() -> None:
    (part,) = parts(circuit(APART), alike=True)
    assert part.bits == (0, 1, 2, 3)
    assert [op.qubits for op in part.circuit.operations if op.gate == "measure"] == [(0,), (1,), (2,), (3,)]
    assert not any(op.gate == "reset" for op in part.circuit.operations)


def test_a_reset_at_the_beginning_stays_where_it_may_fail() -> None:
    gates = [[op.gate for op in parts(circuit(APART), failing)[-1].circuit.operations] for failing in ((), (2,))]
    assert gates == [["rx", "measure"], ["reset", "rx", "measure"]]


def test_counts_are_put_together_in_their_places() -> None:
    found = parts(circuit(APART))
    each = [{"00": 600, "11": 400}, {"0": 1000}, {"1": 1000}]
    assert joined(each, found, 4, 1) == {"1000": 600, "1011": 400}


def test_parts_are_put_together_as_independent() -> None:
    found = parts(circuit("sx $0; c[0] = measure $0; cx $1, $2; c[1] = measure $1;"))
    whole = joined([{"0": 5000, "1": 5000}] * 2, found, 2, 3)
    assert sum(whole.values()) == 10_000
    assert all(abs(times - 2500) < 5 * math.sqrt(625) for times in whole.values())
    assert whole != joined([{"0": 5000, "1": 5000}] * 2, found, 2, 4)


def test_the_law_is_that_of_the_whole() -> None:
    """Chi-square beside Aer's own counts of the whole circuit; 7 degrees of freedom pass 36 once in 100,000 times."""
    whole, shots = circuit(APART), 20_000
    (ran,) = Simulated(IDEAL).run([Job(whole, shots, 5)])
    result = AerSimulator().run(circuit_to_qiskit(whole), shots=shots, seed_simulator=6).result()
    one, other = Counter(ran.counts), Counter(counts.plain(result.get_counts()))
    assert sum(one.values()) == shots
    assert len({*one, *other}) == 8
    assert sum((one[key] - other[key]) ** 2 / (one[key] + other[key]) for key in {*one, *other}) < 36
