"""Counts as every backend gives them: the bits of the whole circuit as 0 and 1, bit 0 at the right."""

from collections.abc import Mapping

from qops.errors import InputError
from qops.model.circuit import Circuit


def plain(found: Mapping[str, int]) -> dict[str, int]:
    """Counts whose outcomes may have blanks between registers, sorted by outcome.

    >>> plain({"1 01": 2, "0 00": 3})
    {'000': 3, '101': 2}
    """
    return {outcome.replace(" ", ""): int(times) for outcome, times in sorted(found.items())}


def must_measure(circuit: Circuit) -> None:
    """Refuse a circuit that has nothing to count.

    Raises:
        InputError: it has no classical bits.
    """
    if circuit.bit_count == 0:
        raise InputError("the circuit measures nothing", hint="add measurements, or run it for its state elsewhere")
    if circuit.parameters:
        raise InputError(f"the circuit has parameters without values: {', '.join(circuit.parameters[:5])}")
