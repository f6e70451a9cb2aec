"""`qops drift`: an alarm for devices and circuits."""

SUMMARY = "Whether a device or a circuit has degraded, and since when."
EXAMPLES = ("qops drift trigger log",)
