# The project's own commands. `make demo`, `make test`, `make bench` and `make check` set everything up first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup demo test torture check cluster bench lock clean

setup: .venv/installed

.venv/installed: requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "tibetnews needs Python 3.11 or later; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

demo: setup
	$(BIN)/python -m scripts.demo

test: setup
	$(BIN)/python -m pytest

# A crawl is killed at every instant between two writes, a larger one a hundred times and more anywhere, a cleaning 60 times.
torture: setup
	TORTURE=1 $(BIN)/python -m pytest -s tests/test_ledger_crash.py tests/test_random_kills.py tests/commands/test_clean_killed.py

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The optional extra for corpora of more than one machine; with it `make test` runs its tests too.
cluster: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-cluster.lock

bench: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.lock
	$(BIN)/python -m benchmarks

# Needs uv; run it after a change of a requirements*.txt.
lock:
	for name in requirements requirements-dev requirements-bench requirements-cluster; do \
	  uv pip compile --quiet --universal --generate-hashes --python-version 3.11 $$name.txt -o $$name.lock --custom-compile-command "make lock" || exit 1; \
	done

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
