"""The circuits of all arms, compiled for the backend alike, in a process that may be ended."""

import zlib
from collections.abc import Mapping

from qops.abtest.arms import Prepared
from qops.abtest.ports import AbTestPorts
from qops.circuits import reader, writer
from qops.errors import EnvironmentFault, InputError
from qops.model.abtest import AbTestEntry
from qops.model.circuit import Circuit
from qops.model.digest import to_hex
from qops.model.loaded import LoadedCircuit
from qops.model.manifest import BackendEntry
from qops.model.matrix import Recipe

LIMIT_S = 120.0

Circuits = dict[tuple[str, str], Circuit]
"""What is run, by arm and basis."""


def circuits(ports: AbTestPorts, entry: AbTestEntry, backend: BackendEntry, arms: Mapping[str, Prepared]) -> Circuits:
    """Every circuit on the wires of the backend; one that names physical qubits already is left as it is.

    Raises:
        InputError: a circuit cannot be compiled for the backend.
    """
    every = {(arm, basis): one for arm, made in arms.items() for basis, one in made.circuits.items()}
    virtual = {at: one for at, one in every.items() if not _is_placed(one)}
    if not virtual:
        return every
    texts = {at: writer.write(one).encode() for at, one in virtual.items()}
    names = {at: to_hex(text) for at, text in texts.items()}
    resources = {names[at]: ports.compiler.resource(LoadedCircuit(one, texts[at])) for at, one in virtual.items()}
    target = ports.targets.get(backend)
    resources[target.identity] = target.data
    recipes = {name: _recipe(entry, name, target.identity) for name in dict.fromkeys(names.values())}
    tasks = [ports.compiler.task(name, recipe, LIMIT_S, 1.0) for name, recipe in recipes.items()]
    done = {each.key: each for each in ports.executor().run(tasks, resources)}
    found: dict[str, Circuit] = {}
    for name in recipes:
        result = done[name].result
        if result is None:
            raise _not_compiled(entry, done[name].kind, done[name].because)
        found[name] = reader.read(zlib.decompress(ports.compiler.product(result).packed), "the compiled circuit")
    return {**every, **{at: found[name] for at, name in names.items()}}


def _is_placed(circuit: Circuit) -> bool:
    return any(register.name == "$" for register in circuit.qubits)


def _recipe(entry: AbTestEntry, circuit: str, target: str) -> Recipe:
    return Recipe(circuit, target, entry.compiled.level, entry.compiled.seed)


def _not_compiled(entry: AbTestEntry, kind: str, because: str) -> InputError | EnvironmentFault:
    cause = f"a circuit could not be compiled for `{entry.backend}`: {because}"
    if kind == "failed":
        return InputError(cause, where=entry.where, hint="`qops transpile best` tells more")
    return EnvironmentFault(f"{cause} ({kind})", where=entry.where)
