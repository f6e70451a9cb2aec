"""What identifies a Python source without running it: its files, its function and the arguments."""

import ast
from collections.abc import Iterator

import msgspec

from qops.errors import InputError
from qops.model.manifest import PythonSource
from qops.model.ports import WorkTree

_MOST_MODULES = 1000


def source_data(tree: WorkTree, source: PythonSource) -> bytes:
    """The module's file and those of the repository that it imports, each after its path, then target and arguments.

    Imports are followed by reading, not by running. What a module imports from elsewhere, or while it runs, or reads
    as data, is not part of it.
    """
    modules = _modules(tree, source.target.partition(":")[0])
    pieces = [f"{path}\n".encode() + data for path, data in sorted(modules.items())]
    call = {"target": source.target, "arguments": source.arguments}
    return b"\n".join([*pieces, msgspec.json.encode(call, order="sorted")]) + b"\n"


def module_file(tree: WorkTree, source: PythonSource) -> str | None:
    """The file of the module, if it is in the repository."""
    return _path(tree, source.target.partition(":")[0])


def _modules(tree: WorkTree, first: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    waiting, seen = [first], {first}
    while waiting and len(found) < _MOST_MODULES:
        module = waiting.pop()
        path = _path(tree, module)
        if path is None:
            continue
        found[path] = tree.read(path)
        fresh = set(_imports(found[path], module, package=path.endswith("__init__.py"))) - seen
        seen |= fresh
        waiting += sorted(fresh)
    return found


def _path(tree: WorkTree, module: str) -> str | None:
    stem = module.replace(".", "/")
    try:
        return next((path for path in (f"{stem}.py", f"{stem}/__init__.py") if tree.exists(path)), None)
    except InputError:  # no path inside the repository, so no module of it
        return None


def _imports(data: bytes, module: str, *, package: bool) -> Iterator[str]:
    """Every module that may be imported, and each package around it; nothing for a file that is not Python."""
    try:
        nodes = list(ast.walk(ast.parse(data)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    parts = module.split(".")
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _with_packages(alias.name)
        elif isinstance(node, ast.ImportFrom):
            around = parts[: max(0, len(parts) - node.level + package)] if node.level else []
            base = ".".join([*around, *filter(None, [node.module])])
            yield from _with_packages(base)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _with_packages(module: str) -> Iterator[str]:
    parts = module.split(".")
    return (".".join(parts[:count]) for count in range(1, len(parts) + 1) if parts[0])
