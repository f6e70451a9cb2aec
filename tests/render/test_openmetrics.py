"""What a monitoring system reads is what the report says: checked with the parser of its own client."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.model.report import Report, Table
from qops.model.verdict import Outcome, Verdict
from qops.render.openmetrics import render
from qops.render.surface import Surface
from qops.render.visible import visible

texts = st.text(max_size=12) | st.sampled_from(['a"b', "a\\", "a\nb", "\\n", '\\"', "}"])
numbers = st.floats() | st.integers(-(10**6), 10**6)
reports = st.builds(
    lambda words, rows, outcomes: Report(
        "show",
        words[0],
        facts=tuple((name, value) for name, value in rows),
        tables=(Table(words[1], (words[0], "n"), tuple(rows), ("n",)),),
        verdicts=tuple(Verdict(name, outcome, words[1], statistic=1.5, threshold=2.0) for name, outcome in outcomes),
        summary=words[2],
    ),
    st.tuples(texts, texts, texts),
    st.lists(st.tuples(texts, numbers), max_size=4),
    st.lists(st.tuples(texts, st.sampled_from(Outcome)), max_size=4),
)


def samples(report: Report) -> list[tuple[str, dict[str, str], float]]:
    parser = pytest.importorskip("prometheus_client.openmetrics.parser")
    families = parser.text_string_to_metric_families(render(report, Surface()))
    return [(sample.name, sample.labels, sample.value) for family in families for sample in family.samples]


@given(reports)
def test_any_report_is_read(report: Report) -> None:
    found = samples(report)
    values = [value for name, _, value in found if name == "qops_value"]
    told = [float(row[1]) for row in report.tables[0].rows]
    assert all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in zip(values, told, strict=True))
    because = [labels["because"] for name, labels, _ in found if name == "qops_verdict_because_info"]
    assert because == [visible(verdict.because) for verdict in report.verdicts]


def test_the_verdicts_are_there(full: Report) -> None:
    states = {
        (labels["name"], labels["qops_verdict"])
        for name, labels, value in samples(full)
        if name == "qops_verdict" and value
    }
    assert states == {("ansatz", "fail"), ("feature_map", "pass"), ("probe", "inconclusive")}


def test_the_same_name_twice_is_two_samples() -> None:
    twice = Report("m", "", verdicts=(Verdict("a", Outcome.PASS, "x"), Verdict("a", Outcome.FAIL, "y")))
    places = [labels.get("place") for name, labels, _ in samples(twice) if name == "qops_verdict_because_info"]
    assert places == [None, "2"]


def test_it_ends_where_it_has_to(report: Report) -> None:
    assert render(report, Surface()).endswith("\n# EOF\n")
