"""`qops doctor`: what qops stands on, and the next step where something of it is missing."""

from qops import __version__
from qops.errors import InconclusiveError, ManyErrors, QopsError
from qops.model.ground import Surroundings
from qops.model.report import Report
from qops.model.verdict import Outcome, Verdict
from qops.project.checks import CHECKS, PACKAGES, Check


def run(around: Surroundings) -> Report:
    """Examine everything; a verdict fails where a command would."""
    verdicts = tuple(_verdict(name, check, around) for name, check in CHECKS.items())
    return Report(
        command="doctor",
        title="What qops stands on",
        verdicts=verdicts,
        summary=_summary(verdicts),
        data={"versions": {"qops": __version__, **{package: around.version(package) for package in PACKAGES}}},
    )


def _verdict(name: str, check: Check, around: Surroundings) -> Verdict:
    try:
        found = check(around)
    except InconclusiveError as unknown:
        return Verdict(name, Outcome.INCONCLUSIVE, str(unknown), hint=unknown.hint or "")
    except ManyErrors as many:
        first = many.problems[0]
        return Verdict(name, Outcome.FAIL, f"{many}, the first: {first}", hint=first.hint or "")
    except QopsError as problem:
        return Verdict(name, Outcome.FAIL, str(problem), hint=problem.hint or "")
    return Verdict(name, Outcome.PASS, found.because, hint=found.hint)


def _summary(verdicts: tuple[Verdict, ...]) -> str:
    wrong = [verdict.name for verdict in verdicts if verdict.outcome is Outcome.FAIL]
    return f"To be put right: {', '.join(wrong)}." if wrong else "Everything is in order."
