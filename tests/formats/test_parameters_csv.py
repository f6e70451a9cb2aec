import math
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qops.errors import InputError, ManyErrors, QopsError
from qops.formats.parameters_csv import LONGEST_FIELD, check, read, write
from qops.model.parameters import ParameterSet

PILOT = Path(__file__).resolve().parents[2] / "qops" / "project" / "pilot" / "template" / "parameters"
NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff") | st.sampled_from(' ,"[]θ'),
    min_size=1,
    max_size=8,
)
DOUBLES = st.floats(allow_nan=False, allow_infinity=False)
SINGLE = b"parameter,value\n\nthta,1\n phi,2\n"


@st.composite
def parameter_sets(draw: st.DrawFn) -> ParameterSet:
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    bindings = draw(st.just([""]) | st.lists(NAMES, min_size=1, max_size=3, unique=True))
    row = st.lists(DOUBLES, min_size=len(names), max_size=len(names)).map(tuple)
    values = draw(st.lists(row, min_size=len(bindings), max_size=len(bindings)))
    return ParameterSet(tuple(names), tuple(bindings), tuple(values))


def problems(data: bytes | str) -> list[QopsError]:
    with pytest.raises(InputError) as caught:
        read(data.encode() if isinstance(data, str) else data, "p.csv")
    return caught.value.problems if isinstance(caught.value, ManyErrors) else [caught.value]


@given(parameter_sets())
@example(ParameterSet(("w[0]", "é", 'a,"b"'), ("",), ((5e-324, -1.7976931348623157e308, 2.2250738585072009e-308),)))
@example(ParameterSet((">>>>>>> x", "parameter", "value"), ("",), ((0.1, 1e22, 1e16),)))
def test_what_is_written_reads_back_exactly(parameters: ParameterSet) -> None:
    found = read(write(parameters), "p.csv")
    assert found == parameters
    assert write(found) == write(parameters)


def test_negative_zero_is_zero() -> None:
    written = write(ParameterSet(("a",), ("",), ((-0.0,),)))
    assert written == b"parameter,value\na,0.0\n"
    for text in (b"-0.0", b"-0", b"0*-1"):
        (value,) = read(b"parameter,value\na," + text, "p.csv").values[0]
        assert math.copysign(1, value) == 1


def test_one_binding_is_a_parameter_a_line() -> None:
    parameters = ParameterSet(("theta", "w[0]", "a,b"), ("",), ((0.1, -math.pi, 1.0),))
    assert write(parameters).decode() == 'parameter,value\ntheta,0.1\nw[0],-3.141592653589793\n"a,b",1.0\n'


def test_many_bindings_are_a_line_each() -> None:
    parameters = ParameterSet(("theta", "phi"), ("step 1", "2"), ((0.5, 1e-9), (0.25, 3.0)))
    assert write(parameters).decode() == "binding,theta,phi\nstep 1,0.5,1e-09\n2,0.25,3.0\n"


def test_expressions_a_byte_order_mark_windows_lines_and_blank_lines_are_read() -> None:
    text = "\ufeffparameter,value\r\n\r\na, pi/2\r\nb,-3*pi/4\r\n \r\nc,1e-3"
    assert read(text.encode(), "p.csv").values == ((math.pi / 2, -3 * math.pi / 4, 1e-3),)


def test_the_pilots_parameters_are_written_as_they_stand() -> None:
    for path in sorted(PILOT.glob("*.csv")):
        assert write(read(path.read_bytes(), path.name)) == path.read_bytes()


@pytest.mark.parametrize(
    ("text", "where", "cause", "hint"),
    [
        ("", "p.csv", "empty", "parameter,value"),
        ("\n \n", "p.csv", "empty", "parameter,value"),
        ("parameter,value\n", "p.csv:1:1", "no value below", "one line for each"),
        ("binding,a\n", "p.csv:1:1", "no value below", "one line for each"),
        ("binding\nx\n", "p.csv:1:1", "no parameter is named", "parameter,value"),
        ("a,0.5\nb,1\n", "p.csv:1:1", "header", "put the line `parameter,value` before"),
        ("Parameter,Value\na,1\n", "p.csv:1:1", "header", "did you mean `parameter,value`?"),
        ("bindings,a\nx,1\n", "p.csv:1:1", "header", "did you mean `binding`?"),
        ("parameter;value\na;1\n", "p.csv:1:1", "header", "by commas"),
        ("x\n", "p.csv:1:1", "header", "begin with the line"),
        ('parameter,value\n"a,1\n', "p.csv:2:1", "quote", "in quotes"),
        (f"parameter,value\n{'a' * (LONGEST_FIELD + 1)},1\n", "p.csv:2:1", "longer than 1000", "None"),
        ("parameter,value\na,1\n<<<<<<< HEAD\n", "p.csv:3:1", "merge conflict", "keep one side"),
        ("parameter,value\n\0,1\n", "p.csv:2:1", "control character", "remove"),
    ],
)
def test_a_file_of_the_wrong_kind_says_what_to_do(text: str, where: str, cause: str, hint: str) -> None:
    (problem,) = problems(text)
    assert str(problem.where) == where
    assert cause in problem.cause
    assert hint in str(problem.hint)


