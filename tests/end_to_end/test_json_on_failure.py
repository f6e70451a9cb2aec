"""With `--json`, standard output is one document, whatever happens."""

import json

from end_to_end.lab import MOVED, Lab

FAILURES = {
    "status --format xml --json": 2,
    "status extra --json": 2,
    "--json": 2,
    "statsu --json": 2,
    "log -n 0 --json": 2,
    "show none --json": 2,
    "show bell@none --format json": 2,
    "diff none --format=json": 2,
    "diff HEAD~1 --json": 3,
    "restore bell@none --json": 2,
    "restore --json": 2,
    "snapshot --tag v1 --json": 2,
    "snapshot --push --json": 4,
    "init --pilot file.txt --json": 4,
}
REPORTS = {
    "status --json": 1,
    "diff --json": 1,
    "log --json": 0,
    "show --json": 0,
    "show bell --json": 0,
    "doctor --json": 0,
    "init --json": 0,
    "snapshot --json": 0,
    "restore bell --to old.qasm --json": 0,
}


def test_every_failure_is_one_document_with_its_code_and_cause(lab: Lab) -> None:
    lab.write("file.txt", "")
    for line, code in FAILURES.items():
        outcome = lab.qops(*line.split())
        document = json.loads(outcome.out)
        assert (outcome.code, document["error"]["exit_code"]) == (code, code), line
        assert document["schema_version"] == 1
        assert document["error"]["cause"] in outcome.err
        assert [problem["cause"] for problem in document["error"]["problems"]] == [document["error"]["cause"]]


def test_every_report_is_one_document_with_its_code(lab: Lab) -> None:
    lab.write("bell.csv", MOVED)
    for line, code in REPORTS.items():
        outcome = lab.qops(*line.split())
        document = json.loads(outcome.out)
        assert (outcome.code, outcome.err) == (code, ""), line
        assert (document["schema_version"], document["exit_code"]) == (1, code)
        assert document["command"] == line.split()[0]


def test_all_problems_of_a_manifest_are_in_it_with_their_places(lab: Lab) -> None:
    lab.write("qops.yaml", "version: 1\ncircuits:\n  a: none.qasm\n  b: nope.qasm\n")
    document = json.loads(lab.qops("snapshot", "--json").out)
    assert document["error"]["cause"] == "2 problems"
    assert [(p["file"], p["line"], p["column"]) for p in document["error"]["problems"]] == [
        ("qops.yaml", 3, 3),
        ("qops.yaml", 4, 3),
    ]
