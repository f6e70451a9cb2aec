"""`qops transpile-matrix`."""

import re
from enum import StrEnum
from typing import Annotated

import typer

from qops.cli import wiring
from qops.model.report import Report

EXAMPLES = (
    "qops transpile-matrix",
    "qops transpile-matrix --only 'ansatz@*:2'    at one level, on every backend",
    "qops transpile-matrix --baseline v0.2.0",
    'qops transpile-matrix --accept "the new device has fewer couplings"',
    "qops transpile-matrix --shard 1/4 --to shard-1.json",
)
_SHARD = re.compile(r"([1-9]\d{0,3})/([1-9]\d{0,3})", re.ASCII)
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)%?", re.ASCII)


class Verify(StrEnum):
    """Which compiled circuits are compared with their sources."""

    AUTO = "auto"
    ALL = "all"
    OFF = "off"


def shard(text: str) -> str:
    """A shard such as `1/4`.

    >>> shard("1/4")
    '1/4'
    """
    found = _SHARD.fullmatch(text)
    if not found or int(found[1]) > int(found[2]):
        raise typer.BadParameter(f"{text!r} is not a shard; the first of four is 1/4.")
    return text


def share(given: str | float) -> float:
    """A share in per cent, as a number from 0 to 1.

    >>> share("5%"), share(0.0)
    (0.05, 0.0)
    """
    found = _SHARE.fullmatch(str(given))
    if not found or float(found[1]) > 100:
        raise typer.BadParameter(f"{given!r} is not a share; write 5%.")
    return float(found[1]) / 100


Baseline = Annotated[
    str | None, typer.Option("--baseline", metavar="REV|FILE", help="Compare with this; qops.matrix if left out.")
]
Accept = Annotated[
    str | None, typer.Option("--accept", metavar="REASON", help="Make this the baseline, whatever it is.")
]
Verification = Annotated[
    Verify, typer.Option("--verify", help="Compare with the sources: the best for a backend, of all rows, or none.")
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Show the worst N rows.")]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="ROW", help="CIRCUIT[@BACKEND[:LEVEL]], with * for anything; may be repeated."),
]


def transpile_matrix(
    *,
    only: Only = None,
    seeds: Annotated[
        int | None, typer.Option("--seeds", metavar="N", min=1, max=1000, help="So many seeds, for the manifest's.")
    ] = None,
    baseline: Baseline = None,
    accept: Accept = None,
    recheck: Annotated[
        float, typer.Option("--recheck", metavar="P%", parser=share, help="Compile this share twice, and compare.")
    ] = 0.0,
    verify: Verification = Verify.AUTO,
    shards: Annotated[
        str | None, typer.Option("--shard", metavar="I/N", parser=shard, help="Compile the I-th of N parts alone.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="FILE", help="Write the outcomes to FILE.")] = None,
    executor: Annotated[
        str | None, typer.Option("--executor", metavar="WHERE", help="local, serial or dask://HOST:PORT.")
    ] = None,
    limit: Limit = 40,
) -> Report:
    """Compile for every backend, and say if that became worse.

    Every circuit is compiled for every backend at every level with several seeds, as the manifest's matrix says; what
    was compiled before is not compiled again. The baseline is what the last snapshot recorded in qops.matrix.
    """
    ports = wiring.matrix_ports("qops transpile-matrix", executor, begin=True)
    from qops.transpile import run

    number, _, of = (shards or "").partition("/")
    asked = run.Asked(
        only=tuple(only or ()),
        seeds=seeds,
        baseline=baseline,
        shard=(int(number), int(of)) if shards else None,
        to=to,
        recheck=recheck,
        verify=verify.value,
        accept=accept,
        limit=limit,
    )
    return run.run(ports, asked)
