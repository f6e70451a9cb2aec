"""Names that Qiskit makes up, and names for what has none."""

import re

from qiskit import QuantumCircuit

_LOOP = re.compile(r"_loop_i_\d+")
_COUNTED = re.compile(r"circuit-\d+(?:-\d+)?")


def uncounted(name: str) -> str:
    """`name` without the running number that Qiskit gives to unnamed circuits, which differs from run to run.

    >>> uncounted("c_circuit-166"), uncounted("ansatz")
    ('c_circuit', 'ansatz')
    """
    return _COUNTED.sub("circuit", name)


def circuit_name(circuit: QuantumCircuit) -> str:
    """The name that a circuit was given; `assign_parameters` puts a running number behind it."""
    given = getattr(circuit, "_base_name", None) or ""
    name = circuit.name or ""
    return given if re.fullmatch(rf"{re.escape(given)}-\d+(?:-\d+)?", name) else uncounted(name)


class LoopNames:
    """Names for loop variables: the user's as they are, those that Qiskit counts through the process counted anew."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The name to use for a loop variable; the same for the same variable."""
        if _LOOP.fullmatch(name):
            return self._given.setdefault(name, f"_loop_{len(self._given)}")
        return name


def fresh(name: str, taken: set[str]) -> str:
    """`name`, or `name_1`, …: the first that is not taken; it is taken from then on.

    >>> fresh("q", set()), fresh("q", {"q", "q_1"})
    ('q', 'q_2')
    """
    candidate, number = name, 0
    while candidate in taken:
        number += 1
        candidate = f"{name}_{number}"
    taken.add(candidate)
    return candidate
