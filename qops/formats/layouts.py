"""Layouts as they are written: in a file of the user's, or beside a circuit that Qiskit compiled."""

import msgspec

from qops.errors import InputError
from qops.formats import located_yaml
from qops.formats.located_values import convert
from qops.model.circuit import Circuit
from qops.model.layout import Layout
from qops.model.where import Where


class _Written(msgspec.Struct, frozen=True):
    """Where each qubit starts and, if routing moved them, ends; how many of them are not ancillas."""

    initial: list[int]
    final: list[int] | None = None
    input_qubits: int | None = None

    def layout(self) -> Layout:
        return Layout(tuple(self.initial), tuple(self.initial if self.final is None else self.final))


def read(data: bytes, file: str) -> Layout:
    """A layout from YAML or JSON: `initial` and perhaps `final`, lists of qubits of the compiled circuit.

    Raises:
        InputError: with the place in the text.
    """
    tree, problems = located_yaml.read(data, file)
    problems.raise_any()
    if tree is None:
        raise InputError("the layout is empty", where=Where(file), hint="write `initial: [0, 1]`")
    written = convert(tree, _Written, "the layout", problems)
    problems.raise_any()
    return written.layout()


def annotated(circuit: Circuit) -> Layout | None:
    """The layout that the circuit carries, as Qiskit leaves it on what it compiled; None where it has none."""
    text = dict(circuit.annotations).get("layout")
    if text is None:
        return None
    try:
        return msgspec.json.decode(text, type=_Written).layout()
    except msgspec.MsgspecError:
        return None
