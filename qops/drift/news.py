"""What a check means for the ledger: incidents that begin, and those that are over. Pure."""

from collections.abc import Iterator, Mapping

from qops.drift.standing import Standing
from qops.formats.incidents import Event, Opened, Resolved
from qops.model.incident import Incident
from qops.model.response import STALE


def events(known: Mapping[str, Incident], standing: Standing, now: str) -> Iterator[Event]:
    """What is to be written: nothing where nothing could be found out."""
    for incident in known.values():
        if because := _over(incident, standing):
            yield Resolved(now, incident.name, because)
    for alarm in standing.alarms:
        if alarm.incident not in known:
            yield Opened(now, alarm.incident, alarm)


def _over(incident: Incident, standing: Standing) -> str:
    """Why an incident is over; empty while it is not.

    That no epoch came is over when one comes, which a check knows even where it cannot decide anything else.
    """
    if incident.resolved is not None or any(alarm.incident == incident.name for alarm in standing.alarms):
        return ""
    direction = incident.alarm.direction
    if direction == STALE:
        return "epochs come again" if STALE in standing.calm else ""
    if standing.undecided:
        return ""
    if incident.alarm.baseline != standing.baseline:
        return "there is a new baseline"
    return "the evidence is gone" if direction in standing.calm else ""
