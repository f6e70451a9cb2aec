"""Circuits that ask a device one question each: how long a qubit lives, how well gates and readout work.

A kind is a function, listed in `DIAGNOSTICS`; the same diagnostic and the same target give the same circuits.
"""

from collections.abc import Callable
from importlib import import_module

from qops.drift.diagnostics import benchmarking, decay, mirror, readout
from qops.drift.diagnostics.device import Device
from qops.drift.installed import need_pygsti
from qops.errors import InputError
from qops.model.diagnostic import Diagnostic, Question
from qops.model.target import Target


def _germs(diagnostic: Diagnostic, device: Device) -> tuple[Question, ...]:
    """Those of gate set tomography: imported when they are asked for, since that takes seconds."""
    need_pygsti()
    found: tuple[Question, ...] = import_module("qops.drift.diagnostics.germs").ask(diagnostic, device)
    return found


DIAGNOSTICS: dict[str, Callable[[Diagnostic, Device], tuple[Question, ...]]] = {
    "t1": decay.t1,
    "ramsey": decay.ramsey,
    "echo": decay.echo,
    "rb": benchmarking.ask,
    "mirror-rb": mirror.ask,
    "readout": readout.ask,
    "germs": _germs,
}


def questions(diagnostic: Diagnostic, target: Target) -> tuple[Question, ...]:
    """The circuits of a diagnostic for a device.

    Raises:
        InputError: the device cannot do it there, or does not say how long its qubits live.
    """
    if not diagnostic.qubits or len(set(diagnostic.qubits)) != len(diagnostic.qubits):
        raise InputError("a diagnostic is about one qubit or more, each named once")
    return DIAGNOSTICS[diagnostic.kind](diagnostic, Device(target, diagnostic.qubits))
