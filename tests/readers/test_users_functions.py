"""Python sources: what the user's function may do, and what happens when it does something else."""

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from readers.functions import DECLARED, TIGHT, Call, Refusal
from readers.processes import eventually, gone

from qops.errors import InputError
from qops.model.circuit import Operation
from qops.model.where import Where
from qops.readers.messages import Limits

PLAIN = """
from qiskit import QuantumCircuit

def build(n=1):
    circuit = QuantumCircuit(n)
    circuit.h(range(n))
    return circuit
"""

IGNORE_SIGNALS = """for number in range(1, 32):
    try: signal.signal(number, signal.SIG_IGN)
    except OSError: pass"""


def after(lines: str) -> str:
    """A module whose `build` does something before it returns a circuit."""
    indented = "".join(f"    {line}\n" for line in lines.splitlines())
    return (
        f"import os, signal, sys, time\n{PLAIN}\ndef plain():\n    return build_plain()\n".replace(
            "def build(", "def build_plain("
        )
        + f"def build():\n{indented}    return build_plain()\n"
    )


def test_gives_the_circuit_it_builds(call: Call) -> None:
    circuit = call(PLAIN, n=2)
    assert circuit.operations == (Operation("h", (0,)), Operation("h", (1,)))
    assert circuit.source_format == "python"


def test_imports_from_the_root_and_reads_from_there(call: Call, tmp_path: Path) -> None:
    (tmp_path / "sizes.py").write_text("N = 3")
    (tmp_path / "size.txt").write_text("4")
    text = PLAIN.replace("n=1):", "n=1):\n    import sizes\n    n = sizes.N * int(open('size.txt').read())")
    assert len(call(text).operations) == 12


def test_may_compile(call: Call) -> None:
    text = PLAIN.replace(
        "return circuit", "from qiskit import transpile\n    return transpile(circuit, basis_gates=['rz', 'sx'])"
    )
    assert {operation.gate for operation in call(text).operations} == {"rz", "sx"}


def test_leaves_no_compiled_files(call: Call, tmp_path: Path) -> None:
    call(PLAIN)
    assert [path.name for path in tmp_path.iterdir()] == ["ansatz.py"]


def test_may_print_and_start_threads_and_children(call: Call) -> None:
    text = after(
        "import threading\nthreading.Thread(target=time.sleep, args=(1000,)).start()\n"
        "print('hello')\nprint('noise' * 100_000, file=sys.stderr)\n"
        "if os.fork() == 0:\n    time.sleep(1000)"
    )
    assert call(text).operations == (Operation("h", (0,)),)


def test_returning_twice_counts_once(call: Call) -> None:
    assert call(after("os.fork()")).operations == (Operation("h", (0,)),)


def test_same_hash_order_every_time(call: Call) -> None:
    text = after("").replace(
        "return build_plain()", "c = build_plain()\n    c.name = ''.join({'a','b','c','d','e','f'})\n    return c"
    )
    assert call(text).annotations == call(text).annotations


def test_exception_is_placed_in_the_users_code(refusal: Refusal) -> None:
    problem = refusal(
        "from qiskit import QuantumCircuit\ndef build():\n    print('so\\x1b[2J far')\n    QuantumCircuit(1).h(7)\n"
    )
    assert problem.where == Where("ansatz.py", 4)
    assert problem.excerpt == "QuantumCircuit(1).h(7)"
    assert problem.cause.startswith("`ansatz:build` raised CircuitError: Index 7 out of range")
    assert problem.cause.endswith(r"it printed: so\x1b[2J far")


