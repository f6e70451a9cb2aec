"""What a wrong manifest looks like on the screen."""

import pytest
from end_to_end.lab import Lab, refusal

LAUGHS = "version: 1\na0: &a0 [ha]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
SCREENS = {
    "duplicate key": (
        "version: 1\ncircuits:\n  bell: bell.qasm\n  bell: ghz.qasm\n",
        """\
error: qops.yaml:4:3: the key `bell` is here for the second time; the first is on line 3
      bell: ghz.qasm
      ^
hint: keep one of them
""",
    ),
    "unknown key": (
        "version: 1\ncircuits:\n  bell:\n    sorce: bell.qasm\n",
        """\
error: qops.yaml:3:3: `bell` has neither `source` nor `python`
      bell:
      ^
hint: write `source: PATH`
error: qops.yaml:4:5: unknown key `sorce` in `bell`
        sorce: bell.qasm
        ^
hint: did you mean `source`?
""",
    ),
    "paths that lead out": (
        "version: 1\ncircuits:\n  up: ../x.qasm\n  root: /etc/x.qasm\n  git: .git/x.qasm\n",
        """\
error: qops.yaml:3:7: `../x.qasm` leads out of the directory where it is
      up: ../x.qasm
          ^
hint: write it from the repository's top directory, without `..`
error: qops.yaml:4:9: `/etc/x.qasm` is not a path within the repository
      root: /etc/x.qasm
            ^
hint: write it from the repository's top directory
error: qops.yaml:5:8: `.git/x.qasm` lies inside .git, which is not for your files
      git: .git/x.qasm
           ^
hint: choose another place
""",
    ),
    "a pattern without a file": (
        'version: 1\ncircuits:\n  zoo/*: "zoo/*.qasm"\n',
        """\
error: qops.yaml:3:10: `zoo/*.qasm` matches no file
      zoo/*: "zoo/*.qasm"
             ^
hint: paths begin at the repository's top directory; `**` looks into every directory below
""",
    ),
    "words that YAML reads in two ways": (
        "version: 1\ncircuits:\n  on: bell.qasm\n",
        """\
error: qops.yaml:3:3: `on` is true or false to some readers of YAML and a word to others
      on: bell.qasm
      ^
hint: write "on"
""",
    ),
    "a control character": (
        'version: 1\ncircuits: {a: "x\x1b[31m.qasm"}\n',
        """\
error: qops.yaml:2:17: the control character U+001B has no place in this file
    circuits: {a: "x\\x1b[31m.qasm"}
                    ^
hint: remove it
""",
    ),
}


@pytest.mark.parametrize("kind", SCREENS)
def test_every_problem_has_its_place_its_line_and_the_next_step(lab: Lab, kind: str) -> None:
    manifest, screen = SCREENS[kind]
    lab.write("qops.yaml", manifest)
    assert lab.qops("status") == (2, "", screen)


def test_sources_that_are_missing_lead_out_or_are_no_files_are_told_in_one_run(lab: Lab) -> None:
    lab.write("empty.qasm", "")
    lab.write("wrong.qasm", "OPENQASM 3.0;\nqubit q;\noops q;\n")
    (lab.root / "link.qasm").symlink_to("/etc/passwd")
    lab.run("mkfifo", "pipe.qasm")
    names = ("bel", "empty", "wrong", "link", "pipe")
    lab.write("qops.yaml", "version: 1\ncircuits:\n" + "".join(f"  {name}: {name}.qasm\n" for name in names))
    outcome = lab.qops("status")
    assert outcome.code == 2
    assert [line for line in outcome.err.splitlines() if line.startswith("error: ")] == [
        "error: empty.qasm: the file is empty",
        "error: qops.yaml:3:3: there is no file bel.qasm",
        "error: qops.yaml:6:3: link.qasm is outside of the repository",
        "error: qops.yaml:7:3: pipe.qasm is a pipe, not a file",
        "error: wrong.qasm:3:1: no gate is called `oops`",
    ]
    assert "hint: did you mean `bell.qasm`?" in outcome.err


def test_a_bomb_of_aliases_is_refused_and_not_followed(lab: Lab) -> None:
    lab.write("qops.yaml", LAUGHS)
    outcome = lab.qops("status")
    assert outcome.code == 2
    assert "the alias `*a10` is not followed" in outcome.err
    assert len(outcome.err) < 100_000


def test_a_missing_and_an_empty_manifest_lead_to_init_and_init_leads_on(lab: Lab) -> None:
    (lab.root / "qops.yaml").unlink()
    begin = "run `qops init` to begin one"
    assert lab.qops("snapshot") == refusal(2, "qops.yaml: there is no qops.yaml here", begin)
    lab.write("qops.yaml", "# soon\n")
    assert lab.qops("diff") == refusal(2, "qops.yaml: the manifest is empty", begin)
    assert lab.qops("init").code == 0
    assert lab.qops("status").code == 1
    assert lab.read("qops.yaml").endswith("# soon\n")


@pytest.mark.parametrize("words", [("log",), ("show",), ("show", "bell"), ("diff", "HEAD", "HEAD")])
def test_what_was_recorded_can_be_looked_at_without_a_manifest(lab: Lab, words: tuple[str, ...]) -> None:
    (lab.root / "qops.yaml").unlink()
    assert lab.qops(*words).code == 0
