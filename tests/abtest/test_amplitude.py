"""Amplitude estimation on a simulated backend, with and without noise."""

from itertools import count

import msgspec
import pytest
from support.targets import PLAIN

from qops.abtest.amplitude import estimate, measured_loss, oracle
from qops.backends.simulated import Simulated
from qops.circuits.reader import read
from qops.errors import InconclusiveError, InputError
from qops.model.circuit import Circuit
from qops.model.target import Target
from qops.stats.amplitude.estimate import Oracle
from qops.stats.amplitude.noise import Loss

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\n'


def circuit(body: str) -> Circuit:
    return read(f"{HEAD}{body}\nc = measure q;\n".encode(), "a.qasm")


IDEAL = msgspec.structs.replace(
    PLAIN,
    instructions=tuple(
        msgspec.structs.replace(
            each, places=tuple(msgspec.structs.replace(place, error=None) for place in each.places or ())
        )
        for each in PLAIN.instructions
    ),
)


def asked(body: str, patterns: tuple[str, ...] = ("11",), target: Target = IDEAL) -> Oracle:
    seeds = count(1)
    return oracle(Simulated(target), circuit(body), patterns, lambda: next(seeds))


def test_the_probability_of_a_circuit() -> None:
    found = estimate(asked("ry(0.9) q[0]; cx q[0], q[1];"), 0.01, Loss(0.0, 0.0))
    assert found.low <= 0.18920 <= found.high  # sin²(0.45)
    assert found.half_width <= 0.01
    assert found.most_iterations > 0


def test_noise_that_is_known_limits_the_iterations() -> None:
    found = estimate(asked("ry(0.9) q[0]; cx q[0], q[1];"), 0.02, Loss(0.005, 0.01))
    assert found.most_iterations <= 2


def test_too_much_noise_is_refused() -> None:
    with pytest.raises(InconclusiveError, match=r"may lose 5.00% of the contrast"):
        estimate(asked("h q;"), 0.01, Loss(0.02, 0.05))


def test_an_interval_narrower_than_the_noise_is_refused() -> None:
    with pytest.raises(InconclusiveError, match=r"hides what is nearer than 0.005"):
        estimate(asked("h q;"), 0.004, Loss(0.005, 0.01))


def test_the_loss_needs_a_circuit_that_shows_it() -> None:
    found = measured_loss(asked("x q[0];", ("*1",)), 1.0, shots=2000)
    assert found.value == 0
    assert found.high < 0.01
    assert measured_loss(asked("x q[0];", ("*1",), PLAIN), 1.0, shots=2000).value > 0.02
    with pytest.raises(InconclusiveError, match="too near to 1/2"):
        measured_loss(asked("h q[0];", ("*1",)), 0.5)


def test_what_has_no_inverse_is_refused_before_anything_is_run() -> None:
    with pytest.raises(InputError, match="cannot be amplified: it holds resets"):
        asked("reset q[0];")
