"""A circuit: operations on numbered wires, names beside.

Qubits and classical bits are numbered from zero in the order of their declaration. An operation's place in the tuple
is one of the many orders that mean the same circuit; `qops.circuits.identity` looks through them.
"""

from collections.abc import Iterable, Iterator

import msgspec

from qops.model.angle import Angle


class Register(msgspec.Struct, frozen=True):
    """A named run of consecutive wires. The name `$` stands for the physical qubits `$0`, `$1` and so on."""

    name: str
    size: int


class Delay(msgspec.Struct, frozen=True, tag="delay"):
    """Idle time: a non-negative number and its unit (`ns`, `us`, `ms`, `s` or `dt`)."""

    duration: float
    unit: str


class Condition(msgspec.Struct, frozen=True):
    """A Boolean question about classical bits.

    `kind` is a comparison of the unsigned integer that `bits` spell, least significant first, with `value`
    (`==`, `!=`, `<`, `<=`, `>`, `>=`), or a connective (`and`, `or`, `xor`, `not`) of `parts`.
    """

    kind: str
    bits: tuple[int, ...] = ()
    value: int = 0
    parts: tuple["Condition", ...] = ()


class Branch(msgspec.Struct, frozen=True, tag="if"):
    """`if` and `else`; an absent `else` is the same as an empty one."""

    condition: Condition
    then: tuple["Operation", ...]
    otherwise: tuple["Operation", ...] = ()


class While(msgspec.Struct, frozen=True, tag="while"):
    """A loop for as long as the condition holds."""

    condition: Condition
    body: tuple["Operation", ...]


class For(msgspec.Struct, frozen=True, tag="for"):
    """A loop over integers; `variable` may be used as a symbol inside the body's angles."""

    values: tuple[int, ...]
    variable: str | None
    body: tuple["Operation", ...]


class Case(msgspec.Struct, frozen=True):
    """One arm of a switch; `values` is empty for `default`."""

    values: tuple[int, ...]
    body: tuple["Operation", ...]


class Switch(msgspec.Struct, frozen=True, tag="switch"):
    """A choice by the unsigned integer that `bits` spell, least significant first."""

    bits: tuple[int, ...]
    cases: tuple[Case, ...]


class Sealed(msgspec.Struct, frozen=True, tag="sealed"):
    """Content that OpenQASM cannot carry (a matrix, a library object): its kind and the digest of its value.

    A circuit that holds one is kept as QPY beside its canonical text.
    """

    kind: str
    digest: str


Detail = Delay | Branch | While | For | Switch | Sealed


class Operation(msgspec.Struct, frozen=True, gc=False):
    """One operation.

    `gate` is the name of a standard gate (`qops.circuits.prelude`), a key of `Circuit.gates` (never a standard name),
    or one of the words `measure`, `reset`, `barrier`, `delay`, `gphase`, `if`, `while`, `for`, `switch`, `break`,
    `continue`, `sealed`.
    Operands that may be exchanged freely (`cz`, `swap`, controls of `ccx`, …) are stored in ascending order.
    `modifiers` are outermost first: `ctrl:10` (controls, first operand first, 1 for closed), `inv`, `pow:0.5`.
    `qubits` and `bits` of control flow are all the wires that it touches, in ascending order.
    """

    gate: str
    qubits: tuple[int, ...]
    angles: tuple[Angle, ...] = ()
    bits: tuple[int, ...] = ()
    modifiers: tuple[str, ...] = ()
    detail: Detail | None = None

    def blocks(self) -> tuple[tuple["Operation", ...], ...]:
        """The nested blocks of control flow, in the order of their text; empty for anything else."""
        match self.detail:
            case Branch(then=then, otherwise=otherwise):
                return (then, otherwise)
            case While(body=body) | For(body=body):
                return (body,)
            case Switch(cases=cases):
                return tuple(case.body for case in cases)
            case _:
                return ()


class GateDefinition(msgspec.Struct, frozen=True):
    """A user's gate: formal parameters and qubits by name; its body on qubits 0…n-1, or None where it is opaque."""

    name: str
    parameters: tuple[str, ...]
    qubits: tuple[str, ...]
    body: tuple[Operation, ...] | None


class Circuit(msgspec.Struct, frozen=True):
    """A whole circuit.

    `parameters` are the declared symbols in order of declaration; `phase` is the global phase in radians;
    `annotations` are sorted (key, JSON text) pairs that name what has no other place (circuit name, layout, metadata);
    `sealed` says, in words, what of it the canonical text cannot carry.
    """

    qubits: tuple[Register, ...]
    bits: tuple[Register, ...]
    parameters: tuple[str, ...]
    operations: tuple[Operation, ...]
    gates: dict[str, GateDefinition] = {}
    phase: Angle = 0.0
    annotations: tuple[tuple[str, str], ...] = ()
    sealed: tuple[str, ...] = ()
    source_format: str = "openqasm3"

    @property
    def is_placed(self) -> bool:
        """Whether it names physical qubits."""
        return any(register.name == "$" for register in self.qubits)

    @property
    def qubit_count(self) -> int:
        """How many qubits are declared."""
        return sum(register.size for register in self.qubits)

    @property
    def bit_count(self) -> int:
        """How many classical bits are declared."""
        return sum(register.size for register in self.bits)


def every_operation(operations: Iterable[Operation]) -> Iterator[Operation]:
    """All operations, those inside control flow after the operation that holds them."""
    for operation in operations:
        yield operation
        if operation.detail is not None:
            for block in operation.blocks():
                yield from every_operation(block)
