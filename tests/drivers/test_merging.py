"""`git merge` of circuits, locks and stores, by the drivers that `qops hooks install` sets up."""

from pathlib import Path

from drivers.repository import BELL, GHZ, HEAD, Repository

from qops.circuits import reader, writer


def branches(repository: Repository, ours: dict[str, str], theirs: dict[str, str]) -> None:
    """Two branches from here, each with its own texts; ours is checked out."""
    repository.git("branch", "theirs")
    for branch, texts in (("theirs", theirs), ("main", ours)):
        repository.git("checkout", "--quiet", branch)
        for path, text in texts.items():
            repository.write(path, text)
        repository.commit(branch)


def edits(repository: Repository, base: str, ours: str, theirs: str) -> None:
    repository.write("a.qasm", base)
    repository.commit("base")
    branches(repository, {"a.qasm": ours}, {"a.qasm": theirs})


def meaning(text: str) -> str:
    return writer.write(reader.read(text.encode(), "a.qasm"))


def test_separate_lines_merge_as_ever(bare: Repository) -> None:
    base = HEAD + "// the pair\nh q[0];\ncx q[0], q[1];\n// the third\nrz(0.5) q[2];\nx q[2];\n"
    edits(bare, base, base.replace("h q", "x q"), base.replace("x q[2]", "y q[2]"))
    bare.git("merge", "--quiet", "theirs")
    assert bare.read("a.qasm") == base.replace("h q", "x q").replace("x q[2]", "y q[2]")


def test_neighbouring_gates_merge_in_canonical_text(bare: Repository) -> None:
    edits(bare, BELL, BELL.replace("h q[0]", "x q[0]"), BELL.replace("cx q[0], q[1]", "cz q[0], q[1]"))
    done = bare.git("merge", "theirs")
    merged = BELL.replace("h q[0]", "x q[0]").replace("cx q[0], q[1]", "cz q[0], q[1]")
    assert bare.read("a.qasm") == meaning(merged)
    assert "a.qasm: merged as canonical text, so comments and layout are gone" in done.err


def test_a_side_that_only_re_ordered_takes_the_other_side_as_it_stands(bare: Repository) -> None:
    two = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[3];\n// begin\n'
    base = two + "h q[0];\ncx q[0],q[1];\nrz(0.5) q[2];\nx q[2];\n"
    ordered = two + "rz(0.5) q[2];\nx q[2];\nh q[0];\ncx q[0],q[1];\n"
    edited = base.replace("0.5", "0.25")
    edits(bare, base, ordered, edited)
    bare.git("merge", "--quiet", "theirs")
    assert bare.read("a.qasm") == edited


def test_openqasm_2_is_not_rewritten(bare: Repository) -> None:
    base = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[3];\nh q[0];\ncx q[0],q[1];\n'
    edits(bare, base, base.replace("h q[0]", "x q[0]"), base.replace("cx q", "cz q"))
    done = bare.git("merge", "theirs", code=1)
    conflict = "<<<<<<< ours\nx q[0];\ncx q[0],q[1];\n=======\nh q[0];\ncz q[0],q[1];\n>>>>>>> theirs\n"
    assert conflict in bare.read("a.qasm")
    assert "in canonical text, which is OpenQASM 3, the two sides would merge" in done.err


def test_a_conflict_on_one_line_leaves_the_rest_as_it_stands(bare: Repository) -> None:
    base = BELL.replace("h q", "// begin\nh q")
    edits(bare, base, base.replace("0.5", "0.25"), base.replace("0.5", "0.75"))
    bare.git("merge", "theirs", code=1)
    conflict = "<<<<<<< ours\nrz(0.25) q[2];\n=======\nrz(0.75) q[2];\n>>>>>>> theirs\n"
    assert bare.read("a.qasm") == base.replace("rz(0.5) q[2];\n", conflict)


def test_a_conflict_is_marked_on_the_one_gate_that_both_changed(bare: Repository) -> None:
    shuffled = HEAD + "rz(0.75) q[2];\nx q[2];\nh q[0];\ncx q[0], q[1];\n"
    edits(bare, BELL, BELL.replace("0.5", "0.25"), shuffled)
    bare.git("merge", "theirs", code=1)
    conflict = "<<<<<<< ours\nrz(0.25) q[2];\n=======\nrz(0.75) q[2];\n>>>>>>> theirs\n"
    assert bare.read("a.qasm") == meaning(BELL).replace("rz(0.5) q[2];\n", conflict)
    assert bare.git("ls-files", "--unmerged").out


def test_what_cannot_be_read_is_merged_by_lines(bare: Repository) -> None:
    edits(bare, BELL, BELL.replace("0.5", "0.25"), BELL.replace("0.5", "foo"))
    bare.git("merge", "theirs", code=1)
    assert "<<<<<<< ours\nrz(0.25) q[2];\n=======\nrz(foo) q[2];\n>>>>>>> theirs\n" in bare.read("a.qasm")


def test_without_qops_git_merges_by_lines(bare: Repository) -> None:
    edits(bare, BELL, BELL.replace("0.5", "0.25"), BELL.replace("0.5", "0.75"))
    command = bare.git("config", "merge.qops-circuit.driver").out.strip()
    bare.git("config", "merge.qops-circuit.driver", command.replace("/python ", "/no-python "))
    bare.git("merge", "theirs", code=1)
    assert "<<<<<<< ours\nrz(0.25) q[2];\n=======\nrz(0.75) q[2];\n>>>>>>> theirs\n" in bare.read("a.qasm")


