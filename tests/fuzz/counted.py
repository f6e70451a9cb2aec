"""What was counted, and what was decided about it: epochs, counts, plans, baselines, incidents.

A good example, pieces, a reader and a judge of each; see `formats`.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from fuzz.nonsense import Nonsense

from qops.formats import (
    baseline_json,
    counts_csv,
    epochs_csv,
    epochs_json,
    epochs_qiskit,
    epochs_quick,
    incidents,
    looks_json,
    manifest,
    protocol_json,
)
from qops.formats.counts_csv import Recorded
from qops.formats.looks_json import Look, Looks
from qops.formats.protocol_json import Protocol
from qops.model.drift import Epochs, Frozen
from qops.model.incident import Alarm, Incident
from qops.model.manifest import Manifest

Read = Callable[[bytes], Any]
Judge = Callable[[Any], None]
Example = tuple[list[bytes], list[bytes], Read, Judge, int, bool]
"""Seeds, words, reader, judge, weight, and whether a refusal has to name a place."""

_WORDS = (
    b"2026-01-31T12:00:00Z 2026-01-31T12:00:00+14:00 2026-02-30T00:00:00Z 9999-12-31T23:59:59Z 0000-01-01T00:00:00Z"
    b' , ,, " 0 -1 1e3 1000000001 99999999999999999999 \xd9\xa1 at shots <<<<<<< at,shots,successes \\ \r'
).split(b" ")
_JSON = (
    b'[ ] { } null true -1 1e999 "at" "counts" "00" "0x1" "__type__" "__value__" "results" "date" "a\\u0000"'
    b' 99999999999 "PrimitiveResult" "array" "num_bits" : ,'
).split()
_DRIFT_WORDS = (
    b"drift: w: {circuit: a, success: ['0', '11'], chart: {name: ewma, weight: .nan}} run_length: 1e999 baseline: 19"
    b" every: -1 level: 4 on_drift: [[]] [[true]] stale_after: 2w cooldown: 1h chart: cusum"
).split()

_LINE = "2026-01-31T{hour:02}:00:00Z,1000,95{hour},c,d,job {hour}\n"
_EPOCHS = [
    epochs_csv.HEADER + "".join(_LINE.format(hour=hour) for hour in range(9)).encode(),
    b"at,shots,successes\n2026-01-31T12:00:00+01:00,10,9\n2026-01-31T12:00:00Z,10,9\n",
]
_RESULT = {
    "results": [{"data": {"counts": {"0x0": 480, "0x3": 520}}, "header": {"memory_slots": 2}}],
    "date": "2026-01-31T12:00:00+00:00",
    "job_id": "j",
}
_SHOTS = (
    "eJyb7BfqGxDJyFDGUK2eklqcXKRupaBeU2qorqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqGBjoKhpo6CrUK5AIuBgYGZiAEAgCO3xvL"
)
_REGISTER = {
    "__type__": "BitArray",
    "__value__": {"array": {"__type__": "ndarray", "__value__": _SHOTS}, "num_bits": 2},
}
_BIN = {"__value__": {"data": {"__value__": {"field_names": ["meas"], "fields": {"meas": _REGISTER}}}}}
_SAMPLED = {"__type__": "PrimitiveResult", "__value__": {"pub_results": [_BIN]}}
_PLAN = Protocol(
    1, "2026-01-31T12:00:00Z", {"margin": "0.1"}, {"a": "x@v1", "b": "x"}, {"a": "d"}, 7, peek=False, unit=0.1
)


def _look(iterations: int, passed: int) -> Look:
    return Look("a", iterations, not iterations, 20_000, passed, "j", "t", "c", 1)


_LOOKS = Looks(
    1,
    {"method": "iqae"},
    {"a": "d"},
    (_look(0, 19_990), _look(3, 7)),
)
_ALARM = Alarm("41d0", "w", "down", "2026-03-02T06:00:00Z", "2026-03-01T21:00:00Z", 0.93)
_LEDGER = [
    b'{"qops":"incidents","version":1}\n',
    b'{"event":"opened","at":"2026-03-02T06:10:00Z","incident":"7db05004e7c4","alarm":'
    + msgspec.json.encode(_ALARM)
    + b"}\n",
    b'{"event":"firing","at":"2026-03-02T06:10:00Z","incident":"7db05004e7c4","argv":["make"],"attempt":1,"by":"p"}\n',
    b'{"event":"resolved","at":"2026-03-02T07:10:00Z","incident":"7db05004e7c4","because":"over"}\n',
]
_FROZEN = Frozen("w", 0, 20, "a", "b", "c" * 64, 0.9, 0.0, 0.88, 0.92, 0.95, 1000, guarded=True, digest="")
_BASELINE = [b'{"schema_version": 1, "baseline": ' + msgspec.json.encode(_FROZEN) + b"}"]
_COUNTS = [
    counts_csv.HEADER
    + b"1,a b,a,,00,480,1000,j1,t,c,da,1\n1,a b,a,,11,520,1000,j1,t,c,da,1\n1,a b,b,,00,1000,1000,j2,t,c,db,2\n",
    b"arm,outcome,count\na,00,480\na,11,520\nb,00,1000\n",
]
_MANIFEST = [
    b"""\
