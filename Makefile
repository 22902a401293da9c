# The project's own commands. `make demo`, `make test`, `make bench` and `make check` set everything up first.
PYTHON ?= python3
BIN := .venv/bin

# Installs the packages of one group of requirements.lock; the digests of all files are checked.
INSTALL = $(BIN)/python -m scripts.lock $(1) >.venv/$(1).txt && \
  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .venv/$(1).txt

.PHONY: setup splash scrapyd pywb browser slurm ray readers cluster wheel demo test torture check bench screenshots lock clean

setup: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "tibetnews needs Python 3.11 or later; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(call INSTALL,dev)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

# A Splash server for pages that only scripts write; as root on Debian 12. The tests use it where it is there.
splash:
	@scripts/splash.sh

# A scrapyd with its client and the packages of a crawl, in an environment of its own; tests/test_scrapyd.py uses it.
scrapyd: setup
	test -x .scrapyd/bin/python || $(BIN)/python -m venv .scrapyd
	$(BIN)/python -m scripts.lock run >.scrapyd/run.txt
	.scrapyd/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .scrapyd/run.txt
	.scrapyd/bin/python -m pip install --quiet --disable-pip-version-check -r scripts/requirements-scrapyd.txt

# A pywb, which shows archives and serves their index, in an environment of its own; tests/test_pywb.py uses it.
pywb: setup
	test -x .pywb/bin/python || $(BIN)/python -m venv .pywb
	.pywb/bin/python -m pip install --quiet --disable-pip-version-check -r scripts/requirements-pywb.txt

# The wheel alone in an empty environment of each Python named: make wheel PYTHONS="python3.12 python3.13".
wheel: setup
	$(BIN)/python -m scripts.check_wheel $(or $(PYTHONS),$(BIN)/python)

demo: setup
	$(BIN)/python -m scripts.demo

# A file of tests is one worker's, since its tests share servers; the short files of texts come last and fill the end.
test: setup
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# A crawl is killed at every instant between two writes, a larger one a hundred times and more anywhere, a cleaning 60
# times; power fails at 100 instants; hundreds of system calls fail; and a ledger is damaged a hundred times.
torture: setup
	TORTURE=1 $(BIN)/python -m pytest -s tests/test_ledger_crash.py tests/test_random_kills.py tests/test_archive_crash.py tests/test_adopt.py tests/test_history.py tests/test_pywb.py tests/commands/test_clean_killed.py tests/test_failing_calls.py tests/test_full_disk.py \
	  tests/test_power_loss.py tests/test_pictures.py tests/test_damaged_ledger.py

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

# The optional extra for corpora of more than one machine; with it `make test` runs its tests too.
cluster: setup
	$(call INSTALL,cluster)

# Ray for the tests of the same example; the newest, since whoever has a cluster of it names his version.
ray: cluster
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "ray>=2.50" || echo "no Ray could be installed here; its test will be skipped"

# Programs that read exports, for the tests that load them there; the newest of each.
readers: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pandas polars datasets || echo "pandas, polars or datasets could not be installed here; their tests will be skipped"

# A Slurm of one machine for them, as root on Debian.
slurm:
	@{ command -v sbatch && command -v munged; } >/dev/null || { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qqy -o DPkg::Lock::Timeout=120 install --no-install-recommends slurm-wlm munge; } || echo "no Slurm could be installed here; its test will be skipped"

bench: setup
	$(call INSTALL,bench)
	$(BIN)/python -m benchmarks

# A Chromium for the tests of the report and of rendering; without one they are skipped, and the tests' last lines say so.
browser:
	@{ command -v chromium && command -v chromedriver; } >/dev/null || { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qqy -o DPkg::Lock::Timeout=120 install --no-install-recommends chromium chromium-driver; } || echo "no Chromium could be installed here; the tests of the report in a browser and of rendering will be skipped"

screenshots: setup
	$(BIN)/python -m scripts.screenshots

# Needs uv; run it after a change of requirements.txt or of what pyproject.toml asks for.
lock:
	python3 -m scripts.lock

clean:
	rm -rf .venv .splash .scrapyd .pywb .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
