"""What two calibrations mean for circuits: the estimated success probability of each, before and after."""

from collections.abc import Iterable, Iterator

import msgspec

from qops.circuits.success import Costs, NotPlacedError, log_success
from qops.errors import InputError, ManyErrors
from qops.model.circuit import Circuit
from qops.model.manifest import CircuitEntry
from qops.model.ports import CircuitSources


class Reach(msgspec.Struct, frozen=True):
    """One circuit: the logarithm of its estimated success on both sides, operations at faulty places, or why not.

    `trivial` says that its qubits were taken for the device's first ones, in order.
    """

    circuit: str
    before: float = 0.0
    after: float = 0.0
    faulty_before: int = 0
    faulty_after: int = 0
    trivial: bool = False
    unknown: str = ""


def reach(sources: CircuitSources, entries: Iterable[CircuitEntry], before: Costs, after: Costs) -> Iterator[Reach]:
    """Every circuit of the manifest.

    One on physical qubits is taken where it is, any other on the device's first qubits. Nothing is compiled: a circuit
    with gates that the device does not have is not examined.
    """
    for entry in entries:
        try:
            circuit = sources.read([entry])[entry.name].circuit
        except ManyErrors as problems:
            yield Reach(entry.name, unknown=str(problems.problems[0]))
        except InputError as problem:
            yield Reach(entry.name, unknown=str(problem))
        else:
            yield _one(entry.name, circuit, before, after)


def _one(name: str, circuit: Circuit, before: Costs, after: Costs) -> Reach:
    trivial = all(register.name != "$" for register in circuit.qubits)
    try:
        old, faulty_old = log_success(circuit, before)
        new, faulty_new = log_success(circuit, after)
    except NotPlacedError as problem:
        return Reach(name, unknown=f"{problem.cause}: compile it for the device first", trivial=trivial)
    return Reach(name, old, new, faulty_old, faulty_new, trivial)