def snapshots(project: Repository, ours: tuple[str, str], theirs: tuple[str, str]) -> None:
    """Two branches that each changed one circuit and took a snapshot; ours is checked out."""
    project.git("branch", "theirs")
    for branch, (path, text) in (("theirs", theirs), ("main", ours)):
        project.git("checkout", "--quiet", branch)
        project.write(path, text)
        assert project.qops("snapshot", "--quiet") == 0
        project.commit(branch)


def test_snapshots_of_different_circuits_merge_by_themselves(project: Repository) -> None:
    bell, ghz = BELL.replace("0.5", "0.25"), GHZ + "t q[2];\n"
    snapshots(project, ("bell.qasm", bell), ("ghz.qasm", ghz))
    done = project.git("merge", "theirs", "--no-edit")
    assert "`dvc checkout artifacts.dvc` brings the merged directory" in done.err
    project.dvc("checkout", "--quiet")
    assert project.read("artifacts/circuits/bell/circuit.qasm") == meaning(bell)
    assert project.read("artifacts/circuits/ghz/circuit.qasm") == meaning(ghz)
    assert "up to date" in project.dvc("status").out
    assert project.qops("status", "--quiet") == 0
    before = project.read("artifacts.dvc"), project.read("qops.lock")
    assert project.qops("snapshot", "--quiet") == 0
    assert (project.read("artifacts.dvc"), project.read("qops.lock")) == before


def test_snapshots_of_the_same_circuit_conflict_where_they_differ(project: Repository) -> None:
    snapshots(project, ("bell.qasm", BELL.replace("0.5", "0.25")), ("bell.qasm", BELL.replace("0.5", "0.75")))
    done = project.git("merge", "theirs", code=1)
    assert "qops.lock: both sides recorded bell" in done.err
    assert "both sides changed circuits/bell/circuit.qasm" in done.err
    lock = project.read("qops.lock")
    assert lock.count("<<<<<<<") == lock.count(">>>>>>>") == 1
    assert lock.index("  bell:") > lock.index("<<<<<<<")
    assert lock.index("  ghz:") > lock.index(">>>>>>>")
    assert "<<<<<<< ours\n- md5: " in project.read("artifacts.dvc")
    project.git("checkout", "--quiet", "--ours", "qops.lock", "artifacts.dvc", "bell.qasm")
    assert project.qops("snapshot", "--quiet") == 0
    project.commit("Merged by hand")
    assert project.qops("status", "--quiet") == 0


def test_a_version_that_is_not_in_the_cache_is_asked_for(project: Repository, tmp_path: Path) -> None:
    remote = f"[core]\n    remote = near\n['remote \"near\"']\n    url = {project.root}/.dvc/cache\n"
    project.write(".dvc/config", remote)
    project.commit("A remote")
    snapshots(project, ("bell.qasm", BELL.replace("0.5", "0.25")), ("ghz.qasm", GHZ + "t q[2];\n"))
    clone = Repository(tmp_path / "clone")
    project.git("clone", "--quiet", str(project.root), str(clone.root))
    for key, value in (("user.name", "Ada"), ("user.email", "ada@example.org")):
        clone.git("config", key, value)
    clone.install()
    done = clone.git("merge", "origin/theirs", code=1)
    assert "is not in DVC's cache" in done.err
    assert "`dvc fetch --all-commits artifacts.dvc`, then `git checkout --merge -- artifacts.dvc`" in done.err
    assert "<<<<<<< ours" in clone.read("artifacts.dvc")
    clone.dvc("fetch", "--quiet", "--all-commits", "artifacts.dvc")
    clone.git("checkout", "--merge", "--", "artifacts.dvc")
    clone.dvc("checkout", "--quiet")
    assert clone.qops("status", "--quiet") == 0
    assert clone.read("artifacts/circuits/ghz/circuit.qasm") == meaning(GHZ + "t q[2];\n")


def test_a_version_that_the_cache_has_damaged_is_not_merged(project: Repository) -> None:
    """Fetching would not bring another one: DVC takes what is there for good."""
    snapshots(project, ("bell.qasm", BELL.replace("0.5", "0.25")), ("ghz.qasm", GHZ + "t q[2];\n"))
    place = next(p for p in (project.root / ".dvc/cache/files/md5").glob("*/*") if b"rz(0.25)" in p.read_bytes())
    place.chmod(0o644)
    place.write_bytes(b"damaged")
    done = project.git("merge", "theirs", code=1)
    assert f"qops: {place}: the stored object of artifacts/circuits/bell/circuit.qasm is damaged" in done.err
    assert "<<<<<<< ours" in project.read("artifacts.dvc")


def test_both_may_add_them(project: Repository) -> None:
    """Two branches that both began with qops, from a common ancestor that knew neither file."""
    project.git("checkout", "--quiet", "--orphan", "apart")
    project.git("rm", "--quiet", "--cached", "qops.lock", "artifacts.dvc")
    for name in ("qops.lock", "artifacts.dvc"):
        (project.root / name).unlink()
    project.commit("Before qops")
    project.git("branch", "--force", "main")
    snapshots_before = {"ours": BELL.replace("0.5", "0.25"), "theirs": BELL}
    for branch, text in snapshots_before.items():
        project.git("checkout", "--quiet", "-b", branch, "main")
        project.write("bell.qasm", text)
        project.write("qops.yaml", "version: 1\ncircuits:\n  bell: bell.qasm\n")
        assert project.qops("snapshot", "--quiet") == 0
        project.commit(branch)
    project.git("merge", "ours", code=1)
    assert project.read("qops.lock").count("<<<<<<<") == 1
    assert project.read("artifacts.dvc").count("<<<<<<<") == 1
