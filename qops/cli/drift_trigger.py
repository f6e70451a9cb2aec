"""`qops drift trigger`: run, ack, retry, resolve, log."""

from typing import Annotated

import typer

from qops.cli import commands, wiring_actions, wiring_drift
from qops.model.report import Report

EXAMPLES = ("qops drift trigger log", 'qops drift trigger ack 5e1e -m "the cooling was off"')
RUN_EXAMPLES = ("qops drift trigger run", "qops drift trigger run bell-success --dry-run")
ACK_EXAMPLES = ('qops drift trigger ack 5e1e87586bd9 -m "the cooling was off"',)
RETRY_EXAMPLES = ("qops drift trigger retry 5e1e",)
RESOLVE_EXAMPLES = ('qops drift trigger resolve 5e1e -m "recalibrated by hand"',)
LOG_EXAMPLES = ("qops drift trigger log", "qops drift trigger log ghz-success --json")

Incident = Annotated[str, typer.Argument(metavar="INCIDENT", help="Its name, or the first letters, four at least.")]
Because = Annotated[str, typer.Option("--message", "-m", metavar="TEXT", help="Why, for those who read the record.")]


def run(
    watches: Annotated[
        list[str] | None, typer.Argument(metavar="[WATCH]...", help="Which watches; all if left out.")
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be run, and run nothing.")] = False,
) -> Report:
    """Run what watches want to be run at an alarm, once.

    Exit code 0 when nothing is left to do, 1 when an action failed, 3 when something is held back.
    """
    from qops.drift import check, trigger

    responses, standings = check.standings(wiring_drift.drift_ports("qops drift trigger"), watches or [])
    act = trigger.dry_run if dry_run else trigger.run
    return act(wiring_actions.action_ports("qops drift trigger"), responses, standings.__getitem__)


def ack(incident: Incident, *, message: Because = "") -> Report:
    """Say that an incident is known.

    No more actions are run for it. It stays until the evidence is gone, there is a new baseline, or it is resolved.
    """
    from qops.drift import settle

    return settle.ack(wiring_actions.action_ports("qops drift trigger ack"), incident, message)


def retry(incident: Incident, *, message: Because = "") -> Report:
    """Let what failed be run again, and what was killed.

    Of an action that was begun, and whose end is not on record, nobody knows whether it was done: only you can say
    that it may be run once more. What was done is not done again.
    """
    from qops.drift import settle

    return settle.retry(wiring_actions.action_ports("qops drift trigger retry"), incident, message)


def resolve(incident: Incident, *, message: Because = "") -> Report:
    """Say that an incident is over, whatever the chart says.

    The same alarm does not open it again; a later one opens another.
    """
    from qops.drift import settle

    return settle.resolve(wiring_actions.action_ports("qops drift trigger resolve"), incident, message)


def log(
    watch: Annotated[str | None, typer.Argument(metavar="WATCH", help="Only those of this watch.")] = None,
) -> Report:
    """List incidents, with what was run and how it ended."""
    from qops.drift import settle

    return settle.log(wiring_actions.action_ports("qops drift trigger log"), watch)


COMMANDS = commands.listed(
    commands.report(run, RUN_EXAMPLES),
    commands.report(ack, ACK_EXAMPLES),
    commands.report(retry, RETRY_EXAMPLES),
    commands.report(resolve, RESOLVE_EXAMPLES),
    commands.report(log, LOG_EXAMPLES),
)
