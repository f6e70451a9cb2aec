"""`qops show`: what a snapshot recorded."""

import msgspec

from qops.errors import DamageFault, EnvironmentFault
from qops.formats import parameters_csv
from qops.model.parameters import ParameterSet
from qops.model.ports import Ports
from qops.model.report import Cell, Line, Report, Section, Table
from qops.model.snapshot import CircuitRecord, Environment, Snapshot
from qops.model.wording import counted
from qops.recorded import records, repository
from qops.snapshot.naming import snapshot_at, split

_MOST_PARAMETERS = 40


def run(ports: Ports, circuit: str | None = None) -> Report:
    """One circuit as a snapshot recorded it, or all of them in brief.

    Raises:
        DamageFault: the store's object of the circuit's parameters is damaged.
    """
    name, revision = split(circuit) if circuit else ("", None)
    snapshot, when = snapshot_at(ports, revision)
    if not name:
        return _overview(snapshot, revision)
    kept = repository.record_of(snapshot, name, when)
    values = _values(ports, snapshot, kept)
    return Report(
        command="show",
        title=circuit or name,
        facts=_facts(kept),
        sections=(_digests(kept), *((values,) if isinstance(values, Section) else ())),
        tables=(_gates(kept), *((_table(values),) if isinstance(values, ParameterSet) else ())),
        data={"circuit": msgspec.to_builtins(kept), "environment": msgspec.to_builtins(snapshot.environment)},
    )


def _overview(snapshot: Snapshot, revision: str | None) -> Report:
    columns = ("circuit", "qubits", "bits", "operations", "depth", "2-qubit", "parameters", "tags")
    rows = tuple(
        (
            k.name,
            k.sizes.qubits,
            k.sizes.bits,
            k.sizes.operations,
            k.sizes.depth,
            k.sizes.two_qubit,
            k.parameter_count,
            ", ".join(k.tags),
        )
        for k in snapshot.circuits.values()
    )
    return Report(
        command="show",
        title=f"Snapshot {revision}" if revision else "Snapshot",
        facts=_surroundings(snapshot.environment),
        tables=(Table("", columns, rows, numeric=columns[1:7]),),
        data=msgspec.to_builtins(snapshot),
    )


def _surroundings(environment: Environment) -> tuple[tuple[str, Cell], ...]:
    revision = environment.revision[:12] or "before the first commit"
    return (
        ("taken on", revision + (" with uncommitted changes" if environment.dirty else "")),
        ("platform", environment.platform),
        ("versions", ", ".join(f"{name} {version}" for name, version in environment.versions.items())),
    )


def _facts(kept: CircuitRecord) -> tuple[tuple[str, Cell], ...]:
    size = kept.sizes
    facts: list[tuple[str, Cell]] = [
        ("source", kept.source),
        ("format", kept.format),
        ("wires", f"{counted(size.qubits, 'qubit')}, {counted(size.bits, 'bit')}"),
        ("operations", f"{size.operations}, depth {size.depth}, two-qubit {size.two_qubit}, T {size.t_count}"),
        ("parameters", f"{kept.parameter_count} named, {counted(kept.bindings, 'binding')}"),
        ("tags", ", ".join(kept.tags) or "none"),
    ]
    return tuple(facts)


def _digests(kept: CircuitRecord) -> Section:
    digest = kept.digest
    rows = (("skeleton", digest.skeleton), ("parameters", digest.parameters), ("frame", digest.frame))
    return Section("digests", tuple(Line(f"{what:<10}  {text}") for what, text in (*rows, ("bytes", digest.bytes))))


def _gates(kept: CircuitRecord) -> Table:
    return Table("operations by gate", ("gate", "count"), tuple(kept.sizes.gates.items()), numeric=("count",))


def _values(ports: Ports, snapshot: Snapshot, kept: CircuitRecord) -> ParameterSet | Section | None:
    md5 = kept.files.get(records.PARAMETERS)
    if md5 is None:
        return None
    path = f"{records.folder(kept.name)}/{records.PARAMETERS}"
    try:
        return parameters_csv.read(ports.store(snapshot.store).read(path, md5), path)
    except DamageFault:
        raise
    except EnvironmentFault as fault:
        hint = f"; {fault.hint}" if fault.hint else ""
        return Section("parameter values not examined", (Line(f"{fault.cause}{hint}"),))


def _table(values: ParameterSet) -> Table:
    shown = list(zip(values.names, values.values[-1], strict=True))[:_MOST_PARAMETERS]
    title = "values (radians)" if values.single else f"values of binding {values.bindings[-1]} (radians), the last"
    if len(values.names) > len(shown):
        title += f", first {len(shown)} of {len(values.names)}"
    return Table(title, ("parameter", "value"), tuple((name, repr(value)) for name, value in shown), numeric=("value",))
