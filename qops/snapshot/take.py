"""`qops snapshot`: read, say what changed, keep."""

from contextlib import nullcontext

import msgspec

from qops.errors import InputError
from qops.formats import lock
from qops.formats.kept_target import OpenShelf
from qops.model.change import Change, between
from qops.model.ports import History, Ports, Recorder
from qops.model.report import Cell, Report, Table
from qops.model.snapshot import CircuitRecord, Snapshot
from qops.model.wording import counted
from qops.recorded import repository
from qops.recorded.repository import LOCK
from qops.snapshot import draft, versions
from qops.snapshot.draft import Draft
from qops.snapshot.naming import moved

Facts = list[tuple[str, Cell]]


def run(
    ports: Ports,
    names: list[str],
    *,
    message: str | None = None,
    tag: str | None = None,
    push: bool = False,
    dry_run: bool = False,
    open_shelf: OpenShelf | None = None,
    recorder: Recorder | None = None,
) -> Report:
    """Record circuits; those not named stay as they were recorded.

    Args:
        ports: the doors to the world.
        names: circuits of the manifest; empty for all.
        message: commit what was written, and only that, with this message.
        tag: put an annotated tag on that commit; implies a commit. One that is on HEAD already stays, where nothing
            changed since: so a command that was cut off can be run again.
        push: push the artifacts, the branch and the tag.
        dry_run: write nothing.
        open_shelf: the door to targets, whose calibrations are recorded too; without it they stay as they were.
        recorder: what is asked about the matrix; without it the compiled circuits stay as they were.

    Raises:
        InputError: a circuit cannot be read, the message is empty, or the tag is no later version.
    """
    if message is not None and not message.strip():
        raise InputError("the commit message is empty", hint="say with `-m` what changed, or leave it out")
    declaration = repository.declared(ports.tree)
    chosen = repository.entries(declaration, names)
    tagged = tag is not None and _is_on_head(ports.history, tag)
    if tag is not None and not tagged:
        versions.check_later(tag, ports.history.tags())
    with nullcontext() if dry_run else ports.exclusive():
        targets = open_shelf(declaration.backends) if open_shelf else None
        drafted = draft.gather(ports, declaration, chosen, targets, recorder, everything=not names)
        if tag is not None and tagged and _changes(drafted.before, drafted.snapshot({})):
            versions.check_later(tag, ports.history.tags())
        if dry_run:
            return _describe(drafted, drafted.snapshot({}), [("written", "nothing, as asked")])
        after, facts = _keep(ports, drafted, message or (f"Snapshot {tag}" if tag else None))
        facts += _publish(ports, drafted.store, tag, push=push)
    return _describe(drafted, after, facts)


def _is_on_head(history: History, tag: str) -> bool:
    return tag in history.tags() and history.resolve(tag) == history.head()


def _keep(ports: Ports, drafted: Draft, message: str | None) -> tuple[Snapshot, Facts]:
    """Artifacts first, then the lock that names them, then git: cut off anywhere, a second run completes it."""
    saved = ports.store(drafted.store).save(drafted.contents, drafted.keep())
    after = drafted.snapshot(saved.files)
    if drafted.changes(after):
        ports.tree.write(LOCK, lock.write(after))
    paths = [LOCK, *saved.staged, *drafted.compiled.write(ports.tree)]
    ports.history.stage(paths)
    if message is None or not ports.history.staged(paths):
        return after, []
    facts: Facts = [("commit", ports.history.commit(paths, message)[:12])]
    if ports.history.dirty():
        facts.append(("note", "other files have changes that are not committed"))
    return after, facts


def _publish(ports: Ports, directory: str, tag: str | None, *, push: bool) -> Facts:
    facts: Facts = []
    if tag is not None:
        there = _is_on_head(ports.history, tag)
        if not there:
            ports.history.tag(tag, f"Snapshot {tag}")
        facts.append(("tag", f"{tag}, which is there already" if there else tag))
    if push:
        ports.store(directory).push()
        ports.history.push(["HEAD", *([f"refs/tags/{tag}"] if tag else [])])
        facts.append(("pushed", "artifacts, branch and tag" if tag else "artifacts and branch"))
    return facts


def _describe(drafted: Draft, after: Snapshot, facts: Facts) -> Report:
    before = drafted.before
    new, changes = after.circuits, _changes(before, after)
    unchanged = dict.fromkeys(sorted({*new, *changes}), Change.NOTHING)
    rows = tuple(_row(name, change, new.get(name)) for name, change in changes.items())
    columns = ("circuit", "change", "qubits", "operations", "parameters", "skeleton")
    told = f"{len(changes):,} changed" if changes else "nothing changed"
    return Report(
        command="snapshot",
        title="Snapshot",
        facts=(*moved(before, after.store), *drafted.calibrations.facts(), *drafted.compiled.facts(), *facts),
        tables=(Table("", columns, rows, numeric=columns[2:5]),) if rows else (),
        summary=f"{counted(len(unchanged), 'circuit')}, {told}",
        data={
            "circuits": {name: msgspec.to_builtins(kept) for name, kept in new.items()},
            "changes": {name: change.value for name, change in (unchanged | changes).items()},
            "calibrations": {name: msgspec.to_builtins(kept) for name, kept in after.calibrations.items()},
            "compiled": after.compiled,
        },
    )


def _changes(before: Snapshot | None, after: Snapshot) -> dict[str, Change]:
    """The circuits that are not as they were, by name, removed ones too."""
    old, new = before.circuits if before else {}, after.circuits
    changes = {name: between(old.get(name), new.get(name)) for name in sorted({*old, *new})}
    return {name: change for name, change in changes.items() if change is not Change.NOTHING}


def _row(name: str, change: Change, kept: CircuitRecord | None) -> tuple[Cell, ...]:
    if kept is None:
        return (name, change.value, None, None, None, None)
    size = kept.sizes
    return (name, change.value, size.qubits, size.operations, kept.parameter_count, kept.digest.skeleton[:12])
