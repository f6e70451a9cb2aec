"""`qops doctor`."""

from qops.cli import wiring
from qops.model.report import Report

EXAMPLES = ("qops doctor", "qops doctor --json")


def doctor() -> Report:
    """Check what qops stands on, each finding with its remedy.

    Looks at git, DVC, Python packages, the manifest, the lock and the disk, and changes nothing.
    """
    from qops.project import doctor as examination

    return examination.run(wiring.surroundings())
