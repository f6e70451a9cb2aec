"""`qops abtest run`: the arms in randomised blocks, each kept as soon as it is whole."""

import random
from collections.abc import Callable, Mapping, Sequence

import msgspec

from qops.abtest import arms, compiled
from qops.abtest.arms import Prepared
from qops.abtest.bases import bases
from qops.abtest.entries import find
from qops.abtest.ports import AbTestPorts
from qops.abtest.prior import prior
from qops.abtest.record import Record
from qops.errors import EnvironmentFault, InputError
from qops.formats import protocol_json
from qops.formats.protocol_json import Protocol
from qops.model.abtest import AbTestEntry
from qops.model.circuit import Circuit
from qops.model.counts import Block, CountedJob, Tally
from qops.model.manifest import Manifest
from qops.model.ports import Backend, Job, Ran

WAITS_S = (1.0, 5.0, 25.0)
"""How long to wait before a block that failed is run again."""

Enough = Callable[[Sequence[Block]], bool]


class Asked(msgspec.Struct, frozen=True):
    """How to run: `peek` allows to end after any block, `restart` puts aside what was counted, `save` records it.

    `seed` settles the order of the arms and the seeds of jobs; None draws one.
    """

    peek: bool = False
    restart: bool = False
    save: bool = True
    seed: int | None = None


class Done(msgspec.Struct, frozen=True):
    """A run that came to its end: the plan, all blocks, and how many of them were new."""

    protocol: Protocol
    blocks: tuple[Block, ...]
    new: int
    archived: str | None
    staged: tuple[str, ...]


def run(ports: AbTestPorts, name: str, asked: Asked, enough: Callable[[AbTestEntry, Protocol], Enough]) -> Done:
    """Count until the plan is fulfilled, from where an earlier run was cut off.

    Args:
        ports: the doors to the world.
        name: of the A/B test.
        asked: how to run.
        enough: where looking is allowed, what says after a block that no more are needed.

    Raises:
        InputError: a run that was begun had another plan or other circuits.
        EnvironmentFault: the backend failed again and again, or another run writes to the same counts.
    """
    manifest, entry = find(ports.base.tree, name)
    record = Record(ports.base, name)
    prepared = arms.gather(ports.base, manifest, entry)
    archived = record.archive() if asked.restart else None
    protocol = None if asked.restart else record.protocol()
    if protocol is None:
        _refuse_unplanned(record)
        protocol = _planned(ports, manifest, entry, prepared, record, asked)
    else:
        _refuse_changes(record, protocol, entry, prepared, asked)
    before = record.blocks()
    whole = enough(entry, protocol) if protocol.peek else lambda _: False
    blocks = _count(ports, manifest, entry, protocol, record, before, whole)
    staged = record.save() if asked.save else ()
    if staged:
        ports.base.history.stage(staged)
    return Done(protocol, blocks, len(blocks) - len(before), archived, staged)


def _planned(
    ports: AbTestPorts,
    manifest: Manifest,
    entry: AbTestEntry,
    prepared: Mapping[str, Prepared],
    record: Record,
    asked: Asked,
) -> Protocol:
    """Compile, and write down what is to be run."""
    backend = manifest.backends[entry.backend]
    circuits = compiled.circuits(ports, entry, backend, prepared)
    protocol = Protocol(
        version=protocol_json.VERSION,
        began_at=ports.now(),
        asked=protocol_json.asked(entry),
        arms={name: str(arm) for name, arm in entry.arms.items()},
        digests={name: each.digest for name, each in prepared.items()},
        seed=ports.seed() if asked.seed is None else asked.seed,
        peek=asked.peek,
        unit=prior(entry, backend.kind, record.past()).unit(entry.shots),
    )
    record.begin(protocol, circuits)
    return protocol


def _refuse_unplanned(record: Record) -> None:
    if record.blocks():
        hint = "begin anew with `--restart`, which keeps them aside"
        raise InputError(f"{record.place()} holds counts of a run whose plan is gone", hint=hint)


