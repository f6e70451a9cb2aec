"""Parameter files for a diff."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from qops.formats import parameters_csv
from qops.hooks.readable_parameters import parameter_lines, readable
from qops.model.parameters import ParameterSet

NAMES = st.lists(st.text("ab19_,", min_size=1, max_size=4), min_size=1, max_size=5, unique=True)


@given(NAMES, st.randoms(use_true_random=False))
def test_the_order_of_parameters_means_nothing(names: list[str], chance: Random) -> None:
    values = dict(zip(names, range(len(names)), strict=True))
    other = names.copy()
    chance.shuffle(other)
    one, two = (ParameterSet(tuple(n), ("",), (tuple(float(values[x]) for x in n),)) for n in (names, other))
    assert parameter_lines(one) == parameter_lines(two)
    assert set(parameters_csv.read(parameter_lines(one).encode(), "a.csv").names) == set(names)


def test_numbers_in_names_count() -> None:
    text = readable(b"parameter,value\nt[10],1\nt[9],pi\n", "a.csv").decode()
    assert text == "parameter,value\nt[9],3.141592653589793\nt[10],1.0\n"