version: 1
circuits:
  a: a.qasm
drift:
  w: {circuit: a, success: ["00", "1*"], run_length: 500, baseline: 50}
  v:
    circuit: a
    success: ['00']
    chart: {name: cusum, k: 0.25}
    on_drift: [[make, well]]
"""
]


def examples() -> dict[str, Example]:
    """All of them by name."""
    encoded = [json.dumps(each).encode() for each in (_RESULT, _SAMPLED)]
    counted = [b'[{"at": "2026-01-31T12:00:00Z", "counts": {"00": 480, "11": 520}, "job": "j"}]']
    return {
        "epochs, CSV": (_EPOCHS, _WORDS, _epochs, _possible, 15, True),
        "epochs, JSON": (counted, _JSON, lambda data: epochs_json.read(data, "e.json", ["00"]), _possible, 8, True),
        "results of Qiskit, JSON": (encoded, _JSON, _result, _possible, 10, True),
        "incidents, JSON lines": ([b"".join(_LEDGER)], _JSON, _ledger, _incidents, 8, True),
        "counts, CSV": (_COUNTS, _WORDS, lambda data: counts_csv.read(data, "c.csv"), _recorded, 10, True),
        "plans, JSON": (
            [protocol_json.write(_PLAN)],
            _JSON,
            lambda data: protocol_json.read(data, "p.json"),
            _plan,
            5,
            True,
        ),
        "looks, JSON": (
            [looks_json.write(_LOOKS)],
            _JSON,
            lambda data: looks_json.read(data, "a.json"),
            _looks,
            5,
            True,
        ),
        "baselines, JSON": (_BASELINE, _JSON, lambda data: baseline_json.read(data, "b.json"), _frozen, 5, True),
        "qops.yaml, drift": (_MANIFEST, _DRIFT_WORDS, _manifest, _watches, 10, True),
    }


def _epochs(data: bytes) -> Epochs:
    """By both readers where the quick one takes it."""
    quick = epochs_quick.read(data)
    careful = epochs_csv.read(data, "e.csv")
    if quick is not None and any(
        map(_differ, msgspec.structs.astuple(quick)[:-1], msgspec.structs.astuple(careful)[:-1])
    ):
        raise Nonsense("two readers disagree")
    return careful


def _differ(one: Sequence[object], other: Sequence[object]) -> bool:
    return tuple(one) != tuple(other)


def _result(data: bytes) -> Epochs:
    try:
        content = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return epochs_json.read(data, "r.json", ["00"])
    if not epochs_qiskit.is_result(content):
        return epochs_json.read(data, "r.json", ["00"])
    return epochs_json.epochs([epochs_qiskit.read(content, "r.json", "2026-01-31T12:00:00Z", None)], "r.json", ["00"])


def _possible(read: Epochs) -> None:
    for shots, hits in zip(read.shots, read.successes, strict=True):
        if not 0 <= hits <= shots or not shots:
            raise Nonsense(f"{hits} of {shots}")
    if list(read.times_s) != sorted(set(read.times_s)):
        raise Nonsense("times do not ascend")


def _ledger(data: bytes) -> dict[str, Incident]:
    return incidents.read(data, "incidents.jsonl")


def _incidents(read: dict[str, Incident]) -> None:
    for name, incident in read.items():
        if incident.name != name:
            raise Nonsense(f"{incident.name} under {name}")


def _recorded(read: Recorded) -> None:
    for block in read.blocks:
        for job in block.jobs:
            if sum(job.tally.times.values()) != job.tally.shots:
                raise Nonsense("outcomes are not the shots")


def _plan(read: Protocol) -> None:
    if read.version != _PLAN.version:
        raise Nonsense(f"version {read.version}")


def _looks(read: Looks) -> None:
    if any(not 0 <= look.passed <= look.shots for look in read.looks):
        raise Nonsense("more shots pass than there are")


def _frozen(read: Frozen) -> None:
    if not 0 <= read.low <= read.rate <= read.high <= 1 or read.between < 0 or read.shots < 1 or read.begin < 0:
        raise Nonsense(f"a baseline of {read.rate} in {read.low} to {read.high}")


def _manifest(data: bytes) -> Manifest:
    return manifest.read(data, "qops.yaml", lambda _: ())


def _watches(read: Manifest) -> None:
    for watch in read.watches.values():
        if watch.run_length < 10 or watch.baseline < 20 or watch.shots < 1 or not watch.success:
            raise Nonsense(f"a watch of {watch.run_length}")
