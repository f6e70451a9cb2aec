"""The pipeline for GitLab: the matrix in parts on every merge request; JUnit and OpenMetrics as its reports."""

from qops.pipeline.pack import Pack, Setting

FILE = ".gitlab/compilation.yml"
MAIN = ".gitlab-ci.yml"
INCLUDE = f"include:\n  - local: {FILE}\n"


def pack(setting: Setting) -> Pack:
    """A file of jobs; the project's own pipeline includes it, and is written where there is none yet."""
    following = (
        f"see that `{MAIN}` has `include: [{{local: {FILE}}}]`",
        f"git add {FILE} {MAIN} && git commit -m 'Gate compilation on merge requests'",
    )
    return Pack({FILE: _jobs(setting)}, following, {MAIN: INCLUDE})


def _jobs(setting: Setting) -> str:
    return f"""\
# Written by `qops ci init --gitlab`; yours to change.
.compilation:
  image: python:{setting.python}
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: "0"
  before_script:
    - {setting.quoted_install}

compile:
  extends: .compilation
  stage: build
  parallel: {setting.parts}
  timeout: 1h
  cache:
    key: qops-$CI_NODE_INDEX
    paths:
      - .qops/cache
  script:
    - qops transpile-matrix --shard "$CI_NODE_INDEX/$CI_NODE_TOTAL" --to "shard-$CI_NODE_INDEX.json"
  artifacts:
    paths:
      - shard-*.json
    expire_in: 1 week

gate:
  extends: .compilation
  stage: test
  needs:
    - compile
  script:
    - qops transpile merge shard-*.json --format openmetrics --output metrics.txt || true
    - qops transpile merge shard-*.json --format junit --output compilation.xml || true
    - qops transpile merge shard-*.json
  artifacts:
    when: always
    reports:
      junit: compilation.xml
      metrics: metrics.txt
"""
