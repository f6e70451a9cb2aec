"""The child that simulates: `python -P -m qops.oracles.simulator`."""

import msgspec

from qops.circuits.equivalence.provable import Statement
from qops.circuits.equivalence.stimuli import verify
from qops.circuits.simulation.exact import distances
from qops.oracles.messages import Distances, States
from qops.oracles.serving import serve


def answer(question: Distances | States | Statement) -> msgspec.Struct:
    """By simulation."""
    match question:
        case Distances(old=old, new=new):
            return distances(old, new)
        case States(source=source, compiled=compiled, layout=layout, seed=seed):
            return verify(source, compiled, layout, seed)
        case _:
            raise TypeError("a statement is for the prover")


if __name__ == "__main__":
    serve(answer)
