"""A watch in memory, with a clock that goes where it is told."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from qops.drift.fire import Acted, act
from qops.drift.ledger import Ledger
from qops.drift.standing import Standing
from qops.model.action_ports import ActionPorts, Ending
from qops.model.incident import Alarm, Incident
from qops.model.response import Response
from qops.vault.memory import MemoryActions, MemorySeries, MemoryStore, MemoryTree, MemoryTurns

MAKE = ("make", "recalibrate")
TELL = ("tell", "someone", "a b; rm -rf $HOME")
BOTH = Response(on_drift=(MAKE, TELL), cooldown_s=0.0)
FAILED = Ending("failed", 2, "no rule")


def alarm(epoch: str = "2026-01-04T00:00:00Z", direction: str = "down", baseline: str = "b1") -> Alarm:
    return Alarm(baseline, "ghz", direction, epoch, "2026-01-03T12:00:00Z", 0.93)


def standing(*alarms: Alarm, baseline: str = "b1", calm: tuple[str, ...] = (), undecided: str = "") -> Standing:
    return Standing(baseline, alarms, calm, undecided, b'{"exit_code": 1}\n')


@dataclass
class Bench:
    """One watch, `ghz`; `at` is the time."""

    ports: ActionPorts
    runner: MemoryActions
    tree: MemoryTree
    at: list[str] = field(default_factory=lambda: ["2026-01-05T00:00:00Z"])

    def act(self, response: Response, *alarms: Alarm, calm: tuple[str, ...] = (), baseline: str = "b1") -> Acted:
        return act(self.ports, "ghz", response, standing(*alarms, calm=calm, baseline=baseline))

    def incident(self) -> Incident:
        (found,) = Ledger(self.ports.series, "ghz").read().values()
        return found

    @property
    def ran(self) -> list[tuple[str, ...]]:
        return [argv for argv, _ in self.runner.ran]


@contextmanager
def _free() -> Iterator[None]:
    yield


def bench(endings: Mapping[str, list[Ending]] | None = None) -> Bench:
    tree, runner = MemoryTree(), MemoryActions(endings)
    series, at = MemorySeries(tree, MemoryStore(tree, "series")), ["2026-01-05T00:00:00Z"]
    turns = MemoryTurns("process 1 on here")
    ports = ActionPorts(tree, series, _free, turns, runner, "process 1 on here", lambda: at[0])
    return Bench(ports, runner, tree, at)
