import math

import msgspec
import pytest

from qops.circuits.reader import read
from qops.diff.judge import Finding, Kind, judge, outcome
from qops.diff.sameness import lines
from qops.diff.verdicts import verdict
from qops.diff.versions import Pair, Version
from qops.model.loaded import LoadedCircuit
from qops.model.parameters import ParameterSet
from qops.model.verdict import Outcome
from qops.recorded.records import describe

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float t;\nqubit[4] q;\nbit[1] c;\n'
CX, CX_OTHERWISE = "cx q[0], q[1];\n", "h q[1];\ncz q[0], q[1];\nh q[1];\n"


def version(body: str, t: float | None = None) -> Version:
    data = (HEAD + body).encode()
    circuit = read(data, "test.qasm")
    values = None if t is None else ParameterSet(("t",), ("",), ((t,),))
    return Version(describe("test", "", (), LoadedCircuit(circuit, data)), circuit, values)


def found(old: str, new: str, *values: float) -> Finding:
    before, after = values or (None, None)
    return judge(Pair("test", version(old, before), version(new, after)), 1e-9)


def told(finding: Finding) -> list[str]:
    old, new = finding.pair.old, finding.pair.new
    assert old is not None
    assert new is not None
    assert old.circuit is not None
    assert new.circuit is not None
    return [line.text for line in lines(finding.equivalence, old.circuit, new.circuit)]


def test_a_proof_is_told_with_what_it_looked_at() -> None:
    assert told(found(CX, CX_OTHERWISE)) == [
        "equivalent up to global phase: decided by local regions (1 region, the identity on at most 2 qubits)"
    ]
    assert told(found("x q[0];", "sx q[0]; sx q[0];")) == ["equivalent up to global phase: decided by normal form"]


def test_a_distance_is_told_with_its_place() -> None:
    assert told(found(CX + "rz(0.5) q[3];", CX_OTHERWISE + "rz(0.501) q[3];")) == [
        "at most 0.0005 apart (operator norm, up to global phase), in 1 of 2 regions:",
        "  0.0005  rz q[3], line 11",
    ]
    assert told(found("rz(0.1) q[3];\n" + CX, CX)) == [
        "at most 0.05 apart (operator norm, up to global phase), in 1 of 1 region:",
        "  0.05  rz q[3], line 9 of the old text",
    ]


def test_a_change_of_parameters_alone_is_measured_otherwise() -> None:
    assert told(found("rz(0.1) q[3];", "rz(0.2) q[3];")) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (CX, CX_OTHERWISE, Outcome.PASS),
        (CX + "rz(0.5) q[3];", CX_OTHERWISE + "rz(0.501) q[3];", Outcome.INCONCLUSIVE),
        (CX, CX + "c[0] = measure q[0];", Outcome.INCONCLUSIVE),
        ("rz(0.1) q[3];", "rz(0.2) q[3];", Outcome.FAIL),
    ],
)
def test_a_proof_is_asked_of_changes_of_structure(old: str, new: str, expected: Outcome) -> None:
    finding = found(old, new)
    assert outcome(finding, Kind.PARAMETERS, 1e-9, prove=True) is expected
    assert outcome(finding, Kind.PARAMETERS, 1e-9) is Outcome.FAIL


def test_values_that_moved_beside_a_proof_count_as_ever() -> None:
    finding = found("rz(t) q[0]; " + CX, "rz(t) q[0]; " + CX_OTHERWISE, 0.1, 0.2)
    assert outcome(finding, Kind.PARAMETERS, 1e-9, prove=True) is Outcome.FAIL
    assert outcome(finding, Kind.STRUCTURE, 1e-9, prove=True) is Outcome.PASS
    assert outcome(finding, Kind.PARAMETERS, 0.2, prove=True) is Outcome.PASS


def test_circuits_that_are_not_at_hand_prove_nothing() -> None:
    pair = found(CX, CX_OTHERWISE).pair
    assert pair.old is not None
    absent = msgspec.structs.replace(pair.old, circuit=None, missing="not in the cache")
    finding = judge(msgspec.structs.replace(pair, old=absent), math.inf)
    assert outcome(finding, Kind.PARAMETERS, 1e-9, prove=True) is Outcome.INCONCLUSIVE


def test_the_verdict_says_what_was_proven() -> None:
    because = verdict(found(CX, CX_OTHERWISE), 1e-9, Kind.PARAMETERS, prove=True).because
    assert because.startswith("structure changed: 1 operation deleted, 3 inserted; equivalent up to global phase")
