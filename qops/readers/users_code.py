"""In the child: call the user's function.

The function is the user's own code. It runs in a process of its own with limits on memory, processor time and wall
time, without standard input and with its output captured; it is not sandboxed: it may read and write whatever the
user may.
"""

import importlib
import importlib.util
import inspect
import os
import sys
from collections.abc import Callable

from qiskit import QuantumCircuit

from qops.errors import InputError
from qops.model.spelling import did_you_mean
from qops.readers.messages import CallFunction


def call(request: CallFunction) -> QuantumCircuit | str:
    """What the function returns: a circuit, or OpenQASM text.

    Raises:
        InputError: there is no such module or function, the arguments do not fit, or it returns something else.
        BaseException: whatever the user's code raises.
    """
    os.chdir(request.root)
    sys.path.insert(0, request.root)
    module, _, name = request.target.partition(":")
    _require(request, module)
    function = _function(request, module, name)
    _check_arguments(request, function)
    result = function(**request.arguments)
    if inspect.iscoroutine(result):
        result.close()  # else Python complains that nobody awaited it
    if not isinstance(result, QuantumCircuit | str):
        raise InputError(
            f"`{request.target}` returned a value of the class {type(result).__name__}",
            hint="return a qiskit.QuantumCircuit, or OpenQASM as text",
        )
    return result


def _require(request: CallFunction, module: str) -> None:
    try:
        missing = None if importlib.util.find_spec(module) else module
    except ModuleNotFoundError as problem:  # of a package around it, or of something that the package imports
        missing = problem.name
    if missing is not None:
        raise InputError(
            f"there is no Python module `{missing}`",
            where=request.declared,
            hint="name it with dots, as an import from the repository's top directory would",
        )


def _function(request: CallFunction, module: str, name: str) -> Callable[..., object]:
    imported = importlib.import_module(module)
    function: object = getattr(imported, name, None)
    if not callable(function):
        what = "is not a function" if hasattr(imported, name) else "does not exist"
        known = [other for other, value in vars(imported).items() if inspect.isfunction(value)]
        raise InputError(f"`{request.target}` {what}", where=request.declared, hint=did_you_mean(name, known))
    return function


def _check_arguments(request: CallFunction, function: Callable[..., object]) -> None:
    try:
        inspect.signature(function).bind(**request.arguments)
    except TypeError as problem:
        cause = f"`{request.target}` cannot be called with these arguments: {problem}"
        raise InputError(cause, where=request.declared) from None
    except ValueError:
        return  # a callable that has no signature checks for itself
