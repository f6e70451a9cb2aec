"""A device that ages: what it publishes stays, what it does follows the path."""

import msgspec
import pytest
from support.backends import circuit, entry, site
from support.targets import PLAIN

from qops import world
from qops.backends import open_backend
from qops.backends.drifting import Drifting
from qops.errors import InputError
from qops.model.noise_path import Motion, NoisePath
from qops.model.ports import Job

START = "2026-01-31T12:00:00Z"
DECAY = """\
OPENQASM 3.0;
include "stdgates.inc";
bit[1] c;
sx $0;
sx $0;
delay[{wait}] $0;
c[0] = measure $0;
"""
RAMSEY = """\
OPENQASM 3.0;
include "stdgates.inc";
bit[1] c;
sx $0;
delay[{wait}] $0;
sx $0;
c[0] = measure $0;
"""


def share(backend: Drifting, text: str, time_s: float, shots: int = 2000) -> float:
    (ran,) = backend.at(time_s).run([Job(circuit(text), shots, 5)])
    return ran.counts.get("1", 0) / shots


def drifting(*motions: Motion) -> Drifting:
    return Drifting(PLAIN, NoisePath(motions), START)


@pytest.mark.parametrize("wait", ["20us", "5000dt"])
def test_a_shorter_t1_is_seen_in_a_delay_and_not_before_it_is_shorter(wait: str) -> None:
    backend = drifting(Motion("t1", "step", 0.1, at_s=60.0))
    before, after = share(backend, DECAY.format(wait=wait), 59.0), share(backend, DECAY.format(wait=wait), 60.0)
    assert abs(before - 0.81) < 0.05  # e^(-20/100), and readout errors of 2 % and gates of 0.06 %
    assert abs(after - 0.15) < 0.05  # e^(-20/10)


def test_a_detuning_turns_a_qubit_that_waits() -> None:
    backend = drifting(Motion("detuning", "ramp", 25e3, over_s=100.0))
    shares = [share(backend, RAMSEY.format(wait="20us"), time_s) for time_s in (0.0, 50.0, 100.0)]
    assert [round(each, 1) for each in shares] == [0.9, 0.5, 0.1]  # nothing, a quarter and half a turn


def test_readout_gets_worse_as_declared() -> None:
    backend = drifting(Motion("readout", "step", 5.0, qubits=(0,)))
    assert abs(share(backend, DECAY.format(wait="0ns"), 0.0) - 0.9) < 0.03


def test_what_is_published_stays() -> None:
    backend = drifting(Motion("t1", "step", 0.1))
    job = Job(circuit(DECAY.format(wait="1us")), 10, 5)
    (then,), (now,) = backend.at(-1.0).run([job]), backend.at(1.0).run([job])
    assert backend.target() == PLAIN
    assert then.calibration == now.calibration
    assert len(now.calibration) == 64


def test_the_clock_is_the_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    one = entry("tired", "drifting", noise_from="kept", path=(Motion("t1", "step", 0.01, at_s=60.0),), start=START)
    backend = open_backend(one, site(target=PLAIN))
    job = Job(circuit(DECAY.format(wait="20us")), 100, 5)
    found = []
    for second in (0, 61):
        monkeypatch.setattr(world, "now", lambda second=second: f"2026-01-31T12:{second // 60:02}:{second % 60:02}Z")
        (ran,) = backend.run([job])
        assert ran.began_at == world.now()
        found.append(ran.counts.get("1", 0))
    assert found[0] > 60
    assert found[1] < 20


def test_a_delay_in_units_that_the_target_does_not_have_is_refused() -> None:
    bare = Drifting(msgspec.structs.replace(PLAIN, dt_s=None), NoisePath((Motion("detuning", "step", 1e3),)), START)
    with pytest.raises(InputError, match="in units of `dt`"):
        bare.at(0.0).run([Job(circuit(RAMSEY.format(wait="100dt")), 10, 5)])
