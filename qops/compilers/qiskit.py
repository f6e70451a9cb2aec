"""Qiskit's transpiler, as the slices see it. It runs in workers alone: nothing of it is imported here."""

import zlib

import msgspec

from qops.circuits import writer
from qops.compilers import surroundings
from qops.compilers.messages import Delivery, Order, Source, Statement, encode
from qops.model.examination import Check
from qops.model.loaded import LoadedCircuit
from qops.model.matrix import Cell, Compiled, Recipe
from qops.model.ports import Product, Task

_FUNCTION = "qops.compilers.qiskit_work:compile_cell"
_VERIFYING = "qops.compilers.verifying_work:verify_cell"
PRELOAD = ("qops.compilers.qiskit_work",)
"""What a worker imports before its first task."""


class QiskitCompiler:
    """Makes the tasks, and reads what they return."""

    def surroundings(self) -> dict[str, str]:
        """Versions, plugins and machine."""
        return surroundings.surroundings()

    def resource(self, loaded: LoadedCircuit) -> bytes:
        """A circuit for the workers."""
        return encode(Source(writer.write(loaded.circuit).encode(), loaded.qpy))

    def task(self, key: str, recipe: Recipe, limit_s: float, expected_s: float) -> Task:
        """One compilation."""
        methods = [value for name, value in recipe.options.items() if name.endswith("_method")]
        order = Order(recipe, tuple(sorted(str(method) for method in methods)))
        return Task(key, _FUNCTION, encode(order), expected_s, limit_s)

    def statement(self, key: str, cell: Cell, compiled: Compiled, text: bytes, limit_s: float) -> Task:
        """That a cell's circuit does what its source does; the same states are tried for the same compiled circuit."""
        layouts = compiled.initial_layout, compiled.final_layout
        packed = zlib.compress(text, 1)
        statement = Statement(cell.recipe.circuit, packed, *layouts, int(compiled.digest[:8], 16))
        return Task(key, _VERIFYING, encode(statement), expected_s=1.0, limit_s=limit_s)

    def check(self, result: bytes) -> Check:
        """What a worker found about a statement."""
        return msgspec.msgpack.decode(result, type=Check)

    def product(self, result: bytes) -> Product:
        """What a worker returned."""
        delivery = msgspec.msgpack.decode(result, type=Delivery)
        return Product(delivery.compiled, delivery.packed, delivery.surroundings)
