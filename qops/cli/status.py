"""`qops status`."""

from qops.cli import wiring
from qops.model.report import Report

EXAMPLES = ("qops status", "qops status --quiet || qops snapshot")


def status() -> Report:
    """Say which circuits differ from the last snapshot.

    Exits with 1 if one does, so that a hook can ask.
    """
    from qops.snapshot import status as comparison

    return comparison.run(wiring.ports("qops status"))
