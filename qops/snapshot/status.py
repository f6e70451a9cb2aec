"""`qops status`: what a snapshot would record, asked without writing and mostly without parsing."""

from collections.abc import Mapping

from qops.model.change import Change, between
from qops.model.digest import to_hex
from qops.model.manifest import CircuitEntry, PythonSource
from qops.model.ports import Ports
from qops.model.report import Cell, Line, Report, Section
from qops.model.snapshot import CircuitRecord
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.recorded import records, repository
from qops.snapshot.naming import moved

Facts = tuple[tuple[str, Cell], ...]

_MARKS = {Change.ADDED: "+", Change.REMOVED: "-"}


def run(ports: Ports, *, run_python: bool = True) -> Report:
    """Compare every declared circuit with the lock; of files, only those that differ are read.

    What a Python source returns may hang on anything, so it is run and compared; with `run_python` false it is
    reported as not examined, and the answer is inconclusive unless something else differs.
    """
    declaration = repository.declared(ports.tree)
    entries = declaration.circuits
    snapshot = repository.recorded(ports.tree)
    old = snapshot.circuits if snapshot else {}
    left_out = [] if run_python else [name for name, entry in entries.items() if _is_python(entry) and name in old]
    suspects = [e for name, e in entries.items() if name not in left_out and not _same_files(ports, e, old.get(name))]
    loaded = ports.sources.read(suspects)
    changes = {e.name: between(old.get(e.name), records.record(e, loaded[e.name])) for e in suspects}
    changes |= {name: Change.REMOVED for name in old if name not in entries}
    found = {name: change for name, change in sorted(changes.items()) if change is not Change.NOTHING}
    return _describe(found, len({*entries, *old}), left_out, moved(snapshot, declaration.store))


def _is_python(entry: CircuitEntry) -> bool:
    return isinstance(entry.source, PythonSource)


def _same_files(ports: Ports, entry: CircuitEntry, kept: CircuitRecord | None) -> bool:
    if kept is None or _is_python(entry):
        return False
    if kept.source != repository.source_text(entry.source) or kept.tags != entry.tags:
        return False
    data, parameters = ports.sources.data(entry)
    values = to_hex(parameters) if entry.parameters else ""
    return to_hex(data) == kept.digest.bytes and values == kept.parameters_bytes


def _describe(changes: Mapping[str, Change], total: int, left_out: list[str], facts: Facts) -> Report:
    """The report; `facts` say that the store moves, if it does."""
    lines = [Line(f"{name}  {change.value}", _MARKS.get(change, "~")) for name, change in changes.items()]
    lines += [Line(f"{name}  not examined: its Python source was not run", "?") for name in left_out]
    return Report(
        command="status",
        title="Status",
        sections=(Section("", tuple(lines)),) if lines else (),
        facts=facts,
        verdicts=(_verdict(changes, total, left_out, facts),),
        summary="`qops diff` shows the changes, `qops snapshot` records them" if changes else "",
        data={"changes": {n: c.value for n, c in changes.items()}, "circuits": total, "not_examined": left_out},
    )


def _verdict(changes: Mapping[str, Change], total: int, left_out: list[str], facts: Facts) -> Verdict:
    noun = counted(total, "circuit")
    if changes:
        return Verdict("recorded", Outcome.FAIL, f"{len(changes)} of {noun} changed since the last snapshot")
    if facts:
        return Verdict("recorded", Outcome.FAIL, "the store moved since the last snapshot", hint="`qops snapshot`")
    if left_out:
        return Verdict("recorded", Outcome.INCONCLUSIVE, f"{len(left_out)} of {noun} not examined")
    return Verdict("recorded", Outcome.PASS, f"{noun}, as last recorded")
