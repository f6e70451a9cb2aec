import math

import pytest

from qops.circuits.reader import read
from qops.diff.judge import Finding, Kind, judge, outcome
from qops.diff.versions import Pair, Version
from qops.model.loaded import LoadedCircuit
from qops.model.verdict import Outcome
from qops.recorded.records import describe

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


def version(body: str) -> Version:
    data = (HEAD + body).encode()
    circuit = read(data, "test.qasm")
    return Version(describe("test", "", (), LoadedCircuit(circuit, data)), circuit)


def found(old: str, new: str, tolerance: float = 1e-9) -> Finding:
    return judge(Pair("test", version(old), version(new)), tolerance)


@pytest.mark.parametrize(
    ("old", "new", "kind", "largest"),
    [
        ("rz(0.1) q[0];", "rz(0.1) q[0];", Kind.NOTHING, None),
        ("rz(0.1) q[0];", "rz(0.10) q[0];", Kind.TEXT, None),
        ("rz(0.1) q[0]; h q[1];", "h q[1]; rz(0.1) q[0];", Kind.TEXT, None),
        ("rz(0.1) q[0];", "rz(0.1) q[0]; barrier q;", Kind.FRAME, 0.0),
        ("rz(0.5) q[0];", "rz(0.5000000001) q[0];", Kind.WITHIN, 1e-10),
        ("rz(0.5) q[0];", "rz(0.75) q[0];", Kind.PARAMETERS, 0.25),
        ("rz(0) q[0];", "rz(2*pi) q[0];", Kind.WITHIN, 0.0),
        ("crz(0) q[0], q[1];", "crz(2*pi) q[0], q[1];", Kind.PARAMETERS, 2 * math.pi),
        ("crz(0) q[0], q[1];", "crz(4*pi) q[0], q[1];", Kind.WITHIN, 0.0),
        ("if (c) { rz(0.5) q[0]; }", "if (c) { rz(0.75) q[0]; }", Kind.PARAMETERS, 0.25),
        ("delay[10ns] q[0];", "delay[20ns] q[0];", Kind.STRUCTURE, math.inf),
        ("rz(2*t) q[0];", "rz(3*t) q[0];", Kind.PARAMETERS, math.inf),
        ("x q[0];", "y q[0];", Kind.STRUCTURE, math.inf),
    ],
)
def test_the_kind_of_a_change_and_its_size(old: str, new: str, kind: Kind, largest: float | None) -> None:
    head = "input float t; qubit[2] q; bit c; "
    finding = found(head + old, head + new)
    assert finding.kind is kind
    assert finding.largest == (None if largest is None else pytest.approx(largest, abs=1e-12))


def test_a_number_in_the_body_of_a_gate_is_a_parameter() -> None:
    text = "gate f a {{ rz({}) a; }} qubit[1] q; f q[0];"
    finding = found(text.format(0.5), text.format(0.75))
    assert (finding.kind, finding.largest) == (Kind.PARAMETERS, 0.25)


def test_where_only_numbers_moved_no_operation_is_deleted_however_short_that_would_be() -> None:
    finding = found(
        "qubit[1] q; rz(1) q[0]; rz(2) q[0]; rz(3) q[0];", "qubit[1] q; rz(2) q[0]; rz(3) q[0]; rz(4) q[0];"
    )
    assert finding.comparison is not None
    assert [entry.angles for entry in finding.comparison.operations] == [((0, n, n + 1),) for n in (1.0, 2.0, 3.0)]


def test_a_renamed_parameter_is_no_difference_of_an_angle() -> None:
    finding = found("input float a; qubit[1] q; U(a, 0.5, 0) q[0];", "input float b; qubit[1] q; U(b, 0.75, 0) q[0];")
    assert (finding.kind, finding.largest) == (Kind.PARAMETERS, 0.25)


def test_kinds_are_ordered() -> None:
    order = [Kind.NOTHING, Kind.TEXT, Kind.FRAME, Kind.WITHIN, Kind.PARAMETERS, Kind.STRUCTURE]
    assert sorted(order, key=lambda kind: kind.rank) == order
    assert Kind.ADDED.rank == Kind.REMOVED.rank == Kind.STRUCTURE.rank


@pytest.mark.parametrize("fail_on", [Kind.FRAME, Kind.PARAMETERS, Kind.STRUCTURE])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_change_fails_from_the_asked_kind_on(kind: Kind, fail_on: Kind) -> None:
    finding = Finding(Pair("test", None, None), kind)
    assert outcome(finding, fail_on, 1e-9) is (Outcome.FAIL if kind.rank >= fail_on.rank else Outcome.PASS)
