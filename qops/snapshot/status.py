"""`qops status`: what a snapshot would record, asked without writing and mostly without parsing."""

from qops.formats import repository
from qops.model.change import Change, between
from qops.model.digest import to_hex
from qops.model.manifest import CircuitEntry
from qops.model.ports import Ports
from qops.model.report import Line, Report, Section
from qops.model.snapshot import CircuitRecord
from qops.model.verdict import Outcome, Verdict
from qops.snapshot import records

_MARKS = {Change.ADDED: "+", Change.REMOVED: "-"}


def run(ports: Ports) -> Report:
    """Compare every declared circuit with the lock; only those whose files differ are read."""
    declaration = repository.declared(ports.tree)
    snapshot = repository.recorded(ports.tree)
    old = snapshot.circuits if snapshot else {}
    entries = declaration.circuits
    suspects = [entry for name, entry in entries.items() if not _same_bytes(ports, entry, old.get(name))]
    loaded = ports.sources.read(suspects)
    changes = {
        entry.name: between(old.get(entry.name), records.record(entry, loaded[entry.name])) for entry in suspects
    }
    changes |= {name: Change.REMOVED for name in old if name not in entries}
    return _describe(dict(sorted(changes.items())), len(entries))


def _same_bytes(ports: Ports, entry: CircuitEntry, kept: CircuitRecord | None) -> bool:
    if kept is None or kept.source != repository.source_text(entry.source) or kept.tags != entry.tags:
        return False
    data, parameters = ports.sources.data(entry)
    values = to_hex(parameters) if entry.parameters else ""
    return to_hex(data) == kept.digest.bytes and values == kept.parameters_bytes


def _describe(changes: dict[str, Change], total: int) -> Report:
    lines = tuple(Line(f"{name}  {change.value}", _MARKS.get(change, "~")) for name, change in changes.items())
    outcome = Outcome.FAIL if changes else Outcome.PASS
    because = f"{len(changes)} of {total} circuits differ from the last snapshot" if changes else ""
    because = because or f"all {total} circuits are as the last snapshot recorded them"
    return Report(
        command="status",
        title="status",
        sections=(Section("", lines),) if lines else (),
        verdicts=(Verdict("recorded", outcome, because),),
        summary=because + ("; run `qops snapshot`" if changes else ""),
        data={"changes": {name: change.value for name, change in changes.items()}, "circuits": total},
    )
