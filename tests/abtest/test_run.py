"""Counting: blocks, their order, what is kept, and what happens when something goes wrong on the way."""

import pytest
from abtest.laboratory import DECLARED, Laboratory

from qops.errors import EnvironmentFault, InputError
from qops.formats import counts_csv
from qops.snapshot import take


def test_every_block_is_whole_in_an_order_that_was_drawn_and_recorded() -> None:
    lab = Laboratory()
    done = lab.run()
    assert [block.number for block in done.blocks] == list(range(1, 21))
    assert {block.order for block in done.blocks} == {("a", "b"), ("b", "a")}
    assert all(len(jobs) == 2 for jobs in lab.device.submissions)
    assert counts_csv.read(lab.counts(), "c").blocks == done.blocks
    assert done.staged == ("series.dvc",)
    assert done.protocol.seed == 77


def test_the_same_seed_gives_the_same_bytes_and_another_one_others() -> None:
    first, second, third = Laboratory(), Laboratory(), Laboratory()
    for lab, seed in ((first, 5), (second, 5), (third, 6)):
        lab.run(seed=seed)
    assert first.counts() == second.counts() != third.counts()


def test_a_run_that_was_cut_off_goes_on_and_ends_as_if_it_had_run_once() -> None:
    whole, cut = Laboratory(), Laboratory()
    whole.run()
    cut.device.fails = dict.fromkeys(range(8, 12), 1)
    with pytest.raises(EnvironmentFault):
        cut.run()
    assert cut.waited == [1.0, 5.0, 25.0]
    cut.device.fails = {}
    assert cut.run().new == 13
    orders = [counts_csv.read(lab.counts(), "c").blocks for lab in (whole, cut)]
    assert [(b.order, [j.tally for j in b.jobs]) for b in orders[0]] == [
        (b.order, [j.tally for j in b.jobs]) for b in orders[1]
    ]


def test_a_block_that_was_half_written_is_counted_again() -> None:
    lab = Laboratory()
    lab.run()
    whole = lab.counts()
    lines = whole.splitlines(keepends=True)
    lab.project.tree.files["series/abtests/new/counts.csv"] = b"".join(lines[:-2]) + lines[-2][:20]
    done = lab.run()
    assert done.new == 1
    assert [block.order for block in counts_csv.read(lab.counts(), "c").blocks] == [
        block.order for block in counts_csv.read(whole, "c").blocks
    ]


def test_after_a_failure_all_of_the_block_is_run_again() -> None:
    lab = Laboratory()
    lab.device.fails = {3: 1}
    done = lab.run()
    assert len(done.blocks) == 20
    assert len(lab.device.submissions) == 21
    assert [job.seed for job in lab.device.submissions[2]] == [job.seed for job in lab.device.submissions[3]]
    assert lab.said == ["the network is down: the block is run again in 1 s\n"]


def test_a_block_in_which_the_calibration_changed_is_replaced() -> None:
    lab = Laboratory()
    lab.device.calibration = lambda job: "early" if job < 4 else "late"
    done = lab.run()
    assert len(done.blocks) == 21
    assert [block.number for block in done.blocks if len(block.calibrations) > 1] == [2]


@pytest.mark.parametrize(
    ("old", "new", "path", "told"),
    [
        ("h q[0];", "h q[1];", "other.qasm", "the circuit of `b` was"),
        ('pass: ["000", "111"]', 'pass: ["000"]', "qops.yaml", "`metric` was"),
        ("a: ghz\n    b", "alpha: 0.01\n    a: ghz\n    b", "qops.yaml", "`alpha` was 0.05, is 0.01"),
        ("a: ghz\n    b", "shots: 10\n    a: ghz\n    b", "qops.yaml", "`shots` was 1000, is 10"),
        ("a: ghz\n    b", "compile: {seed: 1}\n    a: ghz\n    b", "qops.yaml", "`compile` was"),
    ],
)
def test_a_run_goes_on_only_as_it_began(old: str, new: str, path: str, told: str) -> None:
    lab = Laboratory()
    lab.run()
    counted = lab.counts()
    lab.edit(old, new, path)
    with pytest.raises(InputError, match="was begun otherwise") as caught:
        lab.run()
    assert told in caught.value.cause
    assert "--restart" in (caught.value.hint or "")
    done = lab.run(restart=True)
    assert done.archived == "series/abtests/new/counts-1.csv"
    assert lab.counts("counts-1.csv") == counted


