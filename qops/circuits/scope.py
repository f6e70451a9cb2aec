"""What names mean while a circuit is read."""

from qops.circuits.arithmetic import Value
from qops.circuits.scanner import Fault
from qops.model.circuit import Operation
from qops.model.spelling import did_you_mean

LARGEST_REGISTER_TOTAL = 100_000
LARGEST_OPERATION_COUNT = 10_000_000


class Wires:
    """Named wires of one kind: registers, single wires, and aliases of them."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.named: dict[str, tuple[int, ...]] = {}
        self.lone: set[str] = set()
        self.registers: list[tuple[str, int]] = []
        self.count = 0

    def declare(self, name: str, size: int | None, offset: int) -> None:
        """A new register, or a lone wire where `size` is None."""
        width = 1 if size is None else size
        if width < 1:
            raise Fault(f"the register `{name}` needs a size of at least 1, not {width}", offset)
        if self.count + width > LARGEST_REGISTER_TOTAL:
            raise Fault(f"more than {LARGEST_REGISTER_TOTAL:,} {self.kind}s are not read", offset)
        self.named[name] = tuple(range(self.count, self.count + width))
        if size is None:
            self.lone.add(name)
        self.registers.append((name, width))
        self.count += width


class Scope:
    """The names that a run of statements sees, and the operations that it collects."""

    def __init__(self, qubits: Wires, bits: Wires, values: dict[str, Value], kind: str) -> None:
        self.qubits = qubits
        self.bits = bits
        self.values = values
        self.kind = kind
        self.operations: list[Operation] = []

    def inside(self) -> "Scope":
        """A block of control flow: the same names, operations of its own."""
        return Scope(self.qubits, self.bits, self.values, "block")

    def add(self, operation: Operation, offset: int) -> None:
        """Collect an operation."""
        if len(self.operations) >= LARGEST_OPERATION_COUNT:
            raise Fault(f"more than {LARGEST_OPERATION_COUNT:,} operations are not read", offset)
        self.operations.append(operation)

    def lookup(self, name: str, offset: int) -> Value:
        """The value of a name in an expression."""
        value = self.values.get(name)
        if value is None:
            kind = "a register" if name in self.qubits.named or name in self.bits.named else "not declared"
            raise Fault(f"`{name}` is {kind}, not a number", offset, did_you_mean(name, self.values))
        return value
