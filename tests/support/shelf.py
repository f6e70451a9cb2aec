"""The door to targets, in memory."""

from collections.abc import Mapping

from qops.errors import EnvironmentFault
from qops.formats import target_json
from qops.formats.kept_target import KeptTarget, Targets
from qops.model.manifest import BackendEntry
from qops.model.target import Target


class MemoryTargets:
    """Targets by the names of backends; `at_hand` are those that need not be made, `broken` those that cannot be."""

    def __init__(self, targets: dict[str, Target], broken: frozenset[str] = frozenset()) -> None:
        self.targets = targets
        self.broken = broken
        self.at_hand = set(targets)
        self.asked: list[str] = []

    def open(self, _entries: Mapping[str, BackendEntry]) -> Targets:
        """The `OpenShelf` door."""
        return self

    def get(self, entry: BackendEntry, *, refresh: bool = False) -> KeptTarget:
        self.asked.append(f"{entry.name} anew" if refresh else entry.name)
        if entry.name in self.broken:
            raise EnvironmentFault(f"the backend `{entry.name}` is away")
        self.at_hand.add(entry.name)
        target = self.targets[entry.name]
        identity = target_json.identity(target)
        return KeptTarget(entry.name, target_json.write(target), identity, target.qubits, target.captured_at)

    def peek(self, entry: BackendEntry) -> KeptTarget | None:
        found = self.get(entry) if entry.name in self.at_hand and entry.keeps else None
        self.asked = self.asked[:-1] if found else self.asked
        return found
