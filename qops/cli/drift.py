"""`qops drift`: an alarm for devices and circuits."""

from qops.cli import (
    commands,
    drift_calibrate,
    drift_gates,
    drift_outcomes,
    drift_plan,
    drift_series,
    drift_simulate,
    drift_spectrum,
    drift_watch,
)

EXAMPLES = (
    "qops drift plan t1-of-3 --kind t1 --backend torino --qubits 3",
    "qops drift watch ghz.compiled.qasm --backend torino --to ghz.watched.qasm",
)
COMMANDS = commands.listed(
    commands.report(drift_series.run, drift_series.RUN_EXAMPLES),
    commands.report(drift_series.record, drift_series.RECORD_EXAMPLES),
    commands.report(drift_series.baseline, drift_series.BASELINE_EXAMPLES),
    commands.report(drift_series.check, drift_series.CHECK_EXAMPLES),
    commands.report(drift_spectrum.spectrum, drift_spectrum.EXAMPLES),
    commands.report(drift_outcomes.outcomes, drift_outcomes.EXAMPLES),
    commands.report(drift_gates.gates, drift_gates.EXAMPLES),
    commands.report(drift_calibrate.calibrate, drift_calibrate.EXAMPLES),
    commands.report(drift_simulate.simulate, drift_simulate.EXAMPLES),
    commands.report(drift_plan.plan, drift_plan.EXAMPLES),
    commands.report(drift_watch.watch, drift_watch.EXAMPLES),
    commands.group("trigger", "Act upon drift once, and keep the record of it.", "qops.cli.drift_trigger"),
)
