"""What `qops abtest` does where an experiment is about similarities, and `qops abtest matrix`."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from qops.abtest.kernels import device
from qops.abtest.kernels.matrix import describe
from qops.abtest.kernels.run import Found, ready, run
from qops.errors import InconclusiveError, InputError
from qops.model.kernels import SimilarityEntry
from qops.model.manifest import BackendEntry, Manifest
from qops.model.ports import Backend, Ports
from qops.model.report import Report
from qops.model.spelling import did_you_mean
from qops.model.verdict import Outcome, Verdict
from qops.model.where import Where
from qops.recorded import repository


@dataclass(frozen=True)
class Devices:
    """How backends are opened, and whoever waits for them is told.

    `progress` is entered with what is done and how often, and what it gives is called as each of them ends.
    """

    open_backend: Callable[[BackendEntry], Backend]
    progress: Callable[[str, int], AbstractContextManager[Callable[[], None]]]


def measure(ports: Ports, manifest: Manifest, entry: SimilarityEntry, devices: Devices) -> tuple[str, ...]:
    """Measure what is missing of an experiment on a backend, and record the series; the paths to stage in git.

    Nothing is measured where the experiment names no backend.

    Raises:
        InputError: a table or a feature map is wrong, or what was measured is of another experiment.
        InconclusiveError: so many shots cannot tell entries apart.
    """
    if not entry.backend:
        return ()
    here = ready(ports.tree, ports.sources, manifest.circuits, entry)
    wanted = [each for _, _, each in device.wanted(entry, here.pooled, here.arms, here.circuits)]
    series, backend = ports.series(), devices.open_backend(manifest.backends[entry.backend])
    jobs = sum(int(each.measurement.plan.job[-1]) + 1 for each in wanted)
    with devices.progress(f"measuring {entry.name}", jobs) as one_more:
        for each in wanted:
            device.measure(backend, series, each, one_more)
    with ports.exclusive():
        return series.save().staged


def judge(ports: Ports, manifest: Manifest, entry: SimilarityEntry) -> Report:
    """One experiment, this one alone.

    Raises:
        InputError: a table, a feature map or a window is wrong.
        InconclusiveError: not all of its fidelities have been measured.
    """
    return alone(_run(ports, manifest, entry))


def matrix(ports: Ports, names: Sequence[str], devices: Devices | None = None) -> Report:
    """All experiments on similarities, or those that were named, judged together.

    An experiment that is not measured yet is inconclusive. With `devices`, what is missing of experiments on backends
    is measured first, recorded, and staged in git.

    Raises:
        InputError: there is none of such a name, or none at all; or a table, a feature map or a window is wrong.
    """
    manifest = repository.declared(ports.tree)
    known, where = manifest.similarities, Where(repository.MANIFEST)
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"they are {', '.join(known)}"
            raise InputError(f"no abtest on similarities is called `{name}`", where=where, hint=hint)
    if not known:
        hint = "an entry of `abtests:` with `metric: {two-sample: …}` is one"
        raise InputError("no abtest is on similarities", where=where, hint=hint)
    chosen = [known[name] for name in dict.fromkeys(names or known)]
    if devices:
        for entry in chosen:
            if staged := measure(ports, manifest, entry, devices):
                ports.history.stage(staged)
    found: list[Found] = []
    pending: list[Verdict] = []
    for entry in chosen:
        try:
            found.append(_run(ports, manifest, entry))
        except InconclusiveError as reason:
            pending.append(Verdict(entry.name, Outcome.INCONCLUSIVE, reason.cause, hint=reason.hint or ""))
    return describe(found, pending)


def _run(ports: Ports, manifest: Manifest, entry: SimilarityEntry) -> Found:
    kept = ports.series().read if entry.backend else lambda _: None
    return run(ports.tree, ports.sources, manifest.circuits, entry, kept)


def alone(found: Found) -> Report:
    """The report of one experiment."""
    entry, verdict = found.entry, found.verdict
    return Report(
        command="abtest",
        title=f"{entry.name}: {entry.a.name} against {entry.b.name}",
        facts=(("goal", f"B {entry.goal}" + (f" by {entry.margin:g}" if entry.margin else "")), ("α", entry.alpha)),
        sections=(found.section,),
        verdicts=(verdict,),
        summary=verdict.because,
        data={"name": entry.name, "goal": entry.goal, "margin": entry.margin, **found.data},
    )
