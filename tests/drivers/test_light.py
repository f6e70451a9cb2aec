"""git starts a driver for every changed file: none imports what takes long to import."""

import pytest
from drivers.repository import BELL, Repository

from qops.cli import wiring

HEAVY = {"qiskit", "numpy", "scipy", "dvc", "git", "typer", "rich"}
ABSENT = {
    "textconv": HEAVY | {"yaml", "pathlib", "subprocess", "dataclasses", "site"},
    "merge-circuit": HEAVY | {"yaml"},
    "merge-lock": HEAVY | {"subprocess"},
    "pre-commit": HEAVY,
}


@pytest.mark.parametrize("driver", ABSENT)
def test_a_driver_is_light(driver: str, project: Repository) -> None:
    launch = wiring.launch()
    arguments = {
        "textconv": ("bell.qasm",),
        "merge-circuit": ("bell.qasm", "bell.qasm", "bell.qasm", "7", "bell.qasm"),
        "merge-lock": ("qops.lock", "qops.lock", "qops.lock", "7", "qops.lock"),
        "pre-commit": (),
    }[driver]
    words = (launch.interpreter, "-I", "-S", "-X", "importtime", launch.starter, ":".join(launch.paths), driver)
    done = project.run(*words, *arguments)
    imported = {line.rpartition("|")[2].strip() for line in done.err.splitlines()}
    assert imported >= {"qops.drivers.by_name", "msgspec"}
    assert imported & ABSENT[driver] == set()
    assert project.read("bell.qasm") == BELL
