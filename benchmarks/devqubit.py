"""devqubit's hashes, in a virtual environment of its own: it needs an older qiskit-aer than qops."""

import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

_REQUIREMENT = "devqubit[qiskit]==0.1.12"
_HOME = Path(sys.prefix) / "devqubit"
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


class NotInstalledError(Exception):
    """devqubit could not be installed; the message says why."""


def hashing_seconds(data: bytes) -> float:
    """CPU seconds of both hashes of an OpenQASM 2 circuit that Qiskit has loaded, the lesser of two runs.

    Raises:
        NotInstalledError: there is no devqubit, and none could be had.
    """
    python = _python()
    with TemporaryDirectory() as directory:
        file = Path(directory) / "circuit.qasm"
        file.write_bytes(data)
        words = [str(python), "-c", _PROGRAM, str(file)]
        return float(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def _python() -> Path:
    """The interpreter of the environment, made on first use; `make clean` removes it with everything else."""
    python, complete = _HOME / "bin" / "python", _HOME / "complete"
    if not complete.exists():
        venv.create(_HOME, with_pip=True)
        words = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", _REQUIREMENT]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotInstalledError(f"skipped: pip could not install {_REQUIREMENT}")
        complete.touch()
    return python
