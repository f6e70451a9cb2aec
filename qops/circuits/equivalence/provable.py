"""Two circuits as a prover takes them: gates alone, on the same wires, as OpenQASM text of few words.

Final measurements are left out where both circuits agree on them; anything else that is no gate is a reason why there
is nothing to prove. Swaps at the end of a compiled circuit undo its routing.
"""

from collections.abc import Iterator

import msgspec

from qops.circuits.equivalence.wires import Pair
from qops.circuits.inlining import NotElementary, inlined, standard_definitions
from qops.circuits.measurements import final_measurements
from qops.circuits.prelude import STANDARD
from qops.model.circuit import Circuit, Operation

_NO_GATES = frozenset({"measure", "reset", "if", "while", "for", "switch", "break", "continue"})


class NotProvable(Exception):
    """The circuits are not what a prover can be asked about; the message says why."""


class Statement(msgspec.Struct, frozen=True, tag="statement"):
    """Two texts on the same wires.

    `whole` says that they differ only where the circuits do: that no measurement is left out, and that no wire is an
    ancilla, which starts as zero and on which anything may be left.
    """

    source: str
    compiled: str
    whole: bool


def statement(pair: Pair) -> Statement:
    """What has to be proven: that two runs of gates do the same, up to a global phase.

    Raises:
        NotProvable: a circuit is more than gates and final measurements, or the two measure differently.
    """
    ends = final_measurements(pair.source), final_measurements(pair.compiled)
    if {bit: pair.final[qubit] for bit, qubit in ends[0].items()} != ends[1]:
        raise NotProvable("the circuits do not measure the same qubits at their ends")
    qubits = pair.compiled.qubit_count
    try:
        texts = [_text(side, end, qubits) for side, end in zip((pair.source, pair.compiled), ends, strict=True)]
    except NotElementary as reason:
        raise NotProvable(str(reason)) from None
    undone = "".join(f"swap q[{one}], q[{other}];\n" for one, other in _swaps(pair.final))
    return Statement(texts[0], texts[1] + undone, not ends[0] and qubits == pair.source.qubit_count)


def _swaps(final: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """The exchanges after which place `final[v]` is in place v, for each v."""
    places = list(final)
    for number in range(len(final)):
        place = places[number]
        if place != number:
            yield number, place
            places = [{number: place, place: number}.get(other, other) for other in places]


def _text(circuit: Circuit, ends: dict[int, int], qubits: int) -> str:
    known = {**standard_definitions(), **circuit.gates}
    lines = ['OPENQASM 3.0;\ninclude "stdgates.inc";', f"qubit[{qubits}] q;"]
    for operation in inlined(circuit.operations, known, {}):
        if operation.gate in _NO_GATES:
            if operation.gate != "measure" or not operation.bits or operation.bits[0] not in ends:
                raise NotProvable(f"a circuit does more than gates and final measurements: `{operation.gate}`")
        elif operation.qubits:  # a global phase has none
            lines.append(_line(operation))
    return "\n".join(lines) + "\n"


def _line(operation: Operation) -> str:
    if any(modifier.startswith("pow:") for modifier in operation.modifiers):
        raise NotProvable(f"a power of `{operation.gate}` is not among the words of provers")
    words = "".join(map(_modifier, operation.modifiers))
    gate = STANDARD.get(operation.gate)
    name = operation.gate
    if gate is not None and gate.base is not None:
        outer = sum(len(modifier) - 5 for modifier in operation.modifiers if modifier.startswith("ctrl:"))
        words += "ctrl @ " * (len(operation.qubits) - outer - STANDARD[gate.base].qubits)
        name = gate.base
    angles = f"({', '.join(map(repr, operation.angles))})" if operation.angles else ""
    return f"{words}{name}{angles} {', '.join(f'q[{qubit}]' for qubit in operation.qubits)};"


def _modifier(modifier: str) -> str:
    if modifier == "inv":
        return "inv @ "
    return "".join("ctrl @ " if closed == "1" else "negctrl @ " for closed in modifier.removeprefix("ctrl:"))
