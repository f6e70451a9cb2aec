"""Damaged and missing objects put right: from the work tree, from what git holds, from DVC's remotes, in this order."""

from qops.errors import EnvironmentFault
from qops.fsck.findings import Examination, Healed, Healing, Wanted
from qops.fsck.objects import copies_of
from qops.fsck.rewriting import rewrite
from qops.model.custody import Custody, Inspection, Repair
from qops.model.ports import Ports
from qops.model.wording import counted


class Healer:
    """Tries each object once; `tried` are the MD5s of all that it took on. The caller holds the repository's lock."""

    def __init__(self, ports: Ports, custody: Custody) -> None:
        self._ports = ports
        self._custody = custody
        self._healed: list[Healed] = []
        self._complaints: dict[str, None] = {}
        self.tried: set[str] = set()

    def outcome(self) -> Healing:
        """What was done."""
        return Healing(tuple(self._healed), tuple(self._complaints))

    def heal(self, found: Examination) -> bool:
        """Take on what is unsound and was not tried yet; whether there was anything."""
        new = [each.wanted for each in found.unsound if each.wanted.digest not in self.tried]
        self.tried |= {wanted.digest for wanted in new}
        for store in {version.store for version in found.versions}:
            bench = _Bench(self._ports, self._custody.inspect(store), self._custody.repair(store))
            bench.heal([wanted for wanted in new if wanted.store == store])
            self._healed += bench.healed
            self._complaints |= dict.fromkeys(bench.complaints)
        return bool(new)


class _Bench:
    """Works on the objects of one store."""

    def __init__(self, ports: Ports, inspection: Inspection, repair: Repair) -> None:
        self._ports = ports
        self._inspection = inspection
        self._repair = repair
        self.healed: list[Healed] = []
        self.complaints: list[str] = []

    def heal(self, every: list[Wanted]) -> None:
        """From what is at hand, if anything is; one remote after another for what is left."""
        self._repair.clear_leftover()
        left = [wanted.digest for wanted in every if not self._put(wanted)]
        for remote in self._inspection.remotes():
            if left:
                came = self._fetch(remote.name, left)
                left = [digest for digest in left if digest not in came]

    def _put(self, wanted: Wanted) -> bool:
        found = self._copy(wanted.digest) or rewrite(self._ports, wanted)
        if found is None:
            return False
        data, origin = found
        self._note(wanted.digest, origin, self._repair.put(wanted.digest, data))
        return True

    def _copy(self, digest: str) -> tuple[bytes, str] | None:
        copy = next((copy for _, copy in copies_of(digest, self._inspection)), None)
        data = self._inspection.read(digest) if copy else None
        return None if copy is None or data is None else (data, copy.place)

    def _fetch(self, remote: str, digests: list[str]) -> dict[str, str | None]:
        try:
            came = self._repair.fetch(remote, digests)
        except EnvironmentFault as fault:
            self.complaints.append(f"the remote {remote}: {fault.cause}")
            return {}
        for digest, aside in came.items():
            self._note(digest, f"the remote {remote}", aside)
        if absent := len(digests) - len(came):
            self.complaints.append(f"the remote {remote}: {counted(absent, 'object')} did not come, or came damaged")
        return came

    def _note(self, digest: str, origin: str, aside: str | None) -> None:
        self.healed.append(Healed(self._inspection.place(digest), origin, aside))
