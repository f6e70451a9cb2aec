"""Writes the tables of `docs/explanation/benchmarks.md` from the metrics of the last runs."""

import json
from pathlib import Path

from benchmarks import outcome
from benchmarks.outcome import METRICS, Row

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "benchmarks.md"
BEGIN, END = "<!-- begin: written by `python -m benchmarks.table` -->", "<!-- end -->"
TITLES = {
    "startup": "Start",
    "identity": "Identity",
    "store": "Store",
    "reading": "Reading",
    "writer": "Writing",
    "edits": "Edit script",
    "equivalence": "Equivalence",
    "bounds": "Bounds",
    "drivers": "Drivers of git",
    "hashing": "Checking the store",
    "gate": "The gate of compilation",
    "executors": "Executors",
    "matrix": "The matrix",
    "targets": "Targets",
    "simulation": "Simulation",
    "test_points": "Test points",
    "abtest_errors": "Error rates of A/B tests",
    "abtest_peeking": "Looking at A/B tests at any time",
    "barnard": "Barnard's test",
    "judge": "Judging an A/B test",
    "kernels": "Kernels",
    "amplitude": "Amplitude estimation",
    "drift_design": "Designs of charts",
    "drift_regimes": "The run length of the default chart",
    "drift_delays": "Delays of alarms",
    "drift_spectrum": "Drift spectra",
    "drift_fleet": "Fleets",
    "drift_check": "Checking a thousand watches",
}


def tables(metrics: Path) -> str:
    """One section for each benchmark that has been measured, with where and when that was."""
    found = {name: metrics / f"{name}.json" for name in TITLES}
    return "\n\n".join(_section(TITLES[name], file) for name, file in found.items() if file.exists())


def into(page: str, text: str) -> str:
    """The page with `text` between its markers."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


def _section(title: str, file: Path) -> str:
    kept = json.loads(file.read_text())
    rows = [Row(**{field: row[field] for field in Row._fields}) for row in kept["results"].values()]
    versions = ", ".join(f"{package} {version}" for package, version in kept["versions"].items())
    machine = f"{kept['machine']['cores']} cores, {kept['machine']['system']}"
    return f"### {title}\n\n{outcome.table(rows)}\n\nMeasured {kept['measured']}; {machine}; {versions}."


if __name__ == "__main__":
    PAGE.write_text(into(PAGE.read_text(), tables(METRICS)))
