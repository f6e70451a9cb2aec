import json
from collections.abc import Callable

import pytest
from support.drift_actions import BOTH, FAILED, MAKE, TELL, alarm, bench, standing

from qops.drift import settle, trigger
from qops.errors import ExitCode, InputError
from qops.model.action_ports import ActionPorts, Ending
from qops.model.report import Report
from qops.model.verdict import exit_code
from qops.render import built_in
from qops.render.surface import Surface

NAME = alarm().incident


def told(report: Report) -> str:
    return built_in("terminal").render(report, Surface())


def test_acked_is_known_and_nothing_more_is_run() -> None:
    found = bench({"make": [FAILED]})
    found.act(BOTH, alarm())
    settle.ack(found.ports, NAME[:4], "the cooling was off")
    acted = found.act(BOTH, alarm())
    assert (acted.ran, acted.held) == ((), ())
    assert found.incident().state == "acked"
    found.act(BOTH, calm=("down",))
    assert found.incident().state == "resolved"


def test_retry_runs_what_failed_once_more_and_not_what_was_done() -> None:
    found = bench({"tell": [FAILED, FAILED, Ending("done", 0)]})
    found.act(BOTH, alarm())
    for _ in range(2):
        settle.retry(found.ports, NAME, "")
        found.act(BOTH, alarm())
    assert found.ran == [MAKE, TELL, TELL, TELL]
    assert [run.attempt for run in found.incident().runs] == [1, 1, 2, 3]
    assert found.act(BOTH, alarm()).held == ()


def test_resolved_is_over_and_the_same_alarm_does_not_begin_it_again() -> None:
    found = bench()
    found.act(BOTH, alarm())
    settle.resolve(found.ports, NAME, "by hand")
    assert found.act(BOTH, alarm()).incidents == ()
    assert found.ran == [MAKE, TELL]
    with pytest.raises(InputError, match="is resolved: by hand"):
        settle.ack(found.ports, NAME, "")


@pytest.mark.parametrize("say", [settle.ack, settle.retry, settle.resolve])
def test_what_is_said_again_is_not_written_again(say: Callable[[ActionPorts, str, str], Report]) -> None:
    found = bench({"make": [FAILED]})
    found.act(BOTH, alarm())
    first = say(found.ports, NAME, "so it is")
    files = dict(found.tree.files)
    assert say(found.ports, NAME, "so it is") == first
    assert found.tree.files == files


@pytest.mark.parametrize("name", ["", NAME[:3], "0000", f"{NAME}0"])
def test_an_incident_that_is_not_there_is_not_guessed(name: str) -> None:
    found = bench()
    found.act(BOTH, alarm())
    with pytest.raises(InputError, match="no incident is called"):
        settle.ack(found.ports, name, "")


def test_the_log_tells_everything() -> None:
    found = bench({"make": [FAILED, Ending("done", 0)]})
    found.act(BOTH, alarm())
    settle.retry(found.ports, NAME, "")
    found.act(BOTH, alarm())
    settle.resolve(found.ports, NAME, "by hand")
    assert told(settle.log(found.ports, None)).splitlines() == [
        "Incidents",
        "",
        f"{NAME}  ghz  down since 2026-01-03T12:00:00Z  resolved",
        "    2026-01-05T00:00:00Z  opened: in alarm at epoch 2026-01-04T00:00:00Z",
        "    2026-01-05T00:00:00Z  `make recalibrate` failed with exit code 2: no rule, released",
        "  + 2026-01-05T00:00:00Z  `make recalibrate` was done, attempt 2",
        "  + 2026-01-05T00:00:00Z  `tell someone 'a b; rm -rf $HOME'` was done",
        "    resolved: by hand",
        "",
        "1 incident, 0 of them neither acked nor resolved",
    ]
    with pytest.raises(InputError, match="no incident of 'ghx'") as caught:
        settle.log(found.ports, "ghx")
    assert caught.value.hint == "did you mean `ghz`?"


def test_a_dry_run_shows_words_and_environment_and_touches_nothing() -> None:
    found = bench()
    report = trigger.dry_run(found.ports, {"ghz": BOTH}, lambda _: standing(alarm()))
    text = told(report)
    assert "  + `make recalibrate`\n" in text
    assert f"    QOPS_DRIFT_INCIDENT={NAME}\n" in text
    assert report.summary == "1 action would be run; nothing was"
    assert (found.ran, found.tree.files) == ([], {})


@pytest.mark.parametrize(
    ("ending", "code"), [(Ending("done", 0), ExitCode.OK), (FAILED, ExitCode.FINDING), (Ending("timed out"), 1)]
)
def test_the_exit_code_says_whether_what_was_due_was_done(ending: Ending, code: int) -> None:
    found = bench({"make": [ending]})
    report = trigger.run(found.ports, {"ghz": BOTH}, lambda _: standing(alarm()))
    assert exit_code(report.verdicts) == code
    data = json.loads(built_in("json").render(report, Surface()))["data"]["watches"]["ghz"]
    assert data["incidents"] == {NAME: "fired"}
    assert data["ran"][0]["result"] == ending.result


def test_what_is_held_back_or_unknown_is_inconclusive_and_says_what_to_do() -> None:
    found = bench()
    with found.ports.turns.take("ghz"):
        report = trigger.run(found.ports, {"ghz": BOTH}, lambda _: standing(alarm()))
    assert exit_code(report.verdicts) == ExitCode.INCONCLUSIVE
    report = trigger.run(found.ports, {"ghz": BOTH}, lambda _: standing(undecided="19 epochs of 20"))
    assert exit_code(report.verdicts) == ExitCode.INCONCLUSIVE
    assert "19 epochs of 20" in told(report)
