"""`qops transpile`: best, merge, plan, calibrate."""

from pathlib import Path
from typing import Annotated

import typer

from qops.cli import commands, streams, wiring
from qops.cli.transpile_matrix import Accept, Baseline, Limit, Verification, Verify
from qops.errors import ExitCode
from qops.model.report import Report

EXAMPLES = ("qops transpile best ansatz --backend torino", "qops transpile merge shard-*.json")
BEST_EXAMPLES = ("qops transpile best ansatz --backend torino > ansatz.qasm", "qops transpile best ansatz --level 3")
CALIBRATE_EXAMPLES = ("qops transpile calibrate --seeds 20",)
MERGE_EXAMPLES = ("qops transpile merge shard-1.json shard-2.json",)
PLAN_EXAMPLES = ("qops transpile plan",)


def best(
    circuit: Annotated[str, typer.Argument(metavar="CIRCUIT", help="A circuit of the matrix.")],
    *,
    backend: Annotated[str | None, typer.Option("--backend", metavar="NAME", help="For which backend.")] = None,
    level: Annotated[int | None, typer.Option("--level", min=0, max=3, help="At this level alone.")] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write the circuit to FILE.")] = None,
) -> ExitCode:
    """Give the best compilation of a circuit, ready to run.

    The best has the greatest estimated success probability over all seeds and levels. What is missing is compiled.
    """
    from qops.transpile import best

    found = best.run(wiring.matrix_ports("qops transpile best"), circuit, backend, level)
    recipe, metrics = found.cell.recipe, found.compiled.metrics
    success = "unknown" if metrics.log_success is None else f"{metrics.log_success:.3f}"
    streams.say(
        f"{circuit} on {found.cell.backend} at level {recipe.level}, seed {recipe.seed}: "
        f"{metrics.two_qubit:,} two-qubit gates, ln success {success}\n"
    )
    if to is None:
        streams.write(found.text.decode())
    else:
        from qops.vault import atomic

        atomic.write(to, found.text)
    return ExitCode.OK


def merge(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="What --shard --to wrote.")],
    *,
    baseline: Baseline = None,
    accept: Accept = None,
    to: Annotated[str | None, typer.Option("--to", metavar="FILE", help="Write the whole matrix to FILE.")] = None,
    verify: Verification = Verify.AUTO,
    limit: Limit = 40,
) -> Report:
    """Put the shards of a matrix together, and judge it.

    Nothing is compiled, and nothing compared with its source: each shard has looked at the best of what it compiled.
    """
    from qops.transpile import run

    asked = run.Asked(baseline=baseline, accept=accept, to=to, verify=verify.value, limit=limit)
    return run.merge(wiring.matrix_ports("qops transpile merge"), files, asked)


def plan() -> ExitCode:
    """Print the digest of all that the matrix depends on.

    A cache of results can be kept under it. Nothing is compiled.
    """
    from qops.transpile import run

    streams.write(run.plan_hash(wiring.matrix_ports("qops transpile plan"), run.Asked()) + "\n")
    return ExitCode.OK


def calibrate(
    *,
    seeds: Annotated[
        int | None, typer.Option("--seeds", metavar="N", min=2, max=1000, help="So many seeds on record.")
    ] = None,
    trials: Annotated[int, typer.Option("--trials", metavar="N", min=100, help="How often to draw.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="What the draws begin with.")] = 0,
) -> Report:
    """Say how often the gate is wrong, and which changes it finds.

    The rates are those of this matrix, with its seeds and limits. Outcomes on record are drawn anew as a baseline and a
    later run; the more seeds are on record, the surer the answer.
    """
    from qops.transpile.calibrate import calibrate

    return calibrate(wiring.matrix_ports("qops transpile calibrate"), seeds, trials, seed)


COMMANDS = commands.listed(
    commands.command(best, BEST_EXAMPLES),
    commands.report(merge, MERGE_EXAMPLES),
    commands.report(calibrate, CALIBRATE_EXAMPLES),
    commands.command(plan, PLAN_EXAMPLES),
)
