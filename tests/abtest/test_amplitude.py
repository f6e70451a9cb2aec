"""Amplitude estimation on a simulated backend, with and without noise."""

import dataclasses
from itertools import count

import msgspec
import pytest
from abtest.laboratory import Laboratory
from support.targets import PLAIN

from qops.abtest.amplitude import estimating
from qops.abtest.amplitude.estimating import Asked
from qops.abtest.amplitude.guarded import estimate, mirrored_loss
from qops.backends.simulated import Simulated
from qops.errors import InconclusiveError, InputError
from qops.model.report import Report
from qops.model.target import Target
from qops.model.verdict import Outcome
from qops.stats.amplitude.noise import Loss

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\n'
MANIFEST = """\
version: 1
circuits: {a: a.qasm, b: b.qasm}
backends:
  lab: {kind: KIND}
abtests:
  new: {a: a, b: b, backend: lab, metric: {pass: ["11"]}}
"""
IDEAL = msgspec.structs.replace(
    PLAIN,
    instructions=tuple(
        msgspec.structs.replace(
            each, places=tuple(msgspec.structs.replace(place, error=None) for place in each.places or ())
        )
        for each in PLAIN.instructions
    ),
)
RECORD = "series/abtests/new/amplitude.json"


class Amplified(Laboratory):
    """Two circuits that pass with sin²(angle / 2), on a simulated device."""

    def __init__(self, first: str, second: str, target: Target = IDEAL, kind: str = "aer") -> None:
        super().__init__(MANIFEST.replace("KIND", kind))
        for name, body in (("a", first), ("b", second)):
            self.project.write(f"{name}.qasm", f"{HEAD}{body}\nc = measure q;\n")
        self.opened = 0
        self.simulated = Simulated(target)
        seeds = count(1)
        self.ports = dataclasses.replace(self.ports, open_backend=self._open, seed=lambda: next(seeds))

    def _open(self, _: object) -> Simulated:
        self.opened += 1
        return self.simulated

    def estimate(self, half_width: float = 0.01, **asked: object) -> Report:
        return estimating.run(self.ports, "new", msgspec.convert({"half_width": half_width, **asked}, Asked))


def turned(angle: float) -> str:
    return f"ry({angle}) q[0]; cx q[0], q[1];"


@pytest.mark.parametrize("method", ["iqae", "likelihood"])
def test_the_arms_are_estimated_and_compared(method: str) -> None:
    told = Amplified(turned(0.9), turned(1.1)).estimate(method=method)
    arms = told.data["arms"]
    for arm, passes in (("a", 0.18920), ("b", 0.27320)):  # sin² of half the angle
        assert arms[arm]["low"] <= passes <= arms[arm]["high"]
        assert arms[arm]["high"] - arms[arm]["low"] <= 0.021
        assert arms[arm]["plain_shots"] > arms[arm]["calls"]
    assert [each.outcome for each in told.verdicts] == [Outcome.PASS]


def test_equal_arms_decide_nothing() -> None:
    told = Amplified(turned(0.9), turned(0.9)).estimate()
    assert [each.outcome for each in told.verdicts] == [Outcome.INCONCLUSIVE]


def test_what_was_seen_is_not_looked_at_again() -> None:
    laboratory = Amplified(turned(0.9), turned(1.1))
    first = laboratory.estimate()
    again = laboratory.estimate()
    assert laboratory.opened == 1
    assert again.data == first.data


def test_an_estimate_that_was_cut_off_goes_on() -> None:
    laboratory = Amplified(turned(0.9), turned(1.1))
    whole = laboratory.estimate()
    seen = msgspec.json.decode(laboratory.project.tree.files[RECORD])
    seen["looks"] = seen["looks"][:3]
    laboratory.project.write(RECORD, msgspec.json.encode(seen).decode())
    later = laboratory.estimate()
    assert laboratory.opened == 2
    assert later.data["arms"]["a"]["low"] == pytest.approx(whole.data["arms"]["a"]["low"], abs=0.02)
    assert msgspec.json.decode(laboratory.project.tree.files[RECORD])["looks"][:3] == seen["looks"]


