"""Gates over time, from the epochs of germs."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from drift.test_check import Watched
from support.devices import WAITING

from qops.circuits.writer import write
from qops.drift import gates, record
from qops.drift.diagnostics import questions
from qops.errors import InconclusiveError, InputError
from qops.model.diagnostic import Diagnostic
from qops.model.report import Report
from qops.model.verdict import Outcome
from qops.render import RENDERERS, built_in
from qops.render.surface import Surface

ASKED = questions(Diagnostic("germs", (1,), length=1), WAITING)
EXPECTED = [question.expected or 0.0 for question in ASKED]
MANIFEST = """\
version: 1
circuits: {"*": circuits/*.qasm}
drift:
  "q1-*": {circuit: "q1-*", success: ["0"], shots: 500}
  ghz: {circuit: ghz, success: ["000"]}
"""
START = datetime(2026, 1, 1, tzinfo=UTC)


class Germs(Watched):
    """A project with a watch for each circuit, of which as many epochs are counted as shifts are given."""

    def __init__(self, shifts: tuple[float, ...], left_out: int = 0, seed: int = 1) -> None:
        super().__init__()
        self.project.write("qops.yaml", MANIFEST)
        for number, question in enumerate(ASKED, 1):
            self.project.write(f"circuits/q1-{number}.qasm", write(question.circuit))
        chance = np.random.default_rng(seed)
        for number, rate in list(enumerate(EXPECTED, 1))[left_out:]:
            rates = [rate + shift * (0.5 - rate) for shift in shifts]
            lines = [
                f"{(START + timedelta(hours=hour)).isoformat()},500,{chance.binomial(500, each)},,,\n"
                for hour, each in enumerate(rates)
            ]
            place = self.project.tree.root / "epochs.csv"
            self.project.files.write(place, ("at,shots,successes,calibration,digest,job\n" + "".join(lines)).encode())
            record.run(self.ports, f"q1-{number}", str(place))

    def gates(self, windows: int = 2, *names: str) -> Report:
        return gates.run(self.ports, names, windows, 0.01)


def test_gates_that_stay_as_they_are() -> None:
    told = Germs((0.0,) * 8).gates(4)
    assert [each.outcome for each in told.verdicts] == [Outcome.PASS] * 3
    first, *_, last = told.data["windows"]
    assert (first["epochs"], first["shots"], first["p_value"]) == (2, 1000 * len(ASKED), None)
    assert (first["from"], last["to"]) == ("2026-01-01T00:00:00Z", "2026-01-01T07:00:00Z")
    for name in RENDERERS:
        assert built_in(name).render(told, Surface())


def test_gates_that_became_worse() -> None:
    told = Germs((0.0, 0.0, 0.0, 0.0, 0.15, 0.15, 0.15, 0.15)).gates(2, "q1-*")
    (verdict,) = told.verdicts
    assert verdict.outcome is Outcome.FAIL
    before, after = (each["gates"]["x"]["infidelity"] for each in told.data["windows"])
    assert after > before


def test_one_window_tells_and_judges_nothing() -> None:
    told = Germs((0.0, 0.0)).gates(1)
    assert not told.verdicts
    assert len(told.data["windows"]) == 1


def test_what_is_missing_is_told() -> None:
    with pytest.raises(InconclusiveError, match=rf"window 1 of 2: 3 of {len(ASKED)} circuits of the design"):
        Germs((0.0, 0.0), left_out=3).gates()
    with pytest.raises(InconclusiveError, match="1 epoch cannot be divided into 2 windows"):
        Germs((0.0,)).gates()


def test_watches_of_something_else_are_no_germs() -> None:
    with pytest.raises(InputError, match="none of these watches is of germs"):
        Germs((0.0, 0.0)).gates(2, "ghz")


def test_germs_that_were_changed_are_refused() -> None:
    made = Germs((0.0, 0.0))
    made.project.write("qops.yaml", MANIFEST.replace('["0"]', '["1"]'))
    with pytest.raises(InputError, match="is not as `qops drift plan --kind germs` makes them"):
        made.gates()


def test_germs_of_two_qubits_are_two_designs() -> None:
    made = Germs((0.0, 0.0))
    made.project.write("circuits/q2-1.qasm", write(ASKED[0].circuit))
    made.project.write("qops.yaml", MANIFEST + '  other: {circuit: q2-1, success: ["0"]}\n')
    with pytest.raises(InputError, match="of several designs"):
        made.gates()
