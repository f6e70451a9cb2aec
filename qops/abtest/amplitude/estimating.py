"""`qops abtest estimate`: how often each arm passes, with fewer calls than by sampling; and whether B is better."""

from collections.abc import Mapping

import msgspec

from qops.abtest import arms
from qops.abtest.amplitude import guarded
from qops.abtest.amplitude.describe import describe
from qops.abtest.amplitude.guarded import Found
from qops.abtest.amplitude.looking import Looking
from qops.abtest.entries import find
from qops.abtest.ports import AbTestPorts
from qops.abtest.record import Record
from qops.errors import InconclusiveError, InputError
from qops.formats import looks_json
from qops.formats.looks_json import Looks
from qops.model.abtest import AbTestEntry, Pass
from qops.model.circuit import Circuit
from qops.model.report import Report
from qops.recorded import repository
from qops.recorded.compilation import Wanted

FILE = "amplitude.json"
MIRROR_SHOTS = 20_000


class Asked(msgspec.Struct, frozen=True):
    """How narrow an interval is to be (half of it), by which method; `restart` forgets what was seen.

    `seed` settles the seeds of jobs; None draws one for each.
    """

    half_width: float = 0.01
    method: str = guarded.METHODS[0]
    restart: bool = False
    save: bool = True
    seed: int | None = None


def run(ports: AbTestPorts, name: str, asked: Asked) -> Report:
    """Estimate all arms, from where an earlier run was cut off.

    Each arm has its share of the level, so that all intervals hold together.

    Raises:
        InputError: an arm cannot be amplified, or what was seen before was of other circuits.
        InconclusiveError: the metric is no share of passes, or noise leaves no room.
        EnvironmentFault: the backend failed.
    """
    manifest, entry = find(ports.base.tree, name)
    if not isinstance(entry.metric, Pass):
        cause = "amplitude estimation is of the share of shots that pass"
        raise InconclusiveError(cause, where=entry.where, hint="give the experiment a metric `pass: [...]`")
    backend = repository.backend(manifest, entry.backend)
    prepared = arms.gather(ports.base, manifest, entry)
    record = Record(ports.base, name)
    questions = _questions(entry, asked)
    looks = _begun(record, entry, questions, {arm: each.digest for arm, each in prepared.items()}, asked)
    wanted = Wanted(backend, entry.compiled.level, entry.compiled.seed, entry.where)

    def keep(seen: Looks) -> None:
        record.keep(FILE, looks_json.write(seen))

    looking = Looking(ports, wanted, entry.metric.patterns, looks, keep, asked.seed)
    circuits = {arm: each.circuits[""] for arm, each in prepared.items()}
    found = _estimated(ports, entry, looking, circuits, asked)
    if looking.new and asked.save:
        ports.base.history.stage(record.save())
    return describe(entry, backend.kind, found, asked.method, looking.new)


def _estimated(
    ports: AbTestPorts, entry: AbTestEntry, looking: Looking, circuits: Mapping[str, Circuit], asked: Asked
) -> dict[str, Found]:
    alpha = entry.alpha / len(circuits)
    found = {}
    with ports.progress(f"estimating {entry.name}", len(circuits)) as one_more:
        for arm, circuit in circuits.items():
            loss = guarded.mirrored_loss(looking.mirror(arm, circuit, MIRROR_SHOTS), MIRROR_SHOTS)
            passing = looking.passing(arm, circuit)
            found[arm] = Found(loss, guarded.estimate(passing, asked.half_width, loss, alpha, asked.method))
            one_more()
    return found


def _questions(entry: AbTestEntry, asked: Asked) -> dict[str, str]:
    """What may not change while looks are added."""
    of_entry = {
        key: msgspec.json.encode(getattr(entry, key)).decode() for key in ("backend", "metric", "alpha", "compiled")
    }
    return {**of_entry, "half width": repr(asked.half_width), "method": asked.method}


def _begun(
    record: Record, entry: AbTestEntry, questions: dict[str, str], digests: dict[str, str], asked: Asked
) -> Looks:
    """What was seen before of the same question; where another was asked, nothing is mixed."""
    new = Looks(looks_json.VERSION, questions, digests)
    data = None if asked.restart else record.kept(FILE)
    if data is None:
        return new
    old = looks_json.read(data, record.place(FILE))
    changes = [
        f"`{key}` was {old.asked.get(key, 'absent')}, is {now}"
        for key, now in questions.items()
        if old.asked.get(key) != now
    ]
    changes += [
        f"the circuit of `{arm}` was {old.digests.get(arm, 'absent')[:12]}, is {digest[:12]}"
        for arm, digest in digests.items()
        if old.digests.get(arm) != digest
    ]
    if changes:
        cause = f"{record.place(FILE)} is of another question: {'; '.join(changes)}"
        raise InputError(cause, where=entry.where, hint="ask anew with `--restart`, which forgets what was seen")
    return old
