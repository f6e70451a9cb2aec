"""The identity of a circuit: four digests that change for different reasons.

Each is a ladder, value → canonical text → bytes → hex; the values are built here, the last rungs are
`qops.model.digest`. The texts carry a version on their first line: a later version of qops that counts differently
will say so there, and never mistake one for the other.

Nothing here is tolerant. An identity with a tolerance is not transitive; tolerance belongs in `diff`.
"""

import msgspec

from qops.circuits import expressions
from qops.circuits.lanes import Lanes
from qops.circuits.letters import Alphabet, body_frame, body_identity
from qops.model.circuit import Circuit, every_operation
from qops.model.digest import CircuitDigest, to_bytes, to_hex
from qops.model.parameters import ParameterSet


class Identity(msgspec.Struct, frozen=True):
    """The values at the foot of the ladders.

    `lanes` are (wire, letters) pairs: qubits `q0…`, then bits `c0…`, last `-` for what touches no wire. `numbers` are
    all constants in canonical order, IEEE doubles without negative zero; `slots` the names of the symbols in order of
    first canonical use; `barriers` (wire, marks) pairs; `called` the names of users' gates, call by call.
    """

    qubits: int
    bits: int
    lanes: tuple[tuple[str, tuple[str, ...]], ...]
    numbers: tuple[float, ...]
    slots: tuple[str, ...]
    barriers: tuple[tuple[str, tuple[str, ...]], ...]
    called: tuple[str, ...]


def identify(circuit: Circuit) -> Identity:
    """The value of a circuit's identity; O(n) for n operations."""
    alphabet = Alphabet(circuit.gates)
    lanes = Lanes(circuit.operations)
    letters = alphabet.spell(lanes)
    named = [(f"q{wire}", tuple([letters[p] for p in lanes.qubits[wire]])) for wire in sorted(lanes.qubits)]
    named += [(f"c{wire}", tuple([letters[p] for p in lanes.bits[wire]])) for wire in sorted(lanes.bits)]
    if lanes.wireless:
        named.append(("-", tuple([letters[p] for p in lanes.wireless])))
    return Identity(
        circuit.qubit_count,
        circuit.bit_count,
        tuple(named),
        tuple(alphabet.numbers),
        tuple(alphabet.slots),
        alphabet.barriers(lanes) + tuple(alphabet.inner_barriers),
        tuple(alphabet.called),
    )


def skeleton_text(identity: Identity) -> str:
    """Operations, bodies, wires, control flow, conditions, delays; no number, no name."""
    head = f"qops skeleton 1\nqubits {identity.qubits}\nbits {identity.bits}\n"
    return head + "".join(f"{wire}: {'; '.join(letters)}\n" for wire, letters in identity.lanes)


def parameters_text(circuit: Circuit, identity: Identity, parameters: ParameterSet | None) -> str:
    """Every constant in canonical order, then the values of the symbols by slot, one row a binding."""
    lines = ["qops parameters 1", *map(repr, identity.numbers)]
    if parameters is not None:
        slots = [name for name in identity.slots if name in circuit.parameters]
        order = [*slots, *(name for name in circuit.parameters if name not in slots)]
        columns = [parameters.names.index(name) for name in order if name in parameters.names]
        lines += ["binding " + " ".join(repr(row[column]) for column in columns) for row in parameters.values]
    return "\n".join(lines) + "\n"


def frame_text(circuit: Circuit, identity: Identity, parameters: ParameterSet | None) -> str:
    """Names, global phase, barriers, annotations."""
    lines = ["qops frame 1"]
    lines += [f"qubits {_quote(register.name)} {register.size}" for register in circuit.qubits]
    lines += [f"bits {_quote(register.name)} {register.size}" for register in circuit.bits]
    lines += [f"symbol {_quote(name)}" for name in identity.slots]
    lines += [f"unused {_quote(name)}" for name in circuit.parameters if name not in identity.slots]
    called = _called(circuit) if circuit.gates else set()
    lines += sorted(f"gate {_definition(circuit, key, called)}" for key in circuit.gates)
    lines += [f"calls {' '.join(map(_quote, identity.called))}"] if len(circuit.gates) > 1 else []
    slots = {name: f"${place}" for place, name in enumerate((*identity.slots, *circuit.parameters))}
    lines.append(f"phase {expressions.text(circuit.phase, lambda name: slots.get(name, name))}")
    lines += [f"barriers {wire}: {'; '.join(marks)}" for wire, marks in identity.barriers]
    lines += [f"annotation {_quote(key)} {value}" for key, value in circuit.annotations]
    if parameters is not None and not parameters.single:
        lines += [f"binding {_quote(name)}" for name in parameters.bindings]
    return "\n".join(lines) + "\n"


def digests(circuit: Circuit, data: bytes, parameters: ParameterSet | None = None) -> CircuitDigest:
    """The four digests of a circuit, its source file `data`, and the values for its parameters."""
    identity = identify(circuit)
    return CircuitDigest(
        skeleton=to_hex(to_bytes(skeleton_text(identity))),
        parameters=to_hex(to_bytes(parameters_text(circuit, identity, parameters))),
        frame=to_hex(to_bytes(frame_text(circuit, identity, parameters))),
        bytes=to_hex(data),
    )


def _quote(name: str) -> str:
    return msgspec.json.encode(name).decode()


def _definition(circuit: Circuit, key: str, called: set[str]) -> str:
    """A gate's names; and its body where no operation calls it, so that neither skeleton nor parameters hold it."""
    gate = circuit.gates[key]
    named = " ".join(map(_quote, (gate.name, *gate.parameters, "|", *gate.qubits, *body_frame(gate, circuit.gates))))
    if key in called:
        return named
    skeleton, numbers = body_identity(gate, circuit.gates)
    return f"{named} {skeleton} {' '.join(map(repr, numbers))}"


def _called(circuit: Circuit) -> set[str]:
    found: set[str] = set()
    waiting = [circuit.operations]
    while waiting:
        for operation in every_operation(waiting.pop()):
            if operation.gate in circuit.gates and operation.gate not in found:
                found.add(operation.gate)
                waiting.append(circuit.gates[operation.gate].body or ())
    return found
