from xml.etree.ElementTree import Element, fromstring

import pytest

from qops.model.report import Report
from qops.render.junit import render
from qops.render.surface import Surface


def parsed(report: Report) -> Element:
    return fromstring(render(report, Surface()))  # noqa: S314 - our own text


@pytest.fixture
def suite(full: Report) -> Element:
    found = parsed(full).find("testsuite")
    assert found is not None
    return found


def test_it_is_well_formed_whatever_the_text(report: Report) -> None:
    assert parsed(report).tag == "testsuites"


def test_every_verdict_is_a_test_case(suite: Element) -> None:
    assert [case.get("name") for case in suite.iter("testcase")] == ["ansatz", "feature_map", "probe"]
    assert suite.attrib == {"name": "qops diff", "tests": "3", "failures": "1", "errors": "1", "skipped": "0"}


def test_a_failure_says_why_and_what_next(suite: Element) -> None:
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "2 angles moved by more than 1e-09 rad, the largest by 0.1 rad"
    assert failure.text == '`qops snapshot -m "why"`'


def test_missing_evidence_is_an_error_and_never_green(suite: Element) -> None:
    case = suite.find("testcase[@name='probe']")
    assert case is not None
    assert [child.tag for child in case] == ["error"]


def test_the_report_is_there_to_read(suite: Element, full: Report) -> None:
    assert (suite.findtext("system-out") or "").strip().endswith(full.summary)
