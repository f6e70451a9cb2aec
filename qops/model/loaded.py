"""A circuit as it was read, with all that identifies it."""

import msgspec

from qops.model.circuit import Circuit
from qops.model.parameters import ParameterSet


class LoadedCircuit(msgspec.Struct, frozen=True):
    """A circuit from any source.

    `data` are the bytes of the source (for a Python source: of the module and its arguments); `qpy` is the circuit as
    QPY when its text cannot carry all of it, already read back and compared; `parameters_data` the parameter file.
    """

    circuit: Circuit
    data: bytes
    parameters: ParameterSet | None = None
    parameters_data: bytes = b""
    qpy: bytes | None = None
