"""What comes next in an incident: an action, or the reason why there is none. Pure."""

import shlex
from collections.abc import Collection, Iterable, Iterator
from typing import Literal

import msgspec

from qops.drift.moments import seconds, span
from qops.model.incident import Incident, Run
from qops.model.response import Argv, Response

_DAY_S = 86400.0


class Fire(msgspec.Struct, frozen=True):
    """Run this action, for the so many-th time in this incident."""

    argv: Argv
    attempt: int


class Held(msgspec.Struct, frozen=True):
    """Nothing is run, though something is left to do.

    `unknown`: an action was begun and nothing was written about its end; `failed`: one failed as often as it may;
    `interrupted`: by the user; `waiting`: cooldown, or the most of a day.
    """

    kind: Literal["unknown", "failed", "interrupted", "waiting"]
    because: str
    settle: bool = True


Step = Fire | Held | None


def next_step(incident: Incident, everything: Collection[Incident], response: Response, now: str) -> Step:
    """What to do in an incident at the time `now`; None where nothing is left to do.

    Args:
        incident: the incident.
        everything: all incidents of the watch, this one among them.
        response: what the user wants to be done.
        now: the time, ISO 8601.
    """
    if incident.acked is not None or incident.resolved is not None:
        return None
    for argv in response.actions(incident.alarm.direction):
        step = _of_action(argv, [run for run in incident.runs if run.argv == argv], response)
        if isinstance(step, Fire) and not incident.runs:
            return _too_soon(everything, response, now) or step
        if step is not None:
            return step
    return None


def _of_action(argv: Argv, runs: list[Run], response: Response) -> Step:
    """The step that one action needs; None where it is done."""
    if any(run.result == "done" for run in runs):
        return None
    counted = [run for run in runs if not run.released]
    if not counted:
        return Fire(argv, len(runs) + 1)
    match counted[-1].result:
        case "":
            return _unknown(counted[-1])
        case "interrupted":
            return Held("interrupted", f"{shown(argv)} was interrupted")
        case _ if len(counted) <= response.retries:
            return Fire(argv, len(runs) + 1)
        case _:
            return Held("failed", f"{shown(argv)} {how(counted[-1])}")


def _unknown(run: Run) -> Held:
    because = (
        f"{shown(run.argv)} was begun at {run.at} by {run.by}, and nothing was written about its end: "
        "whether it was done is not known, and it may still run"
    )
    return Held("unknown", because)


def _too_soon(everything: Collection[Incident], response: Response, now: str) -> Held | None:
    """Why no incident may begin to act now. What lies in the future, since the clock went back, counts as just now."""
    ages = sorted(max(0.0, seconds(now) - at) for at in _beginnings(everything))
    ahead = any(at > seconds(now) for at in _beginnings(everything))
    clock = "; an action is dated after now: has the clock been set back?" if ahead else ""
    if ages and ages[0] < response.cooldown_s:
        left = span(response.cooldown_s - ages[0])
        return Held("waiting", f"the cooldown of {span(response.cooldown_s)} ends in {left}{clock}", settle=False)
    today = [age for age in ages if age < _DAY_S]
    if len(today) >= response.max_per_day:
        because = f"{len(today)} incidents were acted upon within 24 hours, the most that may be{clock}"
        return Held("waiting", because, settle=False)
    return None


def _beginnings(everything: Iterable[Incident]) -> Iterator[float]:
    """When each incident that was acted upon was, first."""
    return (seconds(incident.runs[0].at) for incident in everything if incident.runs)


def how(run: Run) -> str:
    """How an action ended, in words."""
    code = f" with exit code {run.code}" if run.code is not None and run.result == "failed" else ""
    times = f", attempt {run.attempt}" if run.attempt > 1 else ""
    said = f": {run.said}" if run.said else ""
    words = {
        "": "has not ended",
        "done": "was done",
        "not started": "could not be started",
        "interrupted": "was interrupted",
    }
    return f"{words.get(run.result, run.result)}{code}{times}{said}"


def shown(argv: Argv) -> str:
    """A command as it would be typed."""
    return f"`{shlex.join(argv)}`"
