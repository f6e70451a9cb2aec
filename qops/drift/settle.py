"""`qops drift trigger` `ack`, `retry`, `resolve`, `log`: what the user says about incidents, and what happened."""

from collections.abc import Callable, Iterator

from qops.drift.ledger import Ledger, watches
from qops.drift.steps import how, shown
from qops.errors import InputError
from qops.formats.incidents import Acked, Event, Released, Resolved, after
from qops.model.action_ports import ActionPorts
from qops.model.incident import Incident
from qops.model.report import Line, Report, Section
from qops.model.spelling import did_you_mean
from qops.model.wording import counted

_FEWEST_LETTERS = 4
_MARKS = {"open": "~", "fired": "~", "acked": " ", "resolved": " "}


def ack(ports: ActionPorts, name: str, because: str) -> Report:
    """Nothing more is run for this incident; until it is resolved, it is known."""
    return _say(ports, name, "acked", lambda at, full: Acked(at, full, because))


def retry(ports: ActionPorts, name: str, because: str) -> Report:
    """What failed, or what nobody knows the end of, may be run again; what was done is not."""
    return _say(ports, name, "retry", lambda at, full: Released(at, full, because))


def resolve(ports: ActionPorts, name: str, because: str) -> Report:
    """The incident is over, whatever the chart says; the same alarm does not open it again."""
    return _say(ports, name, "resolved", lambda at, full: Resolved(at, full, because))


def log(ports: ActionPorts, watch: str | None) -> Report:
    """All incidents of a watch, or of all, the latest first."""
    known = watches(ports.series)
    if watch is not None and watch not in known:
        raise InputError(f"no incident of {watch!r} is on record", hint=did_you_mean(watch, known))
    chosen = known if watch is None else (watch,)
    ledgers = {each: Ledger(ports.series, each).read() for each in chosen}
    found = [(each, incident) for each, ledger in ledgers.items() for incident in ledger.values()]
    found.sort(key=lambda pair: pair[1].at, reverse=True)
    unsettled = sum(incident.state in {"open", "fired"} for _, incident in found)
    return Report(
        command="drift trigger log",
        title="Incidents",
        sections=tuple(_section(each, incident) for each, incident in found),
        summary=f"{counted(len(found), 'incident')}, {unsettled} of them neither acked nor resolved",
        data={"incidents": [_data(each, incident) for each, incident in found]},
    )


def _say(ports: ActionPorts, name: str, verb: str, event: Callable[[str, str], Event]) -> Report:
    """Write what the user says about the incident whose name begins so; what is said again is not written again."""
    with ports.exclusive():
        watch, known = _find(ports, name)
        said = event(ports.now(), known.name)
        incident = after(known, said)
        if incident != known:
            if known.resolved is not None:
                raise InputError(f"incident {known.name} is resolved: {known.resolved or 'no reason was given'}")
            Ledger(ports.series, watch).add(said)
    return Report(
        command=f"drift trigger {verb}",
        title=f"{watch}: incident {incident.name} is {incident.state}",
        summary=f"`qops drift trigger run {watch}` runs what is left" if verb == "retry" else "",
        data={"incident": _data(watch, incident)},
    )


def _find(ports: ActionPorts, name: str) -> tuple[str, Incident]:
    """The one incident whose name begins so."""
    every = {
        incident.name: (watch, incident)
        for watch in watches(ports.series)
        for incident in Ledger(ports.series, watch).read().values()
    }
    if name in every:
        return every[name]
    found = [full for full in every if full.startswith(name)] if len(name) >= _FEWEST_LETTERS else []
    if len(found) == 1:
        return every[found[0]]
    if found:
        raise InputError(f"several incidents begin with {name}: {', '.join(sorted(found))}")
    raise InputError(
        f"no incident is called {name!r}", hint=did_you_mean(name, every) or "`qops drift trigger log` lists them"
    )


def _section(watch: str, incident: Incident) -> Section:
    alarm = incident.alarm
    title = f"{incident.name}  {watch}  {alarm.direction} since {alarm.onset or alarm.epoch}  {incident.state}"
    return Section(title, tuple(_lines(incident)))


def _lines(incident: Incident) -> Iterator[Line]:
    yield Line(f"{incident.at}  opened: in alarm at epoch {incident.alarm.epoch}", _MARKS[incident.state])
    for run in incident.runs:
        mark = "+" if run.result == "done" else " " if run.released else "?" if run.result == "" else "-"
        yield Line(f"{run.at}  {shown(run.argv)} {how(run)}{', released' if run.released else ''}", mark)
    if incident.acked is not None:
        yield Line(f"acked: {incident.acked}")
    if incident.resolved is not None:
        yield Line(f"resolved: {incident.resolved}")


def _data(watch: str, incident: Incident) -> dict[str, object]:
    alarm = incident.alarm
    return {
        "watch": watch,
        "incident": incident.name,
        "state": incident.state,
        "at": incident.at,
        "direction": alarm.direction,
        "epoch": alarm.epoch,
        "onset": alarm.onset,
        "estimate": alarm.estimate,
        "baseline": alarm.baseline,
        "runs": [
            {"argv": list(run.argv), "attempt": run.attempt, "at": run.at, "result": run.result, "code": run.code}
            for run in incident.runs
        ],
        "acked": incident.acked,
        "resolved": incident.resolved,
    }
