"""What can go wrong, and what the user should do about it.

One tree, four branches; each branch owns an exit code::

    QopsError
    ├── InputError         2   usage, manifest, circuit, parameter file: the user's text is wrong
    ├── InconclusiveError  3   there is not enough evidence to answer
    └── EnvironmentFault   4   git, DVC, lock, disk, a backend: the surroundings are wrong
        └── DamageFault        what is stored is not what was put there; nothing may take its place unseen

Whatever is not in the tree is our own bug and ends with 70.
"""

from enum import IntEnum

from qops.model.where import Where


class ExitCode(IntEnum):
    """The exit codes of every qops command; the documentation's table is generated from this."""

    OK = 0
    FINDING = 1
    INPUT = 2
    INCONCLUSIVE = 3
    ENVIRONMENT = 4
    BUG = 70
    INTERRUPTED = 130

    @property
    def meaning(self) -> str:
        """The sentence that the documentation prints beside the number."""
        return _MEANINGS[self]


_MEANINGS = {
    ExitCode.OK: "Nothing found; every verdict passes.",
    ExitCode.FINDING: "A finding: a difference, a regression, drift, B worse than A.",
    ExitCode.INPUT: "Usage, manifest or input error; the message names file, line and column.",
    ExitCode.INCONCLUSIVE: "Inconclusive: too little data, no baseline, an invalid experiment.",
    ExitCode.ENVIRONMENT: "Environment: git, DVC, a backend, the lock or the disk.",
    ExitCode.BUG: "A bug in qops, with a log file to paste into a report.",
    ExitCode.INTERRUPTED: "Interrupted.",
}


class QopsError(Exception):
    """A problem that qops understands.

    Args:
        cause: one sentence saying what is wrong.
        where: the place in the user's text, if there is one.
        hint: the next step, often a command to type.
        excerpt: the offending source line, if it is known.
    """

    exit_code = ExitCode.INPUT

    def __init__(
        self,
        cause: str,
        *,
        where: Where | None = None,
        hint: str | None = None,
        excerpt: str | None = None,
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.where = where
        self.hint = hint
        self.excerpt = excerpt

    def __str__(self) -> str:
        return f"{self.where}: {self.cause}" if self.where else self.cause


class InputError(QopsError):
    """The user's text or arguments are wrong (exit code 2)."""


class ManyErrors(InputError):
    """Several problems found in one run, in the order of their places."""

    def __init__(self, problems: list[QopsError]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class InconclusiveError(QopsError):
    """There is not enough evidence to answer (exit code 3)."""

    exit_code = ExitCode.INCONCLUSIVE


class EnvironmentFault(QopsError):
    """git, DVC, the lock, the disk or a child process failed (exit code 4)."""

    exit_code = ExitCode.ENVIRONMENT


class DamageFault(EnvironmentFault):
    """Bytes that are stored are not those that were put there (exit code 4).

    What is merely missing can often be done without, or taken from elsewhere; damage always ends a command.
    """
