import pytest

from qops.errors import InputError
from qops.formats import located_yaml
from qops.formats.located_values import convert
from qops.formats.manifest_gate import METRICS, GateSection, rules
from qops.model.gate import Limit, Rules
from qops.transpile.metrics import METRICS as KNOWN


def read(text: str) -> Rules:
    tree, problems = located_yaml.read(text.encode(), "qops.yaml")
    assert tree is not None
    section = convert(tree, GateSection, "the gate", problems)
    problems.raise_any()
    return rules(section)


def test_the_metrics_are_those_that_can_be_judged() -> None:
    assert set(METRICS) == KNOWN.keys() == Rules().limits.keys()


def test_what_is_left_out_is_as_it_is_without_a_section() -> None:
    assert read("false_alarms: 1%") == Rules()


def test_everything_can_be_said() -> None:
    text = (
        "watch: [two_qubit, log_success]\ntwo_qubit: {worse_by: 0.5%, row_worse_by: 10 %}\n"
        "false_alarms: 2%\nfewest_seeds: 10\n"
    )
    limits = {"two_qubit": Limit(row=0.1, overall=0.005), "log_success": Limit()}
    assert read(text) == Rules(limits, 0.02, 10)


@pytest.mark.parametrize(
    ("text", "cause", "hint"),
    [
        ("two_qubit: {worse_by: '1'}", "'1' is not a percentage", "write it as `1%` or `2.5%`"),
        ("two_qubit: {worse_by: -1%}", "is not a percentage", "write it as `1%` or `2.5%`"),
        ("false_alarms: 0%", "is no rate to ask for", "write `1%`, at most `50%`"),
        ("false_alarms: 60%", "is no rate to ask for", "write `1%`, at most `50%`"),
        ("watch: [two_qubits]", "is not a metric of the gate", "two_qubit"),
        ("watch: [zzzzzzzz]", "is not a metric of the gate", "the metrics are two_qubit, two_qubit_depth, log_success"),
        ("fewest_seeds: 1", "say nothing about noise", "2 are the least"),
        ("two_qubitt: {}", "two_qubitt", "two_qubit"),
    ],
)
def test_every_mistake_has_its_place_and_a_next_step(text: str, cause: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert cause.strip("'1 ") in caught.value.cause
    assert hint in (caught.value.hint or "")
    assert caught.value.where is not None
    assert (caught.value.where.file, caught.value.where.line) == ("qops.yaml", 1)
