"""`qops doctor`."""

from qops.model.report import Report

EXAMPLES = ("qops doctor", "qops doctor --json")


def doctor() -> Report:
    """Check the surroundings, and say what to do about what is wrong."""
    return Report("doctor", "x")
