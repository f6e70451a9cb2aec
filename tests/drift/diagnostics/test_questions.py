"""What diagnostics ask, and that a device with the noise of its target answers as is expected."""

import math

import msgspec
import pytest
from support.backends import entry, site
from support.devices import WAITING

from qops.backends import open_backend
from qops.backends.drifting import Drifting
from qops.backends.simulated import Simulated
from qops.circuits.reader import read
from qops.circuits.writer import write
from qops.drift.diagnostics import DIAGNOSTICS, questions
from qops.drift.diagnostics.decay import BEST_T1
from qops.errors import EnvironmentFault, InputError
from qops.model.circuit import Delay
from qops.model.diagnostic import KINDS, Diagnostic, Question
from qops.model.noise_path import Motion, NoisePath
from qops.model.ports import Job
from qops.model.target import Place, Target
from qops.stats.binomial import interval

ASKED = {
    "t1": Diagnostic("t1", (1,)),
    "ramsey": Diagnostic("ramsey", (0,)),
    "echo": Diagnostic("echo", (2,)),
    "rb": Diagnostic("rb", (0, 1), length=8),
    "mirror-rb": Diagnostic("mirror-rb", (0, 1, 2), length=12),
    "readout": Diagnostic("readout", (2, 0)),
    "germs": Diagnostic("germs", (1,), length=2),
}
SHOTS = 4000


def quiet(target: Target) -> Target:
    """The target with gates that have no error: what is expected is exact there."""
    return msgspec.structs.replace(
        target,
        instructions=tuple(
            each
            if each.gate == "measure"
            else msgspec.structs.replace(
                each, places=each.places and tuple(Place(place.qubits, 0.0, 0.0) for place in each.places)
            )
            for each in target.instructions
        ),
    )


def share(backend: Simulated, question: Question, seed: int = 5) -> tuple[float, float]:
    """Bounds of the share that succeeds, wrong once in 100,000."""
    (ran,) = backend.run([Job(question.circuit, SHOTS, seed)])
    return interval(sum(ran.counts.get(outcome, 0) for outcome in question.success), SHOTS, 1 - 1e-5)


def test_every_kind_is_asked_here() -> None:
    assert set(ASKED) == set(DIAGNOSTICS) == set(KINDS)


@pytest.mark.parametrize("kind", ASKED)
def test_the_same_question_gives_the_same_circuits_and_texts_that_read_back(kind: str) -> None:
    asked = questions(ASKED[kind], WAITING)
    assert asked == questions(ASKED[kind], WAITING)
    for question in asked:
        text = write(question.circuit)
        assert write(read(text.encode(), "q.qasm")) == text
        assert question.duration_s is not None
        assert 1e-6 < question.duration_s < 1e-3


@pytest.mark.parametrize("kind", ["rb", "mirror-rb"])
def test_another_seed_gives_other_circuits(kind: str) -> None:
    other = msgspec.structs.replace(ASKED[kind], seed=1)
    assert questions(ASKED[kind], WAITING) != questions(other, WAITING)


@pytest.mark.parametrize("kind", ASKED)
def test_without_noise_every_circuit_succeeds(kind: str) -> None:
    ideal = open_backend(entry("sim", "aer", qubits=3), site())
    for question in questions(ASKED[kind], WAITING):
        (ran,) = ideal.run([Job(question.circuit, 200, 5)])
        found = sum(ran.counts.get(outcome, 0) for outcome in question.success)
        assert found == 200 or kind in ("ramsey", "germs")


@pytest.mark.parametrize("kind", ["t1", "ramsey", "echo", "readout", "germs"])
def test_what_has_a_closed_form_is_as_expected(kind: str) -> None:
    target = quiet(WAITING)
    for question in questions(ASKED[kind], target):
        low, high = share(Simulated(target), question)
        assert question.expected is not None
        assert low <= question.expected <= high


@pytest.mark.parametrize("kind", ["rb", "mirror-rb"])
def test_what_has_none_is_near(kind: str) -> None:
    for question in questions(ASKED[kind], WAITING):
        low, high = share(Simulated(WAITING), question)
        assert question.expected is not None
        assert low - 0.05 <= question.expected <= high + 0.05


