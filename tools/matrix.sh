#!/bin/sh
# Unit and simulated tests on every supported Python that is installed (3.12 and 3.13 bring a newer ansible-core).
set -eu
found=0
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
  echo "matrix: $version with ansible-core $("$dir/bin/python" -c 'from importlib.metadata import version; print(version("ansible-core"))')"
  PATH="$(pwd)/$dir/bin:$PATH" "$dir/bin/python" -m pytest -q -n auto tests/unit tests/contract tests/recordings tests/simulated tests/faults
done
[ "$found" -gt 0 ] || { echo "matrix: no supported Python found" >&2; exit 4; }
