"""`qops snapshot`: read, judge what changed, describe, keep."""

import msgspec

from qops.formats import lock, repository
from qops.formats.repository import LOCK
from qops.model.change import Change, between
from qops.model.ports import Ports
from qops.model.report import Cell, Report, Table
from qops.model.snapshot import CircuitRecord, Environment, Snapshot
from qops.snapshot import records, versions


def run(
    ports: Ports,
    names: list[str],
    *,
    message: str | None = None,
    tag: str | None = None,
    push: bool = False,
    dry_run: bool = False,
) -> Report:
    """Record circuits; those not named stay as they were recorded.

    Args:
        ports: the doors to the world.
        names: circuits of the manifest; empty for all.
        message: commit what was written, and only that, with this message.
        tag: put an annotated tag on that commit; implies a commit.
        push: push the artifacts, the branch and the tag.
        dry_run: write nothing.
    """
    declaration = repository.declared(ports.tree)
    chosen = repository.entries(declaration, names)
    if tag is not None:
        versions.check_later(tag, ports.history.tags())
    with ports.exclusive():
        before = repository.recorded(ports.tree)
        loaded = ports.sources.read(chosen)
        fresh = {entry.name: records.record(entry, loaded[entry.name]) for entry in chosen}
        kept = {} if before is None else {n: r for n, r in before.circuits.items() if n not in fresh and names}
        contents = {p: d for name, circuit in loaded.items() for p, d in records.artifacts(name, circuit).items()}
        if dry_run:
            return _describe(
                before, {**kept, **_files_as_before(fresh, before)}, facts=[("written", "nothing (dry run)")]
            )
        facts = _keep(ports, declaration.store, before, fresh, kept, contents, message or (tag and f"Snapshot {tag}"))
        facts += _publish(ports, declaration.store, tag, push=push)
        after = repository.recorded(ports.tree)
    return _describe(before, after.circuits if after else {}, facts)


def _files_as_before(fresh: dict[str, CircuitRecord], before: Snapshot | None) -> dict[str, CircuitRecord]:
    old = before.circuits if before else {}
    return {n: msgspec.structs.replace(r, files=old[n].files if n in old else {}) for n, r in fresh.items()}


def _keep(
    ports: Ports,
    directory: str,
    before: Snapshot | None,
    fresh: dict[str, CircuitRecord],
    kept: dict[str, CircuitRecord],
    contents: dict[str, bytes],
    message: str | None,
) -> list[tuple[str, Cell]]:
    keep = {f"{records.folder(name)}/{file}": md5 for name, r in kept.items() for file, md5 in r.files.items()}
    saved = ports.store(directory).save(contents, keep)
    circuits = {**kept, **{name: records.with_files(r, saved.files) for name, r in fresh.items()}}
    circuits = dict(sorted(circuits.items()))
    if before is None or before.circuits != circuits or before.store != directory:
        ports.tree.write(LOCK, lock.write(Snapshot(circuits, _environment(ports), directory)))
    paths = [LOCK, *saved.staged]
    ports.history.stage(paths)
    if message is None or not ports.history.staged(paths):
        return []
    return [("commit", ports.history.commit(paths, message)[:12])]


def _environment(ports: Ports) -> Environment:
    return Environment(
        versions=dict(sorted(ports.versions().items())),
        platform=ports.platform,
        revision=ports.history.head() or "",
        dirty=ports.history.dirty(),
    )


def _publish(ports: Ports, directory: str, tag: str | None, *, push: bool) -> list[tuple[str, Cell]]:
    facts: list[tuple[str, Cell]] = []
    if tag is not None:
        ports.history.tag(tag, f"Snapshot {tag}")
        facts.append(("tag", tag))
    if push:
        ports.store(directory).push()
        ports.history.push(["HEAD", *([f"refs/tags/{tag}"] if tag else [])])
        facts.append(("pushed", "artifacts, branch and tag" if tag else "artifacts and branch"))
    return facts


def _describe(before: Snapshot | None, after: dict[str, CircuitRecord], facts: list[tuple[str, Cell]]) -> Report:
    old = before.circuits if before else {}
    changes = {name: between(old.get(name), after.get(name)) for name in sorted({*old, *after})}
    changed = {name: change for name, change in changes.items() if change is not Change.NOTHING}
    rows = tuple(_row(name, change, after.get(name)) for name, change in changed.items())
    columns = ("circuit", "change", "qubits", "operations", "parameters", "skeleton")
    return Report(
        command="snapshot",
        title="snapshot",
        facts=tuple(facts),
        tables=(Table("", columns, rows, numeric=columns[2:5]),) if rows else (),
        summary=_summary(len(after), len(changed)),
        data={
            "circuits": {name: msgspec.to_builtins(kept) for name, kept in after.items()},
            "changes": {name: change.value for name, change in changes.items()},
        },
    )


def _row(name: str, change: Change, kept: CircuitRecord | None) -> tuple[Cell, ...]:
    if kept is None:
        return (name, change.value, None, None, None, None)
    size = kept.sizes
    return (name, change.value, size.qubits, size.operations, kept.parameter_count, kept.digest.skeleton[:12])


def _summary(total: int, changed: int) -> str:
    noun = "circuit" if total == 1 else "circuits"
    return f"{total} {noun}, {changed} changed" if changed else f"{total} {noun}, nothing changed"
