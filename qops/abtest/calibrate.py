"""`qops abtest calibrate`: how often the experiment finds something where there is nothing to find, in three tiers.

Simulated experiments test the analysis, with rates and noise as they were measured; replayed ones put jobs of one
circuit, counted before, in the place of two arms; live ones run A against itself. Each tells what it could notice.
"""

from collections.abc import Iterator, Sequence

import msgspec

from qops.abtest import arms, compiled, nulls
from qops.abtest.entries import find
from qops.abtest.fitting import fitting
from qops.abtest.judge import judge
from qops.abtest.nulls import Rejections
from qops.abtest.pairs import PRIMARY, pairs
from qops.abtest.plan import Plan
from qops.abtest.ports import AbTestPorts
from qops.abtest.prior import Prior, prior
from qops.abtest.record import Record
from qops.abtest.run import counted_block, is_good
from qops.abtest.values import Value, value
from qops.errors import InconclusiveError
from qops.model.abtest import AbTestEntry
from qops.model.counts import Block
from qops.model.manifest import BackendEntry, Manifest
from qops.model.report import Cell, Report, Table
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.recorded import repository
from qops.stats import binomial, noticeable

FILE = "calibration.csv"
REPLAYS = 1000
_PERCENT = 100


class Asked(msgspec.Struct, frozen=True):
    """How often to simulate, how many experiments to run live, and what draws begin with."""

    trials: int = 10_000
    live: int = 0
    seed: int = 0
    save: bool = True


class Tier(msgspec.Struct, frozen=True):
    """One way to have null experiments; `found` is None where there was too little, and `because` says why."""

    name: str
    found: Rejections | None
    because: str


def run(ports: AbTestPorts, name: str, asked: Asked) -> Report:
    """All tiers of an A/B test.

    Raises:
        InputError: a circuit, a parameter or the metric is wrong.
        EnvironmentFault: the backend failed again and again.
    """
    manifest, entry = find(ports.base.tree, name)
    backend = repository.backend(manifest, entry.backend)
    own = Record(ports.base, name)
    if asked.live:
        _run_live(ports, manifest, entry, asked)
    known = _known(entry, backend, own.past())
    tiers = (
        _simulated(entry, known, asked),
        _replayed(entry, own, asked),
        _live(entry, own),
    )
    power = _power(entry, backend, known, asked)
    return _describe(entry, known, tiers, power, asked)


def _known(entry: AbTestEntry, backend: BackendEntry, past: Sequence[Block]) -> Prior:
    """What was measured, σ as far as pairing does not remove it."""
    known = prior(entry, backend.kind, past)
    good = [block for block in fitting(entry, past) if is_good(block) and set(block.order) == set(entry.arms)]
    if len(good) < 2 or entry.sigma is not None:
        return known
    own = [pair for pair in pairs(entry, good) if pair.metric == PRIMARY]
    return known._replace(sigma=max(pair.within_blocks for pair in own), sigma_from=f"{len(good)} blocks on record")


def _simulated(entry: AbTestEntry, known: Prior, asked: Asked) -> Tier:
    found = nulls.simulated(entry, known, asked.trials, asked.seed)
    return Tier("simulated", found, f"rate {known.expected:.4g}, σ {known.sigma:.3g}, {entry.blocks} blocks")


