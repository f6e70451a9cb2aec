"""devqubit's hashes, in a virtual environment of its own: it needs an older qiskit-aer than qops."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import aside

_REQUIREMENT = "devqubit[qiskit]==0.1.12"
_PROGRAM = """
import sys, time
from devqubit_qiskit.circuits import compute_circuit_hashes
from qiskit import qasm2
circuit = qasm2.load(sys.argv[1], custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS)
times = []
for _ in range(2):
    began = time.process_time()
    compute_circuit_hashes([circuit])
    times.append(time.process_time() - began)
print(min(times))
"""


def hashing_seconds(data: bytes) -> float:
    """CPU seconds of both hashes of an OpenQASM 2 circuit that Qiskit has loaded, the lesser of two runs.

    Raises:
        NotInstalledError: there is no devqubit, and none could be had.
    """
    python = aside.interpreter("devqubit", _REQUIREMENT)
    with TemporaryDirectory() as directory:
        file = Path(directory) / "circuit.qasm"
        file.write_bytes(data)
        words = [str(python), "-c", _PROGRAM, str(file)]
        return float(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
