#!/bin/sh
# All benchmarks, in an environment of their own that also holds the peers that are measured beside this tool.
set -eu
dir=.cache/bench
mkdir -p .cache
if [ ! -f "$dir/.ready" ] || [ requirements/bench.lock -nt "$dir/.ready" ]; then
  sh tools/venv.sh "$dir" requirements/bench.lock
  touch "$dir/.ready"
fi
PATH="$(pwd)/$dir/bin:$PATH"
export PATH
for program in benchmarks/*/run.py; do
  echo "== $program"
  python "$program"
done
