"""Backends of other packages, under the entry-point group `qops.backends`; each in its own Python where it needs one.

What is registered is called with the options of the manifest, and gives a backend: one of ours (`target`, `run`), or
one of Qiskit's. Packages of providers pin versions of Qiskit that exclude each other. So with `python:` the backend is
asked in a child process under that interpreter, which need not have qops; it can be compiled for, and not run on.
"""

from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import Never, cast

from qiskit.providers import BackendV2

from qops.backends import BACKENDS, Site, child
from qops.backends.simulated import Simulated
from qops.errors import InputError
from qops.formats import target_json
from qops.interchange.targets import from_qiskit
from qops.model.manifest import BackendEntry
from qops.model.ports import Backend, Job
from qops.model.spelling import did_you_mean
from qops.model.target import Target


def open_backend(entry: BackendEntry, site: Site) -> Backend:
    """The backend that another package offers.

    Raises:
        InputError: none does.
    """
    if entry.python:
        return Elsewhere(entry, site)
    offered = {point.name: point for point in entry_points(group="qops.backends")}
    if entry.kind not in offered:
        known = [*BACKENDS, *offered]
        hint = did_you_mean(entry.kind, known) or f"the kinds are {', '.join(known)}"
        raise InputError(f"there is no kind of backend `{entry.kind}`", where=entry.where, hint=hint)
    made = offered[entry.kind].load()(**entry.options)
    if isinstance(made, BackendV2):
        return Simulated(from_qiskit(made.target, entry.name))
    return cast("Backend", made)


class Elsewhere:
    """A backend that another interpreter knows."""

    def __init__(self, entry: BackendEntry, site: Site) -> None:
        self._entry = entry
        self._site = site

    def target(self) -> Target:
        """Its target, as the child tells it.

        Raises:
            EnvironmentFault: the interpreter does not start, fails, or does not answer in time.
        """
        data = child.ask(self._entry, self._site)
        return target_json.read(data, f"the target of `{self._entry.name}`")

    def run(self, jobs: Sequence[Job]) -> Never:  # noqa: ARG002 - the door is the same for all
        """Refuse: only targets are fetched from there."""
        cause = f"`{self._entry.name}` lives in another interpreter, and can only be compiled for"
        raise InputError(cause, where=self._entry.where, hint="run on a backend without `python:`")
