"""`qops abtest plan`: what an experiment will cost, and what it can find, before anything is spent."""

import math
from collections.abc import Iterator

import msgspec

from qops.abtest import arms, compiled
from qops.abtest.bases import bases
from qops.abtest.entries import find
from qops.abtest.ports import AbTestPorts
from qops.abtest.prior import Prior, prior
from qops.abtest.record import Record
from qops.abtest.wording import GOAL_WORDS, metric_words
from qops.circuits import physical, success
from qops.formats.manifest_abtests_rules import FEW_BLOCKS
from qops.model.abtest import AbTestEntry
from qops.model.manifest import BackendEntry
from qops.model.report import Cell, Report, Table
from qops.stats.blocks.planning import Design, blocks_needed, detectable

Facts = Iterator[tuple[str, Cell]]


class Plan(msgspec.Struct, frozen=True):
    """What will be run; `seconds` are the circuits' own, None where their duration is not known."""

    entry: AbTestEntry
    backend: BackendEntry
    known: Prior
    seconds: float | None = None

    @property
    def jobs(self) -> int:
        """How many jobs, each of as many shots."""
        return self.entry.blocks * len(self.entry.arms) * len(bases(self.entry.metric))

    @property
    def shots(self) -> int:
        """All shots."""
        return self.jobs * self.entry.shots

    @property
    def design(self) -> Design:
        """The design by what is known: the variance of a block's difference, as that of a single normal value."""
        sides = 2 if self.entry.goal == "different" else 1
        variance = self.known.spread / self.entry.shots + self.known.sigma**2
        return Design(0.0, 0.0, math.sqrt(variance), 1, self.entry.alpha / len(self.entry.variants), sides)

    def finds(self, blocks: int) -> float:
        """The least difference, from what the goal asks for, that so many blocks find."""
        return detectable(self.design, blocks, self.entry.power)

    @property
    def useful_shots(self) -> float:
        """m*: from so many shots a job on, more of them are nearly wasted."""
        return self.known.spread / self.known.sigma**2 if self.known.sigma > 0 else math.inf

    @property
    def price(self) -> float:
        """In the user's currency; seconds that are not known cost nothing here."""
        price = self.entry.price
        return self.shots * price.shot + (self.seconds or 0.0) * price.second


def run(ports: AbTestPorts, name: str) -> Report:
    """The plan as a report; the circuits are read and compiled, and nothing is run.

    Raises:
        InputError: a circuit, a parameter or the metric is wrong.
    """
    manifest, entry = find(ports.base.tree, name)
    backend = manifest.backends[entry.backend]
    prepared = arms.gather(ports.base, manifest, entry)
    return describe(made(ports, entry, backend, _seconds(ports, entry, backend, prepared)))


def made(ports: AbTestPorts, entry: AbTestEntry, backend: BackendEntry, seconds: float | None = None) -> Plan:
    """The plan by what was measured so far."""
    return Plan(entry, backend, prior(entry, backend.kind, Record(ports.base, entry.name).past()), seconds)


def _seconds(
    ports: AbTestPorts, entry: AbTestEntry, backend: BackendEntry, prepared: dict[str, arms.Prepared]
) -> float | None:
    """Shots times durations of the compiled circuits; waiting and resetting between shots is not in it."""
    costs = success.costs(ports.targets.get(backend).target())
    circuits = compiled.circuits(ports, entry, backend, prepared).values()
    durations = [physical.metrics(circuit, costs).duration_s for circuit in circuits]
    known = [duration for duration in durations if duration is not None]
    return math.fsum(known) * entry.shots * entry.blocks if len(known) == len(durations) else None


def line(plan: Plan) -> str:
    """The plan in a line."""
    entry = plan.entry
    return (
        f"{entry.blocks} blocks × {plan.jobs // entry.blocks} jobs × {entry.shots:,} shots = {plan.shots:,} shots; "
        f"{_percent(entry.power)} of differences of {plan.finds(entry.blocks):.3g} are found"
    )


def describe(plan: Plan) -> Report:
    """The plan as a report."""
    entry = plan.entry
    steps = sorted({FEW_BLOCKS, 20, 40, 80, 160, entry.blocks})
    arms_a_block = plan.jobs // entry.blocks
    rows = tuple((each, f"{plan.finds(each):.3g}", each * arms_a_block * entry.shots) for each in steps)
    columns = ("blocks", "finds", "shots")
    return Report(
        command="abtest plan",
        title=f"{entry.name}: {', '.join(map(str, entry.variants.values()))} against {entry.a}",
        facts=(*_question(plan), *_cost(plan), *_warnings(plan)),
        tables=(
            Table(f"The least difference that is found {_percent(entry.power)} of the time", columns, rows, columns),
        ),
        summary=line(plan),
        data={
            "name": entry.name,
            "blocks": entry.blocks,
            "shots_a_job": entry.shots,
            "jobs": plan.jobs,
            "shots": plan.shots,
            "seconds": plan.seconds,
            "price": plan.price,
            "detectable": plan.finds(entry.blocks),
            "expected": plan.known.expected,
            "sigma": plan.known.sigma,
            "useful_shots": plan.useful_shots if math.isfinite(plan.useful_shots) else None,
        },
    )


def _question(plan: Plan) -> Facts:
    entry, known = plan.entry, plan.known
    yield "metric", metric_words(entry.metric)
    yield "goal", GOAL_WORDS[entry.goal](entry.margin)
    yield "backend", f"{entry.backend}, {plan.backend.kind}"
    yield "α", entry.alpha
    yield "expected", f"{known.expected:.4g}, {known.expected_from}"
    yield "σ of jobs", f"{known.sigma:.4g}, {known.sigma_from}"


def _cost(plan: Plan) -> Facts:
    entry = plan.entry
    yield "blocks", entry.blocks
    yield "jobs", plan.jobs
    yield "shots", f"{plan.shots:,}, {entry.shots:,} a job"
    yield "device time", "not known: the target tells no durations" if plan.seconds is None else f"{plan.seconds:.3g} s"
    if entry.price.shot or entry.price.second:
        less = ", device time not counted" if plan.seconds is None and entry.price.second else ""
        yield "price", f"{plan.price:.4g}{less}"


def _warnings(plan: Plan) -> Facts:
    entry = plan.entry
    if entry.blocks < FEW_BLOCKS:
        yield "few blocks", f"{entry.blocks} are valid, and find little; 20 is a good number"
    if entry.shots > plan.useful_shots:
        yield "wasted shots", f"beyond {plan.useful_shots:,.0f} a job they say little more: take more blocks instead"
    if entry.goal in ("non-inferior", "equivalent"):
        wanted = blocks_needed(plan.design, entry.margin, _power(entry))
        words = "more blocks than can be run" if wanted is None else f"{wanted:,} blocks, if the arms are alike"
        yield "for the margin", words + ("" if wanted and wanted <= entry.blocks else ": more than are planned")


def _power(entry: AbTestEntry) -> float:
    """For equivalence both sides have to hold."""
    return (1 + entry.power) / 2 if entry.goal == "equivalent" else entry.power


def _percent(share: float) -> str:
    return f"{100 * share:g} %"
