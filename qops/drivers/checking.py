"""What both checks do: judge, print the report if there is something in it to read, and answer by exit code."""

import sys
from collections.abc import Callable

from qops.drivers.boundary import guarded
from qops.errors import ExitCode
from qops.model.report import Report
from qops.model.verdict import Outcome, exit_code


def run(check: Callable[[], Report]) -> int:
    """The exit code of a check. A doubt is told and passes: nobody can wait for evidence in the middle of a commit."""
    return guarded(lambda: _answer(check()))


def _answer(report: Report) -> int:
    if any(verdict.outcome is not Outcome.PASS for verdict in report.verdicts):
        from qops.render import built_in
        from qops.render.surface import Surface

        sys.stderr.write(built_in("terminal").render(report, Surface()))
    code = exit_code(report.verdicts)
    return ExitCode.OK if code is ExitCode.INCONCLUSIVE else code
