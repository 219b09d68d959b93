# The everyday commands of this project. `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REQUIREMENTS := infrastructure/requirements
PACKAGES := domain application infrastructure api
BENCHMARKS := append balances commands growth http organisations rebuild replay verify
INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps
UNIVERSAL := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --extra installation

.DEFAULT_GOAL := help
.PHONY: help setup setup-development demo test walk chaos benchmarks check docs format lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/.product ## make the environment in .venv, or bring it up to date

setup-development: $(VENV)/.development ## the same with what tests and checks need

demo: setup ## serve the demonstration district on http://127.0.0.1:8000
	@$(BIN)/fundtrail demo

test: setup-development ## run the whole test suite, PostgreSQL and a browser included
	@$(BIN)/python -m pytest --numprocesses=logical --maxprocesses=8 --dist=loadfile

walk: setup-development ## half a million random steps through all the tables; takes half an hour
	@$(BIN)/python -m tests.walks

chaos: setup-development ## kill servers under load 200 times, on both databases; takes minutes
	@$(BIN)/python -m tests.chaos

benchmarks: setup-development ## measure everything again, into docs/performance.md; takes long
	@for script in $(BENCHMARKS); do \
		$(BIN)/python -m benchmarks.$$script || exit 1; done

check: setup-development ## format, lint, types and layers; no tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy --strict $(PACKAGES) tests
	@$(BIN)/lint-imports

docs: setup ## write the generated pages of docs/ again
	@$(BIN)/python -m api.docs

format: setup-development ## bring the sources into the house format
	@$(BIN)/ruff check --fix --exit-zero --quiet .
	@$(BIN)/ruff format .

lock: ## choose the pinned versions again, with uv, from pyproject.toml
	@command -v uv > /dev/null || { echo "make lock needs uv (pip install uv)."; exit 1; }
	@uv pip compile --upgrade --quiet $(UNIVERSAL) pyproject.toml -o $(REQUIREMENTS)/product.txt
	@uv pip compile --upgrade --quiet $(UNIVERSAL) --extra development \
		-c $(REQUIREMENTS)/product.txt pyproject.toml -o $(REQUIREMENTS)/development.txt

clean: ## remove the environment and every cache; the data in var/ stays
	@rm -rf $(VENV) .rivals .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache \
		build *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Fundtrail needs Python 3.11 or later; name one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# The stamps make a second run instant. The development set contains the product's, so its stamp
# serves for both, and neither is made again unless a pinned version or the metadata changes.
$(VENV)/.product: $(REQUIREMENTS)/product.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Fundtrail needs into $(VENV)."
	@$(INSTALL) --require-hashes -r $(REQUIREMENTS)/product.txt
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: $(REQUIREMENTS)/development.txt $(VENV)/.product
	@echo "Installing what tests and checks need into $(VENV)."
	@$(INSTALL) --require-hashes -r $(REQUIREMENTS)/development.txt
	@touch $@
