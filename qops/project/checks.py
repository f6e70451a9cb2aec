"""What `qops doctor` examines, one check a function.

A check answers with a finding, or raises the error that a command would; what rests on something that is missing is
not examined, and says so as an `InconclusiveError`.
"""

from collections.abc import Callable
from typing import NamedTuple

from qops import __version__, world
from qops.errors import EnvironmentFault, InconclusiveError, QopsError
from qops.formats import manifest
from qops.model.ground import Surroundings
from qops.model.manifest import Manifest
from qops.model.ports import WorkTree
from qops.model.wording import counted
from qops.recorded import repository
from qops.recorded.repository import LOCK, MANIFEST

PACKAGES = ("dvc", "qiskit", "qiskit-aer", "qiskit-qasm3-import")
OLDEST_GIT = (2, 31)


class Finding(NamedTuple):
    """What is in order, and a hint if there is still something to know."""

    because: str
    hint: str = ""


Check = Callable[[Surroundings], Finding]


def _qops(_around: Surroundings) -> Finding:
    return Finding(__version__)


def _python(_around: Surroundings) -> Finding:
    return Finding(f"{world.python_version()} on {world.platform_name()}")


def _git(around: Surroundings) -> Finding:
    version = around.git_version()
    if tuple(map(int, version.split(".")[:2])) < OLDEST_GIT:
        raise EnvironmentFault(f"{version} is too old", hint="install git 2.31 or later")
    return Finding(version)


def _package(package: str) -> Check:
    def check(around: Surroundings) -> Finding:
        version = around.version(package)
        if version is None:
            raise EnvironmentFault("it is not installed", hint=f"`pip install {package}`")
        return Finding(version)

    return check


def _git_variables(around: Surroundings) -> Finding:
    variables = around.git_variables()
    if not variables:
        return Finding("none speaks of another repository")
    return Finding(f"qops passes {', '.join(variables)} by, other tools do not", f"`unset {' '.join(variables)}`")


def _repository(around: Surroundings) -> Finding:
    root = around.files().root
    if around.shallow():
        return Finding(f"{root}, a shallow clone", "`git fetch --unshallow --tags` brings the older history")
    return Finding(f"{root}, at {around.head() or 'no commit yet'}")


def _manifest(around: Surroundings) -> Finding:
    return Finding(f"{MANIFEST} declares {counted(len(_declared(around).circuits), 'circuit')}")


def _snapshot(around: Surroundings) -> Finding:
    recorded = repository.recorded(_files(around))
    if recorded is None:
        return Finding("nothing has been recorded yet", "`qops snapshot` records the circuits")
    return Finding(f"{LOCK} records {counted(len(recorded.circuits), 'circuit')}")


def _dvc(around: Surroundings) -> Finding:
    reasons = around.reasons_for_dvc(_store(around))
    if reasons:
        return Finding(f"`dvc add` writes the store, more slowly than qops would, because of {', '.join(reasons)}")
    return Finding("the store is written directly, in DVC's own format")


def _lock(around: Surroundings) -> Finding:
    _files(around)
    holder = around.lock_holder()
    return Finding(f"held by {holder}", "commands that write wait for it") if holder else Finding("free")


def _disk(around: Surroundings) -> Finding:
    places = (MANIFEST, LOCK, ".qops", _store(around))
    closed = [place for place in places if not around.writable(place)]
    if closed:
        raise EnvironmentFault(f"{', '.join(closed)} cannot be written", hint="diff, log, show and status still work")
    return Finding("everything that qops writes can be written")


CHECKS: dict[str, Check] = {
    "qops": _qops,
    "python": _python,
    "git": _git,
    **{package: _package(package) for package in PACKAGES},
    "git variables": _git_variables,
    "repository": _repository,
    "manifest": _manifest,
    "snapshot": _snapshot,
    "store": _dvc,
    "lock": _lock,
    "disk": _disk,
}
"""Every check by the name that the report gives it, in the order of the report."""


def _files(around: Surroundings) -> WorkTree:
    try:
        return around.files()
    except EnvironmentFault as fault:
        raise InconclusiveError("not examined: there is no repository") from fault


def _declared(around: Surroundings) -> Manifest:
    files = _files(around)
    if not files.exists(MANIFEST):
        raise EnvironmentFault(f"there is no {MANIFEST}", hint="`qops init`")
    return manifest.read(files.read(MANIFEST), MANIFEST, files.glob)


def _store(around: Surroundings) -> str:
    """The store's directory, as the manifest names it."""
    try:
        return _declared(around).store
    except InconclusiveError:
        raise
    except QopsError as problem:
        raise InconclusiveError("not examined: it takes a valid manifest") from problem
