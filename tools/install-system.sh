#!/bin/sh
# System packages that the tests need, installed by apt where this user may; otherwise one line says what to install.
set -eu
packages="make git openssh-client openssh-server podman runc debootstrap netavark aardvark-dns iptables uidmap \
iproute2 poppler-utils shellcheck python3-venv busybox-static sudo chromium"
missing=
for package in $packages; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "xunwei: the tests need these packages:$missing" >&2
  exit 4
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # a list of words
apt-get install -y -qq --no-install-recommends $missing >/dev/null
