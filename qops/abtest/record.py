"""What a run keeps among the series: the plan, the circuits that are run, and the counts, block by block."""

from collections.abc import Mapping

from qops.abtest.entries import COUNTS, PROTOCOL, path
from qops.circuits import reader, writer
from qops.errors import EnvironmentFault
from qops.formats import counts_csv, protocol_json
from qops.formats.protocol_json import Protocol
from qops.model.circuit import Circuit
from qops.model.counts import Block
from qops.model.ports import Ports


class Record:
    """The files of the A/B test called `name`; counts are kept in `file`."""

    def __init__(self, ports: Ports, name: str, file: str = COUNTS) -> None:
        self._series = ports.series()
        self._exclusive = ports.exclusive
        self._name = name
        self._counts = path(name, file)
        self._file = file
        self._size = 0

    def place(self, file: str = "") -> str:
        """Where a file is, from the repository's root; that of the counts if none is named."""
        return f"{self._series.directory}/{path(self._name, file or self._file)}"

    def protocol(self) -> Protocol | None:
        """The plan of the run that was begun, None where none was."""
        data = self._series.read(path(self._name, PROTOCOL))
        return None if data is None else protocol_json.read(data, self.place(PROTOCOL))

    def blocks(self) -> tuple[Block, ...]:
        """The whole blocks; what was cut off at the end is removed from the file."""
        data = self._series.read(self._counts)
        if not data:
            return ()
        found = counts_csv.read(data, self.place())
        if found.torn:
            data = counts_csv.HEADER + b"".join(map(counts_csv.lines, found.blocks))
            self._series.write(self._counts, data)
        self._size = len(data)
        return found.blocks

    def begin(self, protocol: Protocol, circuits: Mapping[tuple[str, str], Circuit]) -> None:
        """Write down what is to be run, the plan last."""
        for (arm, basis), circuit in circuits.items():
            self._series.write(self._circuit(arm, basis), writer.write(circuit).encode())
        self._series.write(self._counts, counts_csv.HEADER)
        self._series.write(path(self._name, PROTOCOL), protocol_json.write(protocol))
        self._size = len(counts_csv.HEADER)

    def circuit(self, arm: str, basis: str) -> Circuit:
        """A circuit that is run, as it was compiled when the run began."""
        place = self._circuit(arm, basis)
        data = self._series.read(place)
        if data is None:
            hint = "`dvc checkout series.dvc` brings it back, or begin anew with `--restart`"
            raise EnvironmentFault(f"{self._series.directory}/{place} is missing", hint=hint)
        return reader.read(data, place)

    def add(self, block: Block) -> None:
        """Keep a block, whole.

        Raises:
            EnvironmentFault: something else has written to the file since.
        """
        lines = counts_csv.lines(block)
        with self._exclusive():
            if len(self._series.read(self._counts) or b"") != self._size:
                hint = "let one run finish, then run this again: it goes on from there"
                raise EnvironmentFault(f"{self.place()} was written to by another run", hint=hint)
            self._series.append(self._counts, lines, counts_csv.HEADER)
        self._size = (self._size or len(counts_csv.HEADER)) + len(lines)

    def archive(self) -> str | None:
        """Put what was counted aside, so that a run can begin anew; where it is now, None if there was nothing."""
        data = self._series.read(self._counts)
        if not data or data == counts_csv.HEADER:
            return None
        number = 1
        while self._series.read(path(self._name, f"counts-{number}.csv")) is not None:
            number += 1
        self._series.write(path(self._name, f"counts-{number}.csv"), data)
        plan = self._series.read(path(self._name, PROTOCOL))
        if plan is not None:
            self._series.write(path(self._name, f"plan-{number}.json"), plan)
        self._series.write(self._counts, counts_csv.HEADER)
        return self.place(f"counts-{number}.csv")

    def kept(self, file: str) -> bytes | None:
        """Another file of the experiment, None where it is not there."""
        return self._series.read(path(self._name, file))

    def keep(self, file: str, data: bytes) -> None:
        """Write another file of the experiment, whole."""
        with self._exclusive():
            self._series.write(path(self._name, file), data)

    def save(self) -> tuple[str, ...]:
        """Record the series as a version; what git has to be told of."""
        return self._series.save().staged

    def path_of(self, file: str) -> str:
        """Where a file is among the series."""
        return path(self._name, file)

    def past(self) -> tuple[Block, ...]:
        """All blocks that were ever counted under this name, archived ones first."""
        return tuple(block for blocks in self.files().values() for block in blocks)

    def files(self) -> dict[str, tuple[Block, ...]]:
        """The blocks of every file of counts under this name, archived ones first."""
        own = path(self._name, "")
        files = [file for file in self._series.names() if file.startswith(own) and file.endswith(".csv")]
        ordered = sorted(files, key=lambda file: (file == self._counts, file))
        return {
            file: counts_csv.read(self._series.read(file) or b"", f"{self._series.directory}/{file}").blocks
            for file in ordered
        }

    def _circuit(self, arm: str, basis: str) -> str:
        return path(self._name, f"circuits/{arm}{f'-{basis}' if basis else ''}.qasm")
