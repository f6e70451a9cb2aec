"""What `qops drift spectrum` says. Pure."""

from collections.abc import Iterator, Sequence

from qops.drift.examined import Examined, TooShort
from qops.model.report import Cell, Curve, Limit, Line, Mark, Plot, Report, Section, Table
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.stats.spectrum.waves import Wave

_UNITS = ((86_400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"))
_COLUMNS = ("period", "frequency (Hz)", "amplitude", "error", "chance", "harmonic")


def describe(found: Sequence[Examined | TooShort], level: float) -> Report:
    """One section a watch; those with waves are drawn."""
    examined = [each for each in found if isinstance(each, Examined)]
    waving = sum(bool(each.found.waves) for each in examined)
    return Report(
        command="drift spectrum",
        title="Drift spectra",
        sections=tuple(_section(each, drawn=bool(each.found.waves) or len(found) == 1) for each in examined),
        verdicts=tuple(_verdict(each) for each in found),
        summary=f"{counted(len(examined), 'spectrum').replace('spectrums', 'spectra')}, {waving} with waves; "
        f"any false one in all with at most the chance {level:g}",
        data={"level": level, "spectra": {each.name: _data(each) for each in examined}},
    )


def _section(each: Examined, *, drawn: bool) -> Section:
    rows = tuple(_row(wave) for wave in each.found.waves)
    tables = (Table("", _COLUMNS, rows, numeric=_COLUMNS[1:5]),) if rows else ()
    lines = (Line(f"{len(each.times_s)} epochs, {len(each.frequencies)} frequencies; {each.method}"),)
    return Section(each.name, lines, tables=tables, plots=tuple(_plots(each)) if drawn else ())


def _row(wave: Wave) -> tuple[Cell, ...]:
    multiple = f"{wave.harmonic} ×" if wave.harmonic else ""
    amplitude, error = f"{wave.amplitude:.4g}", f"{wave.error:.2g}"
    return period(1 / wave.frequency), f"{wave.frequency:.4g}", amplitude, error, f"{wave.chance:.2g}", multiple


def period(seconds: float) -> str:
    """A length of time in its greatest unit.

    >>> period(7200.0), period(90.0)
    ('2 h', '1.5 min')
    """
    size, unit = next(((size, unit) for size, unit in _UNITS if seconds >= size), _UNITS[-1])
    return f"{seconds / size:.3g} {unit}"


def _plots(each: Examined) -> Iterator[Plot]:
    marks = tuple(Mark(wave.frequency, period(1 / wave.frequency), "event") for wave in each.found.waves)
    yield Plot(
        f"{each.name}: spectrum",
        tuple(map(float, each.frequencies)),
        (Curve("power", tuple(map(float, each.power))),),
        (Limit("chance", each.threshold),),
        marks,
        x_name="frequency, Hz",
        y_name="power",
    )
    yield Plot(
        f"{each.name}: share of successes",
        tuple(map(float, each.times_s)),
        (Curve("rate", tuple(map(float, each.rates))), Curve("waves", tuple(map(float, each.found.trajectory)))),
        x_name="time, UTC",
        y_name="rate",
        times=True,
    )


def _verdict(each: Examined | TooShort) -> Verdict:
    if isinstance(each, TooShort):
        because = f"{counted(each.epochs, 'epoch')} are too few for a spectrum"
        return Verdict(each.name, Outcome.INCONCLUSIVE, because, hint="50 are the least, 100 are a good number")
    highest = float(each.power.max())
    if not each.found.waves:
        return Verdict(each.name, Outcome.PASS, "no wave is more than chance", highest, each.threshold)
    first = each.found.waves[0]
    more = f", and {len(each.found.waves) - 1} more" if len(each.found.waves) > 1 else ""
    because = f"a wave of {period(1 / first.frequency)}, amplitude {first.amplitude:.3g} ± {first.error:.1g}{more}"
    return Verdict(each.name, Outcome.FAIL, because, highest, each.threshold)


def _data(each: Examined) -> dict[str, object]:
    return {
        "epochs": len(each.times_s),
        "method": each.method,
        "threshold": each.threshold,
        "highest": float(each.power.max()),
        "waves": [wave._asdict() for wave in each.found.waves],
        "trajectory": [float(value) for value in each.found.trajectory],
    }
