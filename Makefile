# newsdex: run · test · check · bench — each makes what it needs first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
SECONDS ?= 300
DEMO := .demo
WHOOSH3 := .venv-whoosh3

.PHONY: run test test-whoosh3 check soak bench bench-web screenshots wheel clean

run: $(VENV)/.installed  ## index the bundled samples and serve the search page
	@$(BIN)/newsdex demo --directory $(DEMO) --host $(HOST) --port $(PORT)

test: $(VENV)/.test  ## the whole suite
	$(BIN)/python -m pytest -q

test-whoosh3: $(WHOOSH3)/.test  ## the whole suite with whoosh3 in place of Whoosh
	$(WHOOSH3)/bin/python -m pytest -q

check: $(VENV)/.dev  ## style, types, import contracts, tests
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q

soak: $(VENV)/.dev  ## long property tests, then SECONDS of fuzzing the readers
	-@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[soak]'
	$(BIN)/python -m pytest -q -m "slow or not slow" --hypothesis-profile=soak
	$(BIN)/python tests/corpus/readers/fuzz.py --seconds $(SECONDS)

bench: $(VENV)/.bench  ## newsdex and its peers side by side
	$(BIN)/python -m benchmarks

bench-web: $(VENV)/.bench  ## time of the result page
	$(BIN)/python -m benchmarks.web

screenshots: $(VENV)/.dev  ## pictures for docs/, made in a real browser
	$(BIN)/python docs/make_screenshots.py

wheel: $(VENV)/.dev
	$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) $(WHOOSH3) $(DEMO) build dist *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newsdex needs Python 3.11 or newer; set PYTHON=…")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@

$(WHOOSH3)/.test: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m venv --clear $(WHOOSH3)
	$(WHOOSH3)/bin/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	$(WHOOSH3)/bin/python -m pip uninstall --quiet --yes Whoosh
	$(WHOOSH3)/bin/python -m pip install --quiet --disable-pip-version-check 'whoosh3>=3.54,<4'
	@touch $@

$(VENV)/.dev: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

$(VENV)/.bench: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	@touch $@
