"""Circuits that a Python function returns, when the function does something else."""

import os
import signal
import time
from pathlib import Path

import pytest
from end_to_end.lab import Lab

FUNCTIONS = r"""
import os, sys, time
from qiskit import QuantumCircuit

def good(angle=0.5, label=""):
    circuit = QuantumCircuit(1)
    circuit.rx(angle, 0)
    return circuit

def prints():
    print("progress")
    os.write(1, b"raw")
    return good()

def raises():
    raise ValueError("no [red]luck[/red] \x1b[31m\nat all")

def exits(): sys.exit(3)
def ends(): os._exit(0)
def dies(): os.kill(os.getpid(), 9)
def nothing(): pass
async def later(): pass
def wrong_text(): return "OPENQASM 3.0; qubit q; oops q;"
def asks(): return input()
def hangs():
    open("hanging", "w").write(str(os.getpid()))
    time.sleep(1000)

number = 5
"""
TOLD = {
    "made:raises": r"made.py:16: `made:raises` raised ValueError: no [red]luck[/red] \x1b[31m | at all",
    "made:exits": "made.py:18: `made:exits` called `sys.exit(3)`",
    "made:ends": "made.py: `made:ends` ended its process without an answer",
    "made:dies": "made.py: `made:dies` was killed by the system, most likely for want of memory or processor time",
    "made:nothing": "made.py: `made:nothing` returned a value of the class NoneType",
    "made:later": "made.py: `made:later` returned a value of the class coroutine",
    "made:wrong_text": "made:wrong_text (the text it returned):1:24: no gate is called `oops`",
    "made:asks": "made.py:24: `made:asks` raised EOFError: EOF when reading a line",
    "made:god": "qops.yaml:19:3: `made:god` does not exist",
    "made:number": "qops.yaml:21:3: `made:number` is not a function",
    "nowhere:f": "qops.yaml:23:3: there is no Python module `nowhere`",
    "broken:f": "broken.py:1:7: it is not Python: invalid syntax",
    "needs:f": "needs.py:1: `needs:f` raised ModuleNotFoundError: No module named 'not_installed'",
}


def declare(lab: Lab, *targets: str, arguments: str = "{}") -> None:
    entries = "".join(f"  c{n}:\n    python: {target}\n" for n, target in enumerate(targets))
    lab.write("qops.yaml", f"version: 1\ncircuits:\n{entries}    arguments: {arguments}\n")


@pytest.fixture
def made(lab: Lab) -> Lab:
    lab.write("made.py", FUNCTIONS)
    lab.write("broken.py", "def f(:\n")
    lab.write("needs.py", "import not_installed\n")
    return lab


def test_whatever_functions_do_is_told_in_one_run_with_the_line_that_did_it(made: Lab) -> None:
    declare(made, *TOLD)
    outcome = made.qops("snapshot")
    assert (outcome.code, outcome.out) == (2, "")
    errors = {line.removeprefix("error: ") for line in outcome.err.splitlines() if line.startswith("error: ")}
    assert errors == set(TOLD.values())
    assert "\x1b" not in outcome.err
    assert "Traceback" not in outcome.err


def test_what_a_function_prints_does_not_get_into_the_report(made: Lab) -> None:
    declare(made, "made:prints")
    outcome = made.qops("status", "--no-run", "--json")
    assert outcome.code == 1
    outcome = made.qops("snapshot")
    assert (outcome.code, outcome.err) == (0, "")
    assert "progress" not in outcome.out
    assert made.qops("status", "--no-run").code == 3


def test_arguments_of_any_text_come_back_from_the_store(made: Lab) -> None:
    declare(made, "made:good", arguments=r'{label: "a\\b\n\"c\" ../../x"}')
    assert made.qops("snapshot", "-m", "made").code == 0
    assert made.qops("restore", "c0", "--to", "c0.qasm").code == 0
    made.write("made.py", FUNCTIONS.replace("angle=0.5", "angle=0.25"))
    outcome = made.qops("diff")
    assert outcome.code == 1
    assert "-0.25" in outcome.out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_function_that_hangs_ends_with_the_command(made: Lab, number: signal.Signals) -> None:
    declare(made, "made:hangs")
    command = made.start("snapshot", "--json")
    child = process_id(made.root / "hanging")
    command.send_signal(number)
    out, err = command.communicate()
    if number == signal.SIGINT:
        assert command.returncode == 130
        assert err == b"error: interrupted\n"
        assert b'"exit_code": 130' in out
    assert gone(child)
    assert made.git("status", "--porcelain", "--untracked-files=no").split() == ["M", "qops.yaml"]


def process_id(file: Path) -> int:
    """The number in a file, once it is there."""
    for _ in range(2000):
        if file.exists() and (text := file.read_text()):
            return int(text)
        time.sleep(0.01)
    raise AssertionError(f"{file} did not appear")


def gone(process: int) -> bool:
    """Whether a process ends, or is only waiting to be buried, within ten seconds."""
    for _ in range(1000):
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False
