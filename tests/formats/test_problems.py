import pytest

from qops.errors import EnvironmentFault, InputError, ManyErrors
from qops.formats.problems import MOST, Problems
from qops.model.where import Where


def test_no_problem_raises_nothing() -> None:
    Problems(["a"], "f").raise_any()


def test_one_problem_is_raised_as_it_is() -> None:
    problems = Problems(["one", "two"], "f")
    problems.add("wrong", Where("f", 2, 1), "do this")
    with pytest.raises(InputError, match="wrong") as caught:
        problems.raise_any()
    assert not isinstance(caught.value, ManyErrors)
    assert (caught.value.excerpt, caught.value.hint) == ("two", "do this")


def test_several_are_raised_in_the_order_of_their_places() -> None:
    problems = Problems(["x" * 500, "two"], "f")
    problems.add("third", Where("f", 2, 1))
    problems.add("second", Where("f", 1, 10))
    problems.add("first", Where("f"))
    problems.add_error(EnvironmentFault("without a place"))
    with pytest.raises(ManyErrors) as caught:
        problems.raise_any()
    assert [problem.cause for problem in caught.value.problems] == ["first", "without a place", "second", "third"]
    assert len(str(caught.value.problems[2].excerpt)) == 160


def test_a_flood_of_problems_is_cut_off() -> None:
    problems = Problems([], "f")
    for number in range(1, MOST + 1):
        problems.add("wrong", Where("f", number, 1))
    with pytest.raises(ManyErrors) as caught:
        problems.add("wrong", Where("f", MOST + 1, 1))
    assert len(caught.value.problems) == MOST + 1
    assert "more than 200 problems" in caught.value.problems[-1].cause
