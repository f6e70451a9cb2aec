"""What a file costs that `git diff` shows as a circuit, beside the same driver written on Qiskit."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks import measure, outcome, random_circuits
from benchmarks.outcome import Row
from benchmarks.repositories import Workshop, workshop
from qops.cli import wiring
from qops.hooks.sections import sections

GATES, FILES = 250, 10
_ON_QISKIT = """\
import sys
from qiskit import qasm2, qasm3
print(qasm3.dumps(qasm2.load(sys.argv[1], custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS)))
"""


def rows(*, small: bool) -> Iterator[Row]:
    """One conversion, then `git diff` of several changed files, which converts each of them twice."""
    rounds = 1 if small else 7
    with workshop() as shop:
        drivers = {"qops": _by_qops(), "Qiskit": _by_qiskit(shop)}
        file = shop.repository() / "circuit.qasm"
        file.write_bytes(random_circuits.text(GATES, seed=1))
        commands = {name: ["sh", "-c", f"{driver} circuit.qasm"] for name, driver in drivers.items()}
        seconds = measure.by_turns(_timed(commands, file.parent, shop), rounds)
        yield Row("textconv", f"textconv of {GATES} gates, the least", 1000 * min(seconds["qops"]), "ms", bar=40)
        ratio = measure.ratio(seconds["qops"], seconds["Qiskit"])
        yield Row("textconv_to_qiskit", "that, beside the same on Qiskit", ratio, "x", bar=0.1)
        for name, driver in drivers.items():
            commands[name] = ["git", "-c", f"diff.circuit.textconv={driver}", "diff"]
        changed = _changed(shop, 2 if small else FILES)
        seconds = measure.by_turns(_timed(commands, changed, shop), 1 if small else 3)
        what = f"`git diff` of {2 if small else FILES} changed files of {GATES} gates"
        yield Row("diff", f"{what}, the least", min(seconds["qops"]), "s", bar=1)
        yield Row("diff_on_qiskit", "the same with the driver on Qiskit, the least", min(seconds["Qiskit"]), "s")


def _timed(commands: dict[str, list[str]], directory: Path, shop: Workshop) -> dict[str, partial[float]]:
    return {name: partial(measure.command, words, directory, shop.environment) for name, words in commands.items()}


def _by_qops() -> str:
    """The command that `qops hooks install` writes, for a file name after it."""
    return sections(wiring.launch())["diff.qops-circuit"]["textconv"]


def _by_qiskit(shop: Workshop) -> str:
    script = Path(shop.environment["HOME"]) / "driver.py"
    script.write_text(_ON_QISKIT)
    return f"{sys.executable} {script}"


def _changed(shop: Workshop, files: int) -> Path:
    """A repository with so many files whose circuits have one gate more than is committed."""
    root = shop.repository()
    (root / ".gitattributes").write_text("*.qasm diff=circuit\n")
    for number in range(files):
        (root / f"{number}.qasm").write_bytes(random_circuits.text(GATES, seed=number))
    shop.run("git add .", root)
    shop.run("git commit --quiet --message Circuits", root)
    for file in root.glob("*.qasm"):
        file.write_bytes(file.read_bytes() + b"x q[0];\n")
    return root


if __name__ == "__main__":
    outcome.run("drivers", rows)
