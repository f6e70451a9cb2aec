"""`qops drift plan`: diagnostics as circuits of the repository, each with its price; a file of the user's stays."""

from collections.abc import Sequence

import msgspec

from qops.circuits.writer import write
from qops.drift.diagnostics import questions
from qops.errors import InputError
from qops.formats.kept_target import OpenShelf
from qops.model.diagnostic import Diagnostic, Question
from qops.model.ports import Ports, WorkTree
from qops.model.report import Report, Table
from qops.model.where import Where
from qops.model.wording import counted
from qops.recorded import repository

DIRECTORY = "circuits/diagnostics"


class Asked(msgspec.Struct, frozen=True):
    """A diagnostic by its name, for a backend of the manifest; its circuits share the `shots` of an epoch."""

    name: str
    diagnostic: Diagnostic
    backend: str
    shots: int


class Planned(msgspec.Struct, frozen=True):
    """A circuit of a diagnostic, where it is kept, and how often it is to run."""

    path: str
    question: Question
    shots: int

    @property
    def text(self) -> bytes:
        """The file."""
        return write(self.question.circuit).encode()


def run(
    ports: Ports, open_shelf: OpenShelf, asked: Sequence[Asked], *, force: bool = False, dry_run: bool = False
) -> Report:
    """Write the circuits, and say what an epoch of them costs.

    Raises:
        InputError: a device cannot do it; or a file is there that says something else, and `force` is not given.
    """
    planned = [each for one in asked for each in plan(ports, open_shelf, one)]
    states = {each.path: _state(ports.tree, each) for each in planned}
    changed = [path for path, state in states.items() if state == "differs"]
    if changed and not force and not dry_run:
        more = f", and {counted(len(changed) - 1, 'other')}" if len(changed) > 1 else ""
        cause = f"the file is there and says something else{more}; nothing is written"
        raise InputError(cause, where=Where(changed[0]), hint="--force writes over it, --dry-run shows what would be")
    if not dry_run:
        with ports.exclusive():
            for each in planned:
                if states[each.path] != "as it was":
                    ports.tree.write(each.path, each.text)
    return _report(asked, planned, states, dry_run=dry_run)


def plan(ports: Ports, open_shelf: OpenShelf, asked: Asked) -> list[Planned]:
    """The circuits of one diagnostic; nothing is written."""
    declaration = repository.declared(ports.tree)
    entry = repository.backend(declaration, asked.backend)
    target = open_shelf(declaration.backends).get(entry).target()
    found = questions(asked.diagnostic, target)
    shots = [asked.shots // len(found) + (place < asked.shots % len(found)) for place in range(len(found))]
    return [
        Planned(f"{DIRECTORY}/{asked.name}-{place}.qasm", question, count)
        for place, (question, count) in enumerate(zip(found, shots, strict=True), 1)
    ]


def _state(tree: WorkTree, planned: Planned) -> str:
    if not tree.exists(planned.path):
        return "new"
    return "as it was" if tree.read(planned.path) == planned.text else "differs"


def _report(asked: Sequence[Asked], planned: Sequence[Planned], states: dict[str, str], *, dry_run: bool) -> Report:
    columns = ("circuit", "file", "operations", "succeeds", "expected", "time of a shot (µs)", "shots")
    shots = sum(each.shots for each in planned)
    seconds = [each.question.duration_s for each in planned]
    whole = sum((s or 0.0) * each.shots for s, each in zip(seconds, planned, strict=True))
    time = f"{whole:.3g} s on the device, less what it waits between shots" if None not in seconds else "unknown time"
    written = "nothing is written (--dry-run)" if dry_run else f"in {DIRECTORY}/"
    return Report(
        command="drift plan",
        title="Diagnostics",
        facts=tuple(
            (each.name, f"{each.diagnostic.kind} of {_qubits(each.diagnostic)} on {each.backend}") for each in asked
        ),
        tables=(
            Table(
                "",
                columns,
                tuple(_row(each, states[each.path]) for each in planned),
                numeric=("operations", *columns[4:]),
            ),
        ),
        summary=f"{counted(len(planned), 'circuit')}, {counted(shots, 'shot')} an epoch, {time}; {written}",
        data={"circuits": [_data(each, states[each.path]) for each in planned], "shots": shots, "duration_s": whole},
    )


def _qubits(diagnostic: Diagnostic) -> str:
    plural = "qubit" if len(diagnostic.qubits) == 1 else "qubits"
    return f"{plural} {', '.join(map(str, diagnostic.qubits))}"


def _row(planned: Planned, state: str) -> tuple[str | int | None, ...]:
    question = planned.question
    return (
        planned.path.rpartition("/")[2],
        state,
        len(question.circuit.operations),
        " ".join(question.success),
        None if question.expected is None else f"{question.expected:.3f}",
        None if question.duration_s is None else f"{question.duration_s * 1e6:.4g}",
        planned.shots,
    )


def _data(planned: Planned, state: str) -> dict[str, object]:
    question = planned.question
    return {
        "path": planned.path,
        "file": state,
        "success": list(question.success),
        "expected": question.expected,
        "duration_s": question.duration_s,
        "shots": planned.shots,
    }
