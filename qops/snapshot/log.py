"""`qops log`: the snapshots that git remembers, and what each changed."""

from qops.formats import repository
from qops.formats.repository import LOCK
from qops.model.change import Change, between
from qops.model.ports import Commit, Ports
from qops.model.report import Line, Report, Section
from qops.model.snapshot import CircuitRecord
from qops.model.wording import counted

_MARKS = {Change.ADDED: "+", Change.REMOVED: "-"}
_MANY = 100_000


def run(ports: Ports, *, name: str | None = None, limit: int = 20) -> Report:
    """The last `limit` snapshots on this branch, newest first; with `name`, those that changed that circuit."""
    head = ports.history.head()
    commits = ports.history.log(LOCK, head, _MANY if name else limit + 1) if head else ()
    sections: list[Section] = []
    data: list[dict[str, object]] = []
    newer: tuple[Commit, dict[str, CircuitRecord]] | None = None
    for commit in (*commits, None):
        circuits = _circuits(ports, commit) if commit else {}
        if newer is not None and len(sections) < limit:
            changes = _changes(circuits, newer[1], name)
            if changes or not name:
                sections.append(_section(newer[0], changes))
                data.append(_data(newer[0], changes))
        newer = (commit, circuits) if commit else None
        if len(sections) == limit:
            break
    count = len(sections)
    return Report(
        command="log",
        title="Snapshots" if name is None else f"Snapshots that changed {name}",
        sections=tuple(sections),
        summary=counted(count, "snapshot") if count else "no snapshot is committed yet",
        data={"snapshots": data},
    )


def _circuits(ports: Ports, commit: Commit) -> dict[str, CircuitRecord]:
    snapshot = repository.recorded_at(ports.history, commit.revision)
    return snapshot.circuits if snapshot else {}


def _changes(old: dict[str, CircuitRecord], new: dict[str, CircuitRecord], name: str | None) -> dict[str, Change]:
    names = [name] if name else sorted({*old, *new})
    changes = {one: between(old.get(one), new.get(one)) for one in names}
    return {one: change for one, change in changes.items() if change is not Change.NOTHING}


def _section(commit: Commit, changes: dict[str, Change]) -> Section:
    tags = f"  ({', '.join(commit.tags)})" if commit.tags else ""
    title = f"{commit.revision[:12]}{tags}  {commit.date}  {commit.author}"
    lines = [Line(commit.subject)]
    lines += [Line(f"{name}  {change.value}", _MARKS.get(change, "~")) for name, change in changes.items()]
    return Section(title, tuple(lines))


def _data(commit: Commit, changes: dict[str, Change]) -> dict[str, object]:
    return {
        "revision": commit.revision,
        "date": commit.date,
        "author": commit.author,
        "subject": commit.subject,
        "tags": list(commit.tags),
        "changes": {name: change.value for name, change in changes.items()},
    }
