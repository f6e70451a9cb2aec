import json
from collections.abc import Callable

import msgspec
import pytest
from support.drift_actions import BOTH, FAILED, MAKE, TELL, Bench, alarm, bench, standing

from qops.drift.fire import act
from qops.errors import EnvironmentFault, InputError
from qops.model.action_ports import ActionPorts, Ending
from qops.model.incident import Alarm
from qops.model.response import STALE, Response

LEDGER = "series/drift/ghz/incidents.jsonl"
LATER = alarm("2026-01-09T00:00:00Z")


def once(response: Response, **more: object) -> Response:
    return msgspec.structs.replace(response, **more)


def kinds(found: Bench) -> list[str]:
    return [json.loads(line)["event"] for line in found.tree.files[LEDGER].splitlines()[1:]]


def test_an_alarm_runs_its_actions_in_order_and_once() -> None:
    found = bench()
    acted = found.act(BOTH, alarm())
    assert [run.argv for _, run in acted.ran] == [MAKE, TELL]
    assert kinds(found) == ["opened", "firing", "ended", "firing", "ended"]
    for _ in range(3):
        assert found.act(BOTH, alarm()).ran == ()
    assert found.ran == [MAKE, TELL]
    assert found.incident().state == "fired"


def test_an_action_is_told_of_the_incident_and_no_shell_sees_its_words() -> None:
    found = bench()
    found.act(BOTH, alarm())
    argv, told = found.runner.ran[1]
    name = alarm().incident
    assert argv == TELL
    assert told == {
        "QOPS_DRIFT_SERIES": "ghz",
        "QOPS_DRIFT_INCIDENT": name,
        "QOPS_DRIFT_ONSET": "2026-01-03T12:00:00Z",
        "QOPS_DRIFT_DIRECTION": "down",
        "QOPS_DRIFT_ESTIMATE": "0.93",
        "QOPS_DRIFT_REPORT": f"/memory/.qops/drift/{name}.json",
    }
    assert found.tree.files[f".qops/drift/{name}.json"] == b'{"exit_code": 1}\n'


def test_without_an_alarm_nothing_is_written() -> None:
    found = bench()
    assert found.act(BOTH, calm=("up", "down")).incidents == ()
    assert LEDGER not in found.tree.files


def test_another_alarm_is_another_incident() -> None:
    found = bench()
    found.act(BOTH, alarm())
    found.act(BOTH, calm=("down",))
    found.act(BOTH, LATER)
    found.act(BOTH, alarm(direction="up"), LATER)
    assert found.ran == [MAKE, TELL] * 3


@pytest.mark.parametrize("result", [FAILED, Ending("timed out"), Ending("not started", said="no such file")])
def test_what_failed_is_tried_so_often_and_stops_what_follows(result: Ending) -> None:
    found = bench({"make": [result]})
    acted = found.act(once(BOTH, retries=2), alarm())
    assert found.ran == [MAKE] * 3
    assert [run.attempt for _, run in acted.ran] == [1, 2, 3]
    assert [step.kind for _, step in acted.held] == ["failed"]
    assert found.act(once(BOTH, retries=2), alarm()).ran == ()


def test_a_retry_that_succeeds_lets_the_rest_follow() -> None:
    found = bench({"make": [FAILED, Ending("done", 0)]})
    assert found.act(once(BOTH, retries=1), alarm()).held == ()
    assert found.ran == [MAKE, MAKE, TELL]


def test_a_word_that_was_mended_is_another_action() -> None:
    found = bench({"make": [FAILED]})
    found.act(once(BOTH, on_drift=(MAKE,)), alarm())
    found.act(once(BOTH, on_drift=(("mend",),)), alarm())
    assert found.ran == [MAKE, ("mend",)]


class Killed(BaseException):
    """The process is gone."""


def test_what_was_killed_while_it_ran_is_unknown_and_never_run_again_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def die(*_: object) -> Ending:
        raise Killed

    found = bench()
    with monkeypatch.context() as patch:
        patch.setattr(found.runner, "run", die)
        with pytest.raises(Killed):
            found.act(BOTH, alarm())
    for _ in range(3):
        ((name, step),) = found.act(once(BOTH, retries=9), alarm()).held
        assert (name, step.kind) == (alarm().incident, "unknown")
        assert "process 1 on here" in step.because
    assert found.ran == []


