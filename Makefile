# The manual of daily work. `make` alone prints it.
#
#   make demo      install, then play three issue days offline and show what came out
#   make test      install the test extra, then everything that gates a change
#   make check     lint, format, types, house rules: the fast half of `make test`
#   make snapshot  renew the approved issues and pictures after looking at them
#   make gate      the slow measures with their floors (DATA=folder with the data to measure on)
#   make docs      renew the reference pages and the help texts in the docs
#   make newest    install the newest version of everything that pyproject.toml allows, then `make test`

PYTHON ?= python3
DATA ?= ../shared/data
BIN = .venv/bin
# what is covered to the last branch: the model and the four stages
WHOLLY = briefing/model/*,briefing/read/*,briefing/match/*,briefing/figures/*,briefing/compose/*

.PHONY: help demo test check snapshot gate docs newest

help:
	@sed -n 's/^# \{0,1\}//p' Makefile

# pip before 23.3 stumbles over two spellings of one extra (lxml[html_clean]), so it is renewed first
.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/installed-test: pyproject.toml .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@

demo: .venv/installed
	$(BIN)/briefing demo

check: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/python -m pytest -n 2 --cov --cov-report=
	$(BIN)/python -m coverage report --skip-covered --show-missing --include='$(WHOLLY)' --fail-under=100

snapshot: .venv/installed-test
	$(BIN)/python -m pytest tests/compose tests/desk tests/web/test_web_pictures.py --snapshot-update

gate: .venv/installed-test
	$(BIN)/python benchmarks/gate.py $(DATA)

docs: .venv/installed-test
	$(BIN)/python docs/renew.py
	$(BIN)/python docs/examples.py README.md docs/tutorial.md docs/how-to/*.md

newest: .venv/installed-test
	$(BIN)/python -m pip install --quiet --upgrade --upgrade-strategy eager --editable '.[test]'
	$(MAKE) test
