"""What a change of parameters means for whoever measures."""

from pathlib import Path

import pytest
from support.project import BELL, Project

from qops.diff import compare
from qops.diff.reach import measure
from qops.diff.versions import Version
from qops.model.verdict import Outcome
from qops.snapshot import take


def moved(by: float, **options: object):  # noqa: ANN201
    project = Project()
    take.run(project.ports, [])
    project.write("bell.csv", f"parameter,value\ntheta,{0.5 + by!r}\n")
    return compare.run(project.ports, **options)


def test_a_moved_parameter_is_told_in_fidelity_and_shots() -> None:
    lines = [line.text for line in moved(0.02).sections[0].lines]
    assert lines == [
        "at most 0.01 rad apart: fidelity ≥ 1 - 0.0001, total variation ≤ 0.01",
        "estimate of the infidelity 0.0001; fewer than 16,608 shots cannot tell them apart with 5% error",
    ]


def test_the_machine_form_has_the_numbers() -> None:
    reach = moved(0.02).data["circuits"][0]["reach"]
    assert reach["distance"]["angle"] == pytest.approx(0.01)
    assert reach["distance"]["changed"] == 1
    assert (reach["shots"], reach["error"]) == (16608, 0.05)


@pytest.mark.parametrize(("shots", "outcome"), [(16607, Outcome.PASS), (16608, Outcome.FAIL)])
def test_a_change_that_the_shots_cannot_show_passes(shots: int, outcome: Outcome) -> None:
    assert moved(0.02, invisible_at=shots).verdicts[0].outcome is outcome


def test_a_full_turn_is_the_same_state() -> None:
    lines = [line.text for line in moved(2 * 3.141592653589793).sections[0].lines]
    assert lines[0].startswith("at most") or lines == ["the same states: no measurement tells the two apart"]


def test_where_there_is_no_bound_the_reason_is_said() -> None:
    project = Project({"a.qasm": BELL.replace("rz(theta)", "u0(1)"), "b.qasm": BELL.replace("rz(theta)", "u0(2)")})
    texts = {name: project.tree.files[name] for name in ("a.qasm", "b.qasm")}
    project.files.outside |= {Path(name): text for name, text in texts.items()}
    report = compare.run(project.ports, "a.qasm", "b.qasm")
    assert "no bound on the difference" in report.sections[0].lines[-1].text


def test_without_circuits_nothing_is_said() -> None:
    assert measure(Version(), Version()) is None
