#!/bin/bash
# Makes the images localhost/xunwei-lab:{deb11,deb12,deb13,mw}: whole systemd hosts for the tests, from Debian packages only.
#
#   build.sh [--force] [deb11 deb12 deb13]     build what is missing or whose recipe has changed
#   build.sh --remove                          remove the images
#
# The package mirror is whatever apt on this machine is set to. Needs root; installs podman and debootstrap when missing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export CONTAINERS_CONF=$here/containers.conf LC_ALL=C
readonly name=localhost/xunwei-lab label=xunwei.recipe
readonly tools=(podman runc debootstrap netavark aardvark-dns iptables uidmap openssh-client)
readonly common=systemd,systemd-sysv,dbus,libpam-systemd,openssh-server,sudo,iproute2,procps,cron,rsyslog,passwd,login,ca-certificates,kmod

refuse() { printf '%s\n' "$1" >&2; exit 4; }

install_tools() {
    [ "$(id -u)" = 0 ] || refuse "the container tests need root: run as root, or install ${tools[*]} and run with sudo"
    local missing=() tool
    for tool in "${tools[@]}"; do
        dpkg-query -W -f '${db:Status-Status}' "$tool" 2>/dev/null | grep -qx installed || missing+=("$tool")
    done
    [ ${#missing[@]} -eq 0 ] && return
    command -v apt-get >/dev/null || refuse "install with this system's package manager: ${missing[*]}"
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y "${missing[@]}"; } \
        >/dev/null || refuse "could not install: apt-get install ${missing[*]}"
}

# The first Debian archive (not security) that apt itself would use, without the suite.
mirror() {
    apt-get indextargets --format '$(CREATED_BY) $(SITE) $(RELEASE)' 2>/dev/null \
        | awk '$1 == "Packages" && $2 !~ /security/ && $3 ~ /^(bullseye|bookworm|trixie|stable|oldstable|testing|sid)/ {print $2; exit}'
}

digest() { cat "$here/build.sh" "$here/customise.sh" "$here/recipes/$1" | sha256sum | cut -c1-16; }

# One image, in a mount namespace of its own, so that an interrupted build leaves no mount behind.
build_root() {
    local recipe=$1 root=$2 from=$3 SUITE INCLUDE LATER ABSENT word
    # shellcheck source=/dev/null
    . "$here/recipes/$recipe"
    debootstrap --variant=minbase --include="$common${INCLUDE:+,$INCLUDE}" "$SUITE" "$root" "$from" >"$root.log" 2>&1 \
        || { tail -5 "$root.log" >&2; refuse "debootstrap of $SUITE failed"; }
    if [ -n "$LATER" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
        chmod 0755 "$root/usr/sbin/policy-rc.d"
        mount -t proc proc "$root/proc"
        mkdir -p "$root/dev/shm" && mount -t tmpfs tmpfs "$root/dev/shm"
        chroot "$root" env DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8 LC_ALL=C.UTF-8 \
            sh -c "apt-get -qq update && apt-get -qq install --no-install-recommends -y $LATER" >>"$root.log" 2>&1 \
            || { tail -5 "$root.log" >&2; refuse "could not install $LATER into $SUITE"; }
        umount "$root/dev/shm" "$root/proc"
    fi
    chroot "$root" /bin/sh -s <"$here/customise.sh"
    for word in $ABSENT; do
        if chroot "$root" /bin/sh -c "command -v $word" >/dev/null; then refuse "$recipe must not have $word"; fi
    done
}

build() {
    local recipe=$1 want from work start=$SECONDS
    want=$(digest "$recipe")
    if [ "$force" = no ] && [ "$(podman image inspect --format "{{index .Labels \"$label\"}}" "$name:$recipe" 2>/dev/null)" = "$want" ]; then
        printf '%s:%s is up to date\n' "$name" "$recipe"
        return
    fi
    from=$(mirror)
    [ -n "$from" ] || refuse "no Debian archive in apt's sources: add one"
    work=$(mktemp -d "${TMPDIR:-/var/tmp}/xunwei-image-XXXXXX")
    # shellcheck disable=SC2064
    trap "rm -rf --one-file-system '$work'" EXIT
    mkdir -m 0755 "$work/root"
    unshare --mount --propagation private "$0" --root "$recipe" "$work/root" "$from"
    tar -C "$work/root" --one-file-system -c . \
        | podman import -q --change "LABEL $label=$want" --change 'CMD /sbin/init' - "$name:$recipe" >/dev/null
    rm -rf --one-file-system "$work"
    podman image prune -f --filter "label=$label" >/dev/null || true
    printf '%s:%s built in %d s\n' "$name" "$recipe" $((SECONDS - start))
}

force=no
case ${1:-} in
    --root) shift; build_root "$@"; exit ;;
    --remove)
        for image in $(podman images -q --filter "reference=$name"); do podman rmi -f "$image"; done
        exit ;;
    --force) force=yes; shift ;;
esac
install_tools
exec 9>/run/lock/xunwei-images.lock
flock 9   # two runs that start together build once
[ $# -gt 0 ] || set -- deb11 deb12 deb13 mw
for recipe in "$@"; do
    [ -f "$here/recipes/$recipe" ] || refuse "no recipe $recipe (there are: $(ls "$here/recipes" | tr '\n' ' '))"
    build "$recipe"
done
