"""Imports go down only: a room may import what is below it, a slice neither another slice nor an edge."""

import ast
from collections.abc import Iterator

import pytest

BASE = {"errors", "framing", "world", "model"}
MATHEMATICS = {"circuits", "stats"}
VERSIONS = {"snapshot", "diff", "fsck", "project", "hooks", "calibration"}
SLICES = VERSIONS | {"transpile", "abtest", "drift", "monitor", "pipeline"}
EDGES = {"vault", "executors", "oracles"}
ROOFS = {"cli", "drivers"}
QISKIT_EDGES = {"backends", "readers", "compilers"}
ROOMS = {
    **dict.fromkeys(BASE, BASE),
    **dict.fromkeys(MATHEMATICS, BASE),
    "formats": BASE | MATHEMATICS,
    "interchange": BASE | MATHEMATICS,
    "recorded": BASE | MATHEMATICS | {"formats"},
    **dict.fromkeys(EDGES, BASE | MATHEMATICS | {"formats"}),
    **dict.fromkeys(QISKIT_EDGES, BASE | MATHEMATICS | {"formats", "interchange"}),
    **dict.fromkeys(SLICES, BASE | MATHEMATICS | {"formats", "recorded"}),
    "render": BASE,
    **dict.fromkeys(ROOFS, BASE | MATHEMATICS | SLICES | EDGES | QISKIT_EDGES | {"formats", "recorded", "render"}),
    "__main__": {"cli"},
}
"""Each room, and the rooms that it may import besides itself."""

Graph = dict[str, set[str]]


def imports(tree: ast.Module, modules: dict[str, object]) -> Iterator[str]:
    """The modules of qops that are imported anywhere in `tree`, inside functions too, but not for types alone."""
    for node in walk_without_type_checking(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "qops":
            for alias in node.names:
                below = f"{node.module}.{alias.name}"
                yield below if below in modules else node.module


def walk_without_type_checking(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
            continue
        yield child
        yield from walk_without_type_checking(child)


def room(module: str) -> str:
    return [*module.split("."), ""][1]


@pytest.fixture(scope="session")
def graph(modules: dict[str, object]) -> Graph:
    return {name: set(imports(module.tree, modules)) - {name} for name, module in modules.items()}


def test_every_module_lives_in_a_room(graph: Graph) -> None:
    assert {room(name) for name in graph} - {""} <= set(ROOMS)


def test_no_import_goes_up_or_sideways(graph: Graph) -> None:
    wrong = [
        f"{name} imports {target}"
        for name, targets in graph.items()
        for target in sorted(targets)
        if room(name) and room(target) and room(target) not in ROOMS[room(name)] | {room(name)}
    ]
    assert wrong == []


def test_what_is_called_pure_is_given_no_door_to_the_world(graph: Graph) -> None:
    doors = {"qops.model.ports", "qops.model.action_ports", "qops.model.custody"}
    pure = MATHEMATICS | {"formats", "render"}
    assert [name for name, targets in graph.items() if room(name) in pure and targets & doors] == []


def test_no_import_is_relative(modules: dict[str, object]) -> None:
    relative = [
        f"{module.place}:{node.lineno}"
        for module in modules.values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_there_is_no_cycle(graph: Graph) -> None:
    """Modules are removed while they import nothing that is left; whatever stays is in a cycle or above one."""
    left = {name: set(targets) for name, targets in graph.items()}
    while free := {name for name, targets in left.items() if not targets & left.keys()}:
        left = {name: targets for name, targets in left.items() if name not in free}
    assert left == {}


def test_the_test_itself_sees_a_cycle_and_a_lazy_import() -> None:
    tree = ast.parse("def f():\n    from qops.cli import app\n")
    assert list(imports(tree, {"qops.cli.app": None})) == ["qops.cli.app"]
    with pytest.raises(AssertionError):
        test_there_is_no_cycle({"a": {"b"}, "b": {"a"}})
