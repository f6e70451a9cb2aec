"""`qops drift run`: one epoch of each watch, counted now on its backend."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from qops.circuits import success, writer
from qops.circuits.binding import bind
from qops.circuits.success import Costs, NotPlacedError, costs
from qops.drift import entries
from qops.drift.interleaved import interleaved
from qops.drift.pinned import pinned
from qops.drift.ports import DriftPorts
from qops.drift.series import WatchFiles
from qops.errors import EnvironmentFault, InputError
from qops.formats.epochs_json import matches
from qops.model.circuit import Circuit
from qops.model.digest import to_hex
from qops.model.drift import DriftEntry, Epochs
from qops.model.manifest import Manifest
from qops.model.ports import Job, Ran
from qops.model.report import Report, Table
from qops.model.wording import counted

_DIGITS = 32
_APART = 1_000_003
"""Seeds of the places of one epoch are so far apart."""

Row = tuple[str, int, int, float, str]
"""Watch, successes, shots, rate, job."""


def run(ports: DriftPorts, names: Sequence[str], *, save: bool = False) -> Report:
    """Run the circuit of each watch once, and add what came of it to its series.

    The watches of one backend go to it as one submission, so that they see the same device.

    Raises:
        InputError: a watch has no backend, or its circuit is not in the gates of the device.
        EnvironmentFault: the backend failed, or returned what it was not asked for.
    """
    manifest, watches = entries.declared(ports.base.tree, names)
    jobs = {entry.name: job(ports, manifest, entry) for entry in watches}
    rows = []
    for backend in dict.fromkeys(entry.backend for entry in watches):
        rows += _epoch(ports, manifest, [entry for entry in watches if entry.backend == backend], jobs)
    if save:
        with ports.base.exclusive():
            ports.base.history.stage(ports.base.series().save().staged)
    fresh = [name for name, (_, _, anew) in jobs.items() if anew]
    return Report(
        command="drift run",
        title="Epochs",
        facts=(("compiled", f"{', '.join(fresh)}: for the first time, or anew"),) if fresh else (),
        tables=(
            Table("", ("watch", "successes", "shots", "rate", "job"), tuple(rows), ("successes", "shots", "rate")),
        ),
        summary=counted(len(rows), "epoch"),
        data={"epochs": {row[0]: {"successes": row[1], "shots": row[2], "job": row[4]} for row in rows}},
    )


def job(ports: DriftPorts, manifest: Manifest, entry: DriftEntry) -> tuple[Circuit, str, bool]:
    """The circuit to run, its digest, and whether it was compiled just now.

    Raises:
        InputError: it has free parameters, other bits than `success` is about, or cannot be compiled.
    """
    if not entry.backend:
        hint = "name one: `backend: …`; or record what was counted elsewhere: `qops drift record`"
        raise InputError(f"the watch `{entry.name}` has no backend", where=entry.where, hint=hint)
    (loaded,) = ports.base.sources.read([manifest.circuits[entry.circuit]]).values()
    circuit = bind(loaded.circuit, loaded.parameters.last() if loaded.parameters else {})
    width = len(entry.success[0])
    if circuit.parameters or circuit.bit_count != width:
        because = f"has free parameters: {', '.join(circuit.parameters[:3])}"
        if not circuit.parameters:
            because = f"has {circuit.bit_count} bits, and `success` is about {width}"
        raise InputError(f"the circuit `{entry.circuit}` {because}", where=entry.where)
    placed, fresh = pinned(ports, manifest, entry, circuit)
    return placed, to_hex(writer.write(placed).encode())[:_DIGITS], fresh


def _epoch(
    ports: DriftPorts, manifest: Manifest, watches: Sequence[DriftEntry], jobs: Mapping[str, tuple[Circuit, str, bool]]
) -> list[Row]:
    backend = ports.open_backend(manifest.backends[watches[0].backend])
    known = costs(backend.target())
    for entry in watches:
        refuse_unplaced(entry, jobs[entry.name][0], known)
    files = {entry.name: WatchFiles(ports.base.series(), entry.name) for entry in watches}
    numbers = {name: len(each.epochs()) for name, each in files.items()}
    slices = interleaved(watches)
    asked = [
        Job(jobs[each.name][0], shots, each.seed + numbers[each.name] + _APART * place)
        for place, (each, shots) in enumerate(slices)
    ]
    ran = backend.run(asked)
    if len(ran) != len(asked):
        raise EnvironmentFault(f"the backend returned {len(ran)} results of {len(asked)}")
    found: dict[str, list[Ran]] = {}
    for (each, _), one in zip(slices, ran, strict=True):
        found.setdefault(each.name, []).append(one)
    return [_keep(ports, entry, files[entry.name], jobs[entry.name][1], found[entry.name]) for entry in watches]


def _keep(ports: DriftPorts, entry: DriftEntry, files: WatchFiles, digest: str, ran: Sequence[Ran]) -> Row:
    shots = sum(sum(each.counts.values()) for each in ran)
    hits = sum(times for each in ran for word, times in each.counts.items() if matches(word, entry.success))
    if not shots:
        raise EnvironmentFault(f"the backend counted nothing for `{entry.name}`")
    at = ran[0].began_at or ports.now()
    with ports.base.exclusive():
        before = files.epochs()
        moment = datetime.fromisoformat(at).timestamp()
        if before.times_s and moment <= before.times_s[-1]:
            cause = f"an epoch of `{entry.name}` at {at} would not be after its last, {before.at[-1]}"
            raise EnvironmentFault(cause, hint="wait a second, or see whether the clock was set back")
        files.append(Epochs((at,), (moment,), (shots,), (hits,), (ran[0].calibration,), (digest,), (ran[0].job,)))
    return entry.name, hits, shots, hits / shots, ran[0].job


def refuse_unplaced(entry: DriftEntry, circuit: Circuit, known: Costs) -> None:
    """Raise an `InputError` if the circuit is not in the gates of the device, whose costs are known."""
    try:
        success.log_success(circuit, known)
    except NotPlacedError as problem:
        hint = f"`qops transpile best {entry.circuit}` gives one that is, and `qops drift plan` makes diagnostics"
        cause = f"the circuit `{entry.circuit}` is not in the gates of `{entry.backend}`: {problem.cause}"
        raise InputError(cause, where=entry.where, hint=hint) from None
