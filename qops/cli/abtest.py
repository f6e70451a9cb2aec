"""`qops abtest`: plan, run, judge, calibrate; and, by the name of an experiment alone, the first three."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qops import world
from qops.cli import abtest_estimate, abtest_matrix, commands, streams, wiring
from qops.cli.commands import Commands
from qops.model.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer._click import Command, Context

    from qops.abtest.judge import ByTotals
    from qops.abtest.ports import AbTestPorts
    from qops.model.kernels import SimilarityEntry
    from qops.model.manifest import Manifest
    from qops.model.ports import Ports

EXAMPLES = ("qops abtest new-ansatz", "qops abtest plan new-ansatz", "qops abtest judge new-ansatz --json")
WHOLE_EXAMPLES = ("qops abtest whole new-ansatz --peek",)
PLAN_EXAMPLES = ("qops abtest plan new-ansatz",)
RUN_EXAMPLES = ("qops abtest run new-ansatz", "qops abtest run new-ansatz --restart --seed 7")
JUDGE_EXAMPLES = ("qops abtest judge new-ansatz", "qops abtest judge new-ansatz --from counts.csv --format junit")
CALIBRATE_EXAMPLES = ("qops abtest calibrate new-ansatz", "qops abtest calibrate new-ansatz --live 20")
_WHOLE = "whole"

Name = Annotated[str, typer.Argument(metavar="ABTEST", help="An experiment of the manifest's abtests.")]
Peek = Annotated[
    bool, typer.Option("--peek", help="Look after every block, and end as soon as it is decided; must be so planned.")
]
Restart = Annotated[bool, typer.Option("--restart", help="Put aside what was counted, and begin anew.")]
NoSave = Annotated[bool, typer.Option("--no-save", help="Do not record the series with DVC at the end.")]
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed", metavar="N", min=0, max=2**32 - 1, help="Of the order of arms and of jobs; drawn if left out."
    ),
]


class UnblockedTest(StrEnum):
    """A test of two shares of independent shots."""

    BARNARD = "barnard"
    BOSCHLOO = "boschloo"
    FISHER = "fisher"
    Z = "z"


class AbTestCommands(Commands):
    """The commands of `qops abtest`; any other word is the name of an experiment, which is planned, run and judged."""

    def resolve_command(self, ctx: "Context", args: list[str]) -> tuple[str | None, "Command | None", list[str]]:
        """The command that was typed, or the one for an experiment."""
        if args and args[0] not in self.entries and not args[0].startswith("-"):
            return super().resolve_command(ctx, [_WHOLE, *args])
        return super().resolve_command(ctx, args)


def plan(name: Name) -> Report:
    """Say what an experiment costs, and what it can find.

    Reads and compiles the circuits, and runs nothing.
    """
    world.one_thread()
    from qops.abtest import plan as slice_

    ports, similarity = _ports("qops abtest plan", name)
    if similarity:
        from qops.abtest.kernels import plan as kernels

        manifest, entry = similarity
        return kernels.plan(ports.base.tree, ports.base.sources, manifest.circuits, entry)
    return slice_.run(ports, name)


def run(
    name: Name, *, peek: Peek = False, restart: Restart = False, no_save: NoSave = False, seed: Seed = None
) -> Report:
    """Count all arms in randomised blocks.

    A run that was cut off goes on where it was. Counts are kept under series/, block by block.
    """
    world.one_thread()
    from qops.abtest import counting

    ports, similarity = _ports("qops abtest run", name)
    if similarity:
        return _measured(ports, similarity, save=not no_save)
    return counting.run(ports, name, counting.asked(peek=peek, restart=restart, save=not no_save, seed=seed))


def judge(
    name: Name,
    *,
    counts: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Judge these counts, not those that were run.")
    ] = None,
    test: Annotated[
        UnblockedTest | None,
        typer.Option("--test", metavar="TEST", help="Of counts without blocks: barnard, boschloo, fisher or z."),
    ] = None,
) -> Report:
    """Decide from recorded counts alone.

    The same counts always give the same answer; nothing is compiled or run.
    """
    world.one_thread()
    from qops.abtest import judge as slice_

    ports = wiring.ports("qops abtest judge")
    similarity = _similarity(ports, name)
    if similarity:
        from qops.abtest.kernels import command

        return command.judge(ports, *similarity)
    return slice_.run(ports, name, counts, _by_totals(test.value if test else ""))


def whole(
    name: Name, *, peek: Peek = False, restart: Restart = False, no_save: NoSave = False, seed: Seed = None
) -> Report:
    """Plan, run and judge an experiment.

    This is what `qops abtest ABTEST` does. The plan is told before anything is run.
    """
    world.one_thread()
    from qops.abtest import counting

    ports, similarity = _ports("qops abtest", name)
    if similarity:
        from qops.abtest.kernels import command

        _measured(ports, similarity, save=not no_save)
        return command.judge(ports.base, *similarity)
    return counting.whole(ports, name, counting.asked(peek=peek, restart=restart, save=not no_save, seed=seed))


def calibrate(
    name: Name,
    *,
    trials: Annotated[int, typer.Option("--trials", metavar="N", min=100, help="How many to simulate.")] = 10_000,
    live: Annotated[
        int, typer.Option("--live", metavar="N", min=0, help="Run A against itself N times on the backend.")
    ] = 0,
    no_save: NoSave = False,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="What the draws begin with.")] = 0,
) -> Report:
    """Say how often it finds something where nothing is.

    Simulates experiments with the rates and the noise that were measured, draws jobs of one circuit from those on
    record, and with --live runs A against itself.
    """
    world.one_thread()
    from qops.abtest import calibrate as slice_
    from qops.cli.wiring_abtest import abtest_ports

    asked = slice_.Asked(trials=trials, live=live, seed=seed, save=not no_save)
    return slice_.run(abtest_ports("qops abtest calibrate"), name, asked)


def _by_totals(test: str) -> "ByTotals":
    def judged(*given: Any) -> Report:  # noqa: ANN401 - the slice says what they are
        from qops.abtest import unblocked

        run: Callable[..., Report] = partial(unblocked.run, test=test)
        return run(*given)

    return judged


def _ports(command: str, name: str) -> "tuple[AbTestPorts, tuple[Manifest, SimilarityEntry] | None]":
    from qops.cli.wiring_abtest import abtest_ports

    ports = abtest_ports(command)
    return ports, _similarity(ports.base, name)


def _similarity(ports: "Ports", name: str) -> "tuple[Manifest, SimilarityEntry] | None":
    """The experiment of this name where it is one on similarities."""
    from qops.recorded import repository

    manifest = repository.declared(ports.tree)
    return (manifest, manifest.similarities[name]) if name in manifest.similarities else None


def _measured(ports: "AbTestPorts", similarity: "tuple[Manifest, SimilarityEntry]", *, save: bool) -> Report:
    """Measure what a comparison of similarities needs of a backend."""
    from qops.abtest.kernels import command

    staged = command.measure(ports.base, *similarity, command.Devices(ports.open_backend, ports.progress))
    if staged and save:
        ports.base.history.stage(staged)
    _, entry = similarity
    told = "measured" if entry.backend else "nothing to run: all of it is computed when it is judged"
    streams.say(f"{entry.name}: {told}\n")
    return Report(command="abtest run", title=f"{entry.name}: {told}", data={"name": entry.name})


COMMANDS = commands.listed(
    commands.report(whole, WHOLE_EXAMPLES),
    commands.report(plan, PLAN_EXAMPLES),
    commands.report(run, RUN_EXAMPLES),
    commands.report(judge, JUDGE_EXAMPLES),
    commands.report(calibrate, CALIBRATE_EXAMPLES),
    commands.report(abtest_estimate.estimate, abtest_estimate.EXAMPLES),
    commands.report(abtest_matrix.matrix, abtest_matrix.EXAMPLES),
)
KIND = AbTestCommands
