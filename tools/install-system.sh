#!/bin/sh
# System packages that the tests need, installed by apt where this user may; otherwise one line says what to install.
set -eu
packages="make git openssh-client openssh-server podman runc debootstrap netavark aardvark-dns iptables uidmap \
iproute2 poppler-utils shellcheck python3-venv busybox-static sudo chromium \
ipmitool openipmi snmp frr redis-server redis-tools nginx-light libvirt-clients \
curl openssl procps util-linux"
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
# Nothing that is only here to be tested with may start as a service of this machine.
[ -e /usr/sbin/policy-rc.d ] || { printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d; chmod 0755 /usr/sbin/policy-rc.d; mine=1; }
trap '[ -z "${mine:-}" ] || rm -f /usr/sbin/policy-rc.d' EXIT
# shellcheck disable=SC2086 # a list of words
apt-get install -y -qq --no-install-recommends $missing >/dev/null
