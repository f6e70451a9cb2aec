"""Fidelities on a backend: measured job by job, kept as they come, and judged once all are there."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from qops.abtest.kernels.measure import Measurement, assembled, measurement, must_resolve, state_circuits, submission
from qops.abtest.kernels.prepared import Prepared, Source
from qops.abtest.kernels.windows import Pool
from qops.errors import InconclusiveError, InputError
from qops.formats import pairs_csv
from qops.model.circuit import Circuit
from qops.model.kernels import PairCount, QuantumKernel, SimilarityEntry
from qops.model.ports import Backend, SeriesStore
from qops.stats.kernels.gram import Indices, given

MOST_PAIRS = 200_000
"""The most entries that are measured for one kernel."""

Arms = tuple[tuple[Prepared, ...], tuple[Prepared, ...]]
Read = Callable[[str], bytes | None]


class Wanted(NamedTuple):
    """A kernel to be measured: where its counts are kept, which rows of the pool it is between, and how."""

    file: str
    prepared: Prepared
    rows: Indices
    measurement: Measurement


def wanted(
    entry: SimilarityEntry, pooled: Pool, arms: Arms, circuits: Mapping[str, Circuit]
) -> Iterator[tuple[int, int, Wanted]]:
    """What is to be measured, with the number of its arm and its place in the arm.

    Raises:
        InputError: a quantum kernel has no `shots`, or the tables have too many rows.
        InconclusiveError: so many shots cannot tell its entries apart.
    """
    rows = np.sort(np.concatenate(pooled.runs))
    for arm, place, prepared in _quantum(arms):
        kernel = prepared.kernel
        if not isinstance(kernel, QuantumKernel) or kernel.shots is None:
            cause = f"`{prepared.kernel.name}` is to be measured on `{entry.backend}`, and says not with how many shots"
            raise InputError(cause, where=entry.where, hint="write `shots: 100` in the kernel")
        if len(rows) * (len(rows) - 1) // 2 > MOST_PAIRS:
            cause = f"{len(rows):,} rows have more pairs than the {MOST_PAIRS:,} that are measured"
            raise InputError(cause, where=entry.samples.where, hint="make the tables shorter, or leave `backend` out")
        if prepared.concentration:
            must_resolve(kernel, prepared.width, prepared.concentration, kernel.shots)
        states = state_circuits(kernel, kernel.scale * pooled.rows[rows], circuits)
        plain = measurement(states, kernel.shots, entry.samples.seed)
        file = f"abtests/{entry.name}/{'ab'[arm]}{place + 1}.csv"
        identity = _identity(entry, kernel, pooled, circuits.get(kernel.feature_map))
        yield arm, place, Wanted(file, prepared, rows, plain._replace(identity=identity))


def measure(
    backend: Backend, series: SeriesStore, each: Wanted, progress: Callable[[], None] = lambda: None
) -> tuple[PairCount, ...]:
    """Measure what is missing, each job kept as soon as it is done; `progress` is called for each.

    Of a job that was kept in part, by a process that was killed, nothing is kept.

    Raises:
        InputError: the file holds another measurement.
    """
    kept = _kept(series.read, each)
    ends = [0, *np.cumsum(np.bincount(each.measurement.plan.job)).tolist()]
    begun = max(number for number, end in enumerate(ends) if end <= len(kept))
    found = list(kept[: ends[begun]])
    if len(found) < len(kept):
        series.write(each.file, pairs_csv.HEADER + pairs_csv.write(found))
    for _ in range(begun):
        progress()
    for number in range(begun, len(ends) - 1):
        counts = submission(backend, each.measurement, number)
        series.append(each.file, pairs_csv.write(counts), pairs_csv.HEADER)
        found += counts
        progress()
    return tuple(found)


def with_measured(
    read: Read, entry: SimilarityEntry, pooled: Pool, arms: Arms, circuits: Mapping[str, Circuit]
) -> Arms:
    """The arms, with measured entries in the place of computed ones.

    Raises:
        InconclusiveError: not all of them have been measured.
        InputError: a file holds another measurement, or is damaged.
    """
    made = [list(arm) for arm in arms]
    for arm, place, each in wanted(entry, pooled, arms, circuits):
        found, of = _kept(read, each), len(each.measurement.plan.left)
        if len(found) < of:
            cause = f"{len(found):,} of {of:,} entries of `{each.prepared.kernel.name}` are measured"
            raise InconclusiveError(cause, where=entry.where, hint=f"qops abtest matrix --measure {entry.name}")
        whole = np.zeros((len(pooled.rows), len(pooled.rows)))
        whole[np.ix_(each.rows, each.rows)] = assembled(each.measurement, found)
        made[arm][place] = each.prepared._replace(gram=given(whole), measured=_source(found))
    return tuple(made[0]), tuple(made[1])


def _quantum(arms: Arms) -> Iterator[tuple[int, int, Prepared]]:
    for arm, kernels in enumerate(arms):
        for place, prepared in enumerate(kernels):
            if isinstance(prepared.kernel, QuantumKernel):
                yield arm, place, prepared


def _kept(read: Read, each: Wanted) -> tuple[PairCount, ...]:
    """The counts that are there.

    Raises:
        InputError: they are of another measurement.
    """
    data = read(each.file)
    found = pairs_csv.read(data, each.file) if data else ()
    plan = each.measurement.plan
    pairs = zip(plan.left.tolist(), plan.right.tolist(), strict=True)
    for count, pair in zip(found, pairs, strict=False):
        if count.states != each.measurement.identity or (count.left, count.right) != pair:
            cause = f"{each.file} holds counts of other states, shots or seeds than the manifest declares now"
            raise InputError(cause, hint="move the file away to measure anew, or give the experiment another name")
    return found


def _source(found: Sequence[PairCount]) -> Source:
    jobs, calibrations = ({getattr(count, name): None for count in found} for name in ("job", "calibration"))
    return Source(len(found), tuple(jobs), tuple(filter(None, calibrations)))


def _identity(entry: SimilarityEntry, kernel: QuantumKernel, pooled: Pool, circuit: Circuit | None) -> str:
    """A digest of all that the counts depend on, the device aside."""
    asked = (entry.backend, entry.samples.seed, kernel, pooled.identity, circuit)
    return hashlib.sha256(msgspec.json.encode(asked)).hexdigest()[:16]