def test_an_interrupt_is_written_and_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> Ending:
        raise KeyboardInterrupt

    found = bench()
    with monkeypatch.context() as patch:
        patch.setattr(found.runner, "run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            found.act(BOTH, alarm())
    ((_, step),) = found.act(once(BOTH, retries=9), alarm()).held
    assert step.kind == "interrupted"
    assert found.ran == []


def test_two_at_a_time_do_not_act_for_one_watch() -> None:
    found = bench()
    with found.ports.turns.take("ghz"):
        acted = found.act(BOTH, alarm())
    assert acted.busy == "actions are being run by process 1 on here"
    assert LEDGER not in found.tree.files
    assert found.act(BOTH, alarm()).busy == ""


def fails_at(ports: ActionPorts, number: int) -> Callable[..., None]:
    """`append` of the series, with a disk that is full at the call of that number."""
    append, calls = ports.series.append, iter(range(1, 100))

    def instead(path: str, lines: bytes, header: bytes) -> None:
        if next(calls) == number:
            raise EnvironmentFault(f"cannot write {path}: no space left on device", hint="free some space")
        append(path, lines, header)

    return instead


@pytest.mark.parametrize(("number", "ran"), [(1, 0), (2, 0), (3, 1), (4, 1), (5, 2)])
def test_a_full_disk_never_makes_an_action_run_twice(number: int, ran: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found = bench()
    with monkeypatch.context() as patch:
        patch.setattr(found.ports.series, "append", fails_at(found.ports, number))
        with pytest.raises(EnvironmentFault, match="no space left"):
            found.act(BOTH, alarm())
    assert len(found.ran) == ran
    found.act(BOTH, alarm())
    assert [found.ran.count(argv) <= 1 for argv in (MAKE, TELL)] == [True, True]
    assert found.ran == ([MAKE] if number == 3 else [MAKE, TELL])


def test_an_end_that_cannot_be_written_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    found = bench()
    monkeypatch.setattr(found.ports.series, "append", fails_at(found.ports, 3))
    with pytest.raises(EnvironmentFault) as caught:
        found.act(BOTH, alarm())
    assert caught.value.cause.startswith("`make recalibrate` ended (done), and that could not be written: cannot write")
    assert f"`qops drift trigger ack {alarm().incident}`" in str(caught.value.hint)


def test_a_torn_last_line_says_nothing_and_the_next_event_takes_its_place() -> None:
    found = bench()
    found.act(once(BOTH, on_drift=(MAKE,)), alarm())
    whole = found.tree.files[LEDGER]
    for cut in range(whole.rindex(b"\n", 0, -1) + 1, len(whole)):
        again = bench()
        again.tree.files[LEDGER] = whole[:cut]
        ((_, step),) = again.act(once(BOTH, on_drift=(MAKE,)), alarm()).held
        assert step.kind == "unknown"  # its end was what tore
        assert again.ran == []
    again = bench()
    begun = whole[: whole.rindex(b"\n", 0, -1) - 5]  # the intent tore: nothing was run yet
    again.tree.files[LEDGER] = begun
    again.act(once(BOTH, on_drift=(MAKE,)), alarm())
    assert again.ran == [MAKE]
    assert kinds(again) == ["opened", "firing", "ended"]


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        (b'{"event":"firing"}', "no line of a ledger"),
        (b"garbage", "no line of a ledger"),
        (b"\xff\xfe", "no line of a ledger"),
        (b'{"event":"acked","at":"x","incident":"0123","because":""}', "there is no incident 0123 above"),
    ],
)
def test_a_ledger_that_cannot_be_read_stops_everything_and_names_the_line(line: bytes, cause: str) -> None:
    found = bench()
    found.act(BOTH, alarm())
    found.tree.files[LEDGER] += line + b"\n"
    with pytest.raises(InputError, match=cause) as caught:
        found.act(BOTH, LATER)
    assert str(caught.value.where) == f"{LEDGER}:7:1"
    assert found.ran == [MAKE, TELL]


def test_a_file_that_begins_otherwise_is_no_ledger() -> None:
    found = bench()
    found.tree.files[LEDGER] = b"at,shots\n"
    with pytest.raises(InputError, match="its first line is another"):
        found.act(BOTH, alarm())
    assert found.ran == []


def test_an_incident_is_over_when_the_evidence_is_gone_or_the_baseline_is_new() -> None:
    for calm, baseline, because in ((("down",), "b1", "evidence is gone"), ((), "b2", "new baseline")):
        found = bench()
        found.act(BOTH, alarm())
        found.act(BOTH, baseline=baseline, calm=("up",))
        if not calm:
            assert because in str(found.incident().resolved)
            continue
        assert found.incident().resolved is None  # between the two
        found.act(BOTH, calm=calm)
        assert because in str(found.incident().resolved)
        found.act(BOTH, alarm())  # the same alarm, found anew by an older check
        assert found.ran == [MAKE, TELL]


def test_what_could_not_be_decided_begins_and_ends_nothing() -> None:
    found = bench()
    found.act(BOTH, alarm())
    act(found.ports, "ghz", BOTH, standing(baseline="", undecided="too short"))
    assert found.incident().state == "fired"


def test_silence_has_actions_of_its_own_and_ends_with_the_next_epoch() -> None:
    found = bench()
    silence = Alarm("b1", "ghz", STALE, "2026-01-04T00:00:00Z")
    response = once(BOTH, on_stale=(("ring",),))
    act(found.ports, "ghz", response, standing(silence, undecided="stale"))
    act(found.ports, "ghz", response, standing(silence, undecided="stale"))
    assert found.ran == [("ring",)]
    act(found.ports, "ghz", response, standing(calm=(STALE,), undecided="too short"))
    assert found.incident().resolved == "epochs come again"
