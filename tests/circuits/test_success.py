import math

import pytest
from qiskit import transpile
from qiskit.circuit.random import random_circuit
from qiskit.providers.fake_provider import GenericBackendV2
from support.targets import LINE

from qops.circuits.reader import read
from qops.circuits.success import Cost, Costs, NotPlacedError, costs, costs_of, duration, log_success
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.interchange.targets import from_qiskit
from qops.model.calibration import of_target
from qops.model.circuit import Circuit
from qops.model.target import Instruction, Place, Target

KNOWN = costs(LINE)


def on_wires(body: str, head: str = "bit[3] c;\n") -> Circuit:
    return read(f'OPENQASM 3.0;\ninclude "stdgates.inc";\n{head}{body}\n'.encode(), "c.qasm")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("level", [0, 2])
def test_it_is_what_qiskit_estimates(seed: int, level: int) -> None:
    theirs = GenericBackendV2(5, coupling_map=[[0, 1], [1, 2], [2, 3], [3, 4]], seed=seed).target
    source = random_circuit(4, 5, max_operands=2, seed=seed, measure=True)
    compiled = transpile(source, target=theirs, optimization_level=level, seed_transpiler=seed)
    known, ours = costs(from_qiskit(theirs, "x")), circuit_from_qiskit(compiled)
    logarithm, faulty = log_success(ours, known)
    assert faulty == 0
    assert math.exp(logarithm) == pytest.approx(compiled.estimate_fidelity(theirs), rel=1e-12)
    assert duration(ours, known) == pytest.approx(compiled.estimate_duration(theirs, unit="s"), rel=1e-9)


def test_faulty_places_are_counted_apart_and_the_logarithm_stays_finite() -> None:
    circuit = on_wires("cz $0, $1;\ncz $1, $2;\ncz $1, $2;")
    assert log_success(circuit, KNOWN) == (math.log1p(-0.01), 2)


def test_a_calibration_knows_the_same_as_its_target() -> None:
    circuit = on_wires("sx $0;\ncz $1, $0;\nrz(0.3) $1;\nc[0] = measure $0;\nc[2] = measure $2;")
    logarithm = math.log1p(-0.0003) + math.log1p(-0.01) + math.log1p(-0.02) + math.log1p(-0.04)
    assert log_success(circuit, KNOWN)[0] == pytest.approx(logarithm, rel=1e-15)
    assert log_success(circuit, costs_of(of_target(LINE))) == log_success(circuit, KNOWN)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("h $0;", r"`h` is not possible at \[0\]"),
        ("cz $0, $2;", r"`cz` is not possible at \[0, 2\]"),
        ("inv @ sx $0;", r"is not possible at \[0\]"),
        ("sx $3;", r"`sx` is not possible at \[3\]"),
    ],
)
def test_what_a_device_cannot_do_is_named(body: str, told: str) -> None:
    for ask in (log_success, duration):
        with pytest.raises(NotPlacedError, match=told):
            ask(on_wires(body), KNOWN)


def test_blocks_count_once_each() -> None:
    text = "c[0] = measure $0;\nif (c[0]) { sx $1; } else { sx $1; sx $1; }\nfor int i in {1, 2} { sx $2; }"
    measured = math.log1p(-0.02)
    assert log_success(on_wires(text), KNOWN)[0] == pytest.approx(measured + 4 * math.log1p(-0.0003), rel=1e-12)
    assert duration(on_wires(text), KNOWN) == pytest.approx(1.56e-06 + 2 * 3.2e-08)


def test_operations_begin_as_soon_as_their_wires_are_free() -> None:
    assert duration(on_wires("sx $0;\nsx $1;\nsx $2;"), KNOWN) == 3.2e-08
    assert duration(on_wires("sx $0;\nbarrier $0, $1;\nsx $1;"), KNOWN) == 6.4e-08


@pytest.mark.parametrize(("delay", "seconds"), [("100ns", 1e-07), ("25dt", 1e-07), ("0.1us", 1e-07)])
def test_a_delay_takes_its_time(delay: str, seconds: float) -> None:
    known = Costs({("delay", (0,)): Cost(None, None)}, dt_s=4e-9)
    assert duration(on_wires(f"delay[{delay}] $0;"), known) == pytest.approx(seconds)


def test_what_is_not_known_is_not_guessed() -> None:
    ideal = costs(Target("ideal", "", 2, (Instruction("x", "x", 1),)))
    assert log_success(on_wires("x $0;"), ideal) == (0.0, 0)
    assert duration(on_wires("x $0;"), ideal) is None
    assert not ideal.knows_errors
    assert KNOWN.knows_errors
    assert duration(on_wires("c[0] = measure $0;"), costs_of(of_target(LINE))) is None


def test_a_variant_with_a_fixed_angle_is_known_by_it() -> None:
    target = Target("t", "", 1, (Instruction("rx_30", "rx", 1, (0.5,), places=(Place((0,), 0.1, 1e-8),)),))
    assert log_success(on_wires("rx(0.5) $0;"), costs(target))[0] == math.log1p(-0.1)
    with pytest.raises(NotPlacedError):
        log_success(on_wires("rx(0.6) $0;"), costs(target))
