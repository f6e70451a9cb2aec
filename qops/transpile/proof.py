"""A prover for the compiled circuits that are too wide to try states on."""

import math
from collections.abc import Iterable, Mapping
from random import Random

import msgspec

from qops import __version__
from qops.circuits import reader
from qops.circuits.binding import bind
from qops.errors import EnvironmentFault
from qops.model.circuit import Circuit
from qops.model.examination import Check, Sameness
from qops.model.layout import Layout
from qops.model.matrix import Cell, Compiled
from qops.transpile.circuits import Circuits
from qops.transpile.ports import MatrixPorts


def proven(ports: MatrixPorts, circuits: Circuits, claims: Mapping[str, tuple[Cell, Compiled]]) -> dict[str, Check]:
    """The claims that the prover could prove, by their notes; what it found is kept, and that it found nothing too.

    That a prover tells two circuits apart is no finding here: compilers drop what is too small to matter.
    """
    examiner = ports.examiner
    if examiner is None or not claims:
        return {}
    names = {note: f"proof {__version__} {note}" for note in claims}
    notes = ports.cache.notes(list(names.values()))
    found = {note: msgspec.json.decode(notes[name], type=Check) for note, name in names.items() if name in notes}
    with ports.progress("proving", len(claims) - len(found)) as advance:
        for note in [note for note in claims if note not in found]:
            source, compiled, layout = _statement(ports, circuits, *claims[note])
            found[note] = examiner.prove(source, compiled, layout)
            ports.cache.note({names[note]: msgspec.json.encode(found[note]).decode()})
            advance()
    return {note: check for note, check in found.items() if check.sameness is Sameness.SAME}


def _statement(
    ports: MatrixPorts, circuits: Circuits, cell: Cell, outcome: Compiled
) -> tuple[Circuit, Circuit, Layout]:
    text = ports.cache.text(outcome.digest)
    if text is None:
        raise EnvironmentFault(
            "the cache of compiled circuits has lost a text", hint="delete .qops/cache/cells.sqlite, and compile anew"
        )
    source = circuits.loaded([cell.circuit])[cell.circuit].circuit
    values = _values(source.parameters, int(outcome.digest[:8], 16))
    compiled = bind(reader.read(text, "compiled.qasm"), values)
    return bind(source, values), compiled, Layout(outcome.initial_layout, outcome.final_layout)


def _values(parameters: Iterable[str], seed: int) -> dict[str, float]:
    """Random angles for the parameters: two circuits that agree there agree at nearly all values."""
    drawn = Random(seed)  # noqa: S311 (nothing here is a secret)
    return {name: drawn.uniform(0, 2 * math.pi) for name in parameters}
