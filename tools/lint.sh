#!/bin/sh
# All static checks; every one runs, the first failure decides.
set -u
code=0
try() { echo "lint: $1"; shift; "$@" || code=1; }
try ruff ruff check .
try format ruff format --check .
try mypy mypy
try yamllint yamllint -s playbooks roles inventories molecule .config .ansible-lint src/xunwei/packs src/xunwei/locale
try ansible-lint ansible-lint --offline -q playbooks roles
if command -v shellcheck >/dev/null 2>&1; then
  try shellcheck shellcheck -S warning -s sh tools/*.sh
fi
exit $code
