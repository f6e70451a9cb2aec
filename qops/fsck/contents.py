"""What a version's lock records and its pointer lists, whether the two agree, and which objects that takes."""

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

from qops.errors import EnvironmentFault
from qops.formats.dvc_files import Pointer, StoredFile, directory_object, md5_of, read_directory_object
from qops.fsck.findings import LISTING, Finding, Subject, Version, Wanted
from qops.fsck.versions import pointer_of
from qops.model.custody import Inspection
from qops.model.snapshot import Snapshot
from qops.model.wording import counted
from qops.recorded import records
from qops.recorded.repository import LOCK

Inspect = Callable[[str], Inspection]

_MD5 = re.compile(r"[0-9a-f]{32}")


class Contents(msgspec.Struct, frozen=True, eq=False):
    """The files of a version, MD5 by path inside the store: as its lock records them, and as its pointer lists them.

    `listed` is None where there is no pointer or its list cannot be read.
    """

    version: Version
    recorded: dict[str, str]
    listed: dict[str, str] | None

    @property
    def unknown(self) -> bool:
        """Whether there is a pointer, and what it lists cannot be told."""
        return self.version.pointer is not None and self.listed is None

    @property
    def files(self) -> dict[str, str]:
        """What the store should hold."""
        return self.recorded if self.listed is None else self.listed


def contents_of(version: Version, inspection: Inspection) -> Contents:
    """The contents of a version; the list is read only where the lock does not tell what is in it."""
    recorded = recorded_files(version.snapshot)
    if version.pointer is None:
        return Contents(version, recorded, None)
    if f"{md5_of(rewritten_listing(version.snapshot))}.dir" == version.pointer.md5:
        return Contents(version, recorded, recorded)
    data = inspection.read(version.pointer.md5)
    try:
        listed = None if data is None else read_directory_object(data, inspection.place(version.pointer.md5))
    except EnvironmentFault:
        listed = None
    if listed is not None and not all(map(_MD5.fullmatch, listed.values())):
        listed = None
    return Contents(version, recorded, listed)


def recorded_files(snapshot: Snapshot) -> dict[str, str]:
    """MD5 by path inside the store of every file that a lock records."""
    circuits = {
        f"{records.folder(record.name)}/{file}": md5
        for record in snapshot.circuits.values()
        for file, md5 in record.files.items()
    }
    compiled = snapshot.compiled
    return (
        circuits | compiled | {records.calibration(name): record.file for name, record in snapshot.calibrations.items()}
    )


def rewritten_listing(snapshot: Snapshot) -> bytes:
    """The list of files of a store that holds what a lock records, and nothing else."""
    return directory_object({path: StoredFile(md5, 0) for path, md5 in recorded_files(snapshot).items()})


def wanted_by(every: Iterable[Contents]) -> list[Wanted]:
    """The objects that versions need, each once."""
    found: dict[tuple[str, str], Wanted] = {}
    for contents in every:
        version = contents.version
        needs = {(path, md5) for files in (contents.recorded, contents.listed or {}) for path, md5 in files.items()}
        if version.pointer:
            needs.add((LISTING, version.pointer.md5))
        for path, digest in sorted(needs):
            wanted = found.setdefault((version.store, digest), Wanted(version.store, digest, []))
            wanted.uses.append((version, path))
    return list(found.values())


def disagreements(contents: Contents, inspection: Inspection) -> Iterator[Finding]:
    """Where the lock and the pointer of a version do not say the same."""
    version, pointer = contents.version, contents.version.pointer
    if pointer is None:
        return
    place, labels = pointer_of(version.store), tuple(version.labels)
    if contents.listed is None:
        cause = "the list of files that it names is missing or damaged, and is not what qops.lock records"
        yield Finding(Subject.POINTER, place, cause, proven=False, labels=labels)
        return
    for cause in (*_differences(contents.recorded, contents.listed), *_miscounts(pointer, contents.listed, inspection)):
        hint = f"`git log -p {LOCK} {place}` shows how they came apart; `qops snapshot` writes both anew"
        yield Finding(Subject.POINTER, place, cause, labels=labels, hint=hint)


def _differences(recorded: dict[str, str], listed: dict[str, str]) -> Iterator[str]:
    for path in sorted(recorded.keys() | {path for path in listed if path.startswith(records.FOLDERS)}):
        if recorded.get(path) != listed.get(path):
            yield f"it has {path} {_as(listed.get(path))}, {LOCK} {_as(recorded.get(path))}"


def _as(md5: str | None) -> str:
    return f"as {md5}" if md5 else "not at all"


def _miscounts(pointer: Pointer, listed: dict[str, str], inspection: Inspection) -> Iterator[str]:
    seen = [(inspection.object(md5), md5) for md5 in listed.values()]
    size = sum(each.size for each, _ in seen if each)
    if pointer.nfiles != len(listed):
        yield f"it counts {counted(pointer.nfiles, 'file')}, and lists {len(listed):,}"
    elif pointer.size != size and all(each and each.md5 == md5 for each, md5 in seen):
        yield f"it says {counted(pointer.size, 'byte')}, and its files have {size:,}"
