"""The section `abtests` of the manifest."""

import pytest

from qops.errors import InputError, ManyErrors, QopsError
from qops.formats import manifest
from qops.model.abtest import AbTestEntry, Arm, Guardrail, Observable, Pass, Peek, Price, Recipe, Score

HEAD = "version: 1\ncircuits: {ansatz: a.qasm, bell: b.qasm}\nbackends: {sim: {kind: aer}}\nabtests:\n  new:\n"
LEAST = "    a: ansatz\n    b: bell\n    backend: sim\n    metric: {pass: ['00', '1*']}\n"


def read(text: str) -> dict[str, AbTestEntry]:
    return manifest.read(text.encode(), "qops.yaml", lambda _: []).abtests


def problems(text: str) -> list[QopsError]:
    with pytest.raises(InputError) as caught:
        read(text)
    return list(caught.value.problems) if isinstance(caught.value, ManyErrors) else [caught.value]


def test_the_least_that_can_be_said() -> None:
    entry = read(HEAD + LEAST)["new"]
    assert (entry.a, entry.variants, entry.metric) == (Arm("ansatz"), {"b": Arm("bell")}, Pass(("00", "1*")))
    assert (entry.goal, entry.margin, entry.alpha, entry.power) == ("different", 0.0, 0.05, 0.8)
    assert (entry.blocks, entry.shots, entry.family, entry.correction) == (20, 1000, "all", "maxt")
    assert (entry.where.line, entry.where.column) == (5, 3)


@pytest.mark.parametrize("rule", ["mixture", "obrien-fleming", "pocock"])
def test_rules_that_take_jobs_to_be_alike_are_for_simulators(rule: str) -> None:
    assert read(f"{HEAD}{LEAST}    peek: {{rule: {rule}, looks: 5}}\n")["new"].peek == Peek(rule, 5)
    device = HEAD.replace("{kind: aer}", "{kind: ibm, device: ibm_x}")
    (problem,) = problems(f"{device}{LEAST}    peek: {{rule: {rule}, looks: 5}}\n")
    assert f"`{rule}` finds differences between jobs of a `ibm` backend" in problem.cause
    assert read(f"{device}{LEAST}    peek: {{rule: signs}}\n")["new"].peek == Peek()


def test_all_that_can_be_said() -> None:
    text = """\
    a: {circuit: ansatz, version: v1.0, parameters: {theta: 0.5}}
    b: [bell@HEAD, {circuit: bell, parameters: {phi: -1}}]
    backend: sim
    metric: {score: {"00": 1, "11": 0.5}}
    goal: non-inferior
    margin: 0.01
    alpha: 0.01
    power: 0.9
    blocks: 50
    shots: 200
    family: metric
    correction: holm
    guardrails: [{name: leak, pass: ["01"], margin: 0.1}]
    price: {second: 1.6, shot: 0.001}
    compile: {level: 3, seed: 7}
    expected: 0.9
    sigma: 0.02
"""
    entry = read(HEAD + text)["new"]
    assert str(entry.a) == "ansatz@v1.0 (theta=0.5)"
    assert entry.variants == {"b1": Arm("bell", "HEAD"), "b2": Arm("bell", "", {"phi": -1})}
    assert entry.metric == Score({"00": 1.0, "11": 0.5})
    assert entry.guardrails == (Guardrail("leak", Pass(("01",)), 0.1),)
    assert (entry.price, entry.compiled) == (Price(1.6, 0.001), Recipe(3, 7))
    assert (entry.expected, entry.sigma, entry.family, entry.correction) == (0.9, 0.02, "metric", "holm")
    assert list(entry.arms) == ["a", "b1", "b2"]


def test_an_observable() -> None:
    assert read(HEAD + LEAST.replace("pass: ['00', '1*']", "observable: {ZZ: 1, XI: 0.2}"))["new"].metric == Observable(
        {"ZZ": 1.0, "XI": 0.2}
    )


