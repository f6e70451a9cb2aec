import pytest
from support.drift_actions import MAKE, alarm, bench

from qops.drift.moments import seconds, span
from qops.drift.staleness import alarm as stale_alarm
from qops.drift.staleness import verdict
from qops.drift.steps import Held
from qops.model.response import Response
from qops.model.verdict import Outcome

ONE = Response(on_drift=(MAKE,), cooldown_s=7200.0, max_per_day=3)


def day(number: int, hour: int = 0) -> str:
    return f"2026-01-{number:02}T{hour:02}:00:00Z"


def held(found: list[tuple[str, Held]] | tuple[tuple[str, Held], ...]) -> str:
    ((_, step),) = found
    assert step.kind == "waiting"
    assert not step.settle
    return step.because


def test_within_the_cooldown_another_incident_waits_and_is_acted_upon_after_it() -> None:
    found = bench()
    found.at[0] = day(5)
    found.act(ONE, alarm(day(5)))
    found.at[0] = day(5, 1)
    assert held(found.act(ONE, alarm(day(5, 1))).held) == "the cooldown of 2 h ends in 1 h"
    found.at[0] = day(5, 2)
    assert len(found.act(ONE, alarm(day(5, 1))).ran) == 1


def test_a_day_has_so_many_incidents_and_no_more() -> None:
    found = bench()
    for hour in (0, 4, 8, 12):
        found.at[0] = day(5, hour)
        last = found.act(ONE, alarm(day(5, hour)))
    assert "3 incidents were acted upon within 24 hours" in held(last.held)
    found.at[0] = day(6, 1)
    assert len(found.act(ONE, alarm(day(5, 12))).ran) == 1
    assert len(found.ran) == 4


@pytest.mark.parametrize("back_to", [day(5, 11), day(1), "1970-01-01T00:00:00Z"])
def test_a_clock_that_jumps_back_runs_nothing_early_and_says_why(back_to: str) -> None:
    found = bench()
    found.at[0] = day(5, 12)
    found.act(ONE, alarm(day(5)))
    found.at[0] = back_to
    assert found.act(ONE, alarm(day(5))).ran == ()
    assert "has the clock been set back?" in held(found.act(ONE, alarm(day(5, 11))).held)
    assert found.ran == [MAKE]


def test_a_clock_that_jumps_forward_does_not_repeat_an_incident() -> None:
    found = bench()
    found.act(ONE, alarm())
    found.at[0] = "2099-01-01T00:00:00Z"
    assert found.act(ONE, alarm()).ran == ()


@pytest.mark.parametrize(
    ("now", "outcome", "words"),
    [
        (day(5, 1), Outcome.PASS, "the last epoch is 1 h old"),
        (day(5, 2), Outcome.PASS, "the last epoch is 2 h old"),
        (day(5, 3), Outcome.INCONCLUSIVE, "3 h old, and one was due within 2 h"),
        (day(4), Outcome.INCONCLUSIVE, "dated 1 day after now"),
        ("2026-01-04T23:59:30Z", Outcome.PASS, "0 s old"),
    ],
)
def test_silence_is_no_drift_and_no_pass(now: str, outcome: Outcome, words: str) -> None:
    found = verdict("ghz", day(5), now, 7200.0)
    assert found.outcome is outcome
    assert words in found.because
    assert (found.hint == "") == (outcome is Outcome.PASS)


def test_one_silence_is_one_incident_however_long_it_lasts() -> None:
    assert stale_alarm("ghz", "b", day(5), day(5, 2), 7200.0) is None
    silences = {stale_alarm("ghz", "b", day(5), day(later), 7200.0) for later in (6, 7, 20)}
    assert [silence and silence.direction for silence in silences] == ["stale"]


def test_lengths_of_time_are_readable() -> None:
    found = [span(length) for length in (0.5, 60, 119, 120, 3600, 5400, 86400, 129600, 864000)]
    assert found == ["0.5 s", "1 min", "119 s", "2 min", "1 h", "90 min", "1 day", "36 h", "10 days"]
    assert seconds("1970-01-02T00:00:00+00:00") == 86400
