"""Two calibrations side by side."""

import math
from pathlib import Path
from typing import Any

import msgspec
import pytest
from support.project import FILES, MANIFEST, Project
from support.shelf import MemoryTargets
from support.targets import LINE

from qops.calibration import compare
from qops.errors import InconclusiveError, InputError
from qops.formats import calibration_json, target_json
from qops.model.calibration import of_target
from qops.model.report import Report
from qops.model.target import Place, Target
from qops.model.verdict import Outcome
from qops.snapshot import take

WIRES = """\
OPENQASM 3.0;
include "stdgates.inc";
bit[1] c;
sx $0;
cz $0, $1;
c[0] = measure $1;
"""
PLACED = WIRES.replace("bit[1] c;", "bit[1] c;\nqubit[2] q;").replace("$0", "q[0]").replace("$1", "q[1]")
FEW = """\
version: 1
circuits: {wires: wires.qasm, placed: placed.qasm, bell: bell.qasm, broken: broken.qasm}
backends:
  torino: {kind: fake, device: torino}
  other: {kind: fake, device: other}
"""


def with_error(target: Target, gate: str, at: tuple[int, ...], error: float | None) -> Target:
    return msgspec.structs.replace(
        target,
        instructions=tuple(
            msgspec.structs.replace(
                each,
                places=each.places
                and tuple(Place(p.qubits, error, p.duration_s) if p.qubits == at else p for p in each.places),
            )
            if each.name == gate
            else each
            for each in target.instructions
        ),
    )


@pytest.fixture
def project() -> Project:
    files = {**FILES, "qops.yaml": FEW, "wires.qasm": WIRES, "placed.qasm": PLACED, "broken.qasm": "nonsense"}
    return Project(files)


def diff(project: Project, after: Target, before: Target = LINE, **choice: Any) -> Report:
    targets = MemoryTargets({"torino": before, "other": after})
    return compare.run(project.ports, targets.open, "torino", "other", **choice)


def moves(report: Report) -> list[tuple[object, ...]]:
    found: Any = report.data["moves"]
    return [(move["gate"], *move["qubits"], move["change"], move["worse"]) for move in found]


def test_the_same_calibration_passes(project: Project) -> None:
    report = diff(project, LINE)
    assert report.verdicts[0].outcome is Outcome.PASS
    assert report.data["moves"] == []
    assert report.data["compared"] == 3 * 3 + 2 + 3 + 3 + 2 + 3 + 3


def test_what_moves_by_more_than_usual_is_a_finding_worst_first(project: Project) -> None:
    after = with_error(with_error(LINE, "cz", (0, 1), 0.2), "measure", (2,), 0.001)
    report = diff(project, after)
    assert moves(report) == [("cz", 0, 1, "moved", True), ("", 2, "moved", False)]
    first = report.data["moves"][0]
    assert first["times_usual"] == pytest.approx(math.log(20) / 0.154)
    assert report.verdicts[0].outcome is Outcome.FAIL
    assert report.verdicts[0].because.startswith("2 of ")


@pytest.mark.parametrize(("threshold", "found"), [(19.0, 1), (19.9, 0), (0.0, 1)])
def test_the_threshold_is_in_usual_changes(threshold: float, found: int, project: Project) -> None:
    report = diff(project, with_error(LINE, "cz", (0, 1), 0.01 * math.exp(19.5 * 0.154)), threshold=threshold)
    assert len(report.data["moves"]) == found


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        (0.01, 1.0, ("became faulty", True)),
        (1.0, 0.01, ("is no longer faulty", False)),
        (0.01, None, ("is gone", True)),
        (None, 0.01, ("is new", False)),
        (0.0, 0.01, ("moved", True)),
    ],
)
def test_what_fails_comes_or_goes_is_a_finding(
    before: float | None, after: float | None, fate: tuple[str, bool], project: Project
) -> None:
    old, new = (with_error(LINE, "cz", (0, 1), error) for error in (before, after))
    assert moves(diff(project, new, old)) == [("cz", 0, 1, *fate)]


def test_a_gate_of_another_length_is_told(project: Project) -> None:
    text = target_json.write(LINE).decode().replace("[[0, 1], 0.01, 6.8e-08]", "[[0, 1], 0.01, 7.2e-08]")
    assert moves(diff(project, target_json.read(text.encode(), "t.json"))) == [("cz", 0, 1, "takes another time", True)]