def _power(entry: AbTestEntry, backend: BackendEntry, known: Prior, asked: Asked) -> tuple[float, Rejections]:
    """A difference that the plan calls findable, and how often it was found."""
    effect = Plan(entry, backend, known).finds(entry.blocks)
    if known.expected + effect > 1:
        effect = -effect if entry.goal == "different" else effect
    return effect, nulls.simulated(entry, known, max(1, asked.trials // 5), asked.seed + 1, effect)


def _replayed(entry: AbTestEntry, own: Record, asked: Asked) -> Tier:
    jobs = [run for blocks in own.files().values() for run in _jobs(entry, fitting(entry, blocks))]
    found = nulls.replayed(jobs, entry.blocks, REPLAYS, entry.alpha, asked.seed)
    number = sum(map(len, jobs))
    if found is None:
        return Tier("replayed", None, f"{counted(number, 'job')} on record: 12 of one circuit are the least")
    return Tier("replayed", found, f"draws from {counted(number, 'job')} on record, which are not independent")


def _jobs(entry: AbTestEntry, blocks: Sequence[Block]) -> Iterator[list[Value]]:
    """The jobs of each circuit in the order of time."""
    for arm in sorted({arm for block in blocks for arm in block.order}):
        yield [value(entry.metric, block.of(arm)) for block in blocks if arm in block.order]


def _live(entry: AbTestEntry, own: Record) -> Tier:
    blocks = fitting(entry, own.files().get(own.path_of(FILE), ()))
    groups = [blocks[at : at + entry.blocks] for at in range(0, len(blocks), entry.blocks)]
    alike = msgspec.structs.replace(entry, variants={"b": entry.a}, goal="different", margin=0.0, guardrails=())
    outcomes = []
    for group in groups:
        if len(group) == entry.blocks:
            try:
                outcomes.append(judge(alike, group).decisions[0].outcome)
            except InconclusiveError:
                continue
    if not outcomes:
        return Tier("live", None, "none was run: `--live 20` runs A against itself 20 times")
    hits = sum(outcome is not Outcome.INCONCLUSIVE for outcome in outcomes)
    return Tier("live", Rejections(hits, len(outcomes)), "A against itself, with the blocks and shots of the plan")


def _run_live(ports: AbTestPorts, manifest: Manifest, entry: AbTestEntry, asked: Asked) -> None:
    """Count A against itself; a run that was cut off is taken up by the next one."""
    prepared = arms.gather(ports.base, manifest, msgspec.structs.replace(entry, variants={}))["a"]
    backend = manifest.backends[entry.backend]
    circuits = compiled.circuits(ports, entry, backend, {"a": prepared, "b": prepared})
    record = Record(ports.base, entry.name, FILE)
    done = len(record.blocks())
    alike = msgspec.structs.replace(entry, variants={"b": entry.a})
    device, seed = ports.open_backend(backend), ports.seed()
    wanted = asked.live * entry.blocks - done % entry.blocks
    with ports.progress(f"running {entry.name} against itself", wanted) as one_more:
        for number in range(done + 1, done + wanted + 1):
            digests = dict.fromkeys(("a", "b"), prepared.digest)
            record.add(counted_block(ports, device, alike, seed, digests, circuits, number))
            one_more()
    if asked.save:
        ports.base.history.stage(record.save())


def _describe(
    entry: AbTestEntry, known: Prior, tiers: Sequence[Tier], power: tuple[float, Rejections], asked: Asked
) -> Report:
    effect, found = power
    columns = ("nulls", "experiments", "rejected", "95 % interval", "could have noticed", "of")
    facts: tuple[tuple[str, Cell], ...] = (
        ("α", entry.alpha),
        ("blocks", entry.blocks),
        ("shots a job", entry.shots),
        ("expected", f"{known.expected:.4g}, {known.expected_from}"),
        ("σ within blocks", f"{known.sigma:.4g}, {known.sigma_from}"),
        ("power", f"a difference of {effect:.3g} is found {_percent(found.hits / found.trials)} of the time"),
        ("seed of the draws", asked.seed),
    )
    verdicts = tuple(_verdict(entry, tier) for tier in tiers if tier.found)
    return Report(
        command="abtest calibrate",
        title=f"{entry.name}: what it finds where there is nothing to find",
        facts=facts,
        tables=(Table("", columns, tuple(_row(entry, tier) for tier in tiers), columns[1:5]),),
        verdicts=verdicts,
        summary="; ".join(
            f"{tier.name} {_percent(tier.found.hits / tier.found.trials)}" for tier in tiers if tier.found
        ),
        data={
            "name": entry.name,
            "alpha": entry.alpha,
            "tiers": {tier.name: tier.found._asdict() if tier.found else None for tier in tiers},
            "effect": effect,
            "power": found.hits / found.trials,
            "seed": asked.seed,
        },
    )


def _row(entry: AbTestEntry, tier: Tier) -> tuple[Cell, ...]:
    if tier.found is None:
        return tier.name, None, None, None, None, tier.because
    hits, trials = tier.found
    low, high = binomial.interval(hits, trials)
    rate = noticeable.rate(trials, entry.alpha)
    seen = "nothing" if rate is None else f"{_percent(rate)} or more"
    return tier.name, trials, _percent(hits / trials), f"{_percent(low)} to {_percent(high)}", seen, tier.because


def _verdict(entry: AbTestEntry, tier: Tier) -> Verdict:
    """A pass says that the promise was kept as far as so many experiments can tell."""
    hits, trials = tier.found or Rejections(0, 0)
    low, high = binomial.interval(hits, trials)
    rate = noticeable.rate(trials, entry.alpha)
    because = f"{hits:,} of {trials:,} rejected: {_percent(low)} to {_percent(high)}"
    if low > entry.alpha:
        hint = "take more shots a job, or a wider margin: differences are not symmetric here"
        return Verdict(tier.name, Outcome.FAIL, because, hits / trials, entry.alpha, hint=hint)
    if rate is None:
        cause = f"{because}; so few could notice nothing"
        return Verdict(tier.name, Outcome.INCONCLUSIVE, cause, hits / trials, entry.alpha, hint="run more of them")
    because = f"{because}; a true rate of {_percent(rate)} would have been noticed"
    return Verdict(tier.name, Outcome.PASS, because, hits / trials, entry.alpha)


def _percent(share: float) -> str:
    return f"{_PERCENT * share:.3g} %"