def test_bytes_that_are_not_utf_8_have_a_place() -> None:
    (problem,) = problems(b"parameter,value\n\xe9,1\n")
    assert str(problem) == "p.csv:2:1: byte 0xe9 is not UTF-8"


def test_everything_wrong_with_one_binding_is_told_at_once() -> None:
    rows = ["a,1", "a,2", ",3", "b,", "c", "d,0,5", "e,1_0", "f,nan", "g,1e400", "h,=1+1", "i,\u0663", "j,inf", "k,(1"]
    found = problems("\n".join(["parameter,value", *rows]))
    places = [str(problem.where).removeprefix("p.csv:") for problem in found]
    assert places == ["3:1", "4:1", "5:3", "6:1", "7:5", "8:3", "9:3", "10:3", "11:3", "12:3", "13:3", "14:5"]
    causes = [problem.cause for problem in found]
    assert causes[0] == "the parameter `a` is here for the second time; the first is on line 2"
    assert causes[1:5] == [
        "the parameter has no name",
        "the value is missing",
        "1 of the 2 fields that the header has",
        "3 fields, where the header has 2",
    ]
    assert all(cause.startswith("the value is not a number of radians: ") for cause in causes[5:])
    assert [problem.excerpt for problem in found] == rows[1:]


def test_everything_wrong_with_many_bindings_is_told_at_once() -> None:
    found = problems("binding,a,a,\nx,1,2,3\nx,1,2\n,1,2,foo\nx,1,2,\n")
    assert [str(problem.where) for problem in found] == [
        "p.csv:1:11",
        "p.csv:1:13",
        "p.csv:3:5",
        "p.csv:4:1",
        "p.csv:4:6",
        "p.csv:5:1",
        "p.csv:5:7",
    ]


def test_a_deep_expression_is_a_problem_with_a_place() -> None:
    (problem,) = problems("parameter,value\na," + "(" * 900)
    assert "nested" in problem.cause


@pytest.mark.parametrize("name", ["a\nb", "a\rb", "\0", "\ud800", "\x9b"])
def test_a_name_that_no_file_could_hold_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="cannot stand in a parameter file"):
        write(ParameterSet((name,), ("",), ((1.0,),)))


def test_values_for_exactly_the_declared_parameters_are_accepted() -> None:
    check(read(SINGLE, "p.csv"), ("phi", "thta"), SINGLE, "p.csv")


def test_unknown_and_missing_parameters_are_told_together() -> None:
    with pytest.raises(ManyErrors) as caught:
        check(read(SINGLE, "p.csv"), ("theta", "a", "b", "c", "d", "e", "f"), SINGLE, "p.csv")
    assert [(str(problem), problem.hint) for problem in caught.value.problems] == [
        ("p.csv: no value for `theta`, `a`, `b`, `c`, `d` and 2 more", "add what is missing, in radians"),
        ("p.csv:3:1: the circuit has no parameter `thta`", "did you mean `theta`?"),
        ("p.csv:4:2: the circuit has no parameter `phi`", None),
    ]
    assert caught.value.problems[1].excerpt == "thta,1"


def test_an_unknown_parameter_of_a_history_is_found_in_its_header() -> None:
    history = b"\xef\xbb\xbfbinding, theta, phi\r\nstep_1, 1, 2\r\n"
    with pytest.raises(InputError) as caught:
        check(read(history, "p.csv"), ("theta",), history, "p.csv")
    assert str(caught.value) == "p.csv:1:17: the circuit has no parameter `phi`"


@settings(max_examples=150)
@given(
    st.text(alphabet='ab,"=pi/*-()._e0123 \n\r\t;', max_size=50),
    st.sampled_from(["", "parameter,value\n", "binding,a\n"]),
)
def test_no_text_is_anything_but_values_or_an_input_error(text: str, header: str) -> None:
    try:
        found = read((header + text).encode(), "p.csv")
    except InputError as error:
        for problem in error.problems if isinstance(error, ManyErrors) else [error]:
            assert problem.where is not None
    else:
        assert all(math.isfinite(value) for row in found.values for value in row)
