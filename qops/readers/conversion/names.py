"""Names that Qiskit makes up, and names that two gates share."""

import re

from qops.circuits import prelude

_LOOP = re.compile(r"_loop_i_\d+")
_COUNTED = re.compile(r"circuit-\d+(?:-\d+)?")


def uncounted(name: str) -> str:
    """`name` without the running number that Qiskit gives to unnamed circuits, which differs from run to run.

    >>> uncounted("c_circuit-166"), uncounted("ansatz")
    ('c_circuit', 'ansatz')
    """
    return _COUNTED.sub("circuit", name)


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
    """`name`, or `name_1`, …: the first that is neither taken nor a standard gate's; it is taken from then on.

    >>> fresh("ansatz", set()), fresh("rx", {"rx_1"})
    ('ansatz', 'rx_2')
    """
    candidate, number = name or "unnamed", 0
    while candidate in taken or prelude.find(candidate):
        number += 1
        candidate = f"{name or 'unnamed'}_{number}"
    taken.add(candidate)
    return candidate
