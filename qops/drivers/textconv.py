"""`qops-textconv FILE`: a circuit or a parameter file as `git diff` should see it."""

import sys
from collections.abc import Iterator, Sequence
from io import FileIO

from qops.drivers.boundary import guarded
from qops.errors import ExitCode
from qops.model.circuit import Circuit


def main() -> int:
    """The program."""
    return run(sys.argv[1:])


def run(arguments: Sequence[str]) -> int:
    """Print the normal form of the file that is named, or the file as it is."""
    (path,) = arguments
    return guarded(lambda: _print(path))


def _print(path: str) -> int:
    with FileIO(path) as file:
        data = file.readall()
    sys.stdout.buffer.write(_converted(data, path.rpartition("/")[2]))
    sys.stdout.flush()
    return ExitCode.OK


def _converted(data: bytes, file: str) -> bytes:
    if file.lower().endswith(".csv"):
        from qops.hooks import readable_parameters

        return readable_parameters.readable(data, file)
    from qops.hooks import readable

    return readable.readable(data, file, _from_qpy)


def _from_qpy(data: bytes, file: str) -> Iterator[Circuit]:
    """The circuits of a QPY file, read by Qiskit in contained children."""
    from qops.readers import qpy
    from qops.readers.child import ContainedReader
    from qops.readers.loading import CircuitLoader

    loader = CircuitLoader(ContainedReader())
    for index in range(qpy.read_header(data, file).circuits):
        yield loader.qpy(data, file, index).circuit
