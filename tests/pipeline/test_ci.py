"""What `qops ci init` writes is what each system reads: checked with their own schemas, where the checkers are here."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from qops.cli import app, tree
from qops.errors import InputError
from qops.pipeline import ci, gitlab
from qops.pipeline.pack import Setting
from qops.vault.memory import MemoryTree

BIN = Path(sys.executable).parent
WORKFLOW = ".github/workflows/compilation.yml"
SETTINGS = (Setting(), Setting(1, 'pip install .[ibm] # it\'s "quoted": yes', "3.12"), Setting(64))


def needs(program: str) -> str:
    found = shutil.which(program, path=BIN)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def written(directory: Path, kind: str, chosen: Setting) -> list[Path]:
    """The files of a kind, on the disk."""
    memory = MemoryTree()
    ci.run(memory, [kind], chosen)
    for path, data in memory.files.items():
        place = directory / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return [directory / path for path in memory.files]


@pytest.mark.parametrize("chosen", SETTINGS, ids=["usual", "other", "many"])
@pytest.mark.parametrize(("kind", "schema"), [("github", "vendor.github-workflows"), ("gitlab", "vendor.gitlab-ci")])
def test_it_is_what_the_schema_allows(kind: str, schema: str, chosen: Setting, tmp_path: Path) -> None:
    words = [needs("check-jsonschema"), "--builtin-schema", schema, "--data-transform", "gitlab-ci"]
    done = subprocess.run([*words, *written(tmp_path, kind, chosen)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("chosen", SETTINGS, ids=["usual", "other", "many"])
def test_nothing_in_the_workflow_can_be_turned_against_its_owner(chosen: Setting, tmp_path: Path) -> None:
    program = needs("zizmor")
    written(tmp_path, "github", chosen)
    words = [program, "--offline", "--no-progress", "--persona=pedantic", tmp_path]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_pull_request_of_a_stranger_can_only_read() -> None:
    workflow = yaml.safe_load(ci.text(["github"], Setting()))
    assert workflow[True] == "pull_request"  # YAML takes `on` for a truth
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets." not in ci.text(["github"], Setting())
    for job in workflow["jobs"].values():
        assert "permissions" not in job
        uses = [step["uses"] for step in job["steps"] if "uses" in step]
        assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", each) for each in uses)


@pytest.mark.parametrize("parts", [1, 7])
def test_every_part_is_compiled_once(parts: int) -> None:
    workflow = yaml.safe_load(ci.text(["github"], Setting(parts)))
    assert workflow["jobs"]["compile"]["strategy"]["matrix"]["part"] == list(range(1, parts + 1))
    commands = [step.get("run", "") for step in workflow["jobs"]["compile"]["steps"]]
    assert any(f'--shard "$PART/{parts}"' in command for command in commands)
    assert yaml.safe_load(gitlab.pack(Setting(parts)).files[gitlab.FILE])["compile"]["parallel"] == parts


def test_the_hooks_are_what_pre_commit_reads() -> None:
    (repository,) = yaml.safe_load(ci.text(["pre-commit"], Setting()))["repos"]
    assert repository["repo"] == "local"
    assert all({"id", "name", "entry", "language"} <= hook.keys() for hook in repository["hooks"])


def test_the_targets_are_what_make_reads(tmp_path: Path) -> None:
    (file,) = written(tmp_path, "make", Setting())
    words = ["make", "-n", "-f", file, "compilation", "compilation-accept", "compilation-page", "REASON=faster"]
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=alone)
    assert done.stdout.splitlines()[:2] == ["qops transpile-matrix", 'qops transpile-matrix --accept "faster"']


def test_every_command_in_it_is_one_of_ours() -> None:
    """Options too."""
    commands = {" ".join(command.words): command for command in tree.every_command(tree.root(app.tree()))}
    for call in re.findall(r"qops (transpile[^|\n]*)", ci.text(list(ci.KINDS), Setting()).replace(")", "")):
        words = call.split()
        name = max((name for name in commands if words[: name.count(" ") + 1] == name.split()), key=len)
        known = {spelling for option in commands[name].options for spelling in option.spellings}
        assert set(re.findall(r"--[a-z-]+", call)) <= known, call


def test_running_it_again_changes_nothing() -> None:
    memory = MemoryTree()
    first = ci.run(memory, list(ci.KINDS), Setting())
    before = dict(memory.files)
    second = ci.run(memory, list(ci.KINDS), Setting())
    assert first.summary == "5 of 5 written"
    assert second.summary == "nothing to do"
    assert memory.files == before


def test_a_file_that_differs_is_left_alone_and_so_is_all_the_rest() -> None:
    memory = MemoryTree({WORKFLOW: b"mine"})
    with pytest.raises(InputError, match=r"compilation\.yml: the file holds something else") as caught:
        ci.run(memory, ["make", "github"], Setting())
    assert caught.value.hint == "`--print` shows what would be there, `--force` overwrites it"
    assert memory.files == {WORKFLOW: b"mine"}
    assert ci.run(memory, ["github"], Setting(), force=True).sections[0].lines[0].mark == "~"
    assert memory.files[WORKFLOW] == ci.text(["github"], Setting()).encode()


def test_a_pipeline_that_is_there_stays_even_by_force() -> None:
    memory = MemoryTree({gitlab.MAIN: b"stages: [mine]\n"})
    ci.run(memory, ["gitlab"], Setting(), force=True)
    assert memory.files[gitlab.MAIN] == b"stages: [mine]\n"
    assert gitlab.FILE in memory.files


@pytest.mark.parametrize(
    ("files", "install"),
    [
        ({}, "pip install qops"),
        ({"pyproject.toml": b""}, "pip install ."),
        ({"requirements.txt": b"", "pyproject.toml": b""}, "pip install -r requirements.txt"),
    ],
)
def test_how_to_install_is_seen_from_the_files(files: dict[str, bytes], install: str) -> None:
    assert ci.setting(MemoryTree(files), 4, "").install == install
    assert ci.setting(MemoryTree(files), 4, "make install").install == "make install"


@pytest.mark.parametrize(("parts", "install"), [(0, ""), (65, ""), (-1, ""), (4, "a\nb")])
def test_what_makes_no_sense_is_refused(parts: int, install: str) -> None:
    with pytest.raises(InputError):
        ci.setting(MemoryTree(), parts, install)


def test_it_has_to_be_for_something() -> None:
    with pytest.raises(InputError, match="for what") as caught:
        ci.run(MemoryTree(), [], Setting())
    assert caught.value.hint == "name `--github` or `--gitlab` or `--pre-commit` or `--make`"
