"""The watches of the manifest: what their names stand for, and what their keys may say together."""

from collections.abc import Iterator, Mapping

from msgspec import UNSET

from qops.formats.located_tree import Mapping as Tree
from qops.formats.located_tree import Node, Scalar, Sequence
from qops.formats.manifest_circuits import Fault
from qops.formats.manifest_drift_rules import name as watch_name
from qops.formats.manifest_drift_rules import seconds
from qops.formats.manifest_drift_schema import WatchSection
from qops.formats.problems import Problems
from qops.model.drift import ChartChoice, DriftEntry
from qops.model.manifest import BackendEntry, CircuitEntry
from qops.model.response import Response
from qops.model.spelling import did_you_mean
from qops.model.where import Where


def watches(
    tree: Node,
    sections: Mapping[str, WatchSection] | None,
    circuits: Mapping[str, CircuitEntry],
    backends: Mapping[str, BackendEntry],
    problems: Problems,
) -> dict[str, DriftEntry]:
    """Every watch by its name, in the order of the file; whatever is wrong goes to `problems`."""
    nodes = tree.values.get("drift") if isinstance(tree, Tree) else None
    found: dict[str, DriftEntry] = {}
    spelled: dict[str, str] = {}
    for name, section in (sections or {}).items():
        node = nodes.values.get(name) if isinstance(nodes, Tree) else None
        if not isinstance(nodes, Tree) or not isinstance(node, Tree) or not isinstance(section, WatchSection):
            continue
        pairs = _spread(name, section, circuits)
        faults: list[Fault] = [*_names(node, circuits, backends), *_widths(node.values.get("success"))]
        faults += _pattern_faults(name, section, node, pairs)
        for one in pairs:
            if (other := spelled.setdefault(one.lower(), one)) != one or one in found:
                hint = "choose another name: each is a directory"
                cause = f"`{one}` and `{other}` are one directory on systems that ignore case"
                faults.append((cause if other != one else f"`{one}` is there already", node.where, hint))
        for fault in faults:
            problems.add(*fault)
        needed: tuple[object, ...] = (section.circuit, section.success)
        if not faults and UNSET not in needed:
            chart = _chart(section, node)
            found |= {one: _entry(one, circuit, section, nodes.keys[name], chart) for one, circuit in pairs.items()}
    return found


def _spread(name: str, section: WatchSection, circuits: Mapping[str, object]) -> dict[str, str]:
    """The watches that a section stands for, each with its circuit: one, or with a `*` one a circuit that matches."""
    circuit = str(section.circuit)
    if "*" not in name or "*" not in circuit:
        return {name: circuit}
    before, _, after = circuit.partition("*")
    fit = [each for each in circuits if each.startswith(before) and each.endswith(after)]
    words = {each: each[len(before) : len(each) - len(after)] for each in fit if len(each) > len(before + after)}
    return {name.replace("*", word): each for each, word in words.items()}


def _pattern_faults(name: str, section: WatchSection, node: Tree, pairs: Mapping[str, str]) -> Iterator[Fault]:
    circuit = node.values.get("circuit")
    if circuit is None:
        return
    if ("*" in name) != ("*" in str(section.circuit)):
        hint = "write one `*` in the name and one in the circuit, where they stand for the same"
        yield "the name and the circuit do not both have a `*`", circuit.where, hint
    elif not pairs:
        yield f"`{section.circuit}` matches no circuit", circuit.where, "the circuits are those of `circuits`"
    for one in pairs if "*" in name else ():
        if objection := watch_name(one):
            yield f"`{one}` {objection.cause}", node.where, objection.hint


def _names(node: Tree, circuits: Mapping[str, object], backends: Mapping[str, object]) -> Iterator[Fault]:
    for key, what, known in (("circuit", "circuit", circuits), ("backend", "backend", backends)):
        named = node.values.get(key)
        if (
            isinstance(named, Scalar)
            and isinstance(named.value, str)
            and named.value not in known
            and (what == "backend" or "*" not in named.value)
        ):
            yield f"no {what} is called `{named.value}`", named.where, did_you_mean(named.value, known)


def _widths(node: Node | None) -> Iterator[Fault]:
    items = node.items if isinstance(node, Sequence) else ()
    if isinstance(node, Sequence) and not items:
        yield "`success` is empty", node.where, "name at least one outcome"
    words = [(item.value, item.where) for item in items if isinstance(item, Scalar) and isinstance(item.value, str)]
    for word, where in words[1:]:
        if len(word) != len(words[0][0]):
            yield f"`{word}` is {len(word)} wide, the first is {len(words[0][0])}", where, "one character a bit"


def _chart(section: WatchSection, node: Tree) -> ChartChoice:
    where = node.values["chart"].where if "chart" in node.values else None
    if isinstance(section.chart, str):
        return ChartChoice(section.chart, where=where)
    options = {key: value for key, value in section.chart.items() if key != "name"}
    return ChartChoice(str(section.chart.get("name", ChartChoice().name)), options, where)


def _entry(name: str, circuit: str, section: WatchSection, where: Where, chart: ChartChoice) -> DriftEntry:
    return DriftEntry(
        name=name,
        circuit=circuit,
        where=where,
        backend="" if section.backend is UNSET else section.backend,
        success=tuple(section.success),
        shots=section.shots,
        seed=section.seed,
        level=section.level,
        every=section.every,
        run_length=float(section.run_length),
        baseline=section.baseline,
        chart=chart,
        stale_after_s=0.0 if section.stale_after is UNSET else seconds(section.stale_after),
        response=Response(
            on_drift=tuple(map(tuple, section.on_drift)),
            on_stale=tuple(map(tuple, section.on_stale)),
            cooldown_s=seconds(section.cooldown),
            max_per_day=section.max_per_day,
            timeout_s=seconds(section.timeout),
            retries=section.retries,
        ),
    )
