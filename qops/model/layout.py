"""A layout: where a compiler put the qubits of a circuit."""

import msgspec


class Layout(msgspec.Struct, frozen=True):
    """Which qubit of the compiled circuit holds each qubit of the source.

    `initial[v]` is where qubit v is at the start, `final[v]` where routing has left it at the end. Entries beyond the
    source's qubits follow ancillas, which start as zero; they may be left out, and a prover likes them.
    """

    initial: tuple[int, ...]
    final: tuple[int, ...]

    @classmethod
    def trivial(cls, qubits: int) -> "Layout":
        """Every qubit stays where it is.

        >>> Layout.trivial(2)
        Layout(initial=(0, 1), final=(0, 1))
        """
        return cls(tuple(range(qubits)), tuple(range(qubits)))

    def objection(self, virtual: int, physical: int) -> str:
        """Why it is no layout of `virtual` qubits on `physical` ones; nothing where it is one.

        >>> Layout((0, 0), (0, 1)).objection(2, 5)
        'two qubits are in one place at the start'
        """
        for places, when in ((self.initial, "at the start"), (self.final, "at the end")):
            if len(places) < virtual:
                return f"it places {len(places)} of {virtual} qubits {when}"
            if len(set(places)) < len(places):
                return f"two qubits are in one place {when}"
            if not all(0 <= place < physical for place in places):
                return f"it names a qubit beyond the {physical} of the compiled circuit {when}"
        return ""
