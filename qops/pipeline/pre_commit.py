"""The hooks for pre-commit: circuits at every commit, compilation at every push."""

from qops.pipeline.pack import Pack, Setting

FILE = ".pre-commit-config.yaml"
HOOKS = """\
# Written by `qops ci init --pre-commit`; yours to change.
repos:
  - repo: local
    hooks:
      - id: qops-circuits
        name: circuits are as their snapshot recorded them
        entry: qops-pre-commit
        language: system
        always_run: true
        pass_filenames: false
      - id: qops-compilation
        name: compilation is no worse than the baseline
        entry: qops transpile-matrix
        language: system
        always_run: true
        pass_filenames: false
        stages:
          - pre-push
"""


def pack(_setting: Setting) -> Pack:
    """One file, for a repository that has none."""
    return Pack({FILE: HOOKS}, ("pre-commit install --hook-type pre-commit --hook-type pre-push",))
