#!/bin/sh
# All scenarios. Hosts, network, keys and state are named after XUNWEI_TEST_ID, so that two runs never meet; they are removed at the end.
#   molecule/run.sh [arguments of `molecule test`, instead of --all]
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
[ -d .venv/bin ] && PATH=$root/.venv/bin:$PATH
command -v molecule >/dev/null || { echo "molecule is not installed: run 'make venv' with the development lock" >&2; exit 4; }
XUNWEI_TEST_ID=${XUNWEI_TEST_ID:-$$}
MOLECULE_EPHEMERAL_DIRECTORY=$(mktemp -d "${TMPDIR:-/tmp}/xunwei-molecule-XXXXXX")
export PATH XUNWEI_TEST_ID MOLECULE_EPHEMERAL_DIRECTORY
clean() {
    python tests/containers/lab.py down || true
    rm -rf "$MOLECULE_EPHEMERAL_DIRECTORY"
}
trap clean EXIT
trap 'exit 130' INT TERM
molecule/images/build.sh
[ $# -gt 0 ] || set -- --all
molecule test "$@"
