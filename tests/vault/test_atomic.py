import os
import resource
import stat
import threading
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault
from qops.vault import atomic, disk


def test_a_new_file_holds_the_data_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    atomic.write(tmp_path / "qops.lock", b"one")
    assert (tmp_path / "qops.lock").read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [tmp_path / "qops.lock"]


def test_an_existing_file_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "run.sh"
    file.write_bytes(b"old")
    file.chmod(0o750)
    atomic.write(file, b"new")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new", 0o750)


def test_a_symbolic_link_stays_and_its_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    atomic.write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "qops.lock"
    file.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(EnvironmentFault, match=r"cannot write .*qops\.lock: file too large"):
            atomic.write(file, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [tmp_path / "qops.lock"]


def test_the_leftover_of_a_killed_writer_is_taken_over(tmp_path: Path) -> None:
    atomic.beside(tmp_path / "qops.lock").write_bytes(b"half of a much longer file")
    atomic.write(tmp_path / "qops.lock", b"whole")
    assert (tmp_path / "qops.lock").read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [tmp_path / "qops.lock"]


def test_writers_of_one_file_never_mix(tmp_path: Path) -> None:
    file = tmp_path / "report"
    texts = [bytes([letter]) * 200_000 for letter in b"abcdef"]
    writers = [threading.Thread(target=atomic.write, args=(file, text)) for text in texts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert file.read_bytes() in texts
    assert list(tmp_path.iterdir()) == [tmp_path / "report"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "qops.lock"
    file.write_bytes(b"old")
    file.chmod(0o444)
    with pytest.raises(EnvironmentFault, match="it is read-only") as caught:
        atomic.write(file, b"new")
    assert caught.value.hint == f"`ls -ld {file}` shows who may"
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize("kind", ["directory", "pipe"])
def test_only_regular_files_are_replaced(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "there"
    place.mkdir() if kind == "directory" else os.mkfifo(place)
    with pytest.raises(EnvironmentFault, match="it is not a regular file"):
        atomic.write(place, b"new")
    assert list(tmp_path.iterdir()) == [tmp_path / "there"]


def test_a_missing_directory_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"cannot write .*: no such file or directory"):
        atomic.write(tmp_path / "none" / "file", b"")


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (28, "free some space on that disk, then run the same command again"),
        (30, "the file system is mounted read-only; commands that only read still work"),
        (13, "`ls -ld /` shows who may"),
        (5, None),
    ],
)
def test_refusals_of_the_disk_come_with_a_remedy(code: int, remedy: str | None) -> None:
    with pytest.raises(EnvironmentFault) as caught, disk.faults("write", Path("/no-data/x")):
        raise OSError(code, os.strerror(code))
    assert caught.value.hint == remedy
    assert caught.value.cause.startswith("cannot write /no-data/x: ")


def test_the_remedy_names_what_exists_as_a_word_for_the_shell(tmp_path: Path) -> None:
    place = tmp_path / "my data"
    place.mkdir()
    with pytest.raises(EnvironmentFault) as caught, disk.faults("write", place / "new" / "x"):
        raise OSError(13, os.strerror(13))
    assert caught.value.hint == f"`ls -ld '{place}'` shows who may"