@pytest.mark.parametrize(
    ("lines", "cause"),
    [
        ("sys.exit(3)", "`ansatz:build` called `sys.exit(3)`"),
        ("raise KeyboardInterrupt", "`ansatz:build` raised KeyboardInterrupt"),
        ("raise BaseException('odd')", "`ansatz:build` raised BaseException: odd"),
        ("raise ValueError('first\\nsecond')", "`ansatz:build` raised ValueError: first | second"),
        ("build()", "`ansatz:build` raised RecursionError: maximum recursion depth exceeded"),
        ("input()", "`ansatz:build` raised EOFError: EOF when reading a line"),
        ("os._exit(0)", "`ansatz:build` ended its process without an answer"),
        ("print('bye')\nos._exit(5)", "`ansatz:build` ended the process with exit code 5; it printed: bye"),
        ("import ctypes\nctypes.string_at(0)", "`ansatz:build` crashed (SIGSEGV)"),
        ("os.abort()", "`ansatz:build` crashed (SIGABRT)"),
        ("os.closerange(0, 100)", "`ansatz:build` ended the process with exit code 70"),
        ("[os.write(3, b'?') for _ in range(9)]", "`ansatz:build` wrote something that is not an answer"),
        ("while True: os.write(3, bytes(1 << 16))", "what `ansatz:build` makes of it is larger than 1 MiB"),
        ("x = []\nwhile True: x.append(bytearray(1 << 24))", "`ansatz:build` needed more than 2048 MiB of memory"),
        ("import numpy\nnumpy.ones((1 << 20, 1 << 11))", "`ansatz:build` needed more than 2048 MiB of memory"),
        ("return 42", "`ansatz:build` returned a value of the class int"),
        ("return None", "`ansatz:build` returned a value of the class NoneType"),
        (
            "c = build_plain()\nc.num_qubits\ntype(c).data = property(lambda _: 1 / 0)\nreturn c",
            "what `ansatz:build` returned cannot be read: ZeroDivisionError: division by zero",
        ),
        ("c = build_plain()\nc.rx(float('nan'), 0)\nreturn c", "`rx` on qubit 0: the angle is not a finite number"),
    ],
)
def test_misbehaviour_is_one_clear_error(refusal: Refusal, lines: str, cause: str) -> None:
    problem = refusal(after(lines), limits=Limits(memory=2 << 30, answer=1 << 20))
    assert problem.cause == cause
    assert problem.where is not None
    assert problem.where.file == "ansatz.py"


@pytest.mark.parametrize(
    ("lines", "cause"),
    [
        (
            f"{IGNORE_SIGNALS}\ntime.sleep(1000)",
            "`ansatz:build` took longer than 2 s and was stopped",
        ),
        ("while True: pass", "`ansatz:build` used more than 1 s of processor time and was stopped"),
        ("os.closerange(0, 100)\ntime.sleep(1000)", "`ansatz:build` took longer than 2 s and was stopped"),
    ],
)
def test_endless_functions_are_stopped(refusal: Refusal, call: Call, lines: str, cause: str) -> None:
    assert refusal(after(lines), limits=TIGHT).cause == cause
    assert call(PLAIN).operations


def test_children_do_not_outlive_the_request(call: Call, tmp_path: Path) -> None:
    text = after("pid = os.fork()\nif pid == 0:\n    time.sleep(1000)\nopen('pid', 'w').write(str(pid))")
    call(text)
    pid = int((tmp_path / "pid").read_text())
    assert eventually(lambda: gone(pid))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems give orphans to the first process")
@pytest.mark.parametrize("ending", ["", "raise ValueError", "os._exit(1)", "time.sleep(1000)"])
def test_a_daemon_does_not_outlive_the_request(call: Call, tmp_path: Path, ending: str) -> None:
    """One that left the group, and whose parent is gone before the request ends; its own child too."""
    text = after(
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork():\n        os._exit(0)\n    os.setsid()\n    os.fork()\n"
        "    open(f'pid-{os.getpid()}', 'w').close()\n    time.sleep(1000)\n"
        f"while len([name for name in os.listdir() if name.startswith('pid-')]) < 2:\n    time.sleep(0.01)\n{ending}"
    )
    with pytest.raises(InputError) if ending else nullcontext():
        call(text, limits=TIGHT)
    pids = [int(place.name.removeprefix("pid-")) for place in tmp_path.glob("pid-*")]
    assert len(pids) == 2
    assert all(map(gone, pids))


def test_a_child_that_left_the_group_cannot_hold_the_answer_back(call: Call) -> None:
    assert call(after("if os.fork() == 0:\n    os.setsid()\n    time.sleep(3)\n    os._exit(0)")).operations


def test_syntax_error_is_placed(refusal: Refusal) -> None:
    problem = refusal("x = 1\ndef build(: pass\n")
    assert (problem.where, problem.cause) == (Where("ansatz.py", 2, 11), "it is not Python: invalid syntax")
    assert problem.excerpt == "def build(: pass"


def test_failing_import_inside_the_module_is_placed(refusal: Refusal) -> None:
    problem = refusal("\nimport nothing_like_it\n")
    assert problem.where == Where("ansatz.py", 2)
    assert "No module named 'nothing_like_it'" in problem.cause


@pytest.mark.parametrize(
    ("options", "cause", "hint"),
    [
        ({"function": "biuld"}, "`ansatz:biuld` does not exist", "did you mean `build`?"),
        ({"function": "N"}, "`ansatz:N` is not a function", None),
        (
            {"m": 3},
            "`ansatz:build` cannot be called with these arguments: got an unexpected keyword argument 'm'",
            None,
        ),
    ],
)
def test_what_the_manifest_got_wrong_is_placed_there(
    refusal: Refusal, options: dict[str, object], cause: str, hint: str | None
) -> None:
    problem = refusal(f"{PLAIN}\nN = 1\n", **options)
    assert (problem.where, problem.cause, problem.hint) == (DECLARED, cause, hint)
