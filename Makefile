# `make` builds the sample's tables from nothing; `make help` lists the rest.
CORPUS ?= sample
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := table

.PHONY: table
table: $(BIN)/.run  ## build the tables of CORPUS (default: sample), audit them, and print the comparison
	@dvc repro --quiet audit@$(CORPUS)
	@python -m pipeline show --corpus $(CORPUS)

.PHONY: exports
exports: table  ## hand the tables of CORPUS on: data package, annotations, SDMX, LaTeX, Word, Parquet
	@python -m pipeline export corpora/$(CORPUS)

.PHONY: topics
topics: $(BIN)/.run  ## find the themes of CORPUS and the terms that the register may lack; measure the topics
	@dvc repro --quiet topics@$(CORPUS) suggest@$(CORPUS) quality@$(CORPUS)
	@python -m pipeline topics corpora/$(CORPUS)

.PHONY: test
test: $(BIN)/.test  ## install what tests need and run them, with the linters (`make acceptance` has the real documents)
	@ruff check .
	@ruff format --check .
	@mypy
	@pytest -q -n 2 --ignore tests/acceptance

.PHONY: acceptance
acceptance: $(BIN)/.test  ## run the tests on real documents (needs ../shared)
	@pytest -q tests/acceptance

.PHONY: evaluate
evaluate: $(BIN)/.run  ## score labelled passages; fail where F1 fell below metrics.json (needs ../shared)
	@python -m pipeline evaluate --passages ../shared/gold/passages.jsonl --floor metrics.json

.PHONY: all
all: $(BIN)/.run  ## rebuild every corpus that params.yaml names, and the evaluation
	@dvc repro

.PHONY: bench
bench: $(BIN)/.test  ## run the benchmarks (needs ../shared)
	@PYTHONPATH=. python benchmarks/pages.py
	@PYTHONPATH=. python benchmarks/mentions.py
	@PYTHONPATH=. python benchmarks/topics.py corpora/strategies

.PHONY: format
format: $(BIN)/.test  ## format the code
	@ruff check --fix .
	@ruff format .

.PHONY: golden
golden: $(BIN)/.test  ## rewrite the expected rows in tests/golden; read the difference before committing
	@UPDATE_GOLDEN=1 pytest -q tests/test_tables.py tests/test_exports.py

.PHONY: lock
lock: $(BIN)/.test  ## resolve requirements/*.in anew into hash-locked files
	@python -m pip install --quiet uv
	@cd requirements && for name in run test; do \
	  uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --excludes exclude.txt --upgrade --quiet $$name.in -o $$name.txt; done

.PHONY: clean
clean:  ## remove the environment; what was built stays
	@rm -rf .venv

.PHONY: help
help:  ## list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

# Each mark is written last, so that an interrupted installation is done again.
$(BIN)/.run: requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say make PYTHON=python3.12 (or where yours is)")'
	@$(PYTHON) -m venv .venv
	@echo "Installing what the pipeline needs into .venv (about a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/run.txt
	@touch $@

$(BIN)/.test: $(BIN)/.run requirements/test.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/test.txt
	@touch $@
