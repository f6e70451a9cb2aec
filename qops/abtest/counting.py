"""`qops abtest run`, and all of an experiment in one: planned, run, judged."""

from qops.abtest import judge, peek, plan
from qops.abtest import run as running
from qops.abtest.entries import find
from qops.abtest.ports import AbTestPorts
from qops.abtest.run import Asked, Done
from qops.model.report import Report
from qops.model.wording import counted


def asked(*, peek: bool, restart: bool, save: bool, seed: int | None) -> Asked:
    """How to run."""
    return Asked(peek, restart, save, seed)


def run(ports: AbTestPorts, name: str, wanted: Asked) -> Report:
    """Count, and say what was counted; judging is another command's."""
    done = running.run(ports, name, wanted, peek.enough)
    return describe(ports, name, done)


def whole(ports: AbTestPorts, name: str, wanted: Asked) -> Report:
    """Tell the plan, count, and judge."""
    manifest, entry = find(ports.base.tree, name)
    ports.say(f"{name}: {plan.line(plan.made(ports, entry, manifest.backends[entry.backend]))}\n")
    running.run(ports, name, wanted, peek.enough)
    return judge.run(ports.base, name)


def describe(ports: AbTestPorts, name: str, done: Done) -> Report:
    """What a run counted."""
    _, entry = find(ports.base.tree, name)
    jobs = [job for block in done.blocks for job in block.jobs]
    shots = sum(job.tally.shots for job in jobs)
    early = ", decided before the end" if len(done.blocks) < entry.blocks else ""
    return Report(
        command="abtest run",
        title=f"{name}: counted",
        facts=(
            ("blocks", f"{len(done.blocks)} of {entry.blocks}, {done.new} of them now{early}"),
            ("cost", f"{shots:,} shots in {counted(len(jobs), 'job')}"),
            ("seed", done.protocol.seed),
            *((("kept aside", done.archived),) if done.archived else ()),
            *((("staged", ", ".join(done.staged)),) if done.staged else ()),
        ),
        summary=f"`qops abtest judge {name}` decides",
        data={
            "name": name,
            "blocks": len(done.blocks),
            "new": done.new,
            "shots": shots,
            "seed": done.protocol.seed,
            "archived": done.archived,
        },
    )
