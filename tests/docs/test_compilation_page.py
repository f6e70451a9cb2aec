"""The figures of `explanation/compilation.md` are those that were measured, to the digits that are shown."""

import json
import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
RULES = {
    "qops, three metrics": "qops",
    "one run, 10 %": "ucc-bench",
    "median, 10 %": "pytest-benchmark",
    "median, 10 %, and a U test with p < 0.002": "asv",
}
CHANGES = ("no change", "all rows +2 %", "one row +20 %")


def test_the_table_of_rules() -> None:
    page = (REPOSITORY / "docs" / "explanation" / "compilation.md").read_text(encoding="utf-8")
    kept = json.loads((REPOSITORY / "benchmarks" / "metrics" / "gate.json").read_text())["results"].values()
    measured = {row["what"]: row["value"] for row in kept}
    table = page.split("| rule | seeds |")[1].split("\n\n")[0].splitlines()[2:]
    rule = ""
    for line in table:
        name, seeds, *shown = (cell.strip() for cell in line.strip("|").split("|"))
        rule = RULES[name] if name else rule
        assert len(shown) == len(CHANGES)
        for change, figure in zip(CHANGES, shown, strict=True):
            size = "5" if seeds == "1" else seeds
            (value,) = (
                value
                for what, value in measured.items()
                if what.endswith(f"{size} seeds: {change}") and (f"({rule})" in what or f"`{rule} " in what)
            )
            digits = len(figure.removesuffix(" %").partition(".")[2])
            assert f"{value:.{digits}f} %" == figure, line


def test_the_test_itself_sees_every_rule() -> None:
    page = (REPOSITORY / "docs" / "explanation" / "compilation.md").read_text(encoding="utf-8")
    assert all(re.search(rf"^\| {re.escape(rule)} \|", page, re.MULTILINE) for rule in RULES)
