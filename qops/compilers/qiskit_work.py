"""One compilation by Qiskit, in a worker process that has done others before.

Circuits, targets and pass managers are built once a worker: a new target for each compilation would cost as much as
compiling, and a new pass manager a sixth of it.
"""

import gc
import resource
import sys
import time
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple

import msgspec
from qiskit import QuantumCircuit, qpy
from qiskit.transpiler import PassManager, generate_preset_pass_manager
from qiskit.transpiler import Target as QiskitTarget

from qops.circuits import reader
from qops.circuits.compiled import Clerk
from qops.circuits.success import costs
from qops.compilers import qiskit_plugins
from qops.compilers.messages import Delivery, Order, Source, encode
from qops.compilers.surroundings import surroundings
from qops.errors import InputError
from qops.formats import target_json
from qops.interchange import targets
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.interchange.to_qiskit import circuit_to_qiskit
from qops.model.digest import to_hex
from qops.model.matrix import Compiled, Recipe

DIGITS = 32
"""Hexadecimal digits of a compiled circuit's digest: 128 bits."""
_MANY_OBJECTS = 200_000
_MANY_PASSES = 200
_KIBIBYTE = 1 if sys.platform == "darwin" else 1024


def compile_cell(payload: bytes, resources: Mapping[str, bytes]) -> bytes:
    """Do what an `Order` says; a `Delivery`."""
    order = msgspec.msgpack.decode(payload, type=Order)
    bench = _BENCH.prepared(order.plugins)
    source = bench.source(order.recipe.circuit, resources)
    device = bench.device(order.recipe.target, resources)
    if source.num_qubits > device.qubits:
        raise InputError(f"the circuit has {source.num_qubits} qubits, {device.name} has {device.qubits}")
    began = time.process_time()
    compiled = bench.passes(order, device.target).run(source)
    spent = time.process_time() - began
    written, metrics = device.clerk.text_and_metrics(circuit_from_qiskit(compiled))
    text = written.encode()
    initial, final = _layouts(compiled, source.num_qubits)
    outcome = Compiled(
        digest=to_hex(text)[:DIGITS],
        metrics=metrics,
        initial_layout=initial,
        final_layout=final,
        cpu_s=round(spent, 6),
        peak_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIBIBYTE,
    )
    return encode(Delivery(outcome, zlib.compress(text, 1), bench.surroundings))


class _Device(NamedTuple):
    name: str
    qubits: int
    target: QiskitTarget
    clerk: Clerk


class _Bench:
    """What one worker keeps between tasks."""

    def __init__(self) -> None:
        self._sources: dict[str, QuantumCircuit] = {}
        self._devices: dict[str, _Device] = {}
        self._passes: dict[bytes, PassManager] = {}
        self._plugins: set[str] | None = None
        self.surroundings: dict[str, str] = {}

    def prepared(self, plugins: tuple[str, ...]) -> "_Bench":
        """Ready for an order with these plugins."""
        if self._plugins is None or not self._plugins.issuperset(plugins):
            self._plugins = {*(self._plugins or ()), *plugins}
            qiskit_plugins.keep(self._plugins)
        if not self.surroundings:
            self.surroundings = surroundings()
            gc.freeze()  # what was imported stays; circuits are many small objects without cycles
            gc.set_threshold(_MANY_OBJECTS)
        return self

    def source(self, name: str, resources: Mapping[str, bytes]) -> QuantumCircuit:
        if name not in self._sources:
            self._sources[name] = _circuit(msgspec.msgpack.decode(resources[name], type=Source))
        return self._sources[name]

    def device(self, name: str, resources: Mapping[str, bytes]) -> _Device:
        if name not in self._devices:
            target = target_json.read(resources[name], "the target")
            self._devices[name] = _Device(
                target.backend, target.qubits, targets.to_qiskit(target), Clerk(costs(target))
            )
        return self._devices[name]

    def passes(self, order: Order, target: QiskitTarget) -> PassManager:
        """What `transpile` would run. Those of plugins are made anew each time: what they remember is not known."""
        if order.plugins:
            return _passes(order.recipe, target)
        key = msgspec.msgpack.encode(msgspec.structs.replace(order.recipe, circuit=""))
        if key not in self._passes:
            if len(self._passes) >= _MANY_PASSES:
                self._passes.clear()
            self._passes[key] = _passes(order.recipe, target)
        return self._passes[key]


_BENCH = _Bench()


def _circuit(source: Source) -> QuantumCircuit:
    if source.qpy is not None:
        (loaded,) = qpy.load(BytesIO(source.qpy))
        return loaded
    return circuit_to_qiskit(reader.read(source.text, "circuit.qasm"))


def _passes(recipe: Recipe, target: QiskitTarget) -> PassManager:
    return generate_preset_pass_manager(
        recipe.level,
        target=target,
        seed_transpiler=recipe.seed,
        initial_layout=None if recipe.layout is None else list(recipe.layout),
        **recipe.options,
    )


def _layouts(compiled: QuantumCircuit, width: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where each qubit of the source begins, and where it ends."""
    layout = compiled.layout
    if layout is None:
        return tuple(range(width)), tuple(range(width))
    initial = layout.initial_index_layout(filter_ancillas=True)
    return tuple(initial), tuple(layout.final_index_layout(filter_ancillas=True))
