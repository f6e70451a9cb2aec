"""Questions about classical bits as Qiskit's classical expressions."""

from collections.abc import Callable, Mapping
from functools import reduce

from qiskit import QuantumCircuit
from qiskit.circuit import ClassicalRegister, Clbit
from qiskit.circuit.classical import expr

from qops.model.circuit import Condition

Bits = tuple[int, ...]
_COMPARISONS: Mapping[str, Callable[[expr.Expr, int], expr.Expr]] = {
    "==": expr.equal,
    "!=": expr.not_equal,
    "<": expr.less,
    "<=": expr.less_equal,
    ">": expr.greater,
    ">=": expr.greater_equal,
}
_CONNECTIVES: Mapping[str, Callable[[expr.Expr, expr.Expr], expr.Expr]] = {
    "and": expr.logic_and,
    "or": expr.logic_or,
    "xor": expr.bit_xor,
}


class Questions:
    """Asks about the bits of one circuit; bits that spell an integer without being a register become one more."""

    def __init__(self, circuit: QuantumCircuit) -> None:
        self._circuit = circuit
        self._named = {tuple([circuit.find_bit(bit).index for bit in register]): register for register in circuit.cregs}

    def name(self, bits: Bits) -> None:
        """Give bits that are read together a register, before they are asked about."""
        if len(bits) > 1 and bits not in self._named:
            name = f"_bits{len(self._named)}"
            register = ClassicalRegister(name=name, bits=[self._circuit.clbits[bit] for bit in bits])
            self._circuit.add_register(register)
            self._named[bits] = register

    def integer(self, bits: Bits) -> Clbit | ClassicalRegister:
        """Bits that spell an unsigned integer, least significant first."""
        return self._circuit.clbits[bits[0]] if len(bits) == 1 else self._named[bits]

    def ask(self, condition: Condition) -> expr.Expr:
        """The question."""
        if condition.kind == "not":
            return expr.logic_not(self.ask(condition.parts[0]))
        if condition.parts:
            return reduce(_CONNECTIVES[condition.kind], map(self.ask, condition.parts))
        side = self.integer(condition.bits)
        if isinstance(side, Clbit):
            return self._bit(side, condition)
        return _COMPARISONS[condition.kind](expr.lift(side), condition.value)

    def _bit(self, bit: Clbit, condition: Condition) -> expr.Expr:
        """A question about one bit: whichever of its two values make it true."""
        holds = [_holds(value, condition) for value in (0, 1)]
        if holds[0] == holds[1]:
            return expr.lift(holds[0])
        return expr.lift(bit) if holds[1] else expr.logic_not(expr.lift(bit))


def _holds(value: int, condition: Condition) -> bool:
    return {
        "==": value == condition.value,
        "!=": value != condition.value,
        "<": value < condition.value,
        "<=": value <= condition.value,
        ">": value > condition.value,
        ">=": value >= condition.value,
    }[condition.kind]
