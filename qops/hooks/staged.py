"""The check before a commit: what is staged is read, and held against the lock that is staged with it.

Only what the commit changes is judged. A circuit that it leaves alone may well differ from the lock: `qops snapshot -m`
commits the lock before its user commits the sources. Nothing is run: a Python source is judged by its files.
"""

from collections.abc import Iterator, Mapping

from qops.formats import lock
from qops.hooks.ports import Index
from qops.model.change import Change, between
from qops.model.digest import to_hex
from qops.model.manifest import CircuitEntry, Manifest, PythonSource
from qops.model.ports import CircuitSources
from qops.model.report import Line, Report, Section
from qops.model.snapshot import CircuitRecord, Snapshot
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.recorded import records, repository
from qops.recorded.repository import LOCK, MANIFEST

_HINT = "`qops snapshot` records and stages it; `git commit --no-verify` goes on without"


def check(index: Index, sources: CircuitSources) -> Report:
    """Judge what is staged.

    Args:
        index: the staged files.
        sources: reads circuits from just those.

    Raises:
        InputError: the manifest, the lock, a circuit or a parameter file that the commit changes is not valid.
    """
    touched = index.touched()
    if not index.exists(MANIFEST):
        return _report({}, ())
    declaration, snapshot = repository.declared(index), repository.recorded(index)
    recorded = snapshot.circuits if snapshot else {}
    suspects = [
        entry
        for entry in declaration.circuits.values()
        if _concerns(entry, touched) and not _same(sources, entry, recorded.get(entry.name))
    ]
    changes = _changes(suspects, recorded, sources)
    if snapshot is None:
        return _report({}, ())
    if MANIFEST in touched:
        changes |= {name: Change.REMOVED.value for name in recorded if name not in declaration.circuits}
    return _report(changes, tuple(_left_behind(index, touched, declaration, snapshot)))


def _concerns(entry: CircuitEntry, touched: frozenset[str]) -> bool:
    """Whether the commit may change the circuit."""
    if MANIFEST in touched:
        return True
    if isinstance(entry.source, PythonSource):
        return entry.parameters in touched or any(path.endswith(".py") for path in touched)
    return entry.source.path in touched or entry.parameters in touched


def _same(sources: CircuitSources, entry: CircuitEntry, kept: CircuitRecord | None) -> bool:
    if kept is None or kept.source != repository.source_text(entry.source) or kept.tags != entry.tags:
        return False
    data, parameters = sources.data(entry)
    values = to_hex(parameters) if entry.parameters else ""
    return to_hex(data) == kept.digest.bytes and values == kept.parameters_bytes


def _changes(
    suspects: list[CircuitEntry], recorded: Mapping[str, CircuitRecord], sources: CircuitSources
) -> dict[str, str]:
    """What changed, in words, by the name of the circuit."""
    loaded = sources.read(entry for entry in suspects if not isinstance(entry.source, PythonSource))
    changes = {entry.name: "its Python source" for entry in suspects}
    for entry in suspects:
        if entry.name in loaded:
            now = records.record(entry, loaded[entry.name])
            changes[entry.name] = between(recorded.get(entry.name), now).value
    return changes


def _left_behind(index: Index, touched: frozenset[str], declaration: Manifest, snapshot: Snapshot) -> Iterator[Verdict]:
    """The lock names other artifacts than before, and the pointer to them is not staged."""
    pointer = f"{declaration.store}.dvc"
    data = index.before(LOCK) if LOCK in touched and pointer not in touched else None
    if data is None:
        return
    before = lock.read(data, f"HEAD:{LOCK}").circuits
    if {name: kept.files for name, kept in before.items()} != {n: kept.files for n, kept in snapshot.circuits.items()}:
        because = f"{LOCK} is staged without the {pointer} that goes with it"
        yield Verdict("artifacts", Outcome.FAIL, because, hint=f"`git add {pointer}`")


def _report(changes: Mapping[str, str], others: tuple[Verdict, ...]) -> Report:
    lines = tuple(Line(f"{name}  {changes[name]}", "~") for name in sorted(changes))
    verdict = (
        Verdict("recorded", Outcome.FAIL, f"{counted(len(changes), 'circuit')} staged, not as in {LOCK}", hint=_HINT)
        if changes
        else Verdict("recorded", Outcome.PASS, f"what is staged is as in {LOCK}")
    )
    return Report(
        command="pre-commit",
        title="Staged circuits",
        sections=(Section("", lines),) if lines else (),
        verdicts=(verdict, *others),
        data={"changes": dict(changes)},
    )
