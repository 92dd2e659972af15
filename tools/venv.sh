#!/bin/sh
# Build or complete the virtual environment DIR from LOCK (pip format, hashes). Needs Python 3.11-3.13 with venv.
set -eu
dir=$1 lock=$2
fail() { echo "xunwei: $*" >&2; exit 4; }

find_python() {
  for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13)))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
}

if [ ! -x "$dir/bin/python" ]; then
  python=$(find_python)
  [ -n "$python" ] || fail "no Python 3.11, 3.12 or 3.13 found (install one, or name it: make PYTHON=/path/to/python3.11)"
  if ! "$python" -m venv "$dir" >/dev/null 2>&1; then
    rm -rf "$dir"
    # Debian splits venv off; as root it can be installed, otherwise say so.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
      apt-get update -qq >/dev/null && apt-get install -y -qq python3-venv >/dev/null || fail "apt-get install python3-venv failed"
      "$python" -m venv "$dir" || fail "$python -m venv failed"
    else
      fail "$python cannot make virtual environments (apt-get install python3-venv)"
    fi
  fi
fi
echo "xunwei: installing $lock into $dir" >&2
"$dir/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock" || fail "pip could not install $lock"
# The checkout itself: a .pth file, so that what runs is what is checked out, and no build is needed.
site=$("$dir/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
printf '%s\n' "$(pwd)/src" >"$site/xunwei-checkout.pth"
cat >"$dir/bin/xunwei" <<SCRIPT
#!$(pwd)/$dir/bin/python
from xunwei.cli import main

main()
SCRIPT
chmod +x "$dir/bin/xunwei"
