"""Random targets, and a small one by hand."""

import msgspec
from hypothesis import strategies as st

from qops.model.angle import Symbol
from qops.model.target import Instruction, Place, QubitQuality, Target, Timing

PROBABILITY = st.none() | st.floats(0, 1)
SECONDS = st.none() | st.floats(0, 1e-3)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5)


@st.composite
def _instruction(draw, name: str, qubits: int) -> Instruction:
    size = draw(st.integers(0, min(2, qubits)))
    angles = tuple(draw(st.lists(NUMBER | NAMES.map(Symbol), max_size=2)))
    bounds = tuple((-1.5, 0.1) if draw(st.booleans()) else None for _ in angles) if draw(st.booleans()) else ()
    places = draw(st.lists(st.permutations(range(qubits)).map(lambda order: tuple(order[:size])), unique=True))
    rows = tuple(Place(place, draw(PROBABILITY), draw(SECONDS)) for place in sorted(places))
    return Instruction(name, draw(NAMES), size, angles, bounds, rows if size else None)


@st.composite
def targets(draw) -> Target:
    """Anything that the format can hold."""
    qubits = draw(st.integers(0, 4))
    names = sorted(draw(st.sets(NAMES, max_size=3)))
    qualities = st.builds(QubitQuality, SECONDS, SECONDS, st.none() | NUMBER)
    step = st.integers(1, 64)
    return Target(
        backend=draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=5)),
        captured_at=draw(st.sampled_from(["", "2026-01-31T12:00:00Z"])),
        qubits=qubits,
        instructions=tuple(draw(_instruction(name, qubits)) for name in names),
        qualities=tuple(draw(qualities) for _ in range(qubits)) if draw(st.booleans()) else (),
        dt_s=draw(SECONDS),
        timing=draw(st.builds(Timing, step, step, step, step)),
        measured_together=((0, 1),) if qubits > 1 and draw(st.booleans()) else (),
    )


LINE = Target(
    backend="line",
    captured_at="2026-01-31T12:00:00Z",
    qubits=3,
    instructions=(
        Instruction("cz", "cz", 2, places=(Place((0, 1), 0.01, 6.8e-08), Place((1, 2), 1.0, 6.8e-08))),
        Instruction("if_else", "if_else", 0),
        Instruction("measure", "measure", 1, places=tuple(Place((q,), 0.02 + q / 100, 1.56e-06) for q in range(3))),
        Instruction("rz", "rz", 1, (Symbol("λ"),), ((-1.5, 1.5),), tuple(Place((q,), 0.0, 0.0) for q in range(3))),
        Instruction("sx", "sx", 1, places=tuple(Place((q,), 0.0003, 3.2e-08) for q in range(3))),
    ),
    qualities=tuple(QubitQuality(1e-4, 2e-4) for _ in range(3)),
    dt_s=4e-09,
    timing=Timing(granularity=8),
)

PLAIN = msgspec.structs.replace(
    LINE,
    instructions=tuple(
        msgspec.structs.replace(
            each,
            bounds=(),
            places=each.places and tuple(Place(p.qubits, min(p.error or 0.0, 0.02), p.duration_s) for p in each.places),
        )
        for each in LINE.instructions
    ),
)
"""The same without bounds, for which Qiskit would need a function, and without a faulty place."""
