"""The child that proves, with MQT QCEC [1]_: `python -P -m qops.oracles.prover`.

References:
    [1] L. Burgholzer and R. Wille, Advanced equivalence checking for quantum circuits, IEEE TCAD 40(9) (2021)
        1810-1824.
"""

from mqt import qcec
from mqt.core.ir import QuantumComputation

from qops.circuits.equivalence.provable import Statement
from qops.oracles.messages import Distances, Said, States
from qops.oracles.serving import serve


def answer(question: Distances | States | Statement) -> Said:
    """QCEC's own word for what it found."""
    if not isinstance(question, Statement):
        raise TypeError("a prover takes statements alone")
    read = QuantumComputation.from_qasm_str
    return Said(qcec.verify(read(question.source), read(question.compiled)).equivalence.name)


if __name__ == "__main__":
    serve(answer)
