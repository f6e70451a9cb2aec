"""Which files git is told about."""

import subprocess
from pathlib import Path

import pytest

from qops.hooks import attributes
from qops.vault.memory import MemoryTree

CIRCUIT = b"OPENQASM 3.0;\nqubit q;\n"


def tree(parameters: list[str], store: str = "artifacts") -> MemoryTree:
    circuits = "".join(
        f"  c{number}:\n    source: c.qasm\n    parameters: '{path}'\n" for number, path in enumerate(parameters)
    )
    manifest = f"version: 1\nstore: {store}\ncircuits:\n{circuits}".encode()
    return MemoryTree({"qops.yaml": manifest, "c.qasm": CIRCUIT} | dict.fromkeys(parameters, b"parameter,value\n"))


def test_without_a_manifest_circuits_are_known() -> None:
    assert attributes.lines(MemoryTree()).splitlines() == [
        "*.qasm diff=qops-circuit merge=qops-circuit",
        "*.qpy diff=qops-circuit",
        "/qops.lock merge=qops-lock",
    ]


def test_the_manifest_names_parameters_and_store() -> None:
    lines = attributes.lines(tree(["angles/a.csv"], store="data/kept"))
    assert "/angles/a.csv diff=qops-parameters" in lines.splitlines()
    assert "/data/kept.dvc merge=qops-artifacts" in lines.splitlines()


def test_many_parameter_files_are_named_by_their_directories() -> None:
    lines = attributes.lines(tree([f"angles/{number}.csv" for number in range(40)] + ["top.csv"])).splitlines()
    assert [line for line in lines if "parameters" in line] == [
        "/*.csv diff=qops-parameters",
        "/angles/*.csv diff=qops-parameters",
    ]


@pytest.mark.parametrize("path", ["a b.csv", "a[1]?.csv", "ü.csv", "#a.csv", "!a.csv", 'a"b.csv', "d/x.csv"])
def test_git_understands_every_name(path: str, tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_text(attributes.lines(tree([path])) + "\n")
    for words in (["init", "--quiet"], ["check-attr", "diff", "-z", "--", path, f"else/{path}"]):
        out = subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True).stdout
    assert [text.decode() for text in out.split(b"\0")[2::3]] == ["qops-parameters", "unspecified"]
