"""The ledger of a watch, in the series store."""

from qops.formats import incidents
from qops.formats.incidents import HEADER, Event
from qops.model.incident import Incident
from qops.model.ports import SeriesStore

_NAME = "incidents.jsonl"


class Ledger:
    """What happened to the incidents of the watch `watch`. Whoever reads in order to write holds the writers' lock."""

    def __init__(self, series: SeriesStore, watch: str) -> None:
        self._series = series
        self._path = f"drift/{watch}/{_NAME}"

    def read(self) -> dict[str, Incident]:
        """All incidents by name, in the order in which they were opened."""
        return incidents.read(self._series.read(self._path), f"{self._series.directory}/{self._path}")

    def add(self, *events: Event) -> None:
        """Write what happened; it is on the disk when this returns."""
        if events:
            self._series.append(self._path, incidents.lines(events), HEADER)


def watches(series: SeriesStore) -> tuple[str, ...]:
    """The names of the watches that have a ledger, sorted."""
    paths = (path.split("/") for path in series.names())
    return tuple(parts[1] for parts in paths if len(parts) == 3 and parts[0] == "drift" and parts[2] == _NAME)
