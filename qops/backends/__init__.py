"""An edge: devices and simulators, one file a kind, and the targets that are kept of them.

A kind is a module with a function `open_backend`, listed in `BACKENDS` and imported when it is asked for: they need
Qiskit, and some the package of a provider. Other packages may offer kinds: see `qops.backends.installed`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from qops.errors import EnvironmentFault
from qops.model.manifest import BackendEntry
from qops.model.ports import Backend
from qops.model.target import Target

BACKENDS = {
    "generic": "qops.backends.generic",
    "aer": "qops.backends.aer",
    "fake": "qops.backends.fake",
    "ibm": "qops.backends.ibm",
    "target": "qops.backends.target_file",
    "drifting": "qops.backends.drifting",
    "replay": "qops.backends.replay",
}
PACKAGES = {
    "generic": ("qiskit", "numpy"),
    "aer": ("qiskit", "qiskit_aer"),
    "fake": ("qiskit", "qiskit_ibm_runtime"),
    "ibm": ("qiskit", "qiskit_ibm_runtime"),
    "target": (),
    "drifting": ("qiskit", "qiskit_aer"),
    "replay": (),
}
"""The packages whose versions a kind's targets depend on, by the names that they are imported by."""

EXTRAS = {"qiskit_ibm_runtime": "ibm"}


@dataclass(frozen=True)
class Site:
    """What a backend may need of the repository: its files, the targets of other backends, somebody to talk to."""

    read: Callable[[str], bytes]
    target: Callable[[str], Target]
    say: Callable[[str], None]


class Kind(Protocol):
    """What the module of a kind offers."""

    def open_backend(self, entry: BackendEntry, site: Site, /) -> Backend:
        """The backend that an entry of the manifest declares."""


def open_backend(entry: BackendEntry, site: Site) -> Backend:
    """The backend that an entry of the manifest declares.

    Raises:
        EnvironmentFault: the package that it needs is not installed.
        InputError: what the entry names does not exist.
    """
    module = BACKENDS.get(entry.kind, "qops.backends.installed")
    try:
        kind = cast("Kind", import_module(module))
    except ModuleNotFoundError as missing:
        package = (missing.name or "").partition(".")[0]
        if package not in EXTRAS:
            raise
        cause = f"the backend `{entry.name}` needs the package {package}, which is not installed"
        raise EnvironmentFault(cause, where=entry.where, hint=f"pip install 'qops[{EXTRAS[package]}]'") from None
    return kind.open_backend(entry, site)
