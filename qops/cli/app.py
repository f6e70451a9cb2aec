"""The command tree. Command modules are thin and imported at once; what they need, they import when they run."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

import typer

from qops import __version__, world
from qops.cli import (
    abtest,
    abtest_matrix,
    backend,
    ci,
    diff,
    doctor,
    drift,
    drift_calibrate,
    drift_outcomes,
    drift_plan,
    drift_series,
    drift_simulate,
    drift_spectrum,
    drift_trigger,
    drift_watch,
    fsck,
    gc,
    hooks,
    init,
    log,
    restore,
    show,
    snapshot,
    status,
    streams,
    transpile,
    transpile_matrix,
)
from qops.cli.commands import Commands
from qops.cli.completions.command import EXAMPLES as COMPLETIONS_EXAMPLES
from qops.cli.completions.command import completions
from qops.cli.options import Directory, Version
from qops.cli.reporting import reporting
from qops.errors import ExitCode
from qops.model.report import Report

if TYPE_CHECKING:
    from typer.core import TyperGroup

EPILOG = "Exit codes: 0 nothing found, 1 a finding, 2 wrong input, 3 inconclusive, 4 environment, 70 a bug in qops."

app = typer.Typer(
    name="qops",
    cls=Commands,
    epilog=EPILOG,
    subcommand_metavar="COMMAND ...",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def qops(context: typer.Context, *, directory: Directory = None, version: Version = False) -> None:
    """Versions, readable diffs and calibrated tests for quantum circuits, inside your git and DVC repository."""
    if version:
        streams.write(f"qops {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        streams.say(context.get_help() + "\n")
        raise typer.Exit(ExitCode.INPUT)
    if directory:
        world.start_in(directory)


def tree() -> "TyperGroup":
    """The whole command tree, as the parser sees it."""
    return cast("TyperGroup", typer.main.get_command(app))


def _group(
    heading: str,
    name: str,
    summary: str,
    examples: Sequence[str],
    kind: type[Commands] = Commands,
    *,
    above: typer.Typer = app,
) -> typer.Typer:
    """Register a command that only has commands below it."""
    below = typer.Typer(cls=kind, subcommand_metavar="COMMAND ...", rich_markup_mode=None)
    epilog = _epilog(examples)
    above.add_typer(below, name=name, help=summary, short_help=summary, rich_help_panel=heading, epilog=epilog)
    return below


def _report(heading: str, run: Callable[..., Report], examples: Sequence[str], group: typer.Typer = app) -> None:
    _command(heading, reporting(run), examples, group)


def _command(heading: str, run: Callable[..., ExitCode], examples: Sequence[str], group: typer.Typer = app) -> None:
    """Register a command by its function's name, less a `_` at the end; its docstring's first line is for the list."""
    description, *_ = (run.__doc__ or "").splitlines()
    epilog = _epilog(examples)
    name = run.__name__.rstrip("_").replace("_", "-")
    group.command(name, rich_help_panel=heading, short_help=description, epilog=epilog)(run)


def _epilog(examples: Sequence[str]) -> str:
    return "\n".join(("\b", "Examples:", *(f"  {example}" for example in examples)))


_report("Set up", init.init, init.EXAMPLES)
_report("Set up", doctor.doctor, doctor.EXAMPLES)
_command("Set up", completions, COMPLETIONS_EXAMPLES)
_hooks = _group("Set up", "hooks", hooks.SUMMARY, hooks.EXAMPLES)
_report("Commands", hooks.install, hooks.INSTALL_EXAMPLES, _hooks)
_report("Commands", hooks.uninstall, hooks.UNINSTALL_EXAMPLES, _hooks)
_report("Commands", hooks.status, hooks.STATUS_EXAMPLES, _hooks)
_command("Commands", hooks.make, hooks.MAKE_EXAMPLES, _hooks)
_ci = _group("Set up", "ci", ci.SUMMARY, ci.EXAMPLES)
_report("Commands", ci.init, ci.INIT_EXAMPLES, _ci)
_report("Versions", status.status, status.EXAMPLES)
_report("Versions", snapshot.snapshot, snapshot.EXAMPLES)
_report("Versions", diff.diff, diff.EXAMPLES)
_report("Versions", log.log, log.EXAMPLES)
_report("Versions", show.show, show.EXAMPLES)
_report("Versions", restore.restore, restore.EXAMPLES)
_backend = _group("Devices", "backend", backend.SUMMARY, backend.EXAMPLES)
_report("Commands", backend.list_, backend.LIST_EXAMPLES, _backend)
_report("Commands", backend.show, backend.SHOW_EXAMPLES, _backend)
_command("Commands", backend.export, backend.EXPORT_EXAMPLES, _backend)
_report("Commands", backend.diff, backend.DIFF_EXAMPLES, _backend)
_report("Commands", backend.history, backend.HISTORY_EXAMPLES, _backend)
_report("Compilation", transpile_matrix.transpile_matrix, transpile_matrix.EXAMPLES)
_transpile = _group("Compilation", "transpile", transpile.SUMMARY, transpile.EXAMPLES)
_command("Commands", transpile.best, transpile.BEST_EXAMPLES, _transpile)
_report("Commands", transpile.merge, transpile.MERGE_EXAMPLES, _transpile)
_report("Commands", transpile.calibrate, transpile.CALIBRATE_EXAMPLES, _transpile)
_command("Commands", transpile.plan, transpile.PLAN_EXAMPLES, _transpile)
_drift = _group("Devices", "drift", drift.SUMMARY, drift.EXAMPLES)
_report("Commands", drift_series.run, drift_series.RUN_EXAMPLES, _drift)
_report("Commands", drift_series.record, drift_series.RECORD_EXAMPLES, _drift)
_report("Commands", drift_series.baseline, drift_series.BASELINE_EXAMPLES, _drift)
_report("Commands", drift_series.check, drift_series.CHECK_EXAMPLES, _drift)
_report("Commands", drift_spectrum.spectrum, drift_spectrum.EXAMPLES, _drift)
_report("Commands", drift_outcomes.outcomes, drift_outcomes.EXAMPLES, _drift)
_report("Commands", drift_calibrate.calibrate, drift_calibrate.EXAMPLES, _drift)
_report("Commands", drift_simulate.simulate, drift_simulate.EXAMPLES, _drift)
_report("Commands", drift_plan.plan, drift_plan.EXAMPLES, _drift)
_report("Commands", drift_watch.watch, drift_watch.EXAMPLES, _drift)
_trigger = _group("Commands", "trigger", drift_trigger.SUMMARY, drift_trigger.EXAMPLES, above=_drift)
_report("Commands", drift_trigger.run, drift_trigger.RUN_EXAMPLES, _trigger)
_report("Commands", drift_trigger.ack, drift_trigger.ACK_EXAMPLES, _trigger)
_report("Commands", drift_trigger.retry, drift_trigger.RETRY_EXAMPLES, _trigger)
_report("Commands", drift_trigger.resolve, drift_trigger.RESOLVE_EXAMPLES, _trigger)
_report("Commands", drift_trigger.log, drift_trigger.LOG_EXAMPLES, _trigger)
_abtest = _group("Comparison", "abtest", abtest.SUMMARY, abtest.EXAMPLES, abtest.AbTestCommands)
_report("Commands", abtest.whole, abtest.WHOLE_EXAMPLES, _abtest)
_report("Commands", abtest.plan, abtest.PLAN_EXAMPLES, _abtest)
_report("Commands", abtest.run, abtest.RUN_EXAMPLES, _abtest)
_report("Commands", abtest.judge, abtest.JUDGE_EXAMPLES, _abtest)
_report("Commands", abtest.calibrate, abtest.CALIBRATE_EXAMPLES, _abtest)
_report("Commands", abtest_matrix.matrix, abtest_matrix.EXAMPLES, _abtest)
_report("Store", fsck.fsck, fsck.EXAMPLES)
_report("Store", gc.gc, gc.EXAMPLES)
