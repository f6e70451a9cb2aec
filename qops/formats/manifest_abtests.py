"""The A/B tests of the manifest: what their names stand for, and what their keys may say together."""

import math
from collections.abc import Iterator, Mapping

from msgspec import UNSET

from qops.formats.located_tree import Mapping as Tree
from qops.formats.located_tree import Node, Scalar, Sequence
from qops.formats.manifest_abtests_schema import AbTestSection, ArmSection, GuardrailSection, MetricSection
from qops.formats.manifest_circuits import Fault
from qops.formats.manifest_similarities import on_similarities
from qops.formats.problems import Problems
from qops.model.abtest import (
    SIMULATED,
    AbTestEntry,
    Arm,
    Guardrail,
    Metric,
    Observable,
    Pass,
    Peek,
    Price,
    Recipe,
    Score,
)
from qops.model.manifest import BackendEntry, CircuitEntry
from qops.model.spelling import did_you_mean
from qops.model.where import Where

_KINDS = ("pass", "score", "observable")


def abtests(
    tree: Node,
    sections: Mapping[str, AbTestSection] | None,
    circuits: Mapping[str, CircuitEntry],
    backends: Mapping[str, BackendEntry],
    problems: Problems,
) -> dict[str, AbTestEntry]:
    """Every A/B test by its name, in the order of the file; whatever is wrong goes to `problems`."""
    nodes = tree.values.get("abtests") if isinstance(tree, Tree) else None
    found: dict[str, AbTestEntry] = {}
    if not isinstance(nodes, Tree):
        return found
    for name, section in (sections or {}).items():
        node = nodes.values[name]
        if not isinstance(section, AbTestSection) or not isinstance(node, Tree) or on_similarities(node):
            continue
        faults = list(_faults(node, section, circuits, backends))
        for cause, where, hint in faults:
            problems.add(cause, where, hint)
        if not faults and _whole(section):
            found[name] = _entry(name, section, nodes.keys[name])
    _refuse_names_that_differ_in_case(found, problems)
    return found


def _whole(section: AbTestSection) -> bool:
    """Whether all that is needed is there; what is not was told when the section was read."""
    needed: tuple[object, ...] = (section.a, section.b, section.backend, section.metric)
    return UNSET not in needed


def _faults(
    node: Tree, section: AbTestSection, circuits: Mapping[str, CircuitEntry], backends: Mapping[str, BackendEntry]
) -> Iterator[Fault]:
    for key in ("a", "b"):
        if key in node.values:
            yield from _arm_faults(node.values[key], circuits)
    if "backend" not in node.values:
        yield "`backend` is missing", node.where, "name the backend that runs the circuits"
    backend = node.values.get("backend")
    if isinstance(backend, Scalar) and isinstance(backend.value, str) and backend.value not in backends:
        yield f"no backend is called `{backend.value}`", backend.where, did_you_mean(backend.value, backends)
    metric = node.values.get("metric")
    if isinstance(metric, Tree):
        yield from _metric_faults(metric, "the metric", _KINDS)
    yield from _margin_faults(node, section)
    yield from _expected_faults(node, section)
    yield from _guardrail_faults(node.values.get("guardrails"), metric)
    yield from _peek_faults(node, section, backends)


def _arm_faults(node: Node, circuits: Mapping[str, CircuitEntry]) -> Iterator[Fault]:
    if isinstance(node, Sequence):
        if not node.items:
            yield "`b` is an empty list", node.where, "name at least one variant"
        for item in node.items:
            yield from _arm_faults(item, circuits)
        return
    named = node.values.get("circuit") if isinstance(node, Tree) else node
    if isinstance(node, Tree) and "kernel" in node.values:
        yield "`kernel` is for the metric `two-sample`", node.keys["kernel"], "name a `circuit`"
    elif named is None:
        yield "the arm names no circuit", node.where, "write `circuit: NAME`"
    if not isinstance(named, Scalar) or not isinstance(named.value, str):
        return
    name, at, revision = (named.value, "", "") if isinstance(node, Tree) else named.value.partition("@")
    if at and not revision:
        yield "no revision follows the `@`", named.where, f"write `{name}@v0.1.0`, or `{name}`"
    if name not in circuits and not revision and not (isinstance(node, Tree) and "version" in node.values):
        yield f"no circuit is called `{name}`", named.where, did_you_mean(name, circuits)


def _metric_faults(node: Tree, what: str, kinds: tuple[str, ...]) -> Iterator[Fault]:
    given = [key for key in kinds if key in node.values]
    if not given:
        yield f"{what} says not what is measured", node.where, f"write one of {', '.join(kinds)}"
    for extra in given[1:]:
        yield f"{what} has `{extra}` besides `{given[0]}`", node.keys[extra], "keep one of them"
    for key in given:
        yield from _width_faults(key, node.values[key])


def _width_faults(key: str, node: Node) -> Iterator[Fault]:
    """Words of one metric are about the same bits, or qubits."""
    words = _words(node)
    if not words:
        if isinstance(node, Tree | Sequence):
            yield f"`{key}` is empty", node.where, "name at least one outcome"
        return
    width = len(words[0][0])
    for word, where in words[1:]:
        if len(word) != width:
            yield f"`{word}` is {len(word)} wide, the first is {width}", where, "one character a bit"


def _words(node: Node) -> list[tuple[str, Where]]:
    if isinstance(node, Tree):
        return [(word, node.keys[word]) for word in node.values]
    items = node.items if isinstance(node, Sequence) else ()
    return [(item.value, item.where) for item in items if isinstance(item, Scalar) and isinstance(item.value, str)]


