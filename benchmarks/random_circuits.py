"""Random circuits as OpenQASM 2, seeded: the same seed gives the same bytes."""

import math
import random
from collections.abc import Iterator

WIDTH = 20


def text(gates: int, seed: int) -> bytes:
    """A circuit of rz, sx, x and cx on 20 qubits, with every angle a double of its own."""
    lines = ["OPENQASM 2.0;", 'include "qelib1.inc";', f"qreg q[{WIDTH}];", *_calls(gates, random.Random(seed))]
    return ("\n".join(lines) + "\n").encode()


def _calls(gates: int, chance: random.Random) -> Iterator[str]:
    for _ in range(gates):
        first, second = chance.sample(range(WIDTH), 2)
        match chance.choice(("rz", "sx", "x", "cx")):
            case "rz":
                yield f"rz({chance.uniform(-math.pi, math.pi)!r}) q[{first}];"
            case "cx":
                yield f"cx q[{first}],q[{second}];"
            case gate:
                yield f"{gate} q[{first}];"
