"""`qops drift watch`: test points in the idle places of a compiled circuit, with the proof that they leave it alone."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from qops.circuits import success
from qops.circuits.binding import bind
from qops.circuits.writer import write
from qops.drift.points.insertion import Point, Room, Watched, watched
from qops.drift.points.proof import TOLERANCE, Proof, prove
from qops.drift.points.schedule import schedule
from qops.drift.points.sites import Site, sites
from qops.errors import InconclusiveError, InputError
from qops.formats.kept_target import OpenShelf
from qops.model.circuit import Circuit, Register
from qops.model.matrix import Metrics
from qops.model.ports import Ports
from qops.model.report import Report, Table
from qops.model.target import Target
from qops.model.verdict import Outcome, Verdict
from qops.model.where import Where
from qops.model.wording import counted
from qops.recorded import repository


class Wanted(msgspec.Struct, frozen=True):
    """How far from the qubits in use, on which qubits (any if empty), on how many sites, how many points each."""

    distance: int = 2
    qubits: tuple[int, ...] = ()
    most_sites: int = 2
    room: Room = Room()


def run(ports: Ports, open_shelf: OpenShelf, name: str, backend: str, wanted: Wanted, to: Path | None) -> Report:
    """Insert test points, prove, and write the circuit to the file `to`; without one, only say what could be.

    Raises:
        InputError: there is no such circuit or backend, or the circuit is not compiled.
        InconclusiveError: there is no room.
    """
    declaration = repository.declared(ports.tree)
    target = open_shelf(declaration.backends).get(repository.backend(declaration, backend)).target()
    found = insert(_on_wires(_circuit(ports, name), target, name), target, wanted)
    proof = prove(found.plain, found.circuit)
    if to is not None and proof.holds:
        _keep(ports, to, write(found.circuit).encode())
    return _report(name, backend, found, proof, str(to) if to is not None and proof.holds else None)


def _circuit(ports: Ports, name: str) -> Circuit:
    """A circuit of the manifest, or of a file, with its parameters' first values."""
    if name.lower().endswith(".qasm"):
        data = ports.anywhere.read(Path(name))
        if data is None:
            raise InputError("there is no such file", where=Where(name))
        loaded = ports.sources.read_text(name, data)
    else:
        entries = repository.entries(repository.declared(ports.tree), [name])
        loaded = ports.sources.read(entries)[name]
    values = loaded.parameters
    return bind(loaded.circuit, dict(zip(values.names, values.values[0], strict=True)) if values else {})


def _on_wires(circuit: Circuit, target: Target, name: str) -> Circuit:
    """The circuit on the device's own qubits; a register that is as wide as the device stands for them."""
    if [register.name for register in circuit.qubits] == ["$"]:
        return circuit
    if circuit.qubit_count != target.qubits:
        hint = f"`qops transpile best {name} --backend NAME --to FILE.qasm` compiles it; then watch FILE.qasm"
        raise InputError(f"`{name}` is not compiled: its qubits are not those of `{target.backend}`", hint=hint)
    return msgspec.structs.replace(circuit, qubits=(Register("$", target.qubits),))


def insert(circuit: Circuit, target: Target, wanted: Wanted) -> Watched:
    """The compiled circuit with test points.

    Raises:
        InputError: it has control flow, or a duration is not known.
        InconclusiveError: there is no place, or no room.
    """
    known = success.costs(target)
    found = sites(circuit, schedule(circuit, known), target, known, wanted.distance)
    chosen = [site for site in found if not wanted.qubits or site.qubit in wanted.qubits]
    if not chosen:
        where = f" among {', '.join(map(str, wanted.qubits))}" if wanted.qubits else ""
        cause = f"no idle qubit{where} is {counted(wanted.distance, 'coupling')} or more from the circuit's"
        raise InconclusiveError(cause, hint="--distance 1 takes neighbours; test points may disturb those")
    fitting = [site for site in chosen if _fits(circuit, site, target, wanted.room)]
    return watched(circuit, (fitting or chosen)[: len(wanted.qubits) or wanted.most_sites], target, known, wanted.room)


def _fits(circuit: Circuit, site: Site, target: Target, room: Room) -> bool:
    try:
        watched(circuit, [site], target, success.costs(target), room)
    except InconclusiveError:
        return False
    return True


def _keep(ports: Ports, to: Path, data: bytes) -> None:
    present = ports.anywhere.read(to)
    if present is not None and not present.startswith(b"OPENQASM"):
        raise InputError("the file is there, and is no OpenQASM", where=Where(str(to)), hint="name another file")
    ports.anywhere.write(to, data)


def _report(name: str, backend: str, found: Watched, proof: Proof, kept: str | None) -> Report:
    before, after = found.before, found.after
    columns = ("qubit", "idle", "distance", "bit", "wait (µs)")
    rows = tuple(
        (each.site.qubit, each.site.when, each.site.distance, each.bit, f"{each.wait_s * 1e6:.4g}")
        for each in found.points
    )
    ratio = (after.duration_s or 0.0) / before.duration_s if before.duration_s else 1.0
    return Report(
        command="drift watch",
        title=f"{name} on {backend}",
        facts=(
            ("depth", f"{before.depth} → {after.depth}, ratio {after.depth / max(before.depth, 1):.2f}"),
            ("duration", f"{_microseconds(before)} → {_microseconds(after)}, ratio {ratio:.2f}"),
        ),
        tables=(Table("test points", columns, rows, numeric=("qubit", "distance", "bit", "wait (µs)")),),
        verdicts=(_verdict(proof),),
        summary=f"{counted(len(found.points), 'test point')}"
        + (f", in {kept}" if kept else ", not written: --to FILE"),
        data={
            "points": [_data(each) for each in found.points],
            "depth": [before.depth, after.depth],
            "duration_s": [before.duration_s, after.duration_s],
            "file": kept,
        },
    )


def _microseconds(metrics: Metrics) -> str:
    return f"{(metrics.duration_s or 0.0) * 1e6:.4g} µs"


def _data(point: Point) -> dict[str, object]:
    return {"qubit": point.site.qubit, "idle": point.site.when, "bit": point.bit, "wait_s": point.wait_s}


def _verdict(proof: Proof) -> Verdict:
    if proof.objections:
        return Verdict("non-interference", Outcome.FAIL, _listed(proof.objections))
    apart = "every inserted operation is on an idle watch qubit alone"
    if proof.difference is None:
        return Verdict("non-interference", Outcome.PASS, f"{apart}; states not compared: {proof.because}")
    outcome = Outcome.PASS if proof.holds else Outcome.FAIL
    because = f"{apart}; the density matrices of the application differ by at most {proof.difference:.1e}"
    return Verdict("non-interference", outcome, because, proof.difference, TOLERANCE)


def _listed(objections: Sequence[str]) -> str:
    more = f", and {len(objections) - 3} more" if len(objections) > 3 else ""
    return "; ".join(objections[:3]) + more
