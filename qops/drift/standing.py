"""How a watch stands: what a check tells those who act upon it."""

import msgspec

from qops.model.incident import Alarm


class Standing(msgspec.Struct, frozen=True):
    """What is in alarm, and what is calm.

    `baseline` is the digest of the baseline in force. `calm` are the directions in which the evidence is back below
    a tenth of its limit; one that is in neither is between the two, and stays as it was.
    `undecided` says why nothing could be found out, where that is so: then nothing begins and nothing is over.
    `report` is the check's report as JSON, for the actions.
    """

    baseline: str = ""
    alarms: tuple[Alarm, ...] = ()
    calm: tuple[str, ...] = ()
    undecided: str = ""
    report: bytes = b"{}\n"
