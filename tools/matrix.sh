#!/bin/sh
# Unit and simulated tests on every supported Python that is installed: 3.11 with ansible-core 2.19, 3.12 with 2.20 and 2.21, 3.13 with 2.21.
set -eu
found=0

tests() {
  echo "matrix: $2 with ansible-core $("$1/bin/python" -c 'from importlib.metadata import version; print(version("ansible-core"))')"
  PATH="$(pwd)/$1/bin:$PATH" "$1/bin/python" -m pytest -q -n auto tests/unit tests/contract tests/recordings tests/simulated tests/faults
}

for version in 3.11 3.12 3.13; do
  python=
  for candidate in "python$version" "$HOME"/.pyenv/versions/$version.*/bin/python; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null; then
      python=$candidate
      break
    fi
  done
  if [ -z "$python" ]; then
    echo "matrix: Python $version is not here"
    continue
  fi
  found=$((found + 1))
  dir=.cache/matrix/$version
  mkdir -p .cache/matrix
  PYTHON=$python sh tools/venv.sh "$dir" requirements/dev.lock
  tests "$dir" "$version"
  if [ "$version" = 3.12 ]; then
    "$dir/bin/python" -m pip install --quiet --require-hashes --no-deps -r requirements/core-2.20.lock
    tests "$dir" "$version"
  fi
done
[ "$found" -gt 0 ] || { echo "matrix: no supported Python found" >&2; exit 4; }
