"""The drivers by the names that git's settings know them by."""

from collections.abc import Callable, Sequence
from importlib import import_module

Driver = Callable[[Sequence[str]], int]

MODULES = {
    "textconv": "qops.drivers.textconv",
    "merge-circuit": "qops.drivers.merge_circuit",
    "merge-lock": "qops.drivers.merge_lock",
    "merge-artifacts": "qops.drivers.merge_artifacts",
    "pre-commit": "qops.drivers.pre_commit",
    "pre-push": "qops.drivers.pre_push",
}


def driver(name: str) -> Driver:
    """The driver called `name`; only its own module is imported."""
    run: Driver = import_module(MODULES[name]).run
    return run
