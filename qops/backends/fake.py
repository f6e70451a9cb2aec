"""The devices that qiskit-ibm-runtime has on record: real calibrations, each of a day that is told."""

import inspect
from collections.abc import Mapping
from functools import cache

from qiskit_ibm_runtime import fake_provider
from qiskit_ibm_runtime.fake_provider.fake_backend import FakeBackendV2

from qops.backends import Site
from qops.backends.moments import in_utc
from qops.backends.simulated import Simulated
from qops.errors import InputError
from qops.interchange.targets import from_qiskit
from qops.model.manifest import BackendEntry
from qops.model.spelling import did_you_mean


def open_backend(entry: BackendEntry, _site: Site) -> Simulated:
    """The device on record.

    Raises:
        InputError: no such device is on record.
    """
    found = devices()
    name = _plain(entry.device)
    if name not in found:
        hint = did_you_mean(name, found) or f"on record are {', '.join(found)}"
        raise InputError(f"no device on record is called `{entry.device}`", where=entry.where, hint=hint)
    backend = found[name]()
    properties = backend.properties()
    captured = in_utc(properties.last_update_date) if properties else ""
    return Simulated(from_qiskit(backend.target, backend.name, captured))


@cache
def devices() -> Mapping[str, type[FakeBackendV2]]:
    """The devices on record by their plain names, sorted."""
    classes = inspect.getmembers(fake_provider, inspect.isclass)
    kinds = {_plain(name): kind for name, kind in classes if issubclass(kind, FakeBackendV2)}
    return dict(sorted(kinds.items()))


def _plain(name: str) -> str:
    """The name without what all of them have, however it is spelled.

    >>> _plain("FakeManilaV2"), _plain("fake_torino"), _plain("ibm_torino")
    ('manila', 'torino', 'torino')
    """
    word = name.lower().replace("_", "").replace("-", "")
    return word.removeprefix("fake").removeprefix("ibm").removesuffix("v2")