def test_a_seed_settles_what_is_seen() -> None:
    one, other, third = (Amplified(turned(0.9), turned(1.1)).estimate(seed=seed).data for seed in (7, 7, 8))
    assert one == other != third


def test_another_question_does_not_go_on_from_the_record() -> None:
    laboratory = Amplified(turned(0.9), turned(1.1))
    laboratory.estimate()
    with pytest.raises(InputError, match=r"`half width` was 0.01, is 0.02"):
        laboratory.estimate(0.02)
    laboratory.project.write("b.qasm", f"{HEAD}{turned(1.2)}\nc = measure q;\n")
    with pytest.raises(InputError, match="the circuit of `b` was"):
        laboratory.estimate()
    laboratory.estimate(restart=True)


def test_a_record_of_other_looks_is_refused() -> None:
    laboratory = Amplified(turned(0.9), turned(1.1))
    laboratory.estimate()
    seen = msgspec.json.decode(laboratory.project.tree.files[RECORD])
    seen["looks"][1]["iterations"] = 7
    laboratory.project.write(RECORD, msgspec.json.encode(seen).decode())
    with pytest.raises(InputError, match="goes on with 7 iterations of `a`, where 0 of `a`"):
        laboratory.estimate()


@pytest.mark.parametrize(
    "data",
    [b"\xff", b"{}", b'{"version": 2, "asked": {}, "digests": {}}', b'{"version": 1, "asked": [], "digests": {}}'],
)
def test_a_damaged_record_is_refused(data: bytes) -> None:
    laboratory = Amplified(turned(0.9), turned(1.1))
    laboratory.project.tree.files[RECORD] = data
    with pytest.raises(InputError, match=r"amplitude\.json:1:1"):
        laboratory.estimate()


def test_a_device_decides_nothing() -> None:
    told = Amplified(turned(0.9), turned(1.1), kind="lab").estimate()
    (verdict,) = told.verdicts
    assert verdict.outcome is Outcome.INCONCLUSIVE
    assert "drift between looks" in verdict.because


def test_noise_is_measured_and_refused() -> None:
    with pytest.raises(InconclusiveError, match="leaves no room"):
        Amplified(turned(0.9), turned(1.1), PLAIN).estimate()


def test_what_has_no_inverse_is_refused_before_anything_is_run() -> None:
    laboratory = Amplified(f"reset q[0]; {turned(0.9)}", turned(1.1))
    with pytest.raises(InputError, match="cannot be amplified: it holds resets"):
        laboratory.estimate()
    assert not laboratory.opened


def test_scores_have_no_amplitude() -> None:
    laboratory = Amplified(turned(0.9), turned(1.1))
    laboratory.edit('{pass: ["11"]}', '{score: {"11": 1.0}}')
    with pytest.raises(InconclusiveError, match="the share of shots that pass"):
        laboratory.estimate()


def test_noise_that_is_known_limits_the_iterations() -> None:
    found = estimate(lambda _, shots: shots // 5, 0.02, Loss(0.005, 0.01))
    assert found.most_iterations <= 2
    with pytest.raises(InconclusiveError, match=r"8 iterations are needed for so narrow an interval, and 2 are"):
        estimate(lambda _, shots: shots // 5, 0.006, Loss(0.005, 0.01), method="likelihood")


def test_an_interval_narrower_than_the_noise_is_refused() -> None:
    with pytest.raises(InconclusiveError, match=r"hides what is nearer than 0.005"):
        estimate(lambda _, shots: shots // 2, 0.004, Loss(0.005, 0.01))


def test_the_loss_of_a_mirror_is_that_of_two_calls() -> None:
    found = mirrored_loss(9_900, 10_000)
    assert found.value == pytest.approx(0.0101, abs=1e-4)  # -ln(0.98) / 2
    assert found.high > found.value
