"""What a trigger did, or would do, as a report. Pure."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from qops.drift.fire import Acted
from qops.drift.standing import Standing
from qops.drift.steps import Fire, Held, how, shown
from qops.model.incident import Incident
from qops.model.report import Line, Report, Section
from qops.model.response import Response
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted

_COMMAND = "drift trigger"
Fires = tuple[tuple[Incident, Fire, dict[str, str]], ...]


class Planned(msgspec.Struct, frozen=True):
    """What a trigger would do for a watch: in which incidents it would run what, and what it holds back."""

    watch: str
    standing: Standing
    incidents: tuple[Incident, ...]
    fires: Fires
    held: tuple[tuple[str, Held], ...]


def ran(acted: Sequence[Acted], responses: Mapping[str, Response]) -> Report:
    """What was run, and what was not and why; a verdict for each watch."""
    sections = (Section(each.watch, tuple(_ran_lines(each))) for each in acted)
    count = sum(len(each.ran) for each in acted)
    return Report(
        command=_COMMAND,
        title="Actions upon drift",
        sections=tuple(section for section in sections if section.lines),
        verdicts=tuple(verdict for each in acted for verdict in _verdicts(each, responses[each.watch])),
        summary=f"{counted(count, 'action')} run" if count else "no action was due",
        data={"watches": {each.watch: _data(each) for each in acted}},
    )


def planned(plans: Sequence[Planned]) -> Report:
    """What would be run, each action with its words and what it is told."""
    fires = [(each.watch, fire) for each in plans for fire in each.fires]
    return Report(
        command=_COMMAND,
        title="Actions upon drift: what would be done",
        sections=tuple(_planned_section(watch, *fire) for watch, fire in fires),
        verdicts=tuple(verdict for each in plans for verdict in _held(each.watch, each.standing, each.held)),
        summary=f"{counted(len(fires), 'action')} would be run; nothing was",
        data={
            "would_run": [
                {"watch": watch, "incident": incident.name, "argv": list(fire.argv), "environment": told}
                for watch, (incident, fire, told) in fires
            ]
        },
    )


def _planned_section(watch: str, incident: Incident, fire: Fire, told: dict[str, str]) -> Section:
    lines = (Line(shown(fire.argv), "+"), *(Line(f"{name}={value}") for name, value in told.items()))
    return Section(f"{watch}: incident {incident.name}, attempt {fire.attempt}", lines)


def _ran_lines(acted: Acted) -> Iterator[Line]:
    for name, run in acted.ran:
        yield Line(f"{name}  {shown(run.argv)} {how(run)}", "+" if run.result == "done" else "-")


def _verdicts(acted: Acted, response: Response) -> Iterator[Verdict]:
    """What is held back; where nothing is, that all was done."""
    held = list(_held(acted.watch, acted.standing, acted.held))
    if acted.busy:
        hint = "what they do is in `qops drift trigger log` once it is over"
        held.append(Verdict(acted.watch, Outcome.INCONCLUSIVE, acted.busy, hint=hint))
    yield from held or [Verdict(acted.watch, Outcome.PASS, _all_done(acted, response))]


def _all_done(acted: Acted, response: Response) -> str:
    """Why there is nothing left to do."""
    if not acted.incidents:
        return "no incident"
    listed = ", ".join(f"{incident.name} ({incident.state})" for incident in acted.incidents)
    idle = all(not response.actions(incident.alarm.direction) for incident in acted.incidents)
    return f"no actions are declared for {listed}" if idle else f"nothing is left to be done for {listed}"


def _held(watch: str, standing: Standing, held: Sequence[tuple[str, Held]]) -> Iterator[Verdict]:
    for name, step in held:
        outcome = Outcome.FAIL if step.kind == "failed" else Outcome.INCONCLUSIVE
        hint = f"`qops drift trigger ack {name}` if that is settled, `qops drift trigger retry {name}` to run it again"
        evidence: dict[str, object] = {"incident": name, "kind": step.kind}
        yield Verdict(watch, outcome, step.because, evidence=evidence, hint=hint if step.settle else "")
    if standing.undecided:
        yield Verdict(watch, Outcome.INCONCLUSIVE, f"whether there is drift is not known: {standing.undecided}")


def _data(acted: Acted) -> dict[str, object]:
    return {
        "incidents": {incident.name: incident.state for incident in acted.incidents},
        "ran": [
            {"incident": name, "argv": list(run.argv), "attempt": run.attempt, "result": run.result, "code": run.code}
            for name, run in acted.ran
        ],
        "held": [{"incident": name, "kind": step.kind, "because": step.because} for name, step in acted.held],
        "busy": acted.busy or None,
    }
