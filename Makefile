# Needs Python 3.11 with venv and pip, git, and make; everything else goes into .venv.

PYTHON ?= $(shell command -v python3.11 || echo python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
PILOT := qops/project/pilot/template

export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help demo test torture lint types docs bench lock clean

help: ## What there is to do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/runtime ## The tour: a pilot project in demo/, and qops at work on it
	@scripts/demo

test: .venv/dev ## All tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

torture: .venv/dev ## The slow checks: kills at every call, commands cut off by the clock, long mutation of circuits
	QOPS_TORTURE=1 QOPS_FUZZ=200000 QOPS_ALL_CIRCUITS=1 $(BIN)/python -m pytest -q tests/end_to_end/test_killed.py \
		tests/fsck/test_heal.py tests/vault tests/circuits/test_reader_fuzz.py tests/readers/test_two_readers_agree.py

lint: .venv/dev ## Style: ruff, every rule that is not exempted with a reason
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev ## Types: mypy, strict; the pilot from its own root, as its user would
	$(BIN)/mypy
	MYPYPATH=$(PILOT) $(BIN)/mypy --config-file= --strict --ignore-missing-imports --explicit-package-bases \
		--cache-dir .mypy_cache/pilot $(PILOT)

docs: .venv/dev ## The reference pages and completion scripts, written again from the code
	$(BIN)/python -m qops.cli.reference docs/reference
	$(BIN)/qops completions bash >completions/qops.bash
	$(BIN)/qops completions zsh >completions/_qops
	$(BIN)/qops completions fish >completions/qops.fish

bench: .venv/dev ## All benchmarks anew, some six minutes, and the tables in docs/explanation/benchmarks.md
	PATH="$(CURDIR)/$(BIN):$$PATH" dvc repro --force benchmarks/dvc.yaml

lock: ## Resolve the newest versions that pyproject.toml allows into both lock files
	scripts/lock $(PYTHON)

clean: ## Remove the demo and the virtual environment
	rm -rf demo .venv

.venv/runtime: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install --requirement requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev: .venv/runtime requirements-dev.txt
	$(PIP) install --requirement requirements-dev.txt
	touch $@