def test_counts_whose_plan_is_gone_are_not_added_to() -> None:
    lab = Laboratory()
    lab.run()
    del lab.project.tree.files["series/abtests/new/plan.json"]
    with pytest.raises(InputError, match="whose plan is gone"):
        lab.run()


def test_another_run_that_writes_to_the_same_counts_is_noticed() -> None:
    lab = Laboratory()

    def meddling(number: int, _job: object) -> float:
        if number == 7:
            lab.project.tree.files["series/abtests/new/counts.csv"] += b"\n"
        return 0.5

    lab.device.rate = meddling
    with pytest.raises(EnvironmentFault, match="written to by another run"):
        lab.run()


def test_a_device_that_gives_fewer_shots_is_not_believed() -> None:
    lab = Laboratory()
    given = lab.device.run
    lab.device.run = lambda jobs: given([type(job)(job.circuit, job.shots - 1, job.seed) for job in jobs])
    with pytest.raises(EnvironmentFault, match="gave 999 of 1,000 shots"):
        lab.run()


def test_what_is_clear_ends_a_run_that_may_be_looked_at() -> None:
    lab = Laboratory()
    lab.edit("metric:", "blocks: 60\n    metric:")
    lab.device.rate = lambda _n, job: 0.99 if len(job.circuit.operations) > 6 else 0.5
    done = lab.run(peek=True)
    assert 5 < len(done.blocks) < 40
    assert done.protocol.peek


def test_circuits_are_compiled_once_and_kept() -> None:
    lab = Laboratory()
    lab.run()
    assert len(lab.compiler.asked) == 2
    lab.run()
    assert len(lab.compiler.asked) == 2
    assert "series/abtests/new/circuits/b.qasm" in lab.project.tree.files


@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        (DECLARED.replace("b: other", "b: {circuit: other, parameters: {phi: 1}}"), "has no parameter `phi`"),
        (DECLARED.replace("b: other", "b: bell"), "arm `b` measures nothing"),
        (DECLARED.replace('["000", "111"]', '["00"]'), "the pattern `00` is 2 wide"),
        (DECLARED.replace('{pass: ["000", "111"]}', "{observable: {ZZ: 1}}"), "arm `a`: the observable's words have 2"),
    ],
)
def test_what_does_not_fit_is_told_before_anything_runs(manifest: str, told: str) -> None:
    lab = Laboratory(manifest)
    with pytest.raises(InputError, match=told):
        lab.run()
    assert lab.device.submissions == []


def test_arms_with_different_outcomes_cannot_be_compared() -> None:
    lab = Laboratory()
    lab.edit("creg c[3];", "creg c[4];", "other.qasm")
    lab.edit("measure q -> c;", "measure q[0] -> c[0];", "other.qasm")
    with pytest.raises(InputError, match="different outcomes: `a` has 3 bits, `b` has 4"):
        lab.run()


def test_an_observable_is_measured_in_its_bases() -> None:
    lab = Laboratory(DECLARED.replace('{pass: ["000", "111"]}', "{observable: {ZZI: 1, IZZ: 0.5, XXX: 0.2}}"))
    done = lab.run()
    assert {job.basis for job in done.blocks[0].jobs} == {"XXX", "ZZZ"}
    assert len(done.blocks[0].jobs) == 4


def test_a_version_is_what_the_snapshot_recorded() -> None:
    lab = Laboratory(DECLARED.replace("a: ghz", "a: ghz@HEAD"))
    lab.project.commit("Sources", "qops.yaml", "ghz.qasm", "other.qasm", "bell.qasm", "bell.csv")
    take.run(lab.project.ports, [], message="First")
    lab.edit("h q[0];", "h q[0];\nz q[0];", "ghz.qasm")
    recorded = lab.run().protocol
    assert recorded.arms["a"] == "ghz@HEAD"
    at_hand = Laboratory()
    assert recorded.digests["a"] == at_hand.run().protocol.digests["a"]
