"""In which bases an arm is measured: as its circuit says, or for an observable in as few as its words allow.

Words that agree wherever both are not the identity can be measured at once [1]_. The words are taken in the order of
their coefficients, greatest first, each into the first basis that it fits.

References:
    [1] V. Verteletskyi, T.-C. Yen, A. F. Izmaylov, Measurement optimization in the variational quantum eigensolver
        using a minimum clique cover, Journal of Chemical Physics 152 (2020) 124114, "qubit-wise commuting".
"""

from collections.abc import Iterator, Mapping

import msgspec

from qops.circuits.measurements import final_measurements
from qops.errors import InputError
from qops.model.abtest import Metric, Observable
from qops.model.circuit import Circuit, Operation, Register

PLAIN = ""
"""The basis of a circuit that measures by itself."""

_TURNS = {"X": ("h",), "Y": ("sdg", "h")}
"""The gates that turn a Pauli operator's basis into that of the bits."""


def bases(metric: Metric) -> tuple[str, ...]:
    """The bases in which each arm is measured, sorted.

    >>> bases(Observable({"ZZ": 1.0, "ZI": 0.5, "XX": 0.1}))
    ('XX', 'ZZ')
    """
    if not isinstance(metric, Observable):
        return (PLAIN,)
    found: list[str] = []
    for word in sorted(metric.terms, key=lambda word: (-abs(metric.terms[word]), word)):
        at = next((at for at, basis in enumerate(found) if _agree(word, basis)), None)
        if at is None:
            found.append(word)
        else:
            found[at] = "".join(b if a == "I" else a for a, b in zip(word, found[at], strict=True))
    return tuple(sorted(basis.replace("I", "Z") for basis in found))


def basis_of(word: str, known: Mapping[str, object]) -> str:
    """The basis among those that are known that a word is read from."""
    return next(basis for basis in sorted(known) if _agree(word, basis))


def _agree(one: str, other: str) -> bool:
    return all(a == b or "I" in (a, b) for a, b in zip(one, other, strict=True))


def measured(circuit: Circuit, basis: str) -> Circuit:
    """The circuit, its final measurements replaced by one of all qubits in a basis; as it is for the plain one.

    Raises:
        InputError: it measures before its end, or has another number of qubits than the basis letters.
    """
    if basis == PLAIN:
        return circuit
    if circuit.qubit_count != len(basis):
        cause = f"the observable's words have {len(basis)} letters, the circuit {circuit.qubit_count} qubits"
        raise InputError(cause, hint="one letter of IXYZ a qubit, qubit 0 at the right")
    kept = _without_final(circuit)
    if any(operation.bits for operation in kept):
        raise InputError(
            "the circuit measures before its end, so that no observable can be measured there",
            hint="use `pass` or `score`, which read the outcomes that it has",
        )
    operations = (*kept, *_turned(basis))
    return msgspec.structs.replace(circuit, bits=(Register("outcome", len(basis)),), operations=operations)


def _without_final(circuit: Circuit) -> tuple[Operation, ...]:
    """The operations less the measurements that can wait for the end."""
    final = final_measurements(circuit)
    kept = []
    for operation in reversed(circuit.operations):
        if operation.gate == "measure" and final.get(operation.bits[0]) == operation.qubits[0]:
            del final[operation.bits[0]]
        else:
            kept.append(operation)
    return tuple(reversed(kept))


def _turned(basis: str) -> Iterator[Operation]:
    for qubit, letter in enumerate(reversed(basis)):
        for gate in _TURNS.get(letter, ()):
            yield Operation(gate, (qubit,))
    for qubit in range(len(basis)):
        yield Operation("measure", (qubit,), bits=(qubit,))
