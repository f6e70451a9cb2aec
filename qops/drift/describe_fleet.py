"""What `qops drift check --fleet` says. Pure."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from qops.drift.fleet import LEVEL, Fleet
from qops.drift.judge import Checked
from qops.model.report import Curve, Limit, Mark, Plot, Report, Section, Table
from qops.model.verdict import Outcome, Verdict

_MOST_NAMED = 20


def describe(fleet: Fleet | None, undecided: Sequence[Checked]) -> Report:
    """One verdict for all of the watches that can be decided, and one for those that cannot."""
    moved = fleet.moved if fleet else ()
    number = len(fleet.members) if fleet else 0
    rows = tuple((each.name, f"{each.evidence:.3g}", f"{each.level:.2g}") for each in moved[:_MOST_NAMED])
    return Report(
        command="drift check",
        title="Drift of a fleet",
        sections=(_section(fleet),) if fleet else (),
        tables=(Table("moved", ("watch", "evidence", "level"), rows, ("evidence", "level")),) if rows else (),
        verdicts=tuple(_verdicts(fleet, undecided)),
        summary=f"{_watches(number)} together, {len(moved)} named, {len(undecided)} undecided",
        data={
            "fleet": _data(fleet) if fleet else None,
            "undecided": {each.entry.name: each.undecided for each in undecided},
        },
    )


def _section(fleet: Fleet) -> Section:
    marks = () if fleet.alarm is None else (Mark(float(fleet.times_s[fleet.alarm]), "alarm", "alarm"),)
    plot = Plot(
        "the fleet: evidence",
        tuple(map(float, fleet.times_s)),
        (Curve("mean", tuple(map(float, fleet.evidence))),),
        (Limit("alarm", fleet.limit),),
        marks,
        x_name="time, UTC",
        y_name="evidence",
        times=True,
        logarithmic=True,
    )
    return Section("the fleet", (), plots=(plot,))


def _verdicts(fleet: Fleet | None, undecided: Sequence[Checked]) -> Iterator[Verdict]:
    if fleet:
        yield _verdict(fleet)
    if undecided:
        named = ", ".join(each.entry.name for each in undecided[:3]) + (", …" if len(undecided) > 3 else "")
        because = f"{_watches(len(undecided))} cannot be decided: {named}; {undecided[0].undecided}"
        yield Verdict("undecided", Outcome.INCONCLUSIVE, because, hint="`qops drift check` says why, of each")


def _verdict(fleet: Fleet) -> Verdict:
    latest, number = float(fleet.evidence[-1]), len(fleet.members)
    stated = f"{fleet.limit:g} epochs a watch, on average and at least, to a false alarm of all"
    if fleet.alarm is None:
        because = f"in control: {number} watches, evidence {latest:.3g} of {fleet.limit:g}; {stated}"
        return Verdict("the fleet", Outcome.PASS, because, latest, fleet.limit)
    names = [each.name for each in fleet.moved]
    whom = f"moved: {', '.join(names[:5])}{', …' if len(names) > 5 else ''}" if names else "none can be named yet"
    because = f"in alarm since {_moment(fleet.times_s[fleet.alarm])}; {whom} (false ones at most {LEVEL:.0%}); {stated}"
    return Verdict("the fleet", Outcome.FAIL, because, latest, fleet.limit)


def _moment(time_s: float) -> str:
    return datetime.fromtimestamp(float(time_s), UTC).isoformat().replace("+00:00", "Z")


def _data(fleet: Fleet) -> dict[str, object]:
    return {
        "watches": len(fleet.members),
        "evidence": float(fleet.evidence[-1]),
        "limit": fleet.limit,
        "alarm": None if fleet.alarm is None else _moment(fleet.times_s[fleet.alarm]),
        "members": {each.name: {"evidence": each.evidence, "level": each.level} for each in fleet.members},
    }


def _watches(number: int) -> str:
    return f"{number:,} watch" + ("" if number == 1 else "es")
