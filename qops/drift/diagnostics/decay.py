"""How long a qubit lives: relaxation, dephasing with and without an echo, and frequency.

A qubit is excited and left alone (T1), or brought between its states and back after it was left alone: with a pulse in
the middle, which takes back what is slow (Hahn's echo [1]_), or with a quarter turn, where what is found is most
sensitive to the frequency (Ramsey). Expected shares hold for exponential decay, as of a Markovian environment.

The times are those at which shots tell most. The information of a shot about a rate Γ is t²e⁻²ˣ/(S(1-S)) in the slope
of the share S: for S = e⁻ˣ, x = Γt, it is greatest where x = 2(1-e⁻ˣ), x = 1.594; for S = (1+e⁻ˣ)/2 at half of that.
About a detuning, it is greatest at t = T2.

References:
    [1] E. L. Hahn, Spin echoes, Physical Review 80 (1950) 580-594.
"""

import math

from qops.circuits.clifford.native import native
from qops.drift.diagnostics.device import Device
from qops.model.circuit import Operation
from qops.model.diagnostic import Diagnostic, Question

BEST_T1 = 1.5936242600400401
"""The solution of x = 2(1-e⁻ˣ)."""


def t1(diagnostic: Diagnostic, device: Device) -> tuple[Question, ...]:
    """Excite, wait, measure: 1 with probability e^(-t/T1)."""
    life, _ = device.quality()
    wait = device.delay(diagnostic.delay_s or BEST_T1 * life)
    operations = native([_gate("x", device), wait], device.known)
    return (device.question(diagnostic, operations, "1", _expected(device, operations, "1", [wait], life, offset=0.0)),)


def ramsey(diagnostic: Diagnostic, device: Device) -> tuple[Question, ...]:
    """√X, wait, a quarter turn, √X: half and half while the frequency is right, and either way where it is off."""
    _, life = device.quality()
    wait = device.delay(diagnostic.delay_s or life)
    operations = native([_gate("sx", device), wait, _gate("s", device), _gate("sx", device)], device.known)
    return (device.question(diagnostic, operations, "1", device.reads("1", 0.5)),)


def echo(diagnostic: Diagnostic, device: Device) -> tuple[Question, ...]:
    """√X, wait, X, wait, √X: 0 with probability (1 + e^(-t/T2))/2."""
    _, life = device.quality()
    half = device.delay((diagnostic.delay_s or BEST_T1 / 2 * life) / 2)
    gates = [_gate("sx", device), half, _gate("x", device), half, _gate("sx", device)]
    operations = native(gates, device.known)
    return (device.question(diagnostic, operations, "0", _expected(device, operations, "0", [half] * 2, life, 0.5)),)


def _gate(name: str, device: Device) -> Operation:
    return Operation(name, device.qubits)


def _expected(
    device: Device, operations: list[Operation], outcome: str, waits: list[Operation], life_s: float, offset: float
) -> float | None:
    """What is to be read, for a share that falls from 1 to `offset` within the life."""
    pure = device.purity(operations)
    if pure is None:
        return None
    left = math.exp(-sum(map(device.waited_s, waits)) / life_s)
    return device.reads(outcome, (offset + (1 - offset) * left) * pure + (1 - pure) / 2 * (left if offset == 0 else 1))
