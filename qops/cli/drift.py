"""`qops drift`: an alarm for devices and circuits."""

SUMMARY = "Whether a device or a circuit has degraded."
EXAMPLES = (
    "qops drift plan t1-of-3 --kind t1 --backend torino --qubits 3",
    "qops drift watch ghz.compiled.qasm --backend torino --to ghz.watched.qasm",
)
