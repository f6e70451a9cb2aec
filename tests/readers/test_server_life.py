"""The fork server: when it starts, when it is replaced, and when it ends."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from readers.processes import eventually, gone

from qops import world
from qops.errors import EnvironmentFault
from qops.model.where import Where
from qops.readers.child import ContainedReader
from qops.readers.messages import CallFunction, Converted, ReadQasm

ONE_QUBIT = ReadQasm("OPENQASM 3.0;\nqubit q;\nU(0, 0, 0) q;", "a.qasm", 3)
USER = """
from qops.model.where import Where
from qops.readers.child import ContainedReader
from qops.readers.messages import CallFunction
reader = ContainedReader()
print(reader.ask(CallFunction({root!r}, "who:build", {{}}, Where(""), Where(""))).circuit.annotations, flush=True)
{then}
"""
WHO = """
import os, time
from qiskit import QuantumCircuit
def build():
    return QuantumCircuit(1, name=f"server {os.getppid()} ")
def hang():
    open("child", "w").write(str(os.getpid()))
    time.sleep(1000)
"""


def server_of(line: str) -> int:
    return int(line.split("server ")[1].split(maxsplit=1)[0])


def start_user(root: Path, then: str) -> "subprocess.Popen[str]":
    (root / "who.py").write_text(WHO)
    program = USER.format(root=str(root), then=then)
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)


def test_nothing_is_started_before_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a process was started"))
    ContainedReader().close()


def test_requests_from_many_threads_take_turns(contained: ContainedReader) -> None:
    answers: list[object] = []
    threads = [threading.Thread(target=lambda: answers.append(contained.ask(ONE_QUBIT))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert all(isinstance(answer, Converted) for answer in answers)


def test_ends_with_its_owner(tmp_path: Path) -> None:
    with start_user(tmp_path, "") as user:
        server = server_of(user.communicate()[0])
    assert eventually(lambda: gone(server))


def test_ends_when_its_owner_is_killed_in_the_middle_of_a_request(tmp_path: Path) -> None:
    hang = f'reader.ask(CallFunction({str(tmp_path)!r}, "who:hang", {{}}, Where(""), Where("")))'
    with start_user(tmp_path, hang) as user:
        assert user.stdout is not None
        server = server_of(user.stdout.readline())
        marker = tmp_path / "child"
        assert eventually(lambda: marker.exists() and marker.read_text() != "")
        user.send_signal(signal.SIGKILL)
    assert eventually(lambda: gone(server))
    assert eventually(lambda: gone(int(marker.read_text())))


def test_a_server_that_dies_is_replaced(tmp_path: Path) -> None:
    call = f"reader.ask(CallFunction({str(tmp_path)!r}, 'who:%s', {{}}, Where('who.py'), Where('')))"
    then = f"try:\n    {call % 'kill'}\nexcept Exception as problem:\n    print(problem, flush=True)\n"
    then += f"print({call % 'build'}.circuit.annotations)"
    with start_user(tmp_path, then) as user:
        (tmp_path / "who.py").write_text(WHO + "def kill():\n    os.kill(os.getppid(), 9)\n    time.sleep(9)\n")
        first, problem, second = user.communicate()[0].splitlines()
    assert problem == "who.py: `who:kill` took its server down with it"
    assert server_of(first) != server_of(second)


def test_a_closed_reader_starts_again(contained: ContainedReader) -> None:
    contained.close()
    assert isinstance(contained.ask(ONE_QUBIT), Converted)


def test_a_server_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "qiskit").mkdir()
    (tmp_path / "qiskit" / "__init__.py").write_text("raise ImportError('no Qiskit here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(EnvironmentFault, match="could not be started: ImportError: no Qiskit here"):
        ContainedReader().ask(ONE_QUBIT)


def test_an_interpreter_that_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world, "interpreter", lambda: "/bin/true")
    with pytest.raises(EnvironmentFault, match="could not be started"):
        ContainedReader().ask(ONE_QUBIT)


def test_an_interruption_leaves_a_usable_reader(contained: ContainedReader, tmp_path: Path) -> None:
    (tmp_path / "who.py").write_text(WHO)
    contained.ask(ONE_QUBIT)
    previous = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(KeyboardInterrupt):
            contained.ask(CallFunction(str(tmp_path), "who:hang", {}, Where("who.py"), Where("qops.yaml")))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    assert isinstance(contained.ask(ONE_QUBIT), Converted)
