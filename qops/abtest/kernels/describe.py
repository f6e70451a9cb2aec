"""What is told of two similarities: rates, costs, and how concentrated fidelities are."""

from qops.abtest.kernels.judge import Judged, Side
from qops.abtest.kernels.prepared import Prepared, Source
from qops.model.kernels import ClassicalKernel, KernelArm, TwoSample
from qops.model.report import Cell, Line, Section, Table
from qops.model.wording import counted
from qops.stats import binomial

Kernels = tuple[Prepared, ...]


def section(
    name: str,
    judged: Judged,
    samples: TwoSample,
    arms: tuple[KernelArm, KernelArm],
    prepared: tuple[Kernels, Kernels],
) -> Section:
    """One experiment: its arms beside each other, then the kernels."""
    rows = [
        _arm_row(letter, arm, side, kernels, judged)
        for letter, arm, side, kernels in zip("AB", arms, (judged.a, judged.b), prepared, strict=True)
    ]
    columns = ("arm", "similarity", "windows told apart", "of all rows, p", "entries", "shots on a device")
    table = Table("Both arms", columns, tuple(rows), columns[2:])
    told = [*_notes(judged, samples), *(_origin(each) for kernels in prepared for each in kernels if each.measured)]
    return Section(name, tuple(map(Line, told)), (table, _kernels(prepared)))


def data(judged: Judged, samples: TwoSample, prepared: tuple[Kernels, Kernels]) -> dict[str, object]:
    """The same for machines, exact."""
    return {
        "windows": samples.windows,
        "rows": judged.rows,
        "block": samples.block,
        "purge": samples.purge,
        "permutations": samples.permutations,
        "test": samples.test,
        "seed": samples.seed,
        "alpha": judged.alpha,
        "null": samples.null,
        "least_eigenvalues": judged.eigenvalues,
        "arms": {
            letter: {
                "rejections": sum(side.rejections(judged.alpha)),
                "p_values": list(side.p_values),
                "whole": side.whole,
                "kernels": [_kernel_data(each) for each in kernels],
            }
            for letter, side, kernels in zip("ab", (judged.a, judged.b), prepared, strict=True)
        },
    }


def entries(judged: Judged) -> int:
    """Kernel entries of one window."""
    return judged.rows * (judged.rows - 1) // 2


def cost_ratio(prepared: tuple[Kernels, Kernels]) -> float:
    """Arithmetic of B for each entry, measured by that of A, both simulated."""
    a, b = (sum(each.products for each in kernels) for kernels in prepared)
    return b / a


def _arm_row(letter: str, arm: KernelArm, side: Side, kernels: Kernels, judged: Judged) -> tuple[Cell, ...]:
    hits = side.rejections(judged.alpha)
    low, high = binomial.interval(sum(hits), len(hits))
    computed = entries(judged) * len(hits)
    shots = sum(each.shots * (each.measured.pairs if each.measured else computed) for each in kernels)
    rate = f"{sum(hits) / len(hits):.1%} ({low:.1%} to {high:.1%})"
    whole = "not examined" if side.whole is None else f"{side.whole:.3g}"
    return letter, arm.name, rate, whole, f"{len(kernels) * computed:,}", f"{shots:,}"


def _notes(judged: Judged, samples: TwoSample) -> list[str]:
    kept = f" less their first {samples.purge}" if samples.purge else ""
    runs = f"runs of {samples.block} rows{kept}" if samples.block > 1 else "single rows"
    drawn = (
        f"{samples.windows} windows of {judged.rows // 2} and {judged.rows - judged.rows // 2} rows, drawn by {runs}"
    )
    return [
        f"{drawn}; both arms see the same windows and the same {samples.permutations} permutations",
        f"test `{samples.test}` at {judged.alpha:g}, seed {samples.seed}",
        *(_indefinite(name, least) for name, least in judged.eigenvalues.items() if least < 0),
    ]


def _origin(each: Prepared) -> str:
    source = each.measured or Source(0, (), ())
    known = f"calibration {', '.join(source.calibrations)}" if source.calibrations else "no calibration known"
    jobs = f"{counted(source.pairs, 'pair')} in {counted(len(source.jobs), 'job')}"
    return f"`{each.kernel.name}` was measured, {jobs}, each pair of rows once and in random order; {known}"


def _indefinite(name: str, least: float) -> str:
    return (
        f"the noise of shots makes the matrix of `{name}` indefinite, its least eigenvalue is {least:.2g}: nothing is "
        "clipped, the test is exact for any symmetric function of two rows"
    )


def _kernels(prepared: tuple[Kernels, Kernels]) -> Table:
    columns = ("arm", "kernel", "bandwidth", "qubits", "mean entry", "deviation", "shots needed", "products an entry")
    rows = tuple(
        (letter, each.kernel.name, *_kernel_cells(each), each.products)
        for letter, kernels in zip("AB", prepared, strict=True)
        for each in kernels
    )
    return Table("Kernels", columns, rows, columns[2:])


def _kernel_cells(each: Prepared) -> tuple[Cell, ...]:
    if isinstance(each.kernel, ClassicalKernel):
        return (None if each.bandwidth is None else f"{each.bandwidth:.3g}"), None, None, None, None
    found = each.concentration
    if found is None:
        return None, each.width, None, None, None
    return None, each.width, f"{found.mean:.3g}", f"{found.deviation:.3g}", found.shots


def _kernel_data(each: Prepared) -> dict[str, object]:
    found = each.concentration
    return {
        "kernel": each.kernel.name,
        "bandwidth": each.bandwidth,
        "width": each.width,
        "concentration": found and found._asdict(),
        "products": each.products,
        "shots": each.shots,
        "measured": each.measured and each.measured._asdict(),
    }
