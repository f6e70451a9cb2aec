"""A small runner of GitHub workflows: the commands of a workflow, each job in a checkout of its own.

It runs what stands under `run`, in bash as GitHub does, and does for the actions of the workflow what matters here: a
checkout is a clone, artifacts go from job to job, and a cache is never hit. Packages are installed already.
"""

import re
import shutil
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import NamedTuple

import yaml
from end_to_end.lab import Lab

SHELL = ("bash", "--noprofile", "--norc", "-e")
_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")


class Job(NamedTuple):
    """What a job left: the code and output of its last command, and the summary that it wrote."""

    code: int
    output: str
    summary: str


class Runner:
    """Runs the workflow in the merge of a pull request, as one from a fork: with nothing that lets it write.

    Args:
        merged: the repository that jobs clone, its work tree being what the pull request would make of the project.
        place: an empty directory for the jobs.
    """

    def __init__(self, merged: Lab, place: Path) -> None:
        self._merged = merged
        self._place = place
        self._artifacts = place / "artifacts"
        self._artifacts.mkdir(parents=True)

    def run(self, workflow: str) -> dict[str, Job]:
        """All jobs in their order, each part of a matrix by itself, by name and part."""
        found: dict[str, Job] = {}
        content = yaml.safe_load(workflow)
        assert content["permissions"] == {"contents": "read"}
        for name, job in content["jobs"].items():
            axes = job.get("strategy", {}).get("matrix", {})
            for values in product(*axes.values()):
                context = {f"matrix.{axis}": str(value) for axis, value in zip(axes, values, strict=True)}
                found[" ".join((name, *context.values()))] = self._job(f"{name}{len(found)}", job, context)
        return found

    def _job(self, name: str, job: Mapping[str, object], context: dict[str, str]) -> Job:
        here = Lab(self._place / name, self._merged.home)
        summary, outputs = self._place / f"{name}.summary", self._place / f"{name}.outputs"
        environment = {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_OUTPUT": str(outputs),
            **{key: _filled(value, context) for key, value in _mapping(job.get("env", {})).items()},
        }
        code, output = 0, ""
        steps = job["steps"]
        assert isinstance(steps, list)
        for step in steps:
            if "uses" in step:
                self._action(step["uses"].partition("@")[0], _mapping(step.get("with", {})), here, context)
            elif step["name"] != "Install":
                code, output, _ = here.run(*SHELL, "-c", _filled(step["run"], context), **environment)
            if code:
                break
            if outputs.exists() and "id" in step:
                lines = [line.partition("=") for line in outputs.read_text().splitlines()]
                context = context | {f"steps.{step['id']}.outputs.{key}": value for key, _, value in lines}
        return Job(code, output, summary.read_text() if summary.exists() else "")

    def _action(self, action: str, asked: Mapping[str, str], here: Lab, context: Mapping[str, str]) -> None:
        match action:
            case "actions/checkout":
                assert asked["persist-credentials"] is False
                self._merged.git("clone", "--quiet", ".", str(here.root))
            case "actions/upload-artifact":
                shutil.copy(here.root / _filled(asked["path"], context), self._artifacts)
            case "actions/download-artifact":
                for file in self._artifacts.glob("*"):
                    shutil.copy(file, here.root)
            case "actions/cache":
                assert re.fullmatch(r"qops-[0-9a-f]{64}-\d+", _filled(asked["key"], context))
            case _:
                assert action == "actions/setup-python"


def _mapping(value: object) -> Mapping[str, str]:
    assert isinstance(value, dict)
    return value


def _filled(text: str, context: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda found: context[found[1]], str(text))
