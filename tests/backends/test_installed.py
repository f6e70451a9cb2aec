"""Backends of other packages: here, and in another interpreter, made for the test."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from support.backends import circuit, entry, site
from support.targets import LINE

from qops.backends import child, open_backend
from qops.errors import EnvironmentFault, InputError
from qops.formats import target_json
from qops.interchange.targets import from_qiskit
from qops.model.ports import Job

PACKAGE = f"""
import os
import time
from types import SimpleNamespace


def lab(port=1):
    print("a word on standard output")
    return SimpleNamespace(target=lambda: {target_json.write(LINE).decode()!r}.replace("line", "lab " + str(port)))


def qiskits(qubits=4):
    from qiskit.circuit import Parameter
    from qiskit.circuit.library import RZZGate
    from qiskit.providers.fake_provider import GenericBackendV2

    backend = GenericBackendV2(qubits, seed=3, control_flow=True)
    backend.target.add_instruction(RZZGate(Parameter("a")), {{(0, 1): None}}, angle_bounds=[(0.0, 1.5)])
    return backend


def slow():
    time.sleep(60)


def broken():
    raise ValueError("the laboratory is closed")


def nonsense():
    return SimpleNamespace(target="{{}}")
"""
KINDS = ("lab", "qiskits", "slow", "broken", "nonsense")


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Another interpreter, with a package that offers backends and with Qiskit, and without qops."""
    home = tmp_path_factory.mktemp("other")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    (packages,) = home.glob("lib/python*/site-packages")
    install(packages)
    (packages / "qiskit.pth").write_text(sysconfig.get_path("purelib"))
    return str(home / "bin" / "python")


def install(packages: Path) -> None:
    (packages / "laboratory.py").write_text(PACKAGE)
    information = packages / "laboratory-1.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Name: laboratory\nVersion: 1\n")
    lines = [f"{kind} = laboratory:{kind}" for kind in KINDS]
    (information / "entry_points.txt").write_text("\n".join(["[qops.backends]", *lines]) + "\n")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same package where qops is."""
    install(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "laboratory", raising=False)


def test_another_interpreter_tells_its_target(python: str) -> None:
    one = entry("other", "lab", python=python, options={"port": 7})
    target = open_backend(one, site()).target()
    assert target.backend == "lab 7"
    assert target_json.identity(target) == target_json.identity(LINE)


@pytest.mark.usefixtures("here")
def test_a_target_of_qiskit_is_described_there_as_it_would_be_here(python: str) -> None:
    far = open_backend(entry("other", "qiskits", python=python), site()).target()
    laboratory = __import__("laboratory")
    assert target_json.identity(far) == target_json.identity(from_qiskit(laboratory.qiskits().target, "x"))
    assert far.backend == "generic_backend_4q"


@pytest.mark.parametrize(
    ("kind", "options", "told"),
    [
        ("broken", {}, "the backend `a` failed: ValueError: the laboratory is closed"),
        ("lab", {"prt": 7}, "got an unexpected keyword argument 'prt'"),
        ("lap", {}, "no package there offers a backend of the kind `lap`; on offer: broken, lab, nonsense"),
    ],
)
def test_what_fails_there_is_told_here(kind: str, options: dict[str, object], told: str, python: str) -> None:
    with pytest.raises(EnvironmentFault, match=told) as caught:
        open_backend(entry("a", kind, python=python, options=options), site()).target()
    assert str(caught.value.where) == "qops.yaml:3:3"


def test_what_is_no_target_there_is_an_input_error(python: str) -> None:
    with pytest.raises(InputError):
        open_backend(entry("a", "nonsense", python=python), site()).target()


def test_a_backend_that_does_not_answer_is_ended(python: str) -> None:
    with pytest.raises(EnvironmentFault, match="did not answer within 0 s, and was ended"):
        child.ask(entry("a", "slow", python=python), site(), limit_s=0.4)


@pytest.mark.parametrize("program", ["/no/such/python", os.devnull])
def test_an_interpreter_that_does_not_start_is_told(program: str) -> None:
    with pytest.raises(EnvironmentFault, match="does not start"):
        open_backend(entry("a", "lab", python=program), site()).target()


def test_there_it_can_only_be_compiled_for(python: str) -> None:
    with pytest.raises(InputError, match="can only be compiled for"):
        open_backend(entry("a", "lab", python=python), site()).run([Job(circuit(), 1, 1)])


@pytest.mark.usefixtures("here")
def test_an_installed_backend_of_qiskit_can_be_run_on() -> None:
    backend = open_backend(entry("a", "qiskits", options={"qubits": 3}), site())
    assert backend.target().qubits == 3


@pytest.mark.usefixtures("here")
def test_an_installed_backend_of_ours_is_taken_as_it_is() -> None:
    backend = open_backend(entry("a", "lab"), site())
    assert "lab 1" in str(backend.target())
