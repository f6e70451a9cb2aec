"""`qops log`: the snapshots that git remembers, and what each changed."""

from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from qops.errors import InputError
from qops.model.change import Change, between
from qops.model.ports import Commit, Ports
from qops.model.report import Line, Report, Section
from qops.model.snapshot import CircuitRecord
from qops.model.spelling import did_you_mean
from qops.model.wording import counted
from qops.recorded import repository
from qops.recorded.repository import LOCK

_MARKS = {Change.ADDED: "+", Change.REMOVED: "-"}
_MANY = 100_000
_SHALLOW = "the clone is shallow, what was before is missing: `git fetch --unshallow --tags`"


class _Recorded(msgspec.Struct, frozen=True):
    """The circuits of a snapshot, none before the first one; `unknown` says why nobody can tell."""

    circuits: dict[str, CircuitRecord] = {}
    unknown: str = ""


class _Entry(msgspec.Struct, frozen=True):
    """A commit and what it changed, unless that is `unknown`."""

    commit: Commit
    changes: dict[str, Change]
    unknown: str


def run(ports: Ports, *, name: str | None = None, limit: int = 20) -> Report:
    """The last `limit` snapshots on this branch, newest first; with `name`, those that changed that circuit.

    Raises:
        InputError: no snapshot has a circuit of that name.
    """
    head = ports.history.head()
    commits = ports.history.log(LOCK, head, _MANY if name else limit + 1) if head else ()
    found = list(islice(_entries(ports, commits, name), limit))
    if name and commits and not found:
        hint = did_you_mean(name, _recorded(ports, commits[0]).circuits)
        raise InputError(f"no snapshot has a circuit called `{name}`", hint=hint)
    return Report(
        command="log",
        title="Snapshots" if name is None else f"Snapshots that changed {name}",
        sections=tuple(_section(entry) for entry in found),
        summary=counted(len(found), "snapshot") if found else "no snapshot is committed yet",
        data={"snapshots": [_data(entry) for entry in found]},
    )


def _entries(ports: Ports, commits: Sequence[Commit], name: str | None) -> Iterator[_Entry]:
    new = _recorded(ports, commits[0]) if commits else _Recorded()
    for commit, older in zip(commits, (*commits[1:], None), strict=False):
        old = _recorded(ports, older)
        unknown = new.unknown or old.unknown
        changes = {} if unknown else _changes(old.circuits, new.circuits, name)
        if changes or unknown or not name:
            yield _Entry(commit, changes, unknown)
        new = old


def _recorded(ports: Ports, commit: Commit | None) -> _Recorded:
    if commit is None:
        return _Recorded(unknown=_SHALLOW if ports.history.shallow() else "")
    try:
        snapshot = repository.recorded_at(ports.history, commit.revision)
    except InputError as problem:
        return _Recorded(unknown=str(problem))
    return _Recorded(snapshot.circuits if snapshot else {})


def _changes(old: dict[str, CircuitRecord], new: dict[str, CircuitRecord], name: str | None) -> dict[str, Change]:
    names = [name] if name else sorted({*old, *new})
    changes = {one: between(old.get(one), new.get(one)) for one in names}
    return {one: change for one, change in changes.items() if change is not Change.NOTHING}


def _section(entry: _Entry) -> Section:
    commit = entry.commit
    tags = f"  ({', '.join(commit.tags)})" if commit.tags else ""
    title = f"{commit.revision[:12]}{tags}  {commit.date}  {commit.author}"
    lines = [Line(commit.subject)]
    lines += [Line(f"{name}  {change.value}", _MARKS.get(change, "~")) for name, change in entry.changes.items()]
    if entry.unknown:
        lines.append(Line(f"not examined: {entry.unknown}", "?"))
    return Section(title, tuple(lines))


def _data(entry: _Entry) -> dict[str, object]:
    return {
        "revision": entry.commit.revision,
        "date": entry.commit.date,
        "author": entry.commit.author,
        "subject": entry.commit.subject,
        "tags": list(entry.commit.tags),
        "changes": {name: change.value for name, change in entry.changes.items()},
        "not_examined": entry.unknown or None,
    }
