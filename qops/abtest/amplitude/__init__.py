"""How often the arms pass, by amplitude estimation: `qops abtest estimate`."""
