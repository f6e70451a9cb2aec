"""A report for a build server: JUnit XML, one test case a verdict.

A verdict that fails is a `failure`. An inconclusive one is an `error`, not `skipped`: build servers count a skipped
test as green, and missing evidence is never a pass. The facts are properties; the report itself, as in the terminal,
is `system-out`. No time stamps: the same report gives the same bytes.
"""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from qops.model.report import Report
from qops.model.verdict import Outcome, Verdict
from qops.render import terminal
from qops.render.surface import Surface
from qops.render.visible import cell_text, visible

_ELEMENTS = {Outcome.FAIL: "failure", Outcome.INCONCLUSIVE: "error"}


def render(report: Report, _surface: Surface, /) -> str:
    """A `testsuites` document with one suite, named after the command."""
    root = Element("testsuites", {"name": "qops", **_totals(report)})
    suite = SubElement(root, "testsuite", {"name": f"qops {report.command}", **_totals(report)})
    if report.facts:
        properties = SubElement(suite, "properties")
        for name, value in report.facts:
            SubElement(properties, "property", name=visible(name), value=cell_text(value))
    for verdict in report.verdicts:
        _case(suite, report.command, verdict)
    SubElement(suite, "system-out").text = terminal.render(report, Surface())
    indent(root)
    return "<?xml version='1.0' encoding='UTF-8'?>\n" + tostring(root, encoding="unicode") + "\n"


def _totals(report: Report) -> dict[str, str]:
    outcomes = [verdict.outcome for verdict in report.verdicts]
    return {
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count(Outcome.FAIL)),
        "errors": str(outcomes.count(Outcome.INCONCLUSIVE)),
        "skipped": "0",
    }


def _case(suite: Element, command: str, verdict: Verdict) -> None:
    case = SubElement(suite, "testcase", classname=f"qops.{command}", name=visible(verdict.name))
    if verdict.outcome in _ELEMENTS:
        because = visible(verdict.because)
        problem = SubElement(case, _ELEMENTS[verdict.outcome], type=verdict.outcome.value, message=because)
        problem.text = visible(verdict.hint) or because
