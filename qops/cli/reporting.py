"""From a function that returns a `Report` to a command that prints it and exits by its verdicts."""

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from qops import world
from qops.cli import progress, streams
from qops.cli.options import Format, Json, Output, Quiet
from qops.errors import ExitCode
from qops.model.report import Report
from qops.model.verdict import exit_code
from qops.render import RENDERERS, Renderer, built_in
from qops.render.surface import Surface


def emit(
    report: Report, *, form: Format = "terminal", json: Json = False, output: Output = None, quiet: Quiet = False
) -> ExitCode:
    """Write the report in the form that was asked for, to where it was asked for; the exit code of its verdicts."""
    form = "json" if json else form
    if output:
        from qops.vault import atomic

        atomic.write(output, _renderer(form).render(report, Surface()).encode("utf-8"))
    elif form == "github" and (summary := world.environment("GITHUB_STEP_SUMMARY")) and not quiet:
        _summarise(report, Path(summary))
    elif not quiet:
        streams.write(_renderer(form).render(report, streams.surface()))
    return exit_code(report.verdicts)


def _summarise(report: Report, summary: Path) -> None:
    """In a job on GitHub: the report goes to the summary of the job, annotations to its log."""
    from qops.render import github

    streams.append(summary, github.render(report, Surface()))
    streams.write(github.annotations(report))


def reporting(run: Callable[..., Report]) -> Callable[..., ExitCode]:
    """`run` as a command: its own options, and those of `emit` after them."""
    own = inspect.signature(run, eval_str=True)
    _, *shared = inspect.signature(emit, eval_str=True).parameters.values()

    @wraps(run)
    def command(**values: Any) -> ExitCode:  # noqa: ANN401 - the parser has checked them
        choices = {parameter.name: values.pop(parameter.name) for parameter in shared}
        progress.silent.set(choices["quiet"])
        return emit(run(**values), **choices)

    parameters = [*own.parameters.values(), *shared]
    keywords = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
    vars(command)["__signature__"] = own.replace(parameters=keywords)
    return command


def _renderer(name: str) -> Renderer:
    if name in RENDERERS:
        return built_in(name)
    from qops.render.installed import installed

    return installed(name)
