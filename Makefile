# Two commands: `make run` and `make test`. Everything they need is built into .venv/, static/vendor/ and var/.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin/python
BOOTSTRAP = $(PYTHON) -I liaison/launch/bootstrap.py
export PORT
export PYTHONUNBUFFERED = 1
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help install run reset test check format lock catalogue bench

help: ## what can be done here
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

install: ## build .venv and the front-end files from the lock files
	@$(BOOTSTRAP) demo && $(VENV) -m liaison.launch.catalogue compile

run: install ## start the demonstration: make run PORT=8000
	@exec $(VENV) -m liaison.launch.run

reset: install ## forget all demonstration data
	@$(VENV) -m liaison.launch.reset

test: ## the whole suite, from nothing
	@$(BOOTSTRAP) dev && $(VENV) -m liaison.launch.catalogue compile
	@$(VENV) -m liaison.launch.suite $(ARGS)

check: ## style, types, layers, templates, migrations, catalogues, deployment settings
	@$(BOOTSTRAP) dev && $(VENV) -m liaison.launch.catalogue compile
	@$(VENV) -m liaison.launch.check

bench: ## pages on the demonstration's data; messages, rungs of the ladder, answers to invitations, certificates; with and without faults
	@$(BOOTSTRAP) dev && $(VENV) -m liaison.launch.catalogue compile
	@$(VENV) -m benchmarks.pages
	@$(VENV) -m benchmarks.delivery
	@$(VENV) -m benchmarks.ladder
	@$(VENV) -m benchmarks.calendar_day
	@$(VENV) -m benchmarks.meetings
	@$(VENV) -m benchmarks.rsvp
	@$(VENV) -m benchmarks.certificates
	@$(VENV) -m benchmarks.set_aside

format: ## bring the code into the house style
	@$(BOOTSTRAP) dev
	@$(VENV) -m ruff check --fix --quiet . ; $(VENV) -m ruff format .
	@.venv/bin/djade --target-version 5.2 $$(git ls-files 'templates/*.html' | tr '\n' ' ') || true

catalogue: install ## bring the language catalogues up to date with the code
	@$(VENV) -m liaison.launch.catalogue update

lock: ## write requirements/*.txt and package-lock.json anew from pyproject.toml and package.json
	@$(BOOTSTRAP) dev
	@$(VENV) -m liaison.launch.lock
