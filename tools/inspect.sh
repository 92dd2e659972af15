#!/bin/sh
# Start the lab when its inventory is inspected, inspect, stop the lab, keep the inspection's exit code.
set -eu
inventory=$1
command -v ssh-keygen >/dev/null 2>&1 || { echo "xunwei: an OpenSSH client is needed (apt-get install openssh-client)" >&2; exit 4; }
case $inventory in
  inventories/lab | inventories/lab/)
    mine=
    if ! xunwei lab status >/dev/null 2>&1; then
      for base in ${XUNWEI_LAB_BASE:-42200 43200 44200}; do
        export XUNWEI_LAB_BASE="$base"
        said=$(xunwei lab start 2>&1) && mine=1 && break
      done
      [ -n "$mine" ] || { echo "$said" >&2; exit 4; }
    fi
    trap '[ -z "$mine" ] || xunwei lab stop >/dev/null' EXIT
    trap 'exit 130' INT TERM
    ;;
esac
xunwei inspect -i "$inventory" ${XUNWEI_ARGS:-}
