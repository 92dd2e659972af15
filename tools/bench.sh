#!/bin/sh
# All benchmarks, in an environment of their own that also holds the peers that are measured beside this tool.
set -eu
dir=.cache/bench
mkdir -p .cache
if ! cmp -s requirements/bench.lock "$dir/installed.lock"; then
  sh tools/venv.sh "$dir" requirements/bench.lock
  cp requirements/bench.lock "$dir/installed.lock"
fi
PATH="$(pwd)/$dir/bin:$PATH"
export PATH
for program in benchmarks/*/run.py; do
  echo "== $program"
  python "$program"
done