def test_circuits_say_what_it_does_to_their_success(project: Project) -> None:
    found = {each["circuit"]: each for each in diff(project, with_error(LINE, "cz", (0, 1), 0.2)).data["circuits"]}
    for name, trivial in (("wires", False), ("placed", True)):
        assert found[name]["after"] - found[name]["before"] == pytest.approx(math.log(0.8 / 0.99), rel=1e-12)
        assert found[name]["trivial"] is trivial
        assert not found[name]["unknown"]
    assert found["bell"]["unknown"].startswith("`h` is not possible at [0]: compile it")
    assert found["broken"]["unknown"].startswith("broken.qasm:1:1: ")


def test_a_faulty_place_is_counted_and_the_success_stays_finite(project: Project) -> None:
    found = {each["circuit"]: each for each in diff(project, with_error(LINE, "cz", (0, 1), 1.0)).data["circuits"]}
    assert (found["wires"]["faulty_before"], found["wires"]["faulty_after"]) == (0, 1)
    assert math.isfinite(found["wires"]["after"])


def test_devices_of_another_size_cannot_be_compared(project: Project) -> None:
    smaller = msgspec.structs.replace(LINE, qubits=2, qualities=LINE.qualities[:2], instructions=())
    report = diff(project, smaller)
    assert report.verdicts[0].outcome is Outcome.INCONCLUSIVE
    assert report.verdicts[0].because == "not comparable: torino has 3 qubits, other has 2 qubits"


def test_where_nothing_is_known_nothing_is_passed(project: Project) -> None:
    ideal = Target("ideal", "", 2, ())
    assert diff(project, ideal, ideal).verdicts[0].outcome is Outcome.INCONCLUSIVE


def test_a_side_may_be_a_file_a_revision_or_a_snapshot(project: Project) -> None:
    targets = MemoryTargets({"torino": LINE, "other": LINE})
    project.files.outside[Path("/elsewhere/c.json")] = calibration_json.write(of_target(LINE))
    project.write("qops.yaml", MANIFEST + "backends:\n  torino: {kind: fake, device: torino}\n")
    take.run(project.ports, [], message="First", open_shelf=targets.open)
    project.write("t.json", target_json.write(LINE).decode())
    first = project.commit("Target", "t.json", "qops.yaml")
    targets.targets["torino"] = with_error(LINE, "cz", (0, 1), 0.2)
    for old in (f"torino@{first}", f"{first}:t.json", "/elsewhere/c.json"):
        found = compare.run(project.ports, targets.open, old, "torino")
        assert moves(found) == [("cz", 0, 1, "moved", True)], old
    assert moves(compare.run(project.ports, targets.open, f"torino@{first}")) == [("cz", 0, 1, "moved", True)]


def test_a_backends_own_history_says_what_is_usual(project: Project) -> None:
    manifest = "version: 1\nbackends:\n  torino: {kind: fake, device: torino}\n"
    project.write("qops.yaml", manifest)
    targets = MemoryTargets({"torino": wide(0)})
    for day in range(3):
        targets.targets["torino"] = wide(day)
        take.run(project.ports, [], message=f"Day {day}", open_shelf=targets.open)
    report = compare.run(project.ports, targets.open, f"torino@{project.history.head()}")
    assert dict(report.facts)["usual change"] == "0.0 days apart; by this backend's own history for one-qubit error"


def wide(day: int) -> Target:
    """A device of which every gate's error grows by a tenth a day."""
    places = tuple(Place((qubit,), 0.001 * 1.1**day) for qubit in range(30))
    (sx,) = (each for each in LINE.instructions if each.name == "sx")
    moment = f"2026-02-0{day + 1}T12:00:00Z"
    return Target("wide", moment, 30, (msgspec.structs.replace(sx, places=places),))


@pytest.mark.parametrize(
    ("old", "kind", "told"),
    [
        ("torinoo", InputError, "torinoo is neither a backend of the manifest nor a file"),
        ("torino@HEAD", InconclusiveError, "no calibration of `torino` was recorded at HEAD"),
        ("HEAD:missing.json", InputError, "there is no missing.json at HEAD"),
        ("bell.qasm", InputError, "this is not JSON"),
    ],
)
def test_a_side_that_cannot_be_had_says_why(old: str, kind: type[Exception], told: str, project: Project) -> None:
    project.commit("First", "qops.yaml")
    project.files.outside[Path("bell.qasm")] = b"OPENQASM 3.0;"
    with pytest.raises(kind, match=told):
        compare.run(project.ports, MemoryTargets({"torino": LINE}).open, old, "torino")
