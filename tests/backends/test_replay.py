"""What is on record, in its order, until there is no more."""

import pytest
from support.backends import BELL, ON_WIRES, circuit, entry, site

from qops.backends import open_backend
from qops.circuits.identity import digests
from qops.errors import InconclusiveError, InputError
from qops.formats import recorded_counts
from qops.formats.recorded_counts import RecordedJob
from qops.model.ports import Backend, Job


def job(text: str, counts: dict[str, int], name: str) -> RecordedJob:
    identity = digests(circuit(text), b"")
    return RecordedJob(identity.skeleton, identity.parameters, counts, name, "2026-01-31T12:00:00Z", "c" * 64)


RECORD = (job(BELL, {"11": 4, "00": 6}, "1"), job(ON_WIRES, {"10": 10}, "2"), job(BELL, {"00": 20}, "3"))


def replay(data: bytes) -> Backend:
    return open_backend(entry("again", "replay", of="line", file="c.jsonl"), site({"c.jsonl": data}))


def test_jobs_come_by_circuit_in_their_order() -> None:
    backend = replay(recorded_counts.write(RECORD))
    first, wires = backend.run([Job(circuit(BELL), 10, 1), Job(circuit(ON_WIRES), 10, 2)])
    (second,) = backend.run([Job(circuit(BELL), 20, 1)])
    assert (first.job, wires.job, second.job) == ("1", "2", "3")
    assert list(first.counts.items()) == [("00", 6), ("11", 4)]


def test_where_the_record_ends_there_is_no_evidence() -> None:
    backend = replay(recorded_counts.write(RECORD[:1]))
    backend.run([Job(circuit(BELL), 10, 1)])
    for asked in (BELL, ON_WIRES):
        with pytest.raises(InconclusiveError, match=r"c\.jsonl has no more counts of the circuit"):
            backend.run([Job(circuit(asked), 10, 1)])


def test_another_number_of_shots_is_no_evidence_either() -> None:
    with pytest.raises(InconclusiveError, match="10 shots of the circuit next, not 11"):
        replay(recorded_counts.write(RECORD)).run([Job(circuit(BELL), 11, 1)])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "this is no job on record"),
        ('{"skeleton": "a"}', "this is no job on record"),
        ('{"skeleton": "a", "parameters": "b", "counts": {"0": 1, "00": 1}}', "not all so many bits"),
        ('{"skeleton": "a", "parameters": "b", "counts": {"2": 1}}', "not all so many bits"),
        ('{"skeleton": "a", "parameters": "b", "counts": {"0": -1, "1": 2}}', "no counts"),
        ('{"skeleton": "a", "parameters": "b", "counts": {}}', "no counts"),
        ('{"skeleton": "a", "parameters": "b", "counts": {"0": 1}, "shots": 1}', "unknown field"),
    ],
)
def test_a_line_that_is_no_job_is_told_by_its_number(line: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        recorded_counts.read(recorded_counts.write(RECORD) + line.encode(), "c.jsonl")
    assert str(caught.value.where) == "c.jsonl:4:1"


def test_what_is_written_is_read() -> None:
    assert recorded_counts.read(recorded_counts.write(RECORD), "c.jsonl") == RECORD
