# `make help` lists the targets. Two matter most: `make inspect` and `make test`.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
export PATH := $(BIN):$(PATH)
# The demo keeps its state beside the checkout's build files, unless XUNWEI_STATE says where.
export XUNWEI_STATE ?= $(CURDIR)/.state
# ESTATE=1: the whole tendered estate in the lab, instead of the small one.
I ?= $(if $(ESTATE),inventories/pingdingshan,inventories/lab)

.DEFAULT_GOAL := help
.PHONY: help venv inspect test unit lint molecule bench matrix lock clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

venv: $(VENV)/.runtime ## Build .venv from the hash-pinned lock

$(VENV)/.runtime: requirements/runtime.lock pyproject.toml
	@PYTHON="$(PYTHON)" sh tools/venv.sh $(VENV) requirements/runtime.lock && touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.lock
	@PYTHON="$(PYTHON)" sh tools/venv.sh $(VENV) requirements/dev.lock && touch $@

inspect: $(VENV)/.runtime ## Inspect the embedded lab and write the report (ESTATE=1 the whole estate, I=inventory another one)
	@sh tools/inspect.sh $(I)

test: $(VENV)/.dev ## Everything that proves the software
	@sh tools/install-system.sh
	@$(MAKE) --no-print-directory lint unit molecule

unit: $(VENV)/.dev ## Unit, contract, recorded, simulated and fault tests
	@python -m pytest -q -n auto --dist worksteal --ignore=tests/containers $(PYTEST_ARGS)

lint: $(VENV)/.dev ## ruff, mypy, yamllint, ansible-lint, shellcheck where there is one
	@sh tools/lint.sh

molecule: $(VENV)/.dev ## The real playbooks on real systemd hosts in containers (needs root and podman)
	@sh tools/molecule.sh

bench: $(VENV)/.dev ## Benchmarks: ratios against the floor and peers in the same run
	@PYTHON="$(PYTHON)" sh tools/bench.sh

matrix: ## Unit and simulated tests on every Python 3.11-3.13 there is
	@sh tools/matrix.sh

lock: $(VENV)/.dev ## Make the locks again from pyproject.toml (needs uv)
	@sh tools/lock.sh

clean: ## Remove what was built; the state directory stays
	@rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
