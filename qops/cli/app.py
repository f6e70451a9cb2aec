"""The command tree. Command modules are thin and imported at once; what they need, they import when they run."""

import typer

from qops import __version__, world
from qops.cli import (
    commands,
    diff,
    doctor,
    fsck,
    gc,
    init,
    log,
    restore,
    show,
    snapshot,
    status,
    streams,
    transpile_matrix,
)
from qops.cli.completions.command import EXAMPLES as COMPLETIONS_EXAMPLES
from qops.cli.completions.command import completions
from qops.cli.options import Directory, Version
from qops.errors import ExitCode

EPILOG = "Exit codes: 0 nothing found, 1 a finding, 2 wrong input, 3 inconclusive, 4 environment, 70 a bug in qops."

app = typer.Typer(
    name="qops",
    cls=commands.Commands,
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


_COMMANDS = commands.listed(
    commands.report(init.init, init.EXAMPLES, "Set up"),
    commands.report(doctor.doctor, doctor.EXAMPLES, "Set up"),
    commands.command(completions, COMPLETIONS_EXAMPLES, "Set up"),
    commands.group("hooks", "Put qops into git: diffs, merges, checks.", "qops.cli.hooks", "Set up"),
    commands.group("ci", "Put qops into CI: workflows, hooks, targets.", "qops.cli.ci", "Set up"),
    commands.report(status.status, status.EXAMPLES, "Versions"),
    commands.report(snapshot.snapshot, snapshot.EXAMPLES, "Versions"),
    commands.report(diff.diff, diff.EXAMPLES, "Versions"),
    commands.report(log.log, log.EXAMPLES, "Versions"),
    commands.report(show.show, show.EXAMPLES, "Versions"),
    commands.report(restore.restore, restore.EXAMPLES, "Versions"),
    commands.group("backend", "Devices, simulators and their calibrations.", "qops.cli.backend", "Devices"),
    commands.group("drift", "Whether a device or a circuit has degraded.", "qops.cli.drift", "Devices"),
    commands.report(transpile_matrix.transpile_matrix, transpile_matrix.EXAMPLES, "Compilation"),
    commands.group(
        "transpile", "What else there is to do with a transpile matrix.", "qops.cli.transpile", "Compilation"
    ),
    commands.group("abtest", "Two variants, compared under a stated error rate.", "qops.cli.abtest", "Comparison"),
    commands.report(fsck.fsck, fsck.EXAMPLES, "Store"),
    commands.report(gc.gc, gc.EXAMPLES, "Store"),
)


def tree() -> commands.Commands:
    """The whole command tree, as the parser sees it."""
    return commands.filled(app, _COMMANDS, "qops")
