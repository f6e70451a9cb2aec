"""The circuits of an A/B test: read, with values for all parameters, and able to give what the metric asks for."""

from collections.abc import Mapping

import msgspec

from qops.abtest.bases import bases, measured
from qops.circuits import identity, reader
from qops.circuits.binding import bind
from qops.errors import InputError
from qops.formats import parameters_csv
from qops.model.abtest import AbTestEntry, Arm, Metric, Observable, Pass
from qops.model.circuit import Circuit
from qops.model.digest import to_hex
from qops.model.manifest import Manifest
from qops.model.ports import Ports
from qops.model.spelling import did_you_mean
from qops.recorded import records, repository

DIGITS = 32
"""Hexadecimal digits of an arm's digest: 128 bits."""


class Prepared(msgspec.Struct, frozen=True):
    """An arm's circuit without free parameters, one to run in each basis, and the digest of what it does."""

    digest: str
    circuits: dict[str, Circuit]


def gather(ports: Ports, manifest: Manifest, entry: AbTestEntry) -> dict[str, Prepared]:
    """The arms by name, `a` first.

    Raises:
        InputError: a circuit or one of its parameters is not there, or the metric does not fit it.
        InconclusiveError: nothing was recorded at the revision of an arm.
    """
    bound = {name: _bound(ports, manifest, entry, arm) for name, arm in entry.arms.items()}
    _refuse_other_outcomes(entry, bound)
    return {name: _prepared(entry, name, circuit) for name, circuit in bound.items()}


def _bound(ports: Ports, manifest: Manifest, entry: AbTestEntry, arm: Arm) -> Circuit:
    circuit, values = _recorded(ports, arm) if arm.version else _at_hand(ports, manifest, entry, arm)
    if circuit.sealed:
        cause = f"`{arm.circuit}` holds what only Qiskit can carry: {', '.join(circuit.sealed[:3])}"
        raise InputError(cause, where=entry.where, hint="write it with gates that OpenQASM has")
    for name in arm.parameters:
        if name not in circuit.parameters:
            hint = did_you_mean(name, circuit.parameters)
            raise InputError(f"`{arm.circuit}` has no parameter `{name}`", where=entry.where, hint=hint)
    done = bind(circuit, {**values, **arm.parameters})
    if done.parameters:
        cause = f"`{arm}` has no value for {', '.join(f'`{name}`' for name in done.parameters[:5])}"
        raise InputError(cause, where=entry.where, hint="give values under `parameters`, or with the circuit")
    return done


def _at_hand(ports: Ports, manifest: Manifest, entry: AbTestEntry, arm: Arm) -> tuple[Circuit, Mapping[str, float]]:
    if arm.circuit not in manifest.circuits:
        hint = did_you_mean(arm.circuit, manifest.circuits)
        raise InputError(f"no circuit is called `{arm.circuit}`", where=entry.where, hint=hint)
    loaded = ports.sources.read([manifest.circuits[arm.circuit]])[arm.circuit]
    return loaded.circuit, loaded.parameters.last() if loaded.parameters else {}


def _recorded(ports: Ports, arm: Arm) -> tuple[Circuit, Mapping[str, float]]:
    """The circuit as a snapshot recorded it, exactly."""
    found = repository.recorded_at(ports.history, ports.history.resolve(arm.version))
    snapshot = repository.must_have(found)
    kept = repository.record_of(snapshot, arm.circuit, f"at {arm.version}")
    store, folder = ports.store(snapshot.store), records.folder(kept.name)
    text = store.read(f"{folder}/{records.TEXT}", kept.files[records.TEXT])
    values: Mapping[str, float] = {}
    if records.PARAMETERS in kept.files:
        data = store.read(f"{folder}/{records.PARAMETERS}", kept.files[records.PARAMETERS])
        values = parameters_csv.read(data, records.PARAMETERS).last()
    return reader.read(text, f"{arm.circuit}@{arm.version}"), values


def _refuse_other_outcomes(entry: AbTestEntry, bound: Mapping[str, Circuit]) -> None:
    if isinstance(entry.metric, Observable):
        return
    widths = {name: circuit.bit_count for name, circuit in bound.items()}
    for name, width in widths.items():
        if width == 0:
            raise InputError(
                f"arm `{name}` measures nothing", where=entry.where, hint="add measurements to its circuit"
            )
        if width != widths["a"]:
            cause = f"the arms have different outcomes: `a` has {widths['a']} bits, `{name}` has {width}"
            raise InputError(cause, where=entry.where, hint="only circuits that measure alike can be compared")
    for metric in (entry.metric, *(guardrail.metric for guardrail in entry.guardrails)):
        for pattern in _patterns(metric):
            if len(pattern) != widths["a"]:
                cause = f"the pattern `{pattern}` is {len(pattern)} wide, and the circuits have {widths['a']} bits"
                raise InputError(cause, where=entry.where, hint="one character a bit, bit 0 at the right")


def _patterns(metric: Metric) -> tuple[str, ...]:
    if isinstance(metric, Observable):
        return ()
    return metric.patterns if isinstance(metric, Pass) else tuple(metric.values)


def _prepared(entry: AbTestEntry, name: str, circuit: Circuit) -> Prepared:
    try:
        circuits = {basis: measured(circuit, basis) for basis in bases(entry.metric)}
    except InputError as problem:
        raise InputError(f"arm `{name}`: {problem.cause}", where=entry.where, hint=problem.hint) from None
    told = identity.digests(circuit, b"")
    return Prepared(to_hex(f"{told.skeleton} {told.parameters}".encode())[:DIGITS], circuits)
