"""`qops backend diff`: two calibrations of a device, side by side."""

from math import exp

import msgspec

from qops.calibration.moves import Comparison, Fate, Move, compare, qubits_of
from qops.calibration.reach import Reach, reach
from qops.calibration.sides import Side, history, side
from qops.calibration.usual import Usual
from qops.circuits.success import costs_of
from qops.formats.kept_target import OpenShelf
from qops.model.ports import Ports
from qops.model.report import Cell, Line, Report, Section, Table
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.recorded import repository

THRESHOLD = 8.0
"""Usual changes beyond which a parameter moved: about one in a hundred does between ordinary calibrations."""


def run(
    ports: Ports,
    open_shelf: OpenShelf,
    old: str,
    new: str | None = None,
    *,
    threshold: float = THRESHOLD,
    limit: int = 40,
) -> Report:
    """What moved from one calibration to the other, and what that does to the circuits of the manifest.

    Args:
        ports: the doors to the world.
        open_shelf: the door to targets.
        old: the old side: `NAME`, `NAME@REV`, `REV:PATH` or a file.
        new: the new side, likewise; without it, the backend of `NAME@REV` as it is known now.
        threshold: how many usual changes are a move.
        limit: the most moves that are listed.
    """
    declaration = repository.declared(ports.tree)
    targets = open_shelf(declaration.backends)
    before = side(ports, targets, declaration, old)
    after = side(ports, targets, declaration, new or old.partition("@")[0])
    if len(before.calibration.qubits) != len(after.calibration.qubits):
        return _incomparable(before, after)
    name = before.backend if before.backend == after.backend else ""
    usual = Usual(before.calibration, after.calibration, history(ports, name) if name else ())
    found = compare(before.calibration, after.calibration, usual, threshold)
    circuits = declaration.circuits.values()
    reached = list(reach(ports.sources, circuits, costs_of(before.calibration), costs_of(after.calibration)))
    return Report(
        command="backend diff",
        title=f"{before.label} → {after.label}",
        facts=_facts(before, after, usual),
        tables=(*_moved(found, limit), *_success(reached)),
        sections=_not_examined(reached),
        verdicts=(_verdict(found, threshold),),
        data={
            "before": _data(before),
            "after": _data(after),
            "threshold": threshold,
            "compared": found.compared,
            "moves": [_move_data(move) for move in found.moves],
            "qubits": list(qubits_of(found.moves)),
            "circuits": [msgspec.to_builtins(each) for each in reached],
        },
    )


def _facts(before: Side, after: Side, usual: Usual) -> tuple[tuple[str, Cell], ...]:
    apart = "unknown times" if usual.days is None else f"{usual.days:.1f} days apart"
    basis = f"this backend's own history for {', '.join(usual.own)}" if usual.own else "devices on record"
    return (
        ("before", _measured(before)),
        ("after", _measured(after)),
        ("usual change", f"{apart}; by {basis}"),
    )


def _measured(one: Side) -> str:
    device = one.calibration.backend or "a device without a name"
    return f"{device}, {counted(len(one.calibration.qubits), 'qubit')}, {one.calibration.captured_at or 'of no time'}"


def _verdict(found: Comparison, threshold: float) -> Verdict:
    noun = counted(found.compared, "parameter")
    if not found.compared and not found.moves:
        return Verdict("calibration", Outcome.INCONCLUSIVE, "neither side knows an error or a time of coherence")
    if not found.moves:
        because = f"none of {noun} moved by more than {threshold:g} usual changes"
        return Verdict("calibration", Outcome.PASS, because, statistic=0.0)
    worse = sum(move.worse for move in found.moves)
    because = f"{len(found.moves):,} of {noun} not as usual, {worse:,} of them worse"
    return Verdict("calibration", Outcome.FAIL, because, statistic=float(len(found.moves)))


def _incomparable(before: Side, after: Side) -> Report:
    sizes = [counted(len(each.calibration.qubits), "qubit") for each in (before, after)]
    because = f"not comparable: {before.label} has {sizes[0]}, {after.label} has {sizes[1]}"
    return Report(
        command="backend diff",
        title=f"{before.label} → {after.label}",
        verdicts=(Verdict("calibration", Outcome.INCONCLUSIVE, because),),
        data={"before": _data(before), "after": _data(after)},
    )


def _moved(found: Comparison, limit: int) -> tuple[Table, ...]:
    rows = tuple(_row(move) for move in found.moves[:limit])
    title = "" if len(found.moves) <= limit else f"the worst {limit} of {len(found.moves):,}"
    columns = ("where", "what", "change", "before", "after", "× usual", "worse")
    return (Table(title, columns, rows, numeric=columns[3:6]),) if rows else ()


def _row(move: Move) -> tuple[Cell, ...]:
    times = None if move.times is None else f"{move.times:.1f}"
    before, after = (None if value is None else f"{value:.3g}" for value in (move.before, move.after))
    worse = "" if move.fate is Fate.NEW else "worse" if move.worse else "better"
    return (str(move.parameter), move.parameter.kind, move.fate.value, before, after, times, worse)


def _success(reached: list[Reach]) -> tuple[Table, ...]:
    columns = ("circuit", "success before", "after", "factor", "faulty before", "faulty after", "on qubits")
    rows = tuple(
        (
            each.circuit,
            f"{exp(each.before):.3g}",
            f"{exp(each.after):.3g}",
            f"{exp(each.after - each.before):.3f}",
            each.faulty_before,
            each.faulty_after,
            "0, 1, …" if each.trivial else "of its own",
        )
        for each in sorted(reached, key=lambda each: each.after - each.before)
        if not each.unknown
    )
    return (Table("estimated success", columns, rows, numeric=columns[1:6]),) if rows else ()


def _not_examined(reached: list[Reach]) -> tuple[Section, ...]:
    lines = tuple(Line(f"{each.circuit}  not examined: {each.unknown}", "?") for each in reached if each.unknown)
    return (Section("circuits", lines),) if lines else ()


def _data(one: Side) -> dict[str, object]:
    calibration = one.calibration
    return {"label": one.label, "backend": calibration.backend, "captured_at": calibration.captured_at}


def _move_data(move: Move) -> dict[str, object]:
    return {
        "kind": move.parameter.kind,
        "gate": move.parameter.gate,
        "qubits": list(move.parameter.qubits),
        "change": move.fate.value,
        "before": move.before,
        "after": move.after,
        "times_usual": move.times,
        "worse": move.worse,
    }
