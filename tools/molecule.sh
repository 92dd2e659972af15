#!/bin/sh
# The real playbooks on real systemd hosts in containers, and the tests of those hosts. Needs root and podman.
set -eu
sh tools/install-system.sh
if [ "$(id -u)" != 0 ]; then
  echo "xunwei: containers with systemd need root (sudo make molecule)" >&2
  exit 4
fi
bash molecule/images/build.sh
XUNWEI_CONTAINERS=1 python -m pytest -q tests/containers
exec sh molecule/run.sh "$@"
