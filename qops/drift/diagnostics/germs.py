"""Circuits of gate set tomography on one qubit: a fiducial, a germ repeated, a fiducial; see `qops.stats.gate_sets`.

A quarter turn about x is an `sx`, one about y the same between two turns about z, which cost nothing. Barriers keep a
device from making one gate of two.
"""

import math

from qops.drift.diagnostics.device import Device
from qops.errors import InputError
from qops.model.circuit import Operation
from qops.model.diagnostic import Diagnostic, Question
from qops.stats import gate_sets

LENGTH = 8
LONGEST = 512


def ask(diagnostic: Diagnostic, device: Device) -> tuple[Question, ...]:
    """Every circuit of the design, with how often it gives 0.

    Raises:
        InputError: there are several qubits, or the length is no power of two.
    """
    if len(device.qubits) > 1:
        raise InputError("germs are about one qubit", hint="plan them for each")
    length = diagnostic.length or LENGTH
    if length > LONGEST or length & (length - 1):
        raise InputError(f"germs are repeated up to a power of two gates, to {LONGEST}", hint=f"--length {LENGTH}")
    return tuple(_question(diagnostic, device, layers, length) for layers in gate_sets.design(length))


def _question(diagnostic: Diagnostic, device: Device, layers: gate_sets.Layers, length: int) -> Question:
    (qubit,) = device.qubits
    steps = [_gate(layer, qubit) for layer in layers]
    operations = [each for step in steps for each in (*step, Operation("barrier", (qubit,)))]
    pure = device.purity(operations)
    ideal = None if pure is None else (1 + _upright(layers) * pure) / 2
    told = {"layers": "".join(layers), "length": length}
    return device.question(diagnostic, operations, "0", device.reads("0", ideal), told)


def _gate(layer: str, qubit: int) -> tuple[Operation, ...]:
    turn = Operation("sx", (qubit,))
    if layer == "x":
        return (turn,)
    back, forth = (Operation("rz", (qubit,), (angle,)) for angle in (-math.pi / 2, math.pi / 2))
    return back, turn, forth


def _upright(layers: gate_sets.Layers) -> int:
    """The height on Bloch's sphere where the circuit ends without errors: -1, 0 or 1."""
    x, y, z = 0, 0, 1
    for layer in layers:
        x, y, z = (x, -z, y) if layer == "x" else (z, y, -x)
    return z
