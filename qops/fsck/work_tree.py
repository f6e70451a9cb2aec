"""The copies in the work tree, held against what the version at hand says that they are."""

from collections.abc import Iterator

from qops.fsck.contents import Contents
from qops.fsck.findings import MISSING, Finding, Subject
from qops.fsck.objects import intact
from qops.fsck.versions import pointer_of
from qops.model.custody import Inspection, Seen
from qops.model.wording import counted


def findings(contents: Contents, inspection: Inspection) -> Iterator[Finding]:
    """A finding for each copy that is not what it should be, missing, or more than there should be."""
    store, copies = contents.version.store, inspection.copies()
    checkout = f"`dvc checkout {pointer_of(store)}`"
    if contents.files and not copies:
        cause = f"it is not checked out: none of its {counted(len(contents.files), 'file')} is there"
        yield Finding(Subject.WORK_TREE, store, cause, proven=False, hint=checkout)
        return
    for path in sorted(contents.files.keys() | copies.keys()):
        digest, copy = contents.files.get(path, ""), copies.get(path)
        if copy is None or copy.md5 != digest:
            yield _finding(contents, inspection, path, checkout)


def _finding(contents: Contents, inspection: Inspection, path: str, checkout: str) -> Finding:
    place = f"{contents.version.store}/{path}"
    digest, copy = contents.files.get(path), inspection.copies().get(path)
    if digest is None:
        hint = "move it out of the store, which is not yours to write"
        return Finding(Subject.WORK_TREE, place, "it is in no snapshot", found=copy.md5 if copy else "", hint=hint)
    seen = inspection.object(digest)
    return Finding(
        Subject.WORK_TREE,
        place,
        _cause(copy),
        circuits=(path.removeprefix("circuits/").rpartition("/")[0],) if path.startswith("circuits/") else (),
        labels=tuple(contents.version.labels),
        expected=digest,
        found=copy.md5 if copy else "",
        good=(seen.place,) if seen and intact(seen, digest) else (),
        hint=f"{checkout} puts the recorded one back" if copy is None else f"move it away, then {checkout}",
    )


def _cause(copy: Seen | None) -> str:
    if copy is None:
        return MISSING
    return copy.trouble or f"it was changed: its {counted(copy.size, 'byte')} have another MD5 than was recorded"
