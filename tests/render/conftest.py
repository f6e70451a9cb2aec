import pytest

from qops.model.report import Curve, Limit, Line, Mark, Plot, Report, Section, Table
from qops.model.verdict import Outcome, Verdict

FULL = Report(
    command="diff",
    title="v0.1.0 → work tree",
    facts=(("revision", "1a2b3c4d"), ("tolerance", 1e-9), ("tag", None)),
    sections=(
        Section(
            "ansatz: parameters changed",
            lines=(
                Line("rz(theta[0]) q[3]   0.5 → 0.6", "~"),
                Line("cx q[0], q[1]", "-"),
                Line("cz q[0], q[1]", "+"),
                Line("2 more"),
            ),
            tables=(
                Table(
                    "",
                    ("parameter", "old", "new", "difference"),
                    (("theta[0]", 0.5, 0.6, 0.1), ("回路", None, 1.5707963267948966, -12)),
                    numeric=("old", "new", "difference"),
                ),
            ),
        ),
        Section("feature_map: nothing changed"),
    ),
    tables=(Table("Counts", ("", "old", "new"), (("operations", 12, 12), ("depth", 5, 6)), ("old", "new")),),
    verdicts=(
        Verdict(
            "ansatz",
            Outcome.FAIL,
            "2 angles moved by more than 1e-09 rad, the largest by 0.1 rad",
            statistic=0.1,
            threshold=1e-9,
            evidence={"parameters": ["theta[0]"]},
            hint='`qops snapshot -m "why"`',
        ),
        Verdict("feature_map", Outcome.PASS, "the digests are equal"),
        Verdict("probe", Outcome.INCONCLUSIVE, "not examined: its store is not here"),
    ),
    summary="1 of 3 circuits changed: parameters.",
    data={"circuits": {"ansatz": {"kind": "parameters"}}},
)
HOSTILE_TEXT = "a\x1b[2Jb\u202ec\r\n| `x` <b>&[/red]:x:@me #1 *_~\\ \ud800\x00\ufffe"
HOSTILE = Report(
    command="show",
    title=HOSTILE_TEXT,
    facts=((HOSTILE_TEXT, HOSTILE_TEXT), ("infinite", float("inf")), ("nothing", float("nan"))),
    sections=(Section(HOSTILE_TEXT, (Line(HOSTILE_TEXT, "+"), Line("```\nx", "~"))),),
    tables=(Table(HOSTILE_TEXT, (HOSTILE_TEXT, "b"), ((HOSTILE_TEXT, float("-inf")),), ("b",)),),
    verdicts=(Verdict(HOSTILE_TEXT, Outcome.FAIL, HOSTILE_TEXT, hint=HOSTILE_TEXT, statistic=float("nan")),),
    summary=HOSTILE_TEXT,
    data={HOSTILE_TEXT: [float("nan"), {"deep": float("inf")}]},
)
PLOTTED = Report(
    command="drift check",
    title="ghz-success",
    sections=(
        Section(
            "chart",
            plots=(
                Plot(
                    "e-process",
                    tuple(1767225600.0 + 10_800 * epoch for epoch in range(24)),
                    (Curve("upward", (*[1.0] * 14, *(3.0 ** (epoch + 1) for epoch in range(10)))),),
                    (Limit("alarm at", 1000.0),),
                    (
                        Mark(1767247200.0, "new calibration"),
                        Mark(1767376800.0, "between 13 and 15", "onset"),
                        Mark(1767441600.0, "upward", "alarm"),
                    ),
                    y_name="evidence",
                    times=True,
                    logarithmic=True,
                ),
            ),
        ),
    ),
    plots=(
        Plot(
            "success",
            tuple(map(float, range(8))),
            (
                Curve("p", (0.9, 0.91, None, 0.89, 0.9, 0.9, 0.8, 0.81)),
                Curve("center", (0.9,) * 8),
            ),
            x_name="epoch",
        ),
    ),
    verdicts=(Verdict("ghz-success", Outcome.FAIL, "drift since epoch 14", statistic=59049.0, threshold=1000.0),),
)
HOSTILE_PLOTS = Report(
    command="show",
    title="",
    plots=(
        Plot(
            HOSTILE_TEXT,
            (float("nan"), 1.0, 1.0, float("inf"), 1e300),
            (Curve(HOSTILE_TEXT, (1.0, float("-inf"), 1e308, -1e308, None)), Curve("", (None,))),
            (Limit(HOSTILE_TEXT, float("nan")), Limit(HOSTILE_TEXT, -1e308)),
            (Mark(float("inf"), HOSTILE_TEXT, "alarm"), Mark(-1e18, HOSTILE_TEXT), *[Mark(1.0, "x")] * 40),
            HOSTILE_TEXT,
            HOSTILE_TEXT,
            times=True,
        ),
        Plot("nothing", (), ()),
        Plot("no logarithm", (0.0, 1.0), (Curve("c", (0.0, -1.0)),), logarithmic=True),
        Plot("one", (5.0,), (Curve("c", (5.0,)),)),
    ),
)
REPORTS = {
    "full": FULL,
    "hostile": HOSTILE,
    "empty": Report(command="status", title=""),
    "plotted": PLOTTED,
    "hostile plots": HOSTILE_PLOTS,
}


@pytest.fixture(params=REPORTS)
def report(request: pytest.FixtureRequest) -> Report:
    return REPORTS[request.param]


@pytest.fixture
def full() -> Report:
    return FULL


@pytest.fixture
def hostile() -> Report:
    return HOSTILE


@pytest.fixture
def plotted() -> Report:
    return PLOTTED