@pytest.mark.parametrize(("kind", "quantity"), [("t1", "t1"), ("echo", "t2"), ("rb", "gate"), ("readout", "readout")])
def test_a_diagnostic_sees_what_it_is_about(kind: str, quantity: str) -> None:
    size = 0.4 if quantity in ("t1", "t2") else 3.0
    device = Drifting(WAITING, NoisePath((Motion(quantity, "step", size, at_s=60.0),)), "2026-01-31T12:00:00Z")
    question = questions(ASKED[kind], WAITING)[-1]
    before, after = share(device.at(0.0), question), share(device.at(60.0), question)
    assert after[1] < before[0]


def test_ramsey_tells_the_direction_of_a_detuning() -> None:
    (question,) = questions(ASKED["ramsey"], WAITING)
    found = []
    for hertz in (-500.0, 0.0, 500.0):
        path = NoisePath((Motion("detuning", "step", hertz),))
        low, high = share(Drifting(WAITING, path, "2026-01-31T12:00:00Z").at(0.0), question)
        found.append((low + high) / 2)
    assert abs(found[1] - 0.5) < 0.05
    assert min(abs(found[0] - found[1]), abs(found[2] - found[1])) > 0.1
    assert (found[0] - found[1]) * (found[2] - found[1]) < 0


@pytest.mark.parametrize(
    ("asked", "told"),
    [(Diagnostic("germs", (0, 1)), "about one qubit"), (Diagnostic("germs", (0,), length=6), "a power of two gates")],
)
def test_germs_that_cannot_be(asked: Diagnostic, told: str) -> None:
    with pytest.raises(InputError, match=told):
        questions(asked, WAITING)


def test_without_pygsti_germs_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qops.drift.installed.find_spec", lambda _: None)
    with pytest.raises(EnvironmentFault, match="pyGSTi is not installed") as caught:
        questions(ASKED["germs"], WAITING)
    assert "qops[gst]" in (caught.value.hint or "")


def test_the_best_time_solves_its_equation() -> None:
    assert math.isclose(BEST_T1, 2 * (1 - math.exp(-BEST_T1)), rel_tol=1e-12)


def test_delays_are_whole_steps_of_the_device() -> None:
    (question,) = questions(Diagnostic("t1", (0,), delay_s=1e-5), WAITING)
    (delay,) = [each.detail for each in question.circuit.operations if isinstance(each.detail, Delay)]
    assert delay == Delay(2496.0, "dt")  # 10 µs of 4 ns are 2,500, of steps of 8
    (question,) = questions(Diagnostic("t1", (0,), delay_s=1e-5), msgspec.structs.replace(WAITING, dt_s=None))
    assert Delay(10000.0, "ns") in [each.detail for each in question.circuit.operations]


@pytest.mark.parametrize(
    ("diagnostic", "told"),
    [
        (Diagnostic("t1", (7,)), "`line` has no qubit 7"),
        (Diagnostic("t1", (0, 1)), "this diagnostic is about one qubit"),
        (Diagnostic("rb", (0, 1, 2)), "of one or two qubits"),
        (Diagnostic("rb", (0, 2)), "the qubits 0 and 2 are not connected"),
        (Diagnostic("readout", ()), "one qubit or more"),
        (Diagnostic("readout", (0, 0)), "each named once"),
    ],
)
def test_what_cannot_be_asked_is_told(diagnostic: Diagnostic, told: str) -> None:
    with pytest.raises(InputError, match=told):
        questions(diagnostic, WAITING)


def test_without_a_known_t1_the_delay_must_be_given() -> None:
    bare = msgspec.structs.replace(WAITING, qualities=())
    with pytest.raises(InputError, match="does not say T1 and T2 of qubit 1") as caught:
        questions(ASKED["t1"], bare)
    assert caught.value.hint == "give the diagnostic a `delay`"


def test_without_the_gates_it_is_told_which() -> None:
    bare = msgspec.structs.replace(
        WAITING, instructions=tuple(each for each in WAITING.instructions if each.name != "sx")
    )
    with pytest.raises(InputError, match="`line` has no `sx` at qubit 1"):
        questions(ASKED["t1"], bare)
