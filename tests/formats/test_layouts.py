import msgspec
import pytest

from qops.circuits.reader import read as read_circuit
from qops.errors import InputError
from qops.formats.layouts import annotated, read
from qops.model.layout import Layout

PLAIN = read_circuit(b"OPENQASM 3.0; qubit[2] q;", "plain.qasm")


WRITTEN = (
    '{"initial": [7, 3], "final": [7, 4]}',
    "initial: [7, 3]\nfinal:\n- 7\n- 4\n",
    '{"final":[7,4],"initial":[7,3],"input_qubits":2}',
)


@pytest.mark.parametrize("text", WRITTEN)
def test_json_and_yaml(text: str) -> None:
    assert read(text.encode(), "layout.json") == Layout((7, 3), (7, 4))


@pytest.mark.parametrize("end", ["", "final: null\n"])
def test_without_an_end_qubits_stay_where_they_are(end: str) -> None:
    assert read(f"initial: [2, 0]\n{end}".encode(), "layout.yaml") == Layout((2, 0), (2, 0))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "layout.json: the layout is empty"),
        ("initial: [0, x]", "layout.json:1:14: item 2 of `initial` must be a whole number, not the text `x`"),
        ("initial: [0]\nfinale: [0]", "layout.json:2:1: unknown key `finale` in the layout"),
        ("final: [0]", "layout.json:1:1: `initial` is missing in the layout"),
        ("{", "layout.json:2:1: this is not YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text.encode(), "layout.json")
    assert str(caught.value).startswith(message)


def test_what_qiskit_leaves_on_a_circuit() -> None:
    assert annotated(PLAIN) is None
    for text, layout in [
        ('{"final":[1,2,0],"initial":[2,1,0],"input_qubits":2}', Layout((2, 1, 0), (1, 2, 0))),
        ('{"final":null,"initial":[2,1],"input_qubits":2}', Layout((2, 1), (2, 1))),
        ('"of another make"', None),
    ]:
        assert annotated(msgspec.structs.replace(PLAIN, annotations=(("layout", text),))) == layout
