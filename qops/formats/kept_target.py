"""A target that is known by what it is, and read only where it is needed; and the door to those that are kept."""

from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec

from qops.formats import target_json
from qops.model.manifest import BackendEntry
from qops.model.target import Target


class KeptTarget(msgspec.Struct, frozen=True):
    """The target of the backend `name`: `data` is its file, `identity` the digest of what compilation depends on."""

    name: str
    data: bytes
    identity: str
    qubits: int
    captured_at: str

    def target(self) -> Target:
        """The target itself."""
        return target_json.read(self.data, f"the target of `{self.name}`")


class Targets(Protocol):
    """The door to the targets of backends."""

    def get(self, entry: BackendEntry, *, refresh: bool = False) -> KeptTarget:
        """The target of a backend, as it was kept; with `refresh`, as it is now."""

    def peek(self, entry: BackendEntry) -> KeptTarget | None:
        """The target of a backend if it is at hand, nothing being asked of a device or a provider's package."""


OpenShelf = Callable[[Mapping[str, BackendEntry]], Targets]
"""The door to the targets of the backends that a manifest declares."""
