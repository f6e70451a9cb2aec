import json
import struct
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from support.targets import LINE, targets

from qops.errors import InputError, ManyErrors
from qops.formats import calibration_json, target_json
from qops.formats.exact_json import kind_of
from qops.model.calibration import of_target
from qops.model.target import Target

GOLDEN = Path(__file__).parent / "golden" / "target.json"
TEXT = GOLDEN.read_text(encoding="utf-8")


def problems(text: str) -> list[str]:
    """Everything that is wrong with a target, with its places."""
    with pytest.raises(InputError) as caught:
        target_json.read(text.encode(), "t.json")
    found = caught.value.problems if isinstance(caught.value, ManyErrors) else [caught.value]
    return [str(problem) for problem in found]


def test_the_file_is_what_a_reviewer_reads() -> None:
    assert target_json.write(LINE).decode() == TEXT
    assert target_json.read(TEXT.encode(), "t.json") == LINE


@given(targets())
def test_every_target_comes_back_bit_for_bit(target: Target) -> None:
    data = target_json.write(target)
    back = target_json.read(data, "t.json")
    assert back == target
    assert target_json.write(back) == data
    assert json.loads(data)["qubits"] == target.qubits


@given(targets())
def test_every_calibration_comes_back_bit_for_bit(target: Target) -> None:
    calibration = of_target(target)
    data = calibration_json.write(calibration)
    back = calibration_json.read(data, "c.json")
    assert back == calibration
    assert calibration_json.write(back) == data


def test_a_file_by_another_hand_is_the_same_target() -> None:
    turned = json.loads(TEXT)
    turned["instructions"].reverse()
    turned["instructions"][-1]["places"].reverse()
    assert target_json.read(json.dumps(turned, indent=3).encode(), "t.json") == LINE


def test_a_number_keeps_its_last_bit() -> None:
    error = struct.unpack("<d", struct.pack("<q", struct.unpack("<q", struct.pack("<d", 0.01))[0] + 1))[0]
    text = TEXT.replace("0.01,", f"{error!r},")
    place = (target_json.read(text.encode(), "t.json").instructions[0].places or ())[0]
    assert place.error == error != 0.01


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("0.01,", "NaN,", "t.json:12:10: `NaN` is no number"),
        ("0.01,", "Infinity,", "t.json:12:10: `Infinity` is no number"),
        ("0.01,", "1e999,", "t.json:12:10: `inf` is no probability"),
        ("0.01,", "1.5,", "t.json:12:10: `1.5` is no probability"),
        ("0.01,", "-0.5,", "t.json:12:10: `-0.5` is no probability"),
        ("0.01,", '"0.01",', "t.json:12:10: part 2 of item 1 of `places` must be a number, not the text `0.01`"),
        ("[0, 1], 0.01, 6.8e-08", "[0, 1], 0.01, -6.8e-08", "t.json:12:16: `-6.8e-08` is no duration"),
        ("[0, 1], 0.01, 6.8e-08", "[0, 1], 0.01", "t.json:12:1: item 1 of `places` must have 3 parts, not 2"),
        ("[0, 1], 0.01", "[0, 3], 0.01", "t.json:12:1: there is no qubit 3: the target has 3"),
        ("[0, 1], 0.01", "[0, -1], 0.01", "t.json:12:6: `-1` is no qubit"),
        ("[0, 1], 0.01", "[1, 2], 0.01", "t.json:13:1: `cz` is at [1, 2] for the second time"),
        ("[0, 1], 0.01", "[0, 0], 0.01", "t.json:12:1: `cz` takes 2 different qubits, not [0, 0]"),
        ("[0, 1], 0.01", "[0], 0.01", "t.json:12:1: `cz` takes 2 different qubits, not [0]"),
        ('"name": "sx"', '"name": "rz"', "t.json:26:10: the instruction `rz` is here for the second time"),
        ('"qualities"', '"qualties"', "t.json:32:1: unknown key `qualties` in the target"),
        ('"qubits": 3,', '"qubits": 3,\n"qubits": 4,', "t.json:7:1: the key `qubits` is here for the second time"),
        ('"qubits": 3', '"qubits": 100001', "t.json:6:11: `100001` is no number of qubits from 0 to 100000"),
        ("[[-1.5, 1.5]]", "[null, null]", "t.json:21:75: `rz` has not as many bounds as angles"),
        ("12:00:00Z", "12:00:00", "t.json:5:16: `2026-01-31T12:00:00` is no time in UTC"),
        ('"schema_version": 1', '"schema_version": 2', "t.json:2:19: the target is of version 2; qops"),
        ('"kind": "target"', '"kind": "calibration"', "t.json:3:9: this is a `calibration`, not a target"),
        ('"granularity": 8', '"granularity": 0', "t.json:8:27: `0` is no number of steps"),
        ("[0.0001, 0.0002, null],\n", "", "t.json:32:14: there are 2 qualities for 3 qubits"),
        ('"qubits": 3,', '"qubits": 3', "t.json:7:1: this is not JSON: a comma or `}` belongs here"),
        ('"line"', "line", "t.json:4:12: this is not JSON: `line` is no value"),
        ('"line"', '"li\\qne"', "t.json:4:12: this is not JSON: the text in quotes is not well-formed"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, told: str) -> None:
    assert old in TEXT
    assert problems(TEXT.replace(old, new, 1))[0].startswith(told)


