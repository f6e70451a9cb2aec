"""`qops fsck`: gather the versions, hash every object that they need, judge; with `heal`, put right what can be."""

from collections.abc import Collection, Iterable
from functools import cache

import msgspec

from qops.errors import InconclusiveError
from qops.fsck import contents, describe, objects, work_tree
from qops.fsck.circuits import Readings
from qops.fsck.contents import Contents, Inspect
from qops.fsck.findings import Examination, Finding, Healing, Subject, Version
from qops.fsck.heal import Healer
from qops.fsck.versions import AT_HAND, Versions
from qops.model.custody import Custody
from qops.model.ports import Ports
from qops.model.report import Report
from qops.recorded.repository import LOCK


class Choice(msgspec.Struct, frozen=True):
    """What to examine.

    `revisions` instead of the files at hand, `everything` for all revisions besides, `digests` to read the circuits.
    """

    revisions: tuple[str, ...] = ()
    everything: bool = False
    digests: bool = True


def run(ports: Ports, custody: Custody, choice: Choice, *, heal: bool = False) -> Report:
    """Examine the store; with `heal`, hold the lock and put right what can be.

    Raises:
        InconclusiveError: nothing has been recorded yet, or somebody wrote meanwhile.
        InputError: git knows no such revision.
    """
    if heal:
        with ports.exclusive():
            return describe.report(*_heal(ports, custody, choice))
    before = _lock(ports)
    found = examine(ports, custody, choice)
    if found.findings and (_lock(ports) != before or custody.writer()):
        raise InconclusiveError("something was written while the store was examined", hint="run the same command again")
    return describe.report(found)


def examine(ports: Ports, custody: Custody, choice: Choice, tried: Collection[str] = ()) -> Examination:
    """Look at everything that is chosen; `tried` are objects that could not be healed."""
    versions = Versions(ports, custody.lineage)
    if not choice.revisions:
        versions.add_at_hand()
    for revision in choice.revisions:
        versions.add(revision)
    if choice.everything:
        versions.add_everything()
    inspect = cache(custody.inspect)
    every = [contents.contents_of(version, inspect(version.store)) for version in versions.all()]
    wanted = contents.wanted_by(every)
    unsound = objects.unsound(wanted, inspect)
    at_hand = [each for each in every if AT_HAND in each.version.labels]
    readings = Readings(versions.all() if choice.digests else (), inspect)
    findings = [*versions.findings]
    findings += _disagreements(every, inspect)
    findings += [objects.finding(ports, each, inspect(each.wanted.store), tried) for each in unsound]
    findings += [f for each in at_hand for f in work_tree.findings(each, inspect(each.version.store))]
    findings += readings.findings()
    return Examination(
        subjects=_subjects(choice, versions.all(), at_hand),
        versions=versions.all(),
        objects=len(wanted),
        size=sum(seen.size for each in wanted if (seen := inspect(each.store).object(each.digest))),
        copies=sum(len(each.files) for each in at_hand),
        circuits=len(readings),
        findings=findings,
        unsound=unsound,
    )


def _subjects(choice: Choice, versions: list[Version], at_hand: list[Contents]) -> dict[Subject, bool]:
    asked = [version for version in versions if version.asked]
    subjects = {
        Subject.LOCK: bool(asked),
        Subject.POINTER: all(version.pointer for version in asked) and bool(asked),
        Subject.OBJECTS: bool(versions),
    }
    if not choice.revisions:
        subjects[Subject.WORK_TREE] = bool(at_hand)
    if choice.digests:
        subjects[Subject.CIRCUITS] = bool(versions)
    if choice.everything:
        subjects[Subject.HISTORY] = True
    return subjects


def _disagreements(every: Iterable[Contents], inspect: Inspect) -> Iterable[Finding]:
    for each in every:
        if each.version.asked:
            yield from contents.disagreements(each, inspect(each.version.store))


def _heal(ports: Ports, custody: Custody, choice: Choice) -> tuple[Examination, Healing]:
    """Heal and look again, until all that is left was tried: a list of files that is back may name more objects."""
    healer = Healer(ports, custody)
    found = examine(ports, custody, choice)
    while healer.heal(found):
        found = examine(ports, custody, choice, healer.tried)
    return found, healer.outcome()


def _lock(ports: Ports) -> bytes | None:
    return ports.tree.read(LOCK) if ports.tree.exists(LOCK) else None
