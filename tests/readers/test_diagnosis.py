"""What a child's end means."""

import signal

import msgspec
import pytest

from qops.errors import InputError
from qops.model.circuit import Circuit
from qops.model.where import Where
from qops.readers.diagnosis import understand
from qops.readers.messages import Answer, Converted, Limits, Outcome, ReadQpy, Refused, Written

REQUEST = ReadQpy(b"", "a.qpy", 0)
WHO = "Qiskit's QPY reader"


def encoded(answer: Answer) -> bytes:
    return msgspec.msgpack.encode(answer)


def refused(outcome: Outcome) -> InputError:
    with pytest.raises(InputError) as caught:
        understand(REQUEST, Limits(), outcome)
    return caught.value


@pytest.mark.parametrize("answer", [Converted(Circuit((), (), (), ())), Written("OPENQASM 3.0;")])
def test_a_whole_answer_is_believed(answer: Answer) -> None:
    assert understand(REQUEST, Limits(), Outcome(encoded(answer), b"", 0)) == answer


@pytest.mark.parametrize(
    ("outcome", "cause"),
    [
        (Outcome(b"", b"", -9, "time"), f"{WHO} took longer than 120 s and was stopped"),
        (Outcome(b"", b"", -9, "size"), f"what {WHO} makes of it is larger than 512 MiB"),
        (Outcome(b"", b"", -signal.SIGXCPU), f"{WHO} used more than 120 s of processor time and was stopped"),
        (
            Outcome(b"", b"", -signal.SIGKILL),
            f"{WHO} was killed by the system, most likely for want of memory or processor time",
        ),
        (
            Outcome(b"", b"memory allocation of 99 bytes failed\n", -signal.SIGABRT),
            f"{WHO} needed more than 4096 MiB of memory; it printed: memory allocation of 99 bytes failed",
        ),
        (Outcome(b"", b"", -signal.SIGSEGV), f"{WHO} crashed (SIGSEGV)"),
        (Outcome(b"", b"", -signal.SIGRTMIN - 1), f"{WHO} crashed (signal {signal.SIGRTMIN + 1})"),
        (
            Outcome(b"", b"a\nb\nc\nd\n\x1b[2J\n", 3),
            rf"{WHO} ended the process with exit code 3; it printed: c | d | \x1b[2J",
        ),
        (Outcome(encoded(Written("x")), b"", 3), f"{WHO} ended the process with exit code 3"),
        (Outcome(b"", b"", 0), f"{WHO} ended its process without an answer"),
        (Outcome(b"\x93junk", b"", 0), f"{WHO} wrote something that is not an answer"),
        (Outcome(encoded(Written("x")) * 2, b"", 0), f"{WHO} wrote something that is not an answer"),
        (Outcome(encoded(Refused("", Where(""))), b"", 0), f"{WHO} needed more than 4096 MiB of memory"),
    ],
)
def test_anything_else_is_one_sentence(outcome: Outcome, cause: str) -> None:
    problem = refused(outcome)
    assert (problem.cause, problem.where) == (cause, Where("a.qpy"))


def test_a_deep_answer_does_not_exhaust_us() -> None:
    assert "not an answer" in refused(Outcome(b"\x91" * 100_000, b"", 0)).cause


def test_a_refusal_keeps_its_place() -> None:
    answer = Refused("wrong", Where("b.py", 3, 4), "line\x07", "do this")
    problem = refused(Outcome(encoded(answer), b"noise", 0))
    assert (problem.cause, problem.where, problem.excerpt, problem.hint) == (
        "wrong",
        Where("b.py", 3, 4),
        r"line\x07",
        "do this",
    )
