"""`qops drift trigger`: run what the watches want to be run at their alarms, or say what would be."""

from collections.abc import Callable, Mapping

from qops.drift import news
from qops.drift.describe_trigger import Planned, planned, ran
from qops.drift.fire import act, variables
from qops.drift.ledger import Ledger
from qops.drift.standing import Standing
from qops.drift.steps import Fire, Held, next_step
from qops.formats.incidents import after
from qops.model.action_ports import ActionPorts
from qops.model.report import Report
from qops.model.response import Response

Stand = Callable[[str], Standing]
"""How a watch stands, by its name: what `drift check` finds out."""


def run(ports: ActionPorts, responses: Mapping[str, Response], stand: Stand) -> Report:
    """Act for each watch, in the order of `responses`."""
    return ran([act(ports, watch, response, stand(watch)) for watch, response in responses.items()], responses)


def dry_run(ports: ActionPorts, responses: Mapping[str, Response], stand: Stand) -> Report:
    """What `run` would do first in each incident; nothing is written, and nothing is run."""
    return planned([_plan(ports, watch, response, stand(watch)) for watch, response in responses.items()])


def _plan(ports: ActionPorts, watch: str, response: Response, standing: Standing) -> Planned:
    """The next step of each incident as it will be, once the ledger says what this check means.

    Cooldown and the most of a day count what was run, so that the plan of a second incident supposes that the first
    was not.
    """
    known, now = Ledger(ports.series, watch).read(), ports.now()
    for event in tuple(news.events(known, standing, now)):
        known[event.incident] = after(known.get(event.incident), event)
    left = [incident for incident in known.values() if incident.resolved is None]
    steps = [(incident, next_step(incident, known.values(), response, now)) for incident in left]
    fires = [(incident, step, variables(ports, incident)) for incident, step in steps if isinstance(step, Fire)]
    held = [(incident.name, step) for incident, step in steps if isinstance(step, Held)]
    return Planned(watch, standing, tuple(left), tuple(fires), tuple(held))
