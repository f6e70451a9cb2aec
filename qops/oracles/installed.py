"""What is installed of what an oracle may use; it is looked for and not imported."""

from importlib.util import find_spec


def prover_installed() -> bool:
    """Whether MQT QCEC is there."""
    return find_spec("mqt") is not None and find_spec("mqt.qcec") is not None
