"""Parameter files as people, spreadsheets and editors leave them."""

import pytest
from end_to_end.lab import Lab

HEADER = "parameter,value\n"
TWICE = "is here for the second time; the first is on line 2"
NO_NUMBER = "the value is not a number of radians"
READ = {
    "as it was": (b"parameter,value\ntheta,0.5\n", 0),
    "byte order mark": (b"\xef\xbb\xbfparameter,value\ntheta,0.5\n", 1),
    "Windows lines": (b"parameter,value\r\ntheta,0.5\r\n", 1),
    "blanks and blank lines": (b"parameter,value\n\n theta , 0.5 \n", 1),
    "an expression of pi": (b"parameter,value\ntheta,pi/2\n", 1),
}
REFUSED = {
    "": "bell.csv: the parameter file is empty",
    HEADER: "bell.csv:1:1: there is no value below this line",
    "x,y\n1,2\n": "bell.csv:1:1: the header is not that of a parameter file",
    "parameter;value\ntheta;0,5\n": "bell.csv:1:1: the header is not that of a parameter file",
    f"{HEADER}theta,1\ntheta,2\n": f"bell.csv:3:1: the parameter `theta` {TWICE}",
    f"{HEADER}theta,1\nphi,2\n": "bell.csv:3:1: the circuit has no parameter `phi`",
    f"{HEADER}theta,1_0\n": f"bell.csv:2:7: {NO_NUMBER}: digits cannot be grouped by `_` here",
    f"{HEADER}theta,٣\n": f"bell.csv:2:7: {NO_NUMBER}: unexpected character U+0663",
    f"{HEADER}theta,nan\n": f"bell.csv:2:7: {NO_NUMBER}: `nan` is not a number",
    f"{HEADER}theta,1e999\n": f"bell.csv:2:7: {NO_NUMBER}: the angle is not a finite number",
    f"{HEADER}theta,9**9**9**9\n": f"bell.csv:2:11: {NO_NUMBER}: `**` has no finite real value here",
    f"{HEADER}theta,\n": "bell.csv:2:7: the value is missing",
    f"{HEADER}theta\n": "bell.csv:2:1: 1 of the 2 fields that the header has",
    f'{HEADER}theta,"0.5\n': "bell.csv:2:7: a quote is not closed, or is where none can be",
    "binding,theta\na,1\nb,2,3\n": "bell.csv:3:5: 3 fields, where the header has 2",
    "binding,theta\na,1\na,2\n": f"bell.csv:3:1: the binding `a` {TWICE}",
}


@pytest.mark.parametrize("kind", READ)
def test_what_is_read(lab: Lab, kind: str) -> None:
    data, code = READ[kind]
    lab.write("bell.csv", data)
    outcome = lab.qops("status")
    assert (outcome.code, outcome.err) == (code, "")


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused_has_a_place_and_a_cause(lab: Lab, text: str) -> None:
    lab.write("bell.csv", text)
    outcome = lab.qops("status")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.splitlines()[0] == f"error: {REFUSED[text]}"


def test_all_that_is_wrong_with_the_names_is_told_at_once(lab: Lab) -> None:
    lab.write("bell.csv", "parameter,value\nTheta,0.5\n")
    assert (
        lab.qops("status").err
        == """\
error: bell.csv: no value for `theta`
hint: add what is missing, in radians
error: bell.csv:2:1: the circuit has no parameter `Theta`
    Theta,0.5
    ^
hint: did you mean `theta`?
"""
    )
