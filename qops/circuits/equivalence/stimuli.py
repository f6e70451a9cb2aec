r"""Whether a compiled circuit does what its source does, tried on random product states.

Both circuits run on the same states, on the qubits that they use; what the compiled one leaves is looked at where its
layout says that the source's qubits are. Measured qubits are compared by what they show, the others by their state,
dynamic circuits over all courses of their measurements. Two unitaries that agree on a product state drawn at random
agree on all states with probability one; so a low fidelity proves a difference beyond rounding, and a high one on a
few states is evidence, no more: a difference that is small on most states may be missed [1]_.

References:
    [1] L. Burgholzer, R. Kueng and R. Wille, Random stimuli generation for the verification of quantum circuits,
        ASP-DAC (2021) 767-772.
"""

from collections.abc import Sequence

import msgspec
import numpy as np

from qops.circuits.equivalence.wires import Pair, acting, in_use, objection
from qops.circuits.measurements import final_measurements
from qops.circuits.simulation.evolution import NotSimulated, run
from qops.circuits.simulation.overlap import columns, fidelity
from qops.circuits.simulation.state import Array, State
from qops.model.circuit import Circuit
from qops.model.examination import Check, Sameness
from qops.model.layout import Layout

MOST_QUBITS = 20
"""The most qubits that are in use in either circuit."""
STATES = 2
LEAST_FIDELITY = 1 - 1e-7
"""What a correct compiler may lose: it drops angles of some 10⁻⁵, and rounds."""
BY = "random product states"

_ZERO: Array = np.array([1, 0], complex)


def verify(source: Circuit, compiled: Circuit, layout: Layout, seed: int, states: int = STATES) -> Check:
    """Compare what two circuits do to random product states.

    Args:
        source: a circuit, with numbers for all angles.
        compiled: what a compiler made of it; its other qubits start as zero.
        layout: where it put the source's qubits.
        seed: what the states are drawn with; the same seed gives the same answer.
        states: how many to draw.

    Returns:
        SAME where the fidelity is at least `LEAST_FIDELITY` on all of them; DIFFERENT at the first where it is not.
    """
    because = objection(source, compiled, layout)
    if because:
        return Check(Sameness.UNDECIDED, BY, because)
    pair = in_use(source, compiled, layout)
    if pair.compiled.qubit_count > MOST_QUBITS:
        because = f"{pair.compiled.qubit_count} qubits are in use, more than {MOST_QUBITS}"
        return Check(Sameness.UNDECIDED, BY, because)
    try:
        return _tried(pair, seed, states)
    except NotSimulated as reason:
        return Check(Sameness.UNDECIDED, BY, str(reason))


class _View(msgspec.Struct, frozen=True):
    """What to look at in each of the two: the qubits measured last, in the order of their bits, and the others."""

    waiting: frozenset[int]
    measured: tuple[Sequence[int], Sequence[int]]
    others: tuple[Sequence[int], Sequence[int]]


def _tried(pair: Pair, seed: int, states: int) -> Check:
    view = _view(pair)
    if not set(view.measured[1]).isdisjoint(view.others[1]):
        return Check(Sameness.UNDECIDED, BY, "the layout does not go with what is measured at the end")
    chance = np.random.default_rng(seed)
    least = 1.0
    for tried in range(1, states + 1):
        least = min(least, _fidelity(pair, view, _start(pair.source, chance)))
        if least < LEAST_FIDELITY:
            return Check(Sameness.DIFFERENT, BY, "", least, tried, seed)
    return Check(Sameness.SAME, BY, "", least, states, seed)


def _view(pair: Pair) -> _View:
    ends = [final_measurements(circuit) for circuit in (pair.source, pair.compiled)]
    waiting = sorted(ends[0].keys() & ends[1].keys())
    there, here = ([end[bit] for bit in waiting] for end in ends)
    others = [qubit for qubit in range(pair.source.qubit_count) if qubit not in there]
    return _View(frozenset(waiting), (there, here), (others, [pair.final[qubit] for qubit in others]))


def _fidelity(pair: Pair, view: _View, start: Sequence[Array]) -> float:
    ancillas = [_ZERO] * (pair.compiled.qubit_count - len(start))
    sides = ((pair.source, start), (pair.compiled, [*start, *ancillas]))
    ends = [run(circuit, State.of(qubits), view.waiting) for circuit, qubits in sides]
    return fidelity(*(columns(*each) for each in zip(ends, view.measured, view.others, strict=True)))


def _start(source: Circuit, chance: np.random.Generator) -> list[Array]:
    """One random state a qubit; zero for those that are reset first, which a compiler may leave out."""
    first: dict[int, str] = {}
    for operation in acting(source):
        for qubit in operation.qubits:
            first.setdefault(qubit, operation.gate)
    drawn = chance.normal(size=(source.qubit_count, 2, 2))
    states = [(pair[0] + 1j * pair[1]) / np.linalg.norm(pair) for pair in drawn]
    return [_ZERO if first.get(qubit) == "reset" else state for qubit, state in enumerate(states)]
