"""The report of `qops drift gates`."""

from typing import TYPE_CHECKING

from qops.model.report import Report, Table
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qops.drift.gates import Window

_EXCESS = 5.0
"""A model that is so many deviations off is told of."""
_COLUMNS = ("window", "epochs", "shots", "gate", "infidelity", "turns too far (rad)", "off by", "p")


def describe(windows: "Sequence[Window]", circuits: int, length: int, level: float) -> Report:
    """Gates by window, and a verdict for each window after the first."""
    rows = tuple(
        (
            f"{window.begin} to {window.end}",
            window.epochs,
            window.shots,
            gate.name,
            f"{gate.infidelity:.2g}",
            f"{gate.overturn:+.2g}",
            f"{window.fit.excess:.1f} σ",
            None if window.p_value is None else f"{window.p_value:.3g}",
        )
        for window in windows
        for gate in window.fit.gates
    )
    poor = [number for number, window in enumerate(windows, 1) if window.fit.excess > _EXCESS]
    told = ", ".join(map(str, poor))
    return Report(
        command="drift gates",
        title="Gates",
        facts=(
            ("circuits", f"{circuits}, germs up to {counted(length, 'gate')}"),
            ("model", "trace-preserving maps, by pyGSTi"),
            ("level", level),
        ),
        tables=(Table("", _COLUMNS, rows, _COLUMNS[1:3] + _COLUMNS[4:]),),
        verdicts=tuple(_verdict(number, window, level) for number, window in enumerate(windows, 1) if number > 1),
        asides=(("model", f"it does not explain window {told}: gates changed in it, or remember"),) if poor else (),
        data={
            "windows": [
                {
                    "from": window.begin,
                    "to": window.end,
                    "epochs": window.epochs,
                    "shots": window.shots,
                    "excess": window.fit.excess,
                    "p_value": window.p_value,
                    "gates": {gate.name: gate._asdict() for gate in window.fit.gates},
                }
                for window in windows
            ]
        },
    )


def _verdict(number: int, window: "Window", level: float) -> Verdict:
    p = 1.0 if window.p_value is None else window.p_value
    changed = p <= level
    because = f"one model for it and the first window: p = {p:.3g}"
    outcome = Outcome.FAIL if changed else Outcome.PASS
    return Verdict(f"window {number}", outcome, because, statistic=p, threshold=level)
