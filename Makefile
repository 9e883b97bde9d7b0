# Bosett. `make run` and `make test` are all a newcomer needs; the rest is for daily work.

PYTHON ?= python3
PORT   ?= 8000
BIN    := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run round test lint bench docs words lock clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

setup: .venv/.dev  ## prepare .venv with everything that running, testing and measuring need

.venv/.run: requirements.lock pyproject.toml package-lock.json tools/setup
	@PYTHON="$(PYTHON)" tools/setup requirements.lock $@

.venv/.dev: requirements-dev.lock requirements.lock pyproject.toml package-lock.json tools/setup
	@PYTHON="$(PYTHON)" tools/setup requirements-dev.lock $@
	@touch .venv/.run

run: .venv/.run  ## start the workspace with the demo and print its address (PORT=8000); Ctrl-C stops it
	@PORT="$(PORT)" exec $(BIN)/python -m bosett_web.operations.launcher --demo

round: .venv/.run  ## compute the 2021 round from real figures, print it, write out/
	@$(BIN)/bosett round 2021 --out out

# The tests of the workspace run without the measuring of coverage, which is of the core and doubles their time.
WEB := $(filter-out tests/integration/test_cli_%,$(wildcard tests/integration/test_*.py)) tests/e2e

# Two at a time, as each of the workspace's has a database server of its own, and a file of theirs stays with one.
WORKERS ?= 2

test: lint  ## lint, types, floors, then every test (WORKERS=2 at a time)
	@tools/node --test --test-reporter=spec tests/script/*.test.mjs
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal --cov --cov-report=term --cov-fail-under=95 $(addprefix --ignore=,$(WEB))
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(WEB)

lint: .venv/.dev  ## ruff, mypy, the import linter, declared imports; types and lint of the scripts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@BOSETT_DEMO=1 $(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry --no-ansi src
	@tools/node node_modules/typescript/bin/tsc
	@tools/node node_modules/@biomejs/biome/bin/biome check --error-on-warnings

bench: .venv/.dev  ## measure against peers, the command line and the letters; writes the tables in docs/reference/
	@$(BIN)/python bench/run.py
	@$(BIN)/python bench/command.py
	@$(BIN)/python bench/letters.py

docs: .venv/.dev  ## make the reference pages from code
	@$(BIN)/python tools/make_docs.py

words: .venv/.dev  ## write all texts for translators to out/words/; FROM=out/words/nn.po reads them back
	@$(BIN)/python tools/words.py $(if $(FROM),--from "$(FROM)")

lock: .venv/.dev  ## renew the lock files (needs uv)
	@tools/lock

clean:  ## remove what the commands above made
	rm -rf .venv node_modules out .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
