# Set-up and every check, each in one command. `make demo` and `make test` need Python 3.11 or later, make and pip.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
DEMO := examples/sabel-strait/articles

.PHONY: help demo test test-pages lint docs picture bench score clean
.DEFAULT_GOAL := help

help:
	@echo "make demo        build the example exchange, print its brief, say where the page is"
	@echo "make test        the tests that need nothing but Python"
	@echo "make test-pages  the tests in a real browser (chromium and chromedriver)"
	@echo "make lint        ruff and mypy"
	@echo "make docs        write the generated parts of docs/ again"
	@echo "make picture     take the picture in the README again (chromium)"
	@echo "make bench       speed, as ratios beside a peer in the same run"
	@echo "make score       the scores against their floors (SHARED=$(SHARED))"

demo: $(VENV)/ready
	@$(BIN)/onrecord build $(DEMO) --out demo

test: $(VENV)/ready
	$(BIN)/python -m pytest -m "not browser" --cov --cov-report=
	$(BIN)/coverage report --include='onrecord/model/*,onrecord/store/*,onrecord/pipeline/*' --fail-under=90

test-pages: $(VENV)/ready
	$(BIN)/python -m pytest -m browser

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/ready
	$(BIN)/python -m onrecord.faces.docs docs/commands.md

picture: demo
	chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --force-color-profile=srgb \
	  --user-data-dir=$(CURDIR)/demo/.chromium --window-size=1280,1180 --screenshot=docs/img/page.png file://$(CURDIR)/demo/record.html
	rm -rf demo/.chromium

bench: $(VENV)/ready
	$(BIN)/python -m benchmarks.speed $(SHARED)

score: $(VENV)/ready
	$(BIN)/python -m benchmarks.scores $(SHARED)

# One environment for everything, from versions and hashes; uv where it is installed, else venv and pip.
$(VENV)/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord needs Python 3.11 or later; try: make PYTHON=python3.12 ...")'
	@echo "setting up $(VENV) ..." >&2
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python $(PYTHON) $(VENV) && \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .coverage*
