from hypothesis import given, settings
from support.random_circuits import circuits

from qops.circuits import places
from qops.circuits.order import lexicographic
from qops.circuits.places import Lines
from qops.circuits.reader import read
from qops.circuits.writer import write
from qops.model.circuit import Circuit, Operation

OPENINGS = {"if": "if (", "while": "while (", "for": "for ", "switch": "switch ("}
SPELLED = {"delay", "barrier", "reset", "break", "gphase"}


def begins(operation: Operation, line: str) -> bool:
    if operation.gate in OPENINGS:
        return line.strip().startswith(OPENINGS[operation.gate])
    if operation.gate in SPELLED and not operation.modifiers:
        return line.strip().startswith(operation.gate)
    return line.endswith(";") and line.count("[") >= len(operation.qubits)


def all_begin(operations: tuple[Operation, ...], lines: Lines, text: list[str]) -> bool:
    ordered = lexicographic(operations)
    return len(lines.first) == len(ordered) and all(
        begins(operation, text[lines.first[position] - 1])
        and all(
            all_begin(block, inside, text)
            for block, inside in zip(operation.blocks(), lines.inside(position, operation), strict=True)
        )
        for position, operation in enumerate(ordered)
    )


@settings(max_examples=100, deadline=None)
@given(circuits())
def test_every_operation_is_where_the_canonical_text_has_it(circuit: Circuit) -> None:
    assert all_begin(circuit.operations, places.lines(circuit), write(circuit).split("\n"))


def test_an_example_with_blocks() -> None:
    text = (
        "OPENQASM 3.0; qubit[2] q; bit[1] c; h q[0]; c[0] = measure q[0]; "
        "if (c[0]) { x q[1]; } else { y q[1]; z q[1]; } h q[1];"
    )
    circuit = read(text.encode(), "example.qasm")
    written = write(circuit).split("\n")
    lines = places.lines(circuit)
    assert [written[line - 1] for line in lines.first] == [
        "h q[0];",
        "c[0] = measure q[0];",
        "if (c[0] == true) {",
        "h q[1];",
    ]
    then, otherwise = lines.inside(2, lexicographic(circuit.operations)[2])
    assert [written[line - 1].strip() for line in (*then.first, *otherwise.first)] == ["x q[1];", "y q[1];", "z q[1];"]
