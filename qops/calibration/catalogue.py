"""`qops backend list`, `show` and `export`: what the backends of the manifest are."""

from collections.abc import Callable, Iterable
from statistics import median

from qops.formats import calibration_json, target_json
from qops.formats.kept_target import KeptTarget, OpenShelf
from qops.model.calibration import of_target
from qops.model.manifest import BackendEntry
from qops.model.ports import Ports
from qops.model.report import Cell, Report, Table
from qops.model.target import Instruction, Target
from qops.model.wording import counted
from qops.recorded import repository


def listed(ports: Ports, open_shelf: OpenShelf) -> Report:
    """Every backend of the manifest, with what is at hand of it; no device is asked, and no provider's package."""
    entries = repository.declared(ports.tree).backends
    targets = open_shelf(entries)
    kept = {name: targets.peek(entry) for name, entry in entries.items()}
    columns = ("backend", "kind", "qubits", "captured", "reproducible", "identity")
    rows = tuple(_row(entry, kept[name]) for name, entry in entries.items())
    missing = [name for name, found in kept.items() if found is None and entries[name].keeps]
    return Report(
        command="backend list",
        title="Backends",
        tables=(Table("", columns, rows, numeric=("qubits",)),) if rows else (),
        summary=_summary(len(rows), missing),
        data={"backends": {name: _data(entry, kept[name]) for name, entry in entries.items()}},
    )


def _row(entry: BackendEntry, kept: KeptTarget | None) -> tuple[Cell, ...]:
    reproducible = "yes" if entry.reproducible else "captured" if entry.keeps else "no: it has no seed"
    if kept is None:
        return (entry.name, entry.kind, entry.qubits, None, reproducible, None)
    return (entry.name, entry.kind, kept.qubits, kept.captured_at, reproducible, kept.identity[:12])


def _summary(count: int, missing: list[str]) -> str:
    if not count:
        return "the manifest declares no backends"
    if not missing:
        return counted(count, "backend")
    return f"{counted(count, 'backend')}; not at hand yet: {', '.join(missing)} (`qops backend show NAME` looks)"


def _data(entry: BackendEntry, kept: KeptTarget | None) -> dict[str, object]:
    known = {"qubits": kept.qubits, "captured_at": kept.captured_at, "identity": kept.identity} if kept else {}
    return {"kind": entry.kind, "reproducible": entry.reproducible, "at_hand": kept is not None, **known}


def shown(ports: Ports, open_shelf: OpenShelf, name: str, *, refresh: bool = False) -> Report:
    """One backend: its size and its numbers, the worst and the median of each."""
    declaration = repository.declared(ports.tree)
    entry = repository.backend(declaration, name)
    kept = open_shelf(declaration.backends).get(entry, refresh=refresh)
    target = kept.target()
    facts: tuple[tuple[str, Cell], ...] = (
        ("kind", entry.kind),
        ("device", target.backend or None),
        ("qubits", target.qubits),
        ("measured", target.captured_at or "at no time that is known"),
        ("dt", None if target.dt_s is None else f"{target.dt_s:.4g} s"),
        ("identity", kept.identity if entry.keeps else "none of its own: without a seed, it is another one every time"),
        ("calibration", calibration_json.identity(of_target(target))),
    )
    return Report(
        command="backend show",
        title=name,
        facts=tuple((what, value) for what, value in facts if value is not None),
        tables=(_gates(target), *_qualities(target)),
        data={**_data(entry, kept), "instructions": [each.name for each in target.instructions]},
    )


def _gates(target: Target) -> Table:
    columns = ("gate", "places", "median error", "worst error", "faulty", "median duration (s)")
    rows = tuple(_gate_row(instruction) for instruction in target.instructions)
    return Table("gates", columns, rows, numeric=columns[1:])


def _gate_row(instruction: Instruction) -> tuple[Cell, ...]:
    if instruction.places is None:
        return (instruction.name, "everywhere", None, None, None, None)
    errors = [place.error for place in instruction.places if place.error is not None]
    working = [error for error in errors if error < 1]
    lengths = [place.duration_s for place in instruction.places if place.duration_s is not None]
    numbers = (_number(working, median), _number(working, max), len(errors) - len(working), _number(lengths, median))
    return (instruction.name, len(instruction.places), *numbers)


def _qualities(target: Target) -> tuple[Table, ...]:
    times = {
        "T1 (s)": [quality.t1_s for quality in target.qualities],
        "T2 (s)": [quality.t2_s for quality in target.qualities],
    }
    rows = []
    for what, values in times.items():
        known = {qubit: value for qubit, value in enumerate(values) if value is not None}
        if known:
            worst = min(known, key=lambda qubit: known[qubit])
            rows.append((what, f"{median(known.values()):.3g}", f"{known[worst]:.3g}", worst))
    columns = ("time", "median", "worst", "at qubit")
    return (Table("qubits", columns, tuple(rows), numeric=columns[1:]),) if rows else ()


def _number(values: Iterable[float], of: Callable[[list[float]], float]) -> str | None:
    found = list(values)
    return f"{of(found):.3g}" if found else None


def exported(ports: Ports, open_shelf: OpenShelf, name: str, *, calibration: bool = False) -> bytes:
    """The target of a backend as a file, a device being asked anew; or its calibration alone."""
    declaration = repository.declared(ports.tree)
    entry = repository.backend(declaration, name)
    kept = open_shelf(declaration.backends).get(entry, refresh=not entry.reproducible)
    if calibration:
        return calibration_json.write(of_target(kept.target()))
    return target_json.write(kept.target())
