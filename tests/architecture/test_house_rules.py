"""Rules that keep the code small, honest and easy to test, each with its few stated exceptions."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import SimpleNamespace as Module

LONGEST_FILE = 350
LONGEST_FUNCTION = 60
VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}

CALLS = {
    "print": (),
    "eval": (),
    "exec": (),
    "input": (),
    "sys.exit": ("qops/cli/boundary.py", "qops/backends/child_script.py"),
    "os._exit": (  # a forked child, a driver: nothing is left to do
        "qops/readers/",
        "qops/drivers/__main__.py",
        "qops/executors/server.py",
        "qops/executors/worker.py",
    ),
    "os.chdir": ("qops/world.py", "qops/readers/users_code.py"),  # `qops -C DIR`; the child that runs a user's function
    "os.getcwd": ("qops/world.py",),
    "Path.cwd": ("qops/world.py",),
    "Path.home": (),
    "datetime.now": ("qops/world.py",),
    "datetime.utcnow": (),
    "time.time": ("qops/world.py",),
    "time.sleep": ("qops/world.py",),
    "time.monotonic": ("qops/world.py",),
    "os.urandom": ("qops/world.py",),
    "os.getpid": ("qops/world.py", "qops/readers/"),
    "os.getenv": (),
    "os.environ": ("qops/world.py",),
}
"""What only the world may be asked, by whom."""

FUNCTION_LEVEL_IMPORTS = ("qops/cli/", "qops/drivers/")
BROAD_EXCEPT = (
    "qops/cli/boundary.py",
    "qops/drivers/boundary.py",
    "qops/readers/server.py",
    "qops/readers/work.py",
    "qops/executors/worker.py",
)
"""The boundaries, and the children that answer for foreign code: a Rust panic is no `Exception`."""


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def undocumented(node: ast.Module | ast.ClassDef, name: str) -> Iterator[str]:
    if ast.get_docstring(node) is None:
        yield name
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.ClassDef) and not child.name.startswith("_"):
            if isinstance(child, ast.ClassDef):
                yield from undocumented(child, f"{name}.{child.name}")
            elif ast.get_docstring(child) is None:
                yield f"{name}.{child.name}"


def test_files_are_short(modules: "dict[str, Module]") -> None:
    long = {module.place: length for module in modules.values() if (length := module.text.count("\n")) > LONGEST_FILE}
    assert long == {}


def test_functions_are_short(modules: "dict[str, Module]") -> None:
    long = {
        f"{module.place}:{function.lineno} {function.name}": length
        for module in modules.values()
        for function in functions(module.tree)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_name_is_vague(modules: "dict[str, Module]") -> None:
    assert [name for name in modules if VAGUE & set(name.split(".")[-1].split("_"))] == []


def test_every_public_definition_has_a_docstring(modules: "dict[str, Module]") -> None:
    assert [name for module in modules.values() for name in undocumented(module.tree, module.name)] == []


@pytest.mark.parametrize("name", CALLS)
def test_only_the_world_is_asked(name: str, modules: "dict[str, Module]") -> None:
    used = [
        f"{module.place}:{node.lineno}"
        for module in modules.values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute | ast.Name) and dotted(node) == name
    ]
    assert [place for place in used if not place.startswith(CALLS[name] or "nobody")] == []


def test_imports_stand_at_the_top(modules: "dict[str, Module]") -> None:
    inside = [
        f"{module.place}:{node.lineno}"
        for module in modules.values()
        for function in functions(module.tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert [place for place in inside if not place.startswith(FUNCTION_LEVEL_IMPORTS)] == []


def test_no_except_swallows_everything(modules: "dict[str, Module]") -> None:
    """A broad `except` must raise again; only the two boundaries turn whatever escapes into an answer."""
    broad = [
        f"{module.place}:{node.lineno}"
        for module in modules.values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or dotted(node.type) in {"Exception", "BaseException"})
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    ]
    assert [place for place in broad if not place.startswith(BROAD_EXCEPT)] == []
