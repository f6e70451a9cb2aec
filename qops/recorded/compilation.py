"""Circuits compiled now, through ports, in a process that may be ended."""

import zlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from qops.circuits import reader, writer
from qops.errors import EnvironmentFault, InputError
from qops.formats.kept_target import Targets
from qops.model.circuit import Circuit
from qops.model.digest import to_hex
from qops.model.loaded import LoadedCircuit
from qops.model.manifest import BackendEntry
from qops.model.matrix import Recipe
from qops.model.ports import Compiler, Executor
from qops.model.where import Where

Name = TypeVar("Name", bound=Hashable)

LIMIT_S = 120.0


@dataclass(frozen=True)
class Workbench:
    """What compiles: targets of backends, the compiler, and what makes an executor."""

    targets: Targets
    compiler: Compiler
    executor: Callable[[], Executor]


@dataclass(frozen=True)
class Wanted:
    """For which backend, at which level, with which seed; `where` is what asks for it."""

    backend: BackendEntry
    level: int
    seed: int
    where: Where


def compiled(bench: Workbench, wanted: Wanted, circuits: Mapping[Name, Circuit]) -> dict[Name, Circuit]:
    """Every circuit on the wires of the backend; one that names physical qubits already is left as it is.

    Raises:
        InputError: a circuit cannot be compiled for the backend.
        EnvironmentFault: compilation was ended.
    """
    virtual = {at: one for at, one in circuits.items() if not one.is_placed}
    if not virtual:
        return dict(circuits)
    texts = {at: writer.write(one).encode() for at, one in virtual.items()}
    names = {at: to_hex(text) for at, text in texts.items()}
    resources = {names[at]: bench.compiler.resource(LoadedCircuit(one, texts[at])) for at, one in virtual.items()}
    target = bench.targets.get(wanted.backend)
    resources[target.identity] = target.data
    recipes = {name: Recipe(name, target.identity, wanted.level, wanted.seed) for name in dict.fromkeys(names.values())}
    tasks = [bench.compiler.task(name, recipe, LIMIT_S, 1.0) for name, recipe in recipes.items()]
    done = {each.key: each for each in bench.executor().run(tasks, resources)}
    found: dict[str, Circuit] = {}
    for name in recipes:
        result = done[name].result
        if result is None:
            raise _not_compiled(wanted, done[name].kind, done[name].because)
        found[name] = reader.read(zlib.decompress(bench.compiler.product(result).packed), "the compiled circuit")
    return {**circuits, **{at: found[name] for at, name in names.items()}}


def _not_compiled(wanted: Wanted, kind: str, because: str) -> InputError | EnvironmentFault:
    cause = f"a circuit could not be compiled for `{wanted.backend.name}`: {because}"
    if kind == "failed":
        return InputError(cause, where=wanted.where, hint="`qops transpile best` tells more")
    return EnvironmentFault(f"{cause} ({kind})", where=wanted.where)
