"""Random circuits of everything that the model knows, and re-orderings that mean the same."""

import random
from collections.abc import Sequence

from hypothesis import strategies as st

from qops.circuits.conditions import bits_of, compare
from qops.circuits.control import assemble
from qops.circuits.normal import operation
from qops.circuits.order import wires
from qops.circuits.prelude import STANDARD, user_key
from qops.model.angle import Angle, Expression, Symbol
from qops.model.circuit import (
    Branch,
    Case,
    Circuit,
    Condition,
    Delay,
    For,
    GateDefinition,
    Operation,
    Register,
    Sealed,
    Switch,
    While,
)

NAMES = ["theta", "t", "pi", "w[0]", "é", "in", "x", "lambda", "a b", "U"]
NUMBERS = st.floats(-10, 10, allow_nan=False).map(lambda value: value + 0.0) | st.sampled_from([0.0, 1e-300, 5e-324])
FIXED = sorted(name for name, gate in STANDARD.items() if gate.qubits > 0)


def angles(symbols: Sequence[str]) -> st.SearchStrategy[Angle]:
    """Constants, symbols, and trees of them with at least one symbol."""
    if not symbols:
        return NUMBERS
    symbol = st.sampled_from(symbols).map(Symbol)
    tree = st.recursive(
        symbol,
        lambda inner: st.one_of(
            st.tuples(st.sampled_from("+-*/"), NUMBERS, inner).map(lambda t: Expression(t[0], (t[1], t[2]))),
            st.tuples(st.sampled_from(["+", "-", "*", "/", "**"]), inner, inner | NUMBERS).map(
                lambda t: Expression(t[0], (t[1], t[2]))
            ),
            inner.map(lambda t: Expression("neg", (t,))),
            st.tuples(st.sampled_from(["sin", "exp", "sqrt"]), inner).map(lambda t: Expression(t[0], (t[1],))),
        ),
        max_leaves=4,
    )
    return NUMBERS | tree


def conditions(bit_count: int) -> st.SearchStrategy[Condition]:
    """Questions about bits, in normal form."""
    chosen = st.lists(st.integers(0, bit_count - 1), min_size=1, max_size=3, unique=True).map(tuple)
    plain = st.tuples(st.sampled_from(["==", "!="]), chosen, st.integers(0, 1)).map(lambda t: compare(*t))
    joined = st.tuples(st.sampled_from(["and", "or", "xor"]), plain, plain).map(
        lambda t: Condition(t[0], parts=(t[1], t[2]))
    )
    return plain | joined


@st.composite
def operations(draw, qubits: int, bits: int, symbols: Sequence[str], gates: dict[str, GateDefinition], depth: int = 1):
    """A run of operations; `depth` levels of control flow inside."""
    many = draw(st.integers(0, 8 if depth else 3))
    return tuple(draw(_operation(qubits, bits, symbols, gates, depth)) for _ in range(many))


@st.composite
def _operation(draw, qubits, bits, symbols, gates, depth) -> Operation:
    kinds = ["gate", "gate", "gate", "modified", "barrier", "reset", "delay"]
    kinds += ["user"] * bool(gates) + ["measure"] * bool(bits) + ["flow"] * bool(bits and depth) + ["sealed"]
    kind = draw(st.sampled_from(kinds))
    order = tuple(draw(st.permutations(range(qubits))))
    if kind == "user":
        key = draw(st.sampled_from(sorted(gates)))
        gate = gates[key]
        values = tuple(draw(angles(symbols)) for _ in gate.parameters)
        return operation(key, order[: len(gate.qubits)], values, users=True)
    if kind in ("gate", "modified"):
        name = draw(st.sampled_from([name for name in FIXED if STANDARD[name].qubits < qubits]))
        gate = STANDARD[name]
        values = tuple(draw(angles(symbols)) for _ in range(gate.parameters))
        extra = ("ctrl:" + draw(st.sampled_from("01")), "inv") if kind == "modified" else ()
        return operation(name, order[: gate.qubits + len(extra[:1])], values, extra)
    if kind == "measure":
        return Operation("measure", order[:1], bits=(draw(st.integers(0, bits - 1)),))
    if kind == "barrier":
        return Operation("barrier", tuple(sorted(order[: draw(st.integers(1, qubits))])))
    if kind == "delay":
        return Operation("delay", order[:1], detail=Delay(draw(st.floats(0, 1e3)), draw(st.sampled_from(["ns", "dt"]))))
    if kind == "sealed":
        return Operation("sealed", order[:2], detail=Sealed("unitary", draw(st.sampled_from(["ab", "cd"]))))
    return draw(_flow(qubits, bits, symbols, gates, depth)) if kind == "flow" else Operation("reset", order[:1])


@st.composite
def _flow(draw, qubits, bits, symbols, gates, depth) -> Operation:
    def block(names: Sequence[str] = symbols):
        return draw(operations(qubits, bits, names, gates, depth - 1))

    question = draw(conditions(bits))
    match draw(st.sampled_from(["if", "while", "for", "switch"])):
        case "if":
            return assemble("if", Branch(question, block(), block()), bits_of(question))
        case "while":
            body = (*block(), *draw(st.sampled_from([(), (Operation("break", ()),)])))
            return assemble("while", While(question, body), bits_of(question))
        case "for":
            body = block([*symbols, "loop_i"])
            return assemble("for", For(tuple(draw(st.lists(st.integers(0, 9), max_size=3))), "loop_i", body), set())
        case _:
            cases = (Case((0, 2), block()), Case((), block()))
            return assemble("switch", Switch(tuple(range(bits)), cases), set(range(bits)))


@st.composite
def gate_definitions(draw) -> dict[str, GateDefinition]:
    """Up to two users' gates; the second may call the first."""
    gates: dict[str, GateDefinition] = {}
    for name in draw(st.lists(st.sampled_from(["mine", "h", "ansatz-é"]), max_size=2, unique=True)):
        parameters = tuple(draw(st.lists(st.sampled_from(["a", "t"]), max_size=2, unique=True)))
        body = draw(operations(3, 0, parameters, dict(gates), 0))
        body = tuple(o for o in body if o.gate not in ("reset", "delay", "sealed"))
        gates[user_key(name)] = GateDefinition(name, parameters, ("q", "r", "s"), body)
    return gates


@st.composite
def circuits(draw) -> Circuit:
    """Circuits with everything, names that OpenQASM does not allow included."""
    parameters = tuple(draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True)))
    gates = draw(gate_definitions())
    bits = draw(st.integers(0, 3))
    registers = (Register("q", 3), Register("w", 2)) if draw(st.booleans()) else (Register("é q", 5),)
    return Circuit(
        qubits=registers,
        bits=(Register("c", bits),) if bits else (),
        parameters=parameters,
        operations=draw(operations(5, bits, parameters, gates)),
        gates=gates,
        phase=draw(angles(parameters)),
        annotations=draw(st.sampled_from([(), (("name", '"a\\"b"'),)])),
    )


def reordered(items: Sequence[Operation], seed: int) -> tuple[Operation, ...]:
    """Another order of the same circuit: a random topological order of what shares no wire."""
    chance = random.Random(seed)
    left, result = list(items), []
    while left:
        busy: set[int | None] = set()
        ready = []
        for place, item in enumerate(left):
            touched = set(wires(item)) or {None}
            if not touched & busy:
                ready.append(place)
            busy |= touched
        result.append(left.pop(chance.choice(ready)))
    return tuple(result)
