"""The two versions of each circuit that a diff looks at."""

import msgspec

from qops.model.circuit import Circuit
from qops.model.parameters import ParameterSet
from qops.model.snapshot import CircuitRecord


class Version(msgspec.Struct, frozen=True):
    """One version of one circuit.

    `circuit` and `parameters` are None where the digests of `record` answer by themselves, and where, as `missing`
    says, they are not at hand; `fetch` is the command that brings them. A parameter file by itself has no record.
    """

    record: CircuitRecord | None = None
    circuit: Circuit | None = None
    parameters: ParameterSet | None = None
    missing: str = ""
    fetch: str = ""

    def values(self) -> dict[str, float]:
        """The values that the circuit's parameters have in the last binding, in radians."""
        named = self.circuit is not None and self.circuit.parameters
        return self.parameters.last() if self.parameters and named else {}


class Pair(msgspec.Struct, frozen=True):
    """Two versions under one name; None is for absent."""

    name: str
    old: Version | None
    new: Version | None


class Gathered(msgspec.Struct, frozen=True):
    """All pairs by name, and what the two sides are called in a sentence."""

    old: str
    new: str
    pairs: tuple[Pair, ...]