def _margin_faults(node: Tree, section: AbTestSection) -> Iterator[Fault]:
    goal = section.goal
    place = next((node.values[key].where for key in ("margin", "goal") if key in node.values), node.where)
    if goal in ("non-inferior", "equivalent") and not isinstance(section.margin, int | float) and _unset(node):
        yield f"the goal `{goal}` needs a `margin`", place, "say how much does not matter: `margin: 0.01`"
    elif goal in ("non-inferior", "equivalent") and section.margin == 0:
        yield f"a margin of 0 cannot be shown for the goal `{goal}`", place, "say how much does not matter"
    elif goal == "different" and isinstance(section.margin, int | float) and section.margin > 0:
        yield "the goal `different` takes no margin", place, "the goals with one are superior, non-inferior, equivalent"


def _expected_faults(node: Tree, section: AbTestSection) -> Iterator[Fault]:
    """Shares and scores lie between 0 and 1, expectations between the sums of their coefficients."""
    expected, metric = section.expected, section.metric
    if not isinstance(expected, int | float) or not isinstance(metric, MetricSection):
        return
    low, reach = 0.0, 1.0
    if metric.observable is not UNSET:
        reach = math.fsum(map(abs, metric.observable.values()))
        low = -reach
    if not low <= expected <= reach:
        cause = f"`{expected:g}` cannot be the metric's value"
        yield cause, node.values["expected"].where, f"it lies from {low:g} to {reach:g}"


def _unset(node: Tree) -> bool:
    return "margin" not in node.values


def _guardrail_faults(node: Node | None, metric: Node | None) -> Iterator[Fault]:
    if not isinstance(node, Sequence):
        return
    seen: set[str] = set()
    for item in node.items:
        if not isinstance(item, Tree):
            continue
        yield from _metric_faults(item, "the guardrail", _KINDS[:2])
        name = item.values.get("name")
        if isinstance(name, Scalar) and isinstance(name.value, str):
            if name.value in seen:
                yield f"a guardrail `{name.value}` is there already", name.where, "every guardrail has its own name"
            seen.add(name.value)
    if node.items and isinstance(metric, Tree) and "observable" in metric.values:
        cause = "guardrails are of the circuit's own outcomes, and an observable measures others"
        yield cause, node.where, "make a second abtest of them"


def _peek_faults(node: Tree, section: AbTestSection, backends: Mapping[str, BackendEntry]) -> Iterator[Fault]:
    """All rules but that of signs take jobs to differ by their shots alone."""
    rule, looked = section.peek.rule, node.values.get("peek")
    if looked is None or rule == "signs":
        return
    backend = backends.get(str(section.backend))
    if backend is not None and backend.kind not in SIMULATED:
        cause = f"`{rule}` finds differences between jobs of a `{backend.kind}` backend that drift on their own"
        yield cause, looked.where, "the rule `signs` holds on any backend"
    metric = section.metric
    plain = isinstance(metric, MetricSection) and metric.passes is not UNSET and section.goal == "different"
    if rule == "mixture" and not (plain and not section.guardrails):
        cause = "`mixture` is for the metric `pass` and the goal `different`, without guardrails"
        yield cause, looked.where, "the other rules are for all"
    elif rule != "mixture" and section.peek.looks > section.blocks:
        cause = f"{section.peek.looks} looks are more than there are blocks: {section.blocks}"
        yield cause, looked.where, "look after every block at most"


def _entry(name: str, section: AbTestSection, where: Where) -> AbTestEntry:
    several = section.b if isinstance(section.b, list) else None
    variants = {f"b{at}": _arm(arm) for at, arm in enumerate(several, 1)} if several else {"b": _arm(section.b)}
    price, recipe = section.price, section.compiled
    return AbTestEntry(
        name=name,
        a=_arm(section.a),
        variants=variants,
        backend=str(section.backend),
        metric=_metric(section.metric),
        where=where,
        goal=section.goal,
        margin=float(section.margin or 0.0),
        alpha=section.alpha,
        power=section.power,
        blocks=section.blocks,
        shots=section.shots,
        family=section.family,
        correction=section.correction,
        guardrails=tuple(Guardrail(each.name, _own(each), each.margin) for each in section.guardrails),
        price=Price(price.second, price.shot),
        compiled=Recipe(recipe.level, recipe.seed),
        peek=Peek(section.peek.rule, section.peek.looks),
        expected=None if section.expected is UNSET else section.expected,
        sigma=None if section.sigma is UNSET else section.sigma,
    )


def _arm(section: object) -> Arm:
    if isinstance(section, ArmSection):
        return Arm(str(section.circuit), section.version or "", dict(section.parameters))
    circuit, _, version = str(section).partition("@")
    return Arm(circuit, version)


def _metric(section: MetricSection) -> Metric:
    if section.observable is not UNSET:
        return Observable({word: float(value) for word, value in section.observable.items()})
    return _own(section)


def _own(section: MetricSection | GuardrailSection) -> Pass | Score:
    """A metric of the circuit's own outcomes."""
    if section.score is not UNSET:
        return Score({pattern: float(value) for pattern, value in section.score.items()})
    return Pass(tuple(section.passes or ()))


def _refuse_names_that_differ_in_case(found: Mapping[str, AbTestEntry], problems: Problems) -> None:
    """Each is a directory of the series."""
    spelled: dict[str, str] = {}
    for name, entry in found.items():
        other = spelled.setdefault(name.lower(), name)
        if other != name:
            problems.add(f"`{name}` and `{other}` are one directory on systems that ignore case", entry.where)
