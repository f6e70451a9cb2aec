"""Every object that is needed, hashed: which are damaged or missing, whose they are, and where a good one is."""

from collections.abc import Collection, Iterable, Iterator

from qops.fsck.contents import Inspect
from qops.fsck.findings import MISSING, Finding, Subject, Unsound, Wanted
from qops.fsck.rewriting import rewrite
from qops.fsck.versions import AT_HAND, pointer_of
from qops.model.custody import Inspection, Seen
from qops.model.ports import Ports
from qops.model.wording import counted

_NOWHERE = "no good one is known; one from a backup, or from another clone's cache, would do in this place"
_UNHELPED = "it could not be brought from there: what DVC said stands under `healed`"


def unsound(wanted: Iterable[Wanted], inspect: Inspect) -> list[Unsound]:
    """The objects whose bytes do not have the MD5 that names them, and those that are not there; each hashed once."""
    looked_at = ((each, inspect(each.store).object(each.digest)) for each in wanted)
    return [Unsound(each, seen) for each, seen in looked_at if seen is None or not intact(seen, each.digest)]


def intact(seen: Seen, digest: str) -> bool:
    """Whether bytes have the MD5 that an object is named by."""
    return seen.md5 == digest.removesuffix(".dir")


def copies_of(digest: str, inspection: Inspection) -> Iterator[tuple[str, Seen]]:
    """The copies in the work tree that are this object, by their paths in the store."""
    return ((path, copy) for path, copy in inspection.copies().items() if copy.md5 == digest)


def finding(ports: Ports, broken: Unsound, inspection: Inspection, tried: Collection[str]) -> Finding:
    """What is to be said of an object that is damaged or missing; `tried` are those that could not be healed."""
    wanted, seen = broken.wanted, broken.seen
    good, perhaps = _good(ports, broken, inspection), _perhaps(inspection)
    hopeless = wanted.digest in tried or not (good or perhaps)
    return Finding(
        Subject.OBJECTS,
        inspection.place(wanted.digest),
        _cause(seen),
        proven=hopeless or seen is not None,
        circuits=wanted.circuits(),
        labels=wanted.labels(),
        expected=wanted.digest.removesuffix(".dir"),
        found=seen.md5 if seen else "",
        good=good,
        perhaps=() if hopeless else perhaps,
        hint=(_UNHELPED if good else _NOWHERE) if hopeless else _remedy(broken, inspection),
    )


def _cause(seen: Seen | None) -> str:
    if seen is None:
        return MISSING
    return seen.trouble or f"it is damaged: its {counted(seen.size, 'byte')} have another MD5 than its name"


def _good(ports: Ports, broken: Unsound, inspection: Inspection) -> tuple[str, ...]:
    """Where the object is intact. What is merely missing is not written anew just to see whether that could be done."""
    digest = broken.wanted.digest
    places = [copy.place for _, copy in copies_of(digest, inspection)]
    for remote in inspection.remotes():
        seen = inspection.on_remote(remote.name, digest) if remote.near else None
        if seen and intact(seen, digest):
            places.append(seen.place)
    if not places and (broken.seen or not _perhaps(inspection)) and (rewritten := rewrite(ports, broken.wanted)):
        places.append(f"{rewritten[1]}, from which it can be written anew")
    return tuple(places)


def _perhaps(inspection: Inspection) -> tuple[str, ...]:
    return tuple(f"the remote {remote.name}" for remote in inspection.remotes() if not remote.near)


def _remedy(broken: Unsound, inspection: Inspection) -> str:
    if broken.seen is None and AT_HAND in broken.wanted.labels() and inspection.remotes():
        return f"`dvc pull {pointer_of(broken.wanted.store)}`"
    return "the same command with `--heal`"
