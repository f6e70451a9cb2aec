"""Where long work is done: `local` worker processes, one of them (`serial`), or a Dask cluster."""

import re
from collections.abc import Callable, Iterable
from importlib import import_module

from qops.errors import EnvironmentFault, InputError
from qops.executors.local import LocalExecutor
from qops.executors.options import Options
from qops.model.ports import Executor, Task
from qops.model.spelling import did_you_mean

_PLACE = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/@]+):(\d{1,5})")
_SMALL_SECONDS = 0.3  # work for which a second worker does not pay


def executor(address: str, options: Options) -> Executor:
    """The executor that the user named: `local`, `serial` or `dask://HOST:PORT`.

    Raises:
        InputError: there is none of that name, or the address is not one.
        EnvironmentFault: what it needs is not installed.
    """
    kind, _, place = address.partition("://")
    if kind not in MAKERS:
        hint = did_you_mean(kind, MAKERS) or "local, serial or dask://HOST:PORT"
        raise InputError(f"there is no executor `{kind}`", hint=hint)
    return MAKERS[kind](place, options)


def automatic(tasks: Iterable[Task]) -> str:
    """The address of what is fastest for these tasks on this machine."""
    return "serial" if sum(task.expected_s for task in tasks) < _SMALL_SECONDS else "local"


def _local(place: str, options: Options) -> Executor:
    _nowhere("local", place)
    return _begun(LocalExecutor(options))


def _serial(place: str, options: Options) -> Executor:
    """One worker: it can be ended when it hangs, which a call in this process could not."""
    _nowhere("serial", place)
    return _begun(LocalExecutor(Options(1, options.environment, options.preload, options.memory, options.recycle)))


def _begun(made: LocalExecutor) -> LocalExecutor:
    """Whoever asks for one is about to use it, and has to get its resources first."""
    made.prepare()
    return made


def _dask(place: str, options: Options) -> Executor:
    if not (found := _PLACE.fullmatch(place)) or int(found[2]) > 65535:
        raise InputError(f"`dask://{place}` is not an address", hint="dask://HOST:PORT, as in dask://localhost:8786")
    try:
        module = import_module("qops.executors.dask")
    except ModuleNotFoundError as problem:
        cause = f"a Dask cluster needs the package {problem.name}, which is not installed"
        raise EnvironmentFault(cause, hint="pip install 'qops[dask]'") from problem
    made: Executor = module.DaskExecutor(place, options)
    return made


def _nowhere(kind: str, place: str) -> None:
    if place:
        raise InputError(f"the executor `{kind}` has no address", hint=f"--executor {kind}")


MAKERS: dict[str, Callable[[str, Options], Executor]] = {"local": _local, "serial": _serial, "dask": _dask}
"""The executors by name; each makes one from what follows `://` and the options."""