def test_all_problems_are_told_in_one_run() -> None:
    assert len(problems(TEXT.replace("0.01,", "7,").replace("0.0003,", "-1,"))) == 4


def test_an_unknown_key_has_the_nearest_spelling() -> None:
    with pytest.raises(InputError) as caught:
        target_json.read(TEXT.replace('"dt_s"', '"dt"').encode(), "t.json")
    assert caught.value.hint == "did you mean `dt_s`?"


@pytest.mark.parametrize(
    "data", [b"", b"[", b"{}", b"[]", b"\xff\xfe", b'"' + b"x" * 99, b"[" * 99, b'{"kind": "target"}']
)
def test_what_is_no_target_is_an_input_error(data: bytes) -> None:
    with pytest.raises(InputError):
        target_json.read(data, "t.json")


def test_a_file_can_be_too_large() -> None:
    with pytest.raises(InputError, match="larger than 64 MiB"):
        target_json.read(b" " * (64 * 2**20 + 1), "t.json")


def test_the_name_and_the_time_are_not_what_compilation_depends_on() -> None:
    renamed = msgspec.structs.replace(LINE, backend="other", captured_at="")
    assert target_json.identity(renamed) == target_json.identity(LINE)
    assert calibration_json.identity(of_target(renamed)) != calibration_json.identity(of_target(LINE))


@pytest.mark.parametrize("old", ["0.01,", "6.8e-08", "1.5]", "4e-09", '"granularity": 8', '"λ"', "[0, 1], ", "0.0002"])
def test_everything_else_is(old: str) -> None:
    new = {"[0, 1], ": "[1, 0], ", '"λ"': "0.25"}.get(old, old.replace("8", "6") if "8" in old else f"0.003{old[-1]}")
    changed = target_json.read(TEXT.replace(old, new, 1).encode(), "t.json")
    assert target_json.identity(changed) != target_json.identity(LINE)


def test_identities_never_change_between_versions_and_processes() -> None:
    program = (
        "from support.targets import LINE\nfrom qops.formats import target_json\nprint(target_json.identity(LINE))"
    )
    done = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True,
            env={"PYTHONPATH": "tests:.", "PYTHONHASHSEED": seed}, cwd=Path(__file__).parents[2],
        ).stdout.strip()
        for seed in ("1", "77")
    }  # fmt: skip
    assert done == {target_json.identity(LINE)}
    assert target_json.identity(LINE) == "a3c1aa358daae92f2321a3f57b7a0d5af133a7baee5ba80af9bebeb38d9573d3"


def test_a_kind_is_told_without_reading_the_rest() -> None:
    assert kind_of(TEXT.encode()) == "target"
    assert kind_of(b"no json") == ""
