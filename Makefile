# Bosett. `make run` and `make test` are all a newcomer needs; the rest is for daily work.

PYTHON ?= python3
PORT   ?= 8000
BIN    := .venv/bin

# The tests start many processes: each finds what is compiled, whether the environment lets Python write it or not.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run round unit slow test thorough coverage lint bench docs words lock clean

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

# Where the quick tests of the core lie, and the marks of those that are not quick.
QUICK := tests/unit tests/architecture tests/properties
SLOW  := bulk or long or solver or typeset

# The tests of the workspace, and those that walk through it in a browser.
WEB   := $(filter-out tests/integration/test_cli_%,$(wildcard tests/integration/test_*.py))
WALKS := tests/e2e

# Each process measures itself from its first import on.
MEASURED := COVERAGE_PROCESS_START=$(CURDIR)/pyproject.toml

# One for each core and two at least; each of the workspace's has a database server of its own, and keeps its file.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$((n > 2 ? n : 2)))
CORE_TESTS := -n $(WORKERS) --dist worksteal $(addprefix --ignore=,$(WEB) $(WALKS))
WEB_TESTS  := -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(WEB)
WALK_TESTS := -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(WALKS)

unit: .venv/.dev  ## the quick tests, as a habit while working
	@$(BIN)/pytest -q -n $(WORKERS) --dist worksteal -m "not ($(SLOW))" $(QUICK)

slow: .venv/.dev  ## the slow tests of the core: those that set documents, ask other solvers or take long
	@$(BIN)/pytest -q -n $(WORKERS) --dist worksteal -m "$(SLOW)" $(addprefix --ignore=,$(WEB) $(WALKS))

test: lint  ## lint, types, floors, then every test (WORKERS at a time)
	@tools/node --test --test-reporter=spec tests/script/*.test.mjs
	@$(BIN)/pytest -m "not thorough" $(CORE_TESTS)
	@$(BIN)/pytest -m "not thorough" $(WEB_TESTS)
	@$(BIN)/pytest -m "not thorough" $(WALK_TESTS)

# A rule that is asked of many like cases (stages, languages, solvers) is asked of some of them by `make test`.
thorough: .venv/.dev  ## the cases that `make test` leaves out: before a version, and when what they ask has changed
	@$(BIN)/pytest -m thorough $(CORE_TESTS)
	@$(BIN)/pytest -m thorough $(WEB_TESTS)
	@$(BIN)/pytest -m thorough $(WALK_TESTS)

# Measuring makes tests take half as long again: it has a run of its own.
coverage: .venv/.dev  ## how much of the core and of the workspace their tests come through (half an hour)
	@rm -f .coverage .coverage.*
	@$(MEASURED) $(BIN)/pytest $(CORE_TESTS)
	@$(MEASURED) $(BIN)/pytest $(WEB_TESTS)
	@$(MEASURED) $(BIN)/pytest $(WALK_TESTS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --include='src/bosett/*' --fail-under=95
	@$(BIN)/coverage report --include='src/bosett_web/*' --fail-under=95

lint: .venv/.dev  ## ruff, djangofmt, mypy, the import linter, declared imports; types and lint of the scripts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djangofmt --quiet --check src
	@BOSETT_DEMO=1 $(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry --no-ansi src
	@tools/node node_modules/typescript/bin/tsc
	@tools/node node_modules/@biomejs/biome/bin/biome check --error-on-warnings

bench: .venv/.dev  ## measure against peers, the matching, the need, what is hidden, the command line, the letters and the pages; writes the tables in docs/reference/
	@$(BIN)/python bench/run.py
	@$(BIN)/python bench/matching.py
	@$(BIN)/python bench/need.py
	@$(BIN)/python bench/criteria.py
	@$(BIN)/python bench/disclosure.py
	@$(BIN)/python bench/command.py
	@$(BIN)/python bench/letters.py
	@$(BIN)/python bench/throughput.py
	@$(BIN)/python bench/deadline_day.py

docs: .venv/.dev  ## make the reference pages from code
	@$(BIN)/python tools/make_docs.py

words: .venv/.dev  ## write all texts for translators to out/words/; FROM=out/words/nn.po reads them back; BEGIN=se begins a language
	@$(BIN)/python tools/words.py $(if $(FROM),--from "$(FROM)") $(if $(BEGIN),--begin "$(BEGIN)")

lock: .venv/.dev  ## renew the lock files (needs uv)
	@tools/lock

clean:  ## remove what the commands above made
	rm -rf .venv node_modules out .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
