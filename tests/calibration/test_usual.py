"""The usual change: its numbers are derived, and its bands are what they say."""

import msgspec
import pytest
from support.data import REPOSITORY
from support.targets import LINE

from benchmarks import usual_changes
from qops.calibration.usual import BANDS, KINDS, USUAL, Usual, days_between
from qops.model.calibration import Calibration, of_target

DATA = REPOSITORY.parent / "shared" / "data" / "ibm-backend-properties"
PAGE = REPOSITORY / "docs" / "explanation" / "calibration.md"

needs_history = pytest.mark.skipif(not DATA.is_dir(), reason="the devices on record are not beside the repository")


def at(moment: str) -> Calibration:
    return msgspec.structs.replace(of_target(LINE), captured_at=moment)


@needs_history
def test_the_numbers_are_those_that_the_records_give() -> None:
    derived = usual_changes.derive(DATA)
    assert {kind: tuple(round(derived[kind, band].size, 3) for band in BANDS) for kind in KINDS} == USUAL
    assert usual_changes.tables(derived) in PAGE.read_text(encoding="utf-8")


def test_the_usual_change_grows_with_the_time_between() -> None:
    for sizes in USUAL.values():
        assert list(sizes) == sorted(sizes)


@pytest.mark.parametrize(
    ("moment", "days", "band"),
    [
        ("2026-01-01T00:00:00Z", 0.0, 0),
        ("2026-01-03T23:59:59Z", 3.0, 0),
        ("2026-01-04T00:00:01Z", 3.0, 1),
        ("2025-12-31T00:00:00Z", 1.0, 0),
        ("2026-06-01T00:00:00Z", 151.0, 2),
        ("", None, 1),
    ],
)
def test_the_time_between_chooses_the_band(moment: str, days: float | None, band: int) -> None:
    before, after = at("2026-01-01T00:00:00Z"), at(moment)
    assert days_between(before, after) == (None if days is None else pytest.approx(days, abs=1e-4))
    assert Usual(before, after).of("T1") == USUAL["T1"][band]


def test_a_short_history_says_nothing() -> None:
    day = at("2026-01-01T00:00:00Z")
    assert Usual(day, day, (day, day, day)).own == []
