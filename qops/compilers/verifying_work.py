"""Whether a compiled circuit does what its source does, in a worker process; NumPy, and no Qiskit."""

import math
import zlib
from collections.abc import Mapping

import msgspec
import numpy as np

from qops.circuits import reader
from qops.circuits.binding import bind
from qops.circuits.equivalence.stimuli import verify
from qops.compilers.messages import Source, Statement
from qops.model.circuit import Circuit
from qops.model.examination import Check, Sameness
from qops.model.layout import Layout


def verify_cell(payload: bytes, resources: Mapping[str, bytes]) -> bytes:
    """Do what a `Statement` says; a `Check`."""
    statement = msgspec.msgpack.decode(payload, type=Statement)
    source = msgspec.msgpack.decode(resources[statement.circuit], type=Source)
    original = reader.read(source.text, "source.qasm")
    compiled = reader.read(zlib.decompress(statement.packed), "compiled.qasm")
    if source.qpy is not None:
        check = Check(Sameness.UNDECIDED, "random product states", "its text does not carry all of the circuit")
    else:
        values = _values(original, statement.seed)
        layout = Layout(statement.initial_layout, statement.final_layout)
        check = verify(bind(original, values), bind(compiled, values), layout, statement.seed)
    return msgspec.msgpack.encode(check)


def _values(circuit: Circuit, seed: int) -> dict[str, float]:
    """Random angles for the parameters: two circuits that agree there agree at nearly all values."""
    drawn = np.random.default_rng([seed, 1]).uniform(0, 2 * math.pi, len(circuit.parameters))
    return dict(zip(circuit.parameters, map(float, drawn), strict=True))
