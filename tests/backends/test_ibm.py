"""The Runtime service, by a script of what it answers."""

import importlib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from support.backends import ON_WIRES, circuit, entry, site

from qops import world
from qops.backends import open_backend
from qops.errors import EnvironmentFault, InputError, QopsError
from qops.model.ports import Job, Ran

pytest.importorskip("qiskit_ibm_runtime", reason="the extra `ibm` is not installed")
ibm = importlib.import_module("qops.backends.ibm")
errors = importlib.import_module("qiskit_ibm_runtime.api.exceptions")
runtime_errors = importlib.import_module("qiskit_ibm_runtime.exceptions")
accounts = importlib.import_module("qiskit_ibm_runtime.accounts")
FakeManilaV2 = importlib.import_module("qiskit_ibm_runtime.fake_provider").FakeManilaV2


class Script:
    """Answers in order; an exception is raised, and the last answer is repeated."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.asked = 0

    def __call__(self, *_: object, **__: object) -> Any:
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def failure(status: int) -> Exception:
    return errors.RequestsApiError(f"status {status}", status)


class Clock:
    """Time that passes when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def pause(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(world, "pause", clock.pause)
    monkeypatch.setattr(world, "monotonic", lambda: clock.now)
    monkeypatch.setattr(world, "seed", lambda: 2**31)
    return clock


RESULT = [SimpleNamespace(data=SimpleNamespace(c=SimpleNamespace(get_bitstrings=lambda: ["10", "10", "11"])))]


def job(**facts: object) -> SimpleNamespace:
    whole = {
        "job_id": lambda: "job-1",
        "status": Script("DONE"),
        "result": Script(RESULT),
        "metrics": Script({"timestamps": {"running": "2026-01-31T12:00:00.5Z"}}),
        "cancel": Script(None),
        "error_message": lambda: "the fridge is warm",
    }
    return SimpleNamespace(**{**whole, **facts})


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run one circuit, the service and the sampler answering as told."""

    def run(submit: Script, service: Script | None = None, **options: object) -> Ran:
        backend = service or Script(FakeManilaV2())
        monkeypatch.setattr(ibm, "QiskitRuntimeService", lambda **_: SimpleNamespace(backend=backend))
        sampler = SimpleNamespace(options=SimpleNamespace(simulator=SimpleNamespace()), run=submit)
        monkeypatch.setattr(ibm, "Sampler", lambda **_: sampler)
        device = open_backend(entry("device", "ibm", device="ibm_manila", options=options), site())
        (ran,) = device.run([Job(circuit(ON_WIRES), 3, 5)])
        return ran

    return run


def test_a_job_that_goes_well(run: Callable[..., Ran], clock: Clock) -> None:
    ran = run(Script(job(status=Script("INITIALIZING", "QUEUED", "RUNNING", "DONE"))))
    assert (ran.counts, ran.job, ran.began_at) == ({"10": 2, "11": 1}, "job-1", "2026-01-31T12:00:00Z")
    assert clock.waits == [0.1, 0.2, 0.4]


@pytest.mark.parametrize(
    "problem", [failure(429), failure(500), failure(503), failure(524), ConnectionResetError("gone"), TimeoutError()]
)
def test_reading_is_tried_again(problem: Exception, run: Callable[..., Ran], clock: Clock) -> None:
    one = job(status=Script(problem, "DONE"), result=Script(problem, problem, RESULT))
    assert run(Script(one), Script(problem, FakeManilaV2())).job == "job-1"
    assert clock.waits == [0.5, 0.5, 0.5, 1.0]


@pytest.mark.parametrize(("problem", "times"), [(failure(429), 3), (failure(503), 3), (ConnectionRefusedError(), 3)])
def test_a_submission_is_sent_again_where_it_was_not_taken(
    problem: Exception, times: int, run: Callable[..., Ran]
) -> None:
    submit = Script(problem, problem, job())
    run(submit)
    assert submit.asked == times


@pytest.mark.parametrize("problem", [failure(500), failure(504), TimeoutError("slow"), failure(400)])
def test_a_submission_that_may_have_been_taken_is_never_sent_twice(problem: Exception, run: Callable[..., Ran]) -> None:
    submit = Script(problem, job())
    with pytest.raises(EnvironmentFault, match="the Runtime service"):
        run(submit)
    assert submit.asked == 1


def test_what_does_not_pass_is_told_after_the_last_try(run: Callable[..., Ran], clock: Clock) -> None:
    with pytest.raises(EnvironmentFault, match="status 500") as caught:
        run(Script(job()), Script(failure(500)))
    assert "`ibm_manila`" in str(caught.value.hint)
    assert clock.waits == [0.5, 1.0, 2.0, 4.0, 8.0]


def test_a_refusal_is_not_asked_again(run: Callable[..., Ran], clock: Clock) -> None:
    with pytest.raises(EnvironmentFault, match="status 401"):
        run(Script(job()), Script(failure(401)))
    assert clock.waits == []


def test_a_job_that_waits_too_long_is_cancelled(run: Callable[..., Ran]) -> None:
    one = job(status=Script("QUEUED"))
    with pytest.raises(EnvironmentFault, match="job-1 waited 60 s for its turn, and is cancelled"):
        run(Script(one), queue_limit=60)
    assert one.cancel.asked == 1


def test_a_job_that_runs_is_not_cancelled(run: Callable[..., Ran], clock: Clock) -> None:
    one = job(status=Script(*["RUNNING"] * 20, "DONE"))
    run(Script(one), queue_limit=5)
    assert clock.now > 60
    assert one.cancel.asked == 0


@pytest.mark.parametrize("status", ["ERROR", "CANCELLED", SimpleNamespace(name="ERROR")])
def test_a_job_that_fails_says_why(status: object, run: Callable[..., Ran]) -> None:
    with pytest.raises(EnvironmentFault, match="the fridge is warm"):
        run(Script(job(status=Script(status))))


def test_a_result_that_cannot_be_had_is_told(run: Callable[..., Ran]) -> None:
    with pytest.raises(EnvironmentFault, match="Unable to retrieve"):
        run(Script(job(result=Script(runtime_errors.RuntimeJobFailureError("Unable to retrieve result")))))


@pytest.mark.parametrize(
    ("options", "told", "hint"),
    [
        ({"token": "x"}, "takes no option `token`", "a token does not belong into git"),
        ({"instnace": "x"}, "takes no option `instnace`", "did you mean `instance`?"),
        ({"queue_limit": 0}, "`queue_limit` is a number of seconds", ""),
        ({"queue_limit": "long"}, "`queue_limit` is a number of seconds", ""),
    ],
)
def test_a_wrong_option_is_told_at_its_place(options: dict[str, object], told: str, hint: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        open_backend(entry("device", "ibm", device="x", options=options), site())
    assert str(caught.value.where) == "qops.yaml:3:3"
    assert (caught.value.hint or "").startswith(hint)


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (accounts.AccountNotFoundError("none"), "no IBM Quantum account is saved here"),
        (runtime_errors.IBMNotAuthorizedError("no"), "the Runtime service refuses"),
    ],
)
def test_without_an_account_the_next_step_is_told(
    problem: Exception, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ibm, "QiskitRuntimeService", Script(problem))
    with pytest.raises(QopsError, match=told) as caught:
        open_backend(entry("device", "ibm", device="x"), site())
    assert caught.value.exit_code == 4
