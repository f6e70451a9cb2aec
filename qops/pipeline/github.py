"""The workflow for GitHub: the matrix in parts on every pull request, from forks too, and one job that judges."""

from qops.pipeline.pack import Pack, Setting

FILE = ".github/workflows/compilation.yml"

CHECKOUT = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683  # v4.2.2"
PYTHON = "actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065  # v5.6.0"
CACHE = "actions/cache@5a3ec84eff668545956fd18022155c47e93e2684  # v4.2.3"
UPLOAD = "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02  # v4.6.2"
DOWNLOAD = "actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093  # v4.3.0"

HEAD = """\
# Written by `qops ci init --github`; yours to change.
#
# It runs code of the pull request, also of strangers: so it may read, has no secrets, and reports in the job's summary.
name: Compilation

on: pull_request

permissions:
  contents: read

concurrency:
  group: compilation-${{ github.ref }}
  cancel-in-progress: true
"""


def pack(setting: Setting) -> Pack:
    """One file; the report is the summary of the job, which needs no right to write anything."""
    workflow = f"{HEAD}\njobs:\n{_compile(setting)}\n{_gate(setting)}"
    return Pack({FILE: workflow}, (f"git add {FILE} && git commit -m 'Gate compilation on pull requests'",))


def _compile(setting: Setting) -> str:
    """The job that compiles one part of the matrix; what was compiled before is not compiled again."""
    return f"""\
  compile:
    name: Part ${{{{ matrix.part }}}} of {setting.parts}
    runs-on: ubuntu-24.04
    timeout-minutes: 60
    strategy:
      fail-fast: false
      matrix:
        part: [{", ".join(map(str, range(1, setting.parts + 1)))}]
    env:
      PART: ${{{{ matrix.part }}}}
    steps:
{_ready(setting)}
      - name: What is to be compiled
        id: plan
        run: |
          hash=$(qops transpile plan)
          echo "hash=$hash" >> "$GITHUB_OUTPUT"
      - uses: {CACHE}
        with:
          path: .qops/cache
          key: qops-${{{{ steps.plan.outputs.hash }}}}-${{{{ matrix.part }}}}
          restore-keys: qops-
      - name: Compile
        run: qops transpile-matrix --shard "$PART/{setting.parts}" --to "shard-$PART.json"
      - uses: {UPLOAD}
        with:
          name: shard-${{{{ matrix.part }}}}
          path: shard-${{{{ matrix.part }}}}.json
          if-no-files-found: error
          retention-days: 7
"""


def _gate(setting: Setting) -> str:
    """The job that judges the whole; also where a part failed, which it then reports."""
    return f"""\
  gate:
    name: Gate
    needs: compile
    if: ${{{{ !cancelled() }}}}
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps:
{_ready(setting)}
      - uses: {DOWNLOAD}
        with:
          pattern: shard-*
          merge-multiple: true
      - name: Judge
        run: qops transpile merge shard-*.json --format github
"""


def _ready(setting: Setting) -> str:
    """The history, which holds the baseline, and qops."""
    return f"""\
      - uses: {CHECKOUT}
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: {PYTHON}
        with:
          python-version: "{setting.python}"
      - name: Install
        run: {setting.quoted_install}"""