def _refuse_changes(
    record: Record, protocol: Protocol, entry: AbTestEntry, prepared: Mapping[str, Prepared], asked: Asked
) -> None:
    """A run goes on only as it began: what was seen meanwhile may not decide how."""
    changes = [
        f"the circuit of `{name}` was {protocol.digests.get(name, 'absent')[:12]}, is {each.digest[:12]}"
        for name, each in prepared.items()
        if protocol.digests.get(name) != each.digest
    ]
    changes += [f"`{name}` was {old}, is {new}" for name, old, new in protocol_json.differences(protocol, entry)]
    if asked.seed not in (None, protocol.seed):
        changes.append(f"the seed was {protocol.seed}, is {asked.seed}")
    if asked.peek and not protocol.peek:
        changes.append("it was not to be looked at before its end")
    if changes:
        cause = f"{record.place()} was begun otherwise: {'; '.join(changes)}"
        raise InputError(cause, where=entry.where, hint="begin anew with `--restart`, which keeps the old counts aside")


def _count(
    ports: AbTestPorts,
    manifest: Manifest,
    entry: AbTestEntry,
    protocol: Protocol,
    record: Record,
    before: tuple[Block, ...],
    enough: Enough,
) -> tuple[Block, ...]:
    """Run blocks until as many as planned are good, or enough is known; a block that is no good is replaced."""
    blocks = list(before)
    missing = entry.blocks - sum(is_good(block) for block in blocks)
    if missing <= 0 or enough(blocks):
        return before
    circuits = {(arm, basis): record.circuit(arm, basis) for arm in entry.arms for basis in bases(entry.metric)}
    backend = ports.open_backend(manifest.backends[entry.backend])
    with ports.progress(f"running {entry.name}", missing) as one_more:
        while missing and len(blocks) < 2 * entry.blocks:
            block = counted_block(ports, backend, entry, protocol.seed, protocol.digests, circuits, len(blocks) + 1)
            record.add(block)
            blocks.append(block)
            if is_good(block):
                missing -= 1
                one_more()
            if enough(blocks):
                break
    return tuple(blocks)


def is_good(block: Block) -> bool:
    """Whether all of a block ran under one calibration."""
    return len(block.calibrations) == 1


def counted_block(
    ports: AbTestPorts,
    backend: Backend,
    entry: AbTestEntry,
    seed: int,
    digests: Mapping[str, str],
    circuits: Mapping[tuple[str, str], Circuit],
    number: int,
) -> Block:
    """One block as one submission, arms in an order that is drawn for it.

    Args:
        ports: the doors to the world.
        backend: what runs it.
        entry: its arms, bases and shots.
        seed: of the whole run.
        digests: of the arms.
        circuits: to run, by arm and basis.
        number: of the block.
    """
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - draws to be repeated, no secrets
    order = list(entry.arms)
    chance.shuffle(order)
    places = [(arm, basis) for arm in order for basis in bases(entry.metric)]
    jobs = [Job(circuits[place], entry.shots, chance.getrandbits(31)) for place in places]
    counted = [
        _counted(place, digests[place[0]], job, ran)
        for place, job, ran in zip(places, jobs, _run(ports, backend, jobs), strict=True)
    ]
    return Block(number, tuple(order), tuple(counted))


def _counted(place: tuple[str, str], digest: str, job: Job, ran: Ran) -> CountedJob:
    arm, basis = place
    return CountedJob(arm, basis, Tally(digest, ran.counts), ran.job, ran.began_at, ran.calibration, job.seed)


def _run(ports: AbTestPorts, backend: Backend, jobs: Sequence[Job]) -> tuple[Ran, ...]:
    """All jobs of a block; after a failure all of them again, so that no arm is measured later than the other."""
    for wait in WAITS_S:
        try:
            return _all_shots(backend.run(jobs), jobs)
        except EnvironmentFault as problem:
            ports.say(f"{problem.cause}: the block is run again in {wait:.0f} s\n")
        ports.pause(wait)
    return _all_shots(backend.run(jobs), jobs)


def _all_shots(done: tuple[Ran, ...], jobs: Sequence[Job]) -> tuple[Ran, ...]:
    for ran, job in zip(done, jobs, strict=True):
        given = sum(ran.counts.values())
        if given != job.shots:
            raise EnvironmentFault(f"the job {ran.job} gave {given:,} of {job.shots:,} shots")
    return done