@pytest.mark.parametrize(
    ("more", "told", "hint"),
    [
        ("margin: -0.01", "`-0.01` is a margin of the wrong sign", "without a sign: 0.01"),
        ("goal: superir", "`superir` is no goal", "did you mean `superior`?"),
        ("goal: equivalent", "the goal `equivalent` needs a `margin`", "margin: 0.01"),
        ("goal: non-inferior\n    margin: 0", "a margin of 0 cannot be shown", "does not matter"),
        ("margin: 0.1", "the goal `different` takes no margin", "superior"),
        ("alpha: 0", "`0` is not between 0 and 1", "0.05"),
        ("alpha: 0.7", "`0.7` is no error rate", "0.05"),
        ("power: 1.2", "`1.2` is not between 0 and 1", "0.05"),
        ("power: 0.2", "`0.2` is no power", "0.8"),
        ("blocks: 1", "`1` blocks are too few: 6 are the least", "20 is a good number"),
        ("blocks: 5", "`5` blocks are too few", "20 is a good number"),
        ("shots: 0", "`0` shots count nothing", "1000"),
        ("family: metrics", "`metrics` is no family of tests", "did you mean `metric`?"),
        ("correction: none", "`none` is no correction", "maxt, holm"),
        ("guardrails: [{name: x, margin: 0.1}]", "the guardrail says not what is measured", "pass, score"),
        (
            "guardrails: [{name: x, margin: 0.1, pass: ['0']}, {name: x, margin: 0, pass: ['0']}]",
            "a guardrail `x` is there already",
            "its own name",
        ),
        ("price: {shot: -1}", "`-1` is no amount", None),
        ("expected: 1.5", "`1.5` cannot be the metric's value", "from 0 to 1"),
        ("expected: -0.1", "`-0.1` cannot be the metric's value", "from 0 to 1"),
        ("peek: {rule: pocok}", "`pocok` is no rule for looking", "did you mean `pocock`?"),
        ("peek: {rule: pocock, looks: 1}", "`1` looks go from 2 to 100", "10"),
        ("peek: {rule: pocock, looks: 21}", "21 looks are more than there are blocks: 20", "after every block"),
        ("goal: superior\n    peek: {rule: mixture}", "for the metric `pass` and the goal `different`", "other rules"),
        ("block: 20", "unknown key `block`", "did you mean `blocks`?"),
    ],
)
def test_what_a_value_may_not_be(more: str, told: str, hint: str | None) -> None:
    (problem,) = problems(f"{HEAD}{LEAST}    {more}\n")
    assert told in problem.cause
    assert hint is None or hint in (problem.hint or "")
    assert problem.where is not None
    assert problem.where.line >= 10


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("a: ansatz", "a: ansatzz", "no circuit is called `ansatzz`"),
        ("a: ansatz", "a: ansatz@", "no revision follows the `@`"),
        ("b: bell", "b: []", "`b` is an empty list"),
        ("backend: sim", "backend: sin", "no backend is called `sin`"),
        ("pass: ['00', '1*']", "pass: ['00', '1*1']", "`1*1` is 3 wide, the first is 2"),
        ("pass: ['00', '1*']", "pass: []", "`pass` is empty"),
        ("pass: ['00', '1*']", "pass: ['0x']", "`0x` is no pattern of outcomes"),
        ("pass: ['00', '1*']", "score: {'00': 1.5}", "`1.5` is no score from 0 to 1"),
        ("pass: ['00', '1*']", "observable: {ZA: 1}", "`ZA` is no Pauli word"),
        ("pass: ['00', '1*']", "pass: ['00'], score: {'00': 1}", "the metric has `score` besides `pass`"),
        ("{pass: ['00', '1*']}", "{}", "the metric says not what is measured"),
        ("  new:", "  judge:", "`judge` is a command of `qops abtest`"),
        ("  new:", "  a/b:", "is not a name for an abtest"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(old: str, new: str, told: str) -> None:
    text = HEAD + LEAST
    assert old in text
    assert any(told in problem.cause for problem in problems(text.replace(old, new)))


def test_a_version_may_name_a_circuit_that_is_no_longer_declared() -> None:
    assert read(HEAD + LEAST.replace("a: ansatz", "a: gone@v1.0"))["new"].a == Arm("gone", "v1.0")


def test_guardrails_are_not_for_observables() -> None:
    text = LEAST.replace("pass: ['00', '1*']", "observable: {ZZ: 1}")
    (problem,) = problems(f"{HEAD}{text}    guardrails: [{{name: x, margin: 0.1, pass: ['00']}}]\n")
    assert "an observable measures others" in problem.cause


def test_all_problems_are_told_in_one_run() -> None:
    assert len(problems(f"{HEAD}{LEAST}    alpha: 2\n    blocks: 2\n    shots: -1\n    goal: best\n")) == 4


def test_names_that_differ_in_case_alone_would_share_a_directory() -> None:
    (problem,) = problems(f"{HEAD}{LEAST}  New:\n{LEAST}")
    assert "one directory" in problem.cause
