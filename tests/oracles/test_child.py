"""Whatever a child does, the answers that it gave are kept, and there is a sentence for the rest."""

import time
from pathlib import Path

import pytest

from qops.circuits.reader import read
from qops.oracles.child import Returned, ask
from qops.oracles.messages import Distances, Limits, frames

TESTS = Path(__file__).parents[1]
A, B = (read(f"OPENQASM 3.0; qubit[{size}] q;".encode(), "test.qasm") for size in (1, 2))
QUICK = Limits(memory=2 << 30, cpu_seconds=20, wall_seconds=20.0)


def asked(how: str, monkeypatch: pytest.MonkeyPatch, limits: Limits = QUICK) -> Returned:
    monkeypatch.setenv("MISBEHAVIOUR", how)
    monkeypatch.setenv("PYTHONPATH", str(TESTS))
    return ask("support.misbehaving", [Distances(A, A), Distances(A, B), Distances(A, A)], limits)


@pytest.mark.parametrize(
    ("how", "trouble"),
    [
        ("crash", "crashed (SIGSEGV)"),
        ("abort", "needed more than 2048 MiB of memory"),
        ("eat", "needed more than 2048 MiB of memory"),
        ("leave", "ended with exit code 1: something is missing"),
        ("raise", "ended with exit code 1: ValueError: not like this"),
        ("killed", "was killed by the system, most likely for want of memory or processor time"),
    ],
)
def test_what_became_of_it_is_told(how: str, trouble: str, monkeypatch: pytest.MonkeyPatch) -> None:
    returned = asked(how, monkeypatch)
    assert len(returned.answers) == 1
    assert returned.trouble == trouble


def test_one_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.monotonic()
    returned = asked("hang", monkeypatch, Limits(wall_seconds=3.0))
    assert returned.trouble == "took longer than 3 s and was stopped"
    assert time.monotonic() - began < 60  # the child would have slept for 600


def test_one_that_spins_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    returned = asked("spin", monkeypatch, Limits(cpu_seconds=1, wall_seconds=120.0))
    assert returned.trouble == "used more than 1 s of processor time and was stopped"


@pytest.mark.parametrize("how", ["nothing", "print"])
def test_all_is_well(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    returned = asked(how, monkeypatch)
    assert (len(returned.answers), returned.trouble) == (3, "")


def test_half_a_frame_is_no_answer() -> None:
    whole = b"\0\0\0\2ab"
    assert [bytes(frame) for frame in frames(whole + b"\0\0\0\3ab")] == [b"ab"]
    assert list(frames(whole[:3])) == []
