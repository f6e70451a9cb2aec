"""What compiled circuits depend on besides what was asked for. Nothing heavy is imported to find out."""

from collections.abc import Mapping
from importlib import metadata

from qops import world

PACKAGES = ("qiskit", "rustworkx", "numpy")
PLUGINS = "qiskit.transpiler."
ENVIRONMENT: Mapping[str, str] = {
    "QISKIT_IGNORE_USER_SETTINGS": "TRUE",
    "QISKIT_PARALLEL": "FALSE",
    "QISKIT_NUM_PROCS": "1",
    "RAYON_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
"""What workers have in their environment, so that the number of processors and a user's settings change nothing.

Qiskit tests `QISKIT_SABRE_ALL_THREADS` for being there at all, and `QISKIT_TRANSPILER_SEED` would go before a seed that
is not given; so everything else of Qiskit's is taken out.
"""


def surroundings() -> dict[str, str]:
    """Versions of what compiles, the plugins that could, and the kind of machine."""
    return {**{package: _version(package) for package in PACKAGES}, **_plugins(), "machine": world.machine()}


def worker_environment() -> dict[str, str | None]:
    """Variables to set, or for None to take out, where circuits are compiled."""
    others = [name for name in world.environment_names() if name.startswith("QISKIT_")]
    return {**dict.fromkeys(others), **ENVIRONMENT}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _plugins() -> dict[str, str]:
    """The distributions that bring stages for the transpiler, Qiskit itself aside, with their versions."""
    entries = metadata.entry_points()
    groups = [group for group in entries.groups if group.startswith(PLUGINS)]
    bringers = {entry.dist for group in groups for entry in entries.select(group=group) if entry.dist is not None}
    brought = {f"plugin {bringer.name}": bringer.version for bringer in bringers if bringer.name != "qiskit"}
    return dict(sorted(brought.items()))
