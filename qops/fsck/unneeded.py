"""`qops gc --dry-run`: which objects of the store no commit needs, and the command of DVC's that would remove them.

Nothing is removed here: the cache is DVC's, and others than qops may keep their objects in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import msgspec

from qops.errors import InputError
from qops.fsck.contents import Inspect, contents_of, wanted_by
from qops.fsck.describe import few
from qops.fsck.findings import Version
from qops.fsck.versions import Versions, pointer_of
from qops.model.custody import Custody, Inspection
from qops.model.ports import Ports
from qops.model.report import Report, Table
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.recorded.records import TEXT

COMMAND = "dvc gc --all-commits"


class Unneeded(msgspec.Struct, frozen=True):
    """A version of the store that no commit needs.

    `digest` names its list of files, `circuits` are in it, `objects` are those of its objects that nothing else needs
    (size in bytes by MD5), and `reflog` are the commits that only a reflog remembers.
    """

    digest: str
    circuits: tuple[str, ...]
    objects: dict[str, int]
    reflog: tuple[str, ...]


def run(ports: Ports, custody: Custody, *, dry_run: bool) -> Report:
    """List what no branch, tag, stash or work tree needs.

    Raises:
        InputError: without `dry_run`.
        InconclusiveError: nothing has been recorded yet.
    """
    if not dry_run:
        raise InputError(
            "qops removes nothing from DVC's cache, which others share",
            hint=f"`qops gc --dry-run` shows what no commit needs, and `{COMMAND}` removes it, after asking",
        )
    inspect = cache(custody.inspect)
    needed = _versions(ports, custody, reflog=False)
    contents = [contents_of(version, inspect(version.store)) for version in needed.all()]
    kept = {wanted.digest for wanted in wanted_by(contents)}
    remembered = _versions(ports, custody, reflog=True).all()
    doubts = [f"{finding.place}: {finding.cause}" for finding in needed.findings]
    doubts += [
        f"what {pointer_of(each.version.store)} lists {each.version.labels[0]} is not here"
        for each in contents
        if each.unknown
    ]
    return _describe(_unneeded(inspect, kept, remembered), len(contents), doubts)


def _versions(ports: Ports, custody: Custody, *, reflog: bool) -> Versions:
    versions = Versions(ports, custody.lineage)
    versions.add_at_hand()
    versions.add_everything(reflog=reflog)
    return versions


def _unneeded(inspect: Inspect, kept: set[str], remembered: Iterable[Version]) -> list[Unneeded]:
    """The versions in the caches behind these stores that hold something that is not kept, the newest first."""
    by_list: dict[str, list[str]] = {}
    stores = dict.fromkeys(version.store for version in remembered)
    for version in remembered:
        if version.pointer:
            by_list.setdefault(version.pointer.md5, []).extend(version.labels)
    found: dict[str, Unneeded] = {}
    counted_already = set(kept)
    for store in stores:
        inspection = inspect(store)
        for digest, files in inspection.directories():
            if digest not in found and (circuits := _circuits(files)):
                objects = _sizes(inspection, {digest, *files.values()} - counted_already)
                counted_already |= objects.keys()
                if objects:
                    found[digest] = Unneeded(digest, circuits, objects, tuple(by_list.get(digest, ())))
    return list(found.values())


def _circuits(files: Mapping[str, str]) -> tuple[str, ...]:
    """The circuits in a tracked directory; none, where it is not a store of qops."""
    texts = (path for path in files if path.startswith("circuits/") and path.endswith(f"/{TEXT}"))
    return tuple(sorted(path.removeprefix("circuits/").removesuffix(f"/{TEXT}") for path in texts))


def _sizes(inspection: Inspection, digests: Iterable[str]) -> dict[str, int]:
    return {digest: size for digest in sorted(digests) if (size := inspection.size(digest)) is not None}


def _describe(unneeded: list[Unneeded], versions: int, doubts: list[str]) -> Report:
    rows = tuple(
        (each.digest[:12], few(each.circuits), len(each.objects), sum(each.objects.values()), few(each.reflog))
        for each in unneeded
    )
    columns = ("version", "circuits", "objects", "bytes", "only in a reflog")
    count, size = sum(row[2] for row in rows), sum(row[3] for row in rows)
    told = f"{counted(count, 'object')}, {counted(size, 'byte')}: `{COMMAND}` removes what no commit needs"
    return Report(
        command="gc",
        title="Objects that no commit needs",
        facts=(("needed", f"by {counted(versions, 'version')}"),),
        tables=(Table("", columns, rows, numeric=columns[2:4]),) if rows else (),
        verdicts=tuple(_doubt(doubts)),
        summary=told if rows else "every object of the store is needed",
        data={"unneeded": msgspec.to_builtins(unneeded), "objects": count, "bytes": size, "command": COMMAND},
    )


def _doubt(doubts: list[str]) -> Iterator[Verdict]:
    if doubts:
        because = f"not all that is needed is known: {few(doubts)}"
        yield Verdict("history", Outcome.INCONCLUSIVE, because, hint="`qops fsck --all-revisions`")
