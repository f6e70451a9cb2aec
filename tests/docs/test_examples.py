"""What is told of formats and interfaces in tables and examples is so."""

import json
import re
import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from support.project import Project

from qops.circuits.equivalence.ladder import Equivalence
from qops.circuits.equivalence.local import Region
from qops.cli.manifest_page import EXAMPLE
from qops.diff import compare
from qops.drift.charts.path import Usual
from qops.drift.rehearsal import Series, run_length
from qops.formats import manifest, parameters_csv
from qops.formats.manifest_schema import schema_json
from qops.model.examination import Check, Exact
from qops.model.report import Report
from qops.model.snapshot import CircuitRecord
from qops.model.verdict import Outcome, Verdict
from qops.render import built_in
from qops.render.surface import Surface
from qops.snapshot import log, restore, show, status, take
from qops.stats import binomial
from qops.stats.kernels import kernel
from qops.stats.kernels.design import rows_apart
from qops.stats.kernels.fused import p_value


def rows(document: str, heading: str) -> dict[str, str]:
    """The rows of the first table below a heading, by what stands in backquotes in their first cell."""
    table = re.split(r"\n\n(?!\|)", document.split(heading, 1)[1].lstrip("\n").split("\n| :---", 1)[1])[0]
    cells = [line.split(" | ", 1) for line in table.splitlines()[1:]]
    return {name: cell[1] for cell in cells for name in re.findall(r"`([^`]+)`", cell[0])}


def in_backquotes(text: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", text))


@pytest.fixture
def reports() -> dict[str, Report]:
    """A report of each command of versions, from a project in memory in which a value changed."""
    project = Project()
    reports = {"snapshot": take.run(project.ports, [], message="First")}
    project.write("bell.csv", "parameter,value\ntheta,0.75\n")
    reports["diff"] = compare.run(project.ports)
    reports["status"] = status.run(project.ports)
    reports["log"] = log.run(project.ports)
    reports["show"] = show.run(project.ports)
    reports["show NAME"] = show.run(project.ports, "bell")
    reports["restore"] = restore.run(project.ports, "bell@HEAD", to=Path("/elsewhere/bell.qasm"))
    return reports


def test_the_keys_of_a_json_report(documents: dict[str, str], reports: dict[str, Report]) -> None:
    document = json.loads(built_in("json").render(reports["status"], Surface()))
    described = rows(documents["docs/reference/json.md"], "# JSON reports")
    assert described.keys() == document.keys() | {"plots"}  # which are there only where something is drawn
    assert set(Verdict.__struct_fields__) - {"name"} <= in_backquotes(described["verdicts"])


def test_the_data_of_every_command(documents: dict[str, str], reports: dict[str, Report]) -> None:
    described = rows(documents["docs/reference/json.md"], "## Data")
    for name, report in reports.items():
        assert report.data.keys() <= in_backquotes(described[name]), name
    snapshots = reports["log"].data["snapshots"]
    assert isinstance(snapshots, list)
    assert snapshots[0].keys() <= in_backquotes(described["log"])


def test_the_data_of_a_diff(documents: dict[str, str], reports: dict[str, Report]) -> None:
    circuits = reports["diff"].data["circuits"]
    assert isinstance(circuits, list)
    changed = next(circuit for circuit in circuits if circuit["kind"] == "parameters")
    described = rows(documents["docs/reference/json.md"], "Each circuit of a `diff` has")
    assert described.keys() == changed.keys() | {"equivalence", "exact"}
    told = {*Equivalence.__struct_fields__, *Region.__struct_fields__, *Check.__struct_fields__}
    assert told <= in_backquotes(described["equivalence"])
    assert set(Exact.__struct_fields__) <= in_backquotes(described["exact"])
    assert changed["old"].keys() == in_backquotes(described["old"])
    assert changed["values"].keys() <= in_backquotes(described["values"])
    assert {*changed["reach"], *changed["reach"]["distance"]} <= in_backquotes(described["reach"])


def test_every_fact_of_a_record_is_described(documents: dict[str, str]) -> None:
    paragraph = documents["docs/reference/json.md"].split("A *record* has")[1].split("\n\n")[0]
    assert set(CircuitRecord.__struct_fields__) <= in_backquotes(paragraph)


def test_every_key_of_the_manifest_is_described(documents: dict[str, str]) -> None:
    schema = json.loads(schema_json())
    page = documents["docs/reference/manifest.md"]
    assert rows(page, "## Keys\n").keys() == schema["properties"].keys()
    assert rows(page, "## Keys of a circuit\n").keys() == schema["definitions"]["CircuitSection"]["properties"].keys()


def test_the_manifest_of_the_reference_is_valid() -> None:
    read = manifest.read(EXAMPLE.encode(), "qops.yaml", lambda _: ("zoo/ghz.qasm",))
    assert sorted(read.circuits) == ["ansatz", "bell", "feature-map", "third", "zoo/ghz"]


def test_the_renderer_of_the_design_page_renders(documents: dict[str, str], tmp_path: Path) -> None:
    example = _example(documents["docs/explanation/design.md"], tmp_path)
    report = Report("status", "Status", verdicts=(Verdict("a", Outcome.PASS, "b"),))
    assert example.render(report, Surface()) == "Status\npass: b\n"


def test_the_two_sample_test_of_the_design_page_keeps_its_level(documents: dict[str, str], tmp_path: Path) -> None:
    page = documents["docs/explanation/design.md"].split("## A two-sample test")[1]
    example = _example(page, tmp_path)
    chance, rejected = np.random.default_rng(1), {0.0: 0, 2.0: 0}
    for shift in rejected:
        for seed in range(100):
            rows = chance.normal(size=(20, 2)) + shift * (np.arange(20) < 10)[:, None]
            found = example.statistics(kernel("rbf").prepare(rows, None), rows_apart(10, 10), 19, seed)
            rejected[shift] += p_value(found) <= 0.05
    assert binomial.interval(rejected[0.0], 100, 0.999)[0] <= 0.05
    assert rejected[2.0] > 50


def test_the_chart_of_the_design_page_keeps_its_run_length(documents: dict[str, str], tmp_path: Path) -> None:
    chart = _example(documents["docs/explanation/design.md"].split("## A chart")[1], tmp_path).Streak()
    series = Series(Usual(0.5, 0.0, 0.5, 0.5, 1001), np.full(10, 1001.0), 50.0)
    found = run_length(chart, series, 0.5, seed=1)
    assert found.high > 50
    assert run_length(chart, series, 0.52, seed=1).mean < found.low


def test_a_history_that_python_writes_is_read_bit_for_bit(documents: dict[str, str], tmp_path: Path) -> None:
    example = _example(documents["docs/how-to/training-histories.md"], tmp_path)
    steps = [("step_0", (0.1, 1 / 3)), ("step_20", (5e-324, -2.0))]
    example.write_history(tmp_path / "history.csv", ["theta[0]", "a,b"], steps)
    read = parameters_csv.read((tmp_path / "history.csv").read_bytes(), "history.csv")
    assert (read.names, tuple(zip(read.bindings, read.values, strict=True))) == (("theta[0]", "a,b"), tuple(steps))


def _example(document: str, directory: Path) -> SimpleNamespace:
    """What the Python example of a document defines."""
    place = directory / "example.py"
    place.write_text(document.split("```python\n", 1)[1].split("```", 1)[0], encoding="utf-8")
    return SimpleNamespace(**runpy.run_path(str(place)))
