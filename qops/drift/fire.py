"""Act upon the incidents of one watch: at most once, whatever else runs, and whenever it is killed.

An action is run only after the ledger says, on the disk, that it is about to be; its end is written afterwards. So of
an action that was begun and has no end in the ledger nobody knows whether it was done, and it is never run again
unless the user says so. The turn, which dies with its holder, tells the one that is still under way from the one whose
runner was killed. The writers' lock is held while the ledger is read and written, and not while an action runs: an
action may be a command that needs it.
"""

from collections.abc import Iterator

import msgspec

from qops.drift import news
from qops.drift.ledger import Ledger
from qops.drift.standing import Standing
from qops.drift.steps import Fire, Held, next_step, shown
from qops.errors import EnvironmentFault
from qops.formats.incidents import Ended, Firing
from qops.model.action_ports import ActionPorts, Ending
from qops.model.incident import Incident, Run
from qops.model.response import Argv, Response


class Acted(msgspec.Struct, frozen=True):
    """What came of it: the incidents that are not over, what was run now, and what is held back, by incident.

    `busy` says who else is at it; then nothing was done.
    """

    watch: str
    standing: Standing
    incidents: tuple[Incident, ...] = ()
    ran: tuple[tuple[str, Run], ...] = ()
    held: tuple[tuple[str, Held], ...] = ()
    busy: str = ""


def act(ports: ActionPorts, watch: str, response: Response, standing: Standing) -> Acted:
    """Write what the check means, and run what is to be run."""
    ledger = Ledger(ports.series, watch)
    with ports.turns.take(watch) as busy:
        if busy:
            return Acted(watch, standing, busy=busy)
        with ports.exclusive():
            known = ledger.read()
            ledger.add(*news.events(known, standing, ports.now()))
        ran = tuple(_run_all(ports, watch, response, standing))
        known = ledger.read()
    unresolved = tuple(incident for incident in known.values() if incident.resolved is None)
    steps = ((incident.name, next_step(incident, known.values(), response, ports.now())) for incident in unresolved)
    held = tuple((name, step) for name, step in steps if isinstance(step, Held))
    return Acted(watch, standing, unresolved, ran, held)


def variables(ports: ActionPorts, incident: Incident) -> dict[str, str]:
    """What an action is told through its environment."""
    alarm = incident.alarm
    return {
        "QOPS_DRIFT_SERIES": alarm.series,
        "QOPS_DRIFT_INCIDENT": incident.name,
        "QOPS_DRIFT_ONSET": alarm.onset,
        "QOPS_DRIFT_DIRECTION": alarm.direction,
        "QOPS_DRIFT_ESTIMATE": "" if alarm.estimate is None else f"{alarm.estimate:.6g}",
        "QOPS_DRIFT_REPORT": str(ports.tree.root / _report(incident)),
    }


def _run_all(ports: ActionPorts, watch: str, response: Response, standing: Standing) -> Iterator[tuple[str, Run]]:
    """Run one action after the other, until none is left to be run."""
    ledger = Ledger(ports.series, watch)
    while True:
        with ports.exclusive():
            chosen = _choose(ledger.read(), response, ports.now())
            if chosen is None:
                return
            incident, fire = chosen
            ports.tree.write(_report(incident), standing.report)
            begun = Firing(ports.now(), incident.name, fire.argv, fire.attempt, ports.by)
            ledger.add(begun)
        yield incident.name, _run(ports, ledger, incident, begun, response.timeout_s)


def _choose(known: dict[str, Incident], response: Response, now: str) -> tuple[Incident, Fire] | None:
    for incident in known.values():
        step = next_step(incident, known.values(), response, now)
        if isinstance(step, Fire):
            return incident, step
    return None


def _run(ports: ActionPorts, ledger: Ledger, incident: Incident, begun: Firing, limit_s: float) -> Run:
    """Run an action, and write how it ended."""
    log = f".qops/logs/drift-{incident.name}-{len(incident.runs) + 1}.log"
    try:
        ending = ports.runner.run(begun.argv, variables(ports, incident), limit_s, log)
    except KeyboardInterrupt:
        _write_end(ports, ledger, begun, Ending("interrupted"))
        raise
    _write_end(ports, ledger, begun, ending)
    return Run(begun.argv, begun.attempt, begun.at, begun.by, ending.result, ending.code, ending.said)


def _write_end(ports: ActionPorts, ledger: Ledger, begun: Firing, ending: Ending) -> None:
    end = Ended(ports.now(), begun.incident, begun.argv, begun.attempt, ending.result, ending.code, ending.said)
    try:
        with ports.exclusive():
            ledger.add(end)
    except EnvironmentFault as fault:
        raise _unwritten(begun.argv, begun.incident, ending, fault) from fault


def _unwritten(argv: Argv, incident: str, ending: Ending, fault: EnvironmentFault) -> EnvironmentFault:
    """The end of an action is known to us, and the ledger could not be told."""
    settle = f"`qops drift trigger ack {incident}` if that is enough, `qops drift trigger retry {incident}` if not"
    return EnvironmentFault(
        f"{shown(argv)} ended ({ending.result}), and that could not be written: {fault.cause}",
        hint=f"{fault.hint}; then {settle}" if fault.hint else settle,
    )


def _report(incident: Incident) -> str:
    return f".qops/drift/{incident.name}.json"
