from pathlib import Path

import pytest

from qops.errors import EnvironmentFault
from qops.vault import durable


@pytest.mark.parametrize("count", [0, 1, 64, 65])
def test_few_and_many_files_are_flushed(tmp_path: Path, count: int) -> None:
    files = [tmp_path / str(number % 3) / str(number) for number in range(count)]
    for file in files:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"x")
    durable.flush(files)


def test_a_file_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"cannot flush .*gone: no such file"):
        durable.flush([tmp_path / "gone"])
