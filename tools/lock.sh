#!/bin/sh
# Locks in pip format, with hashes, for all supported Pythons at once, without any address in them.
set -eu
command -v uv >/dev/null 2>&1 || { echo "xunwei: uv is needed (pip install uv)" >&2; exit 4; }
compile() { uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q "$@"; }
compile -o requirements/runtime.lock
compile --group test --group lint -o requirements/dev.lock
compile --group bench -o requirements/bench.lock
echo 'ansible-core>=2.20,<2.21' | uv pip compile - --no-deps --python-version 3.12 --universal --generate-hashes --no-header --no-annotate -q \
  -o requirements/core-2.20.lock
! grep -nE '(https?|ftp)://|index-url' requirements/*.lock
