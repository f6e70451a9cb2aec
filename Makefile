# Needs Python 3.11 with venv and pip, git, and make; everything else goes into .venv, but strace, which Debian has.

PYTHON ?= $(shell command -v python3.11 || echo python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
TOOL := PYTHONPATH=tests:. $(BIN)/python -m
PILOT := qops/project/pilot/template

export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help demo test torture fuzz lint types docs bench lock clean

help: ## What there is to do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/runtime ## The tour: a pilot project in demo/, and qops at work on it
	@scripts/demo

test: .venv/dev .venv/strace ## All tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

torture: .venv/dev .venv/strace ## Every writing command, killed and refused at every call, an hour or two; 32 writers at once
	$(TOOL) torture
	QOPS_TORTURE=1 QOPS_ALL_CIRCUITS=1 $(BIN)/python -m pytest -q tests/end_to_end/test_killed.py \
		tests/end_to_end/test_writers_at_once.py tests/torture tests/fsck/test_heal.py tests/vault \
		tests/readers/test_two_readers_agree.py

fuzz: .venv/dev ## 200,000 mutated files of every kind that qops reads, some minutes
	$(TOOL) fuzz --count 200000
	QOPS_FUZZ=50000 $(BIN)/python -m pytest -q tests/circuits/test_reader_fuzz.py tests/fuzz

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

bench: .venv/dev ## All benchmarks anew, half an hour, and the tables in docs/explanation/benchmarks.md
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

# What the torture stands on; where it cannot be had, those tests are skipped and say so.
.venv/strace: .venv/runtime
	command -v strace || { [ "$$(id -u)" != 0 ] || { apt-get update && apt-get install --yes strace; } || true; }
	touch $@
