"""One scenario, cut off or refused at every call: what came of it."""

import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from end_to_end.lab import Lab
from torture import children, judge, scenarios, warm
from torture.scenarios import Scenario
from torture.strace import ERRORS, ERRORS_OF_READING, INTERRUPT, KILL, TRACED, Call, Fault, changing, every, reading

_ENDS = {"kill": (-9,), "interrupt": (130,), "error": ()}
"""Exit codes that a fault may lead to, besides those with which the command may refuse."""


class Point(NamedTuple):
    """Where a fault strikes: in qops itself, or in `git.3`, the third git that it started, alone or with qops."""

    process: str
    fault: Fault
    all_of_it: bool = True

    def __str__(self) -> str:
        tree = "" if self.all_of_it else " alone"
        call = self.fault.call
        return f"{self.fault.kind} in {self.process}{tree} at {call.name} {call.number} ({call.about})"

    @property
    def kind(self) -> str:
        """`qops`, `git` or `dvc`."""
        return self.process.partition(".")[0]


class Result(NamedTuple):
    """What came of one fault: the exit code, whether the command came by there at all, and what should not have been.

    git looks at times of files, and so does not make quite the same calls in every run.
    """

    point: Point
    code: int
    struck: bool
    complaints: tuple[str, ...]


class Walk:
    """The points of a scenario, and what happens at them; everything lies below `place`."""

    def __init__(self, scenario: Scenario, place: Path) -> None:
        self.scenario = scenario
        self._place = place
        self._original = scenarios.build(scenario.prepare, place / "original")
        self._tools = place / "tools"
        children.install(self._tools)
        whole = self._fresh()
        self._before = judge.files(whole.root)
        self._broken = set(judge.broken(whole))
        assert self._run(whole).code == 0
        self._after = judge.state(whole)

    @cached_property
    def points(self) -> list[Point]:
        """Every call that changes something: killed, in children alone too, and refused with each error."""
        return [*self._own(), *self._childrens()]

    def try_at(self, point: Point) -> Result:
        """Run the command with the fault, look, run it again, and look again."""
        lab = self._fresh()
        ended = self._strike(lab, point)
        complaints = [*self._wrong_end(point, ended), *self._wrong_state(lab, point, ended)]
        again = self._run(lab)
        if again.code:
            complaints.append(f"run again, it ended with {again.code}: {again.err[:300]}")
        else:
            complaints += self._differences(lab)
            complaints += [*judge.broken(lab), *judge.leftovers(lab)]
        struck = any(sign in ended.log for sign in ("INJECTED", "killed by SIGKILL", "--- SIGINT"))
        return Result(point, ended.code, struck, tuple(complaints))

    def _own(self) -> Iterator[Point]:
        lab = self._fresh()
        log = self._run(lab, "-e", f"trace={TRACED}").log
        for call in changing(log):
            for kind in (KILL, INTERRUPT, *ERRORS):
                yield Point("qops", Fault(call, kind))
        for call in reading(log, lab.root):
            for error in ERRORS_OF_READING:
                yield Point("qops", Fault(call, error))

    def _childrens(self) -> Iterator[Point]:
        lab, aside = self._fresh(), self._aside()
        warm.run(self._program, lab.root, lab.environment | self._surroundings(aside, "every"), aside)
        for process, logs in children.recorded(aside).items():
            for call in every(logs):
                yield from self._childs(process, call)

    def _childs(self, process: str, call: Call) -> Iterator[Point]:
        yield Point(process, Fault(call, KILL))
        yield Point(process, Fault(call, KILL), all_of_it=False)
        for error in ERRORS:
            yield Point(process, Fault(call, error))

    def _strike(self, lab: Lab, point: Point) -> warm.Ended:
        options = ("-e", f"trace={TRACED}", "-e", point.fault.injection)
        if point.process == "qops":
            return self._run(lab, *options)
        if point.fault.sort == "error":
            options = ("--seccomp-bpf", *options)  # faster, but with it strace injects no signals
        aside = self._aside()
        variables = self._surroundings(aside, point.process, *options, all_of_it=point.all_of_it)
        ended = warm.run(self._program, lab.root, lab.environment | variables, aside)
        injected = aside / "injected"
        return ended._replace(log=injected.read_text(errors="replace") if injected.exists() else "")

    def _wrong_end(self, point: Point, ended: warm.Ended) -> Iterator[str]:
        told = ended.err + ended.out
        if "Traceback" in told or "bug in qops" in told:
            yield f"a bug: {told[-600:]}"
        if ended.code not in {0, *self.scenario.refusals, *_ENDS[point.fault.sort]}:
            yield f"it ended with {ended.code}: {told[:300]}"
        if ended.code > 1 and not ended.err.strip():
            yield "it failed without a word"

    def _wrong_state(self, lab: Lab, point: Point, ended: warm.Ended) -> Iterator[str]:
        now = judge.files(lab.root)
        yield from judge.lost(now, self._before, self._after)
        yield from set(judge.broken(lab)) - self._broken
        if ended.code == 0 and point.fault.sort == "error":
            yield from (f"it ended with 0, but {each}" for each in self._differences(lab))

    def _differences(self, lab: Lab) -> list[str]:
        now = judge.state(lab)
        return [
            f"{name} differs: {now.get(name)!r:.160}, not {self._after.get(name)!r:.160}"
            for name in sorted({*now, *self._after})
            if now.get(name) != self._after.get(name)
        ]

    def _program(self) -> int:
        return scenarios.program(self.scenario.words)()

    def _run(self, lab: Lab, *options: str) -> warm.Ended:
        return warm.run(self._program, lab.root, lab.environment, self._aside(), options)

    def _surroundings(self, aside: Path, at: str, *options: str, all_of_it: bool = True) -> dict[str, str]:
        return children.surroundings(self._tools, aside, at, options, all_of_it=all_of_it)

    def _fresh(self) -> Lab:
        work = self._place / "work"
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(self._original.root.parent, work, symlinks=True)
        lab = Lab(work / "project", self._original.home)
        lab.environment = self._original.environment
        return lab

    def _aside(self) -> Path:
        aside = self._place / "aside"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        return aside


def count(results: list[Result]) -> Counter[tuple[str, str]]:
    """How many faults of each kind struck which kind of process."""
    return Counter((result.point.kind, result.point.fault.sort) for result in results if result.struck)
