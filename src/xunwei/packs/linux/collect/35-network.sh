s_network_links() {
  for linux_if in /sys/class/net/*; do
    linux_name=${linux_if##*/}
    case $linux_name in lo | veth* | cali* | lxc* | vnet* | tap* | dummy* | ifb* | nodelocaldns | kube-ipvs*) continue ;; esac
    [ -d "$linux_if" ] || continue
    linux_kind=virtual
    [ ! -e "$linux_if/device" ] || linux_kind=physical
    [ ! -d "$linux_if/bonding" ] || linux_kind=bond
    [ ! -d "$linux_if/bridge" ] || linux_kind=bridge
    printf '%s/kind:%s\n' "$linux_if" "$linux_kind"
    set -- "$@" "$linux_if"/flags "$linux_if"/operstate "$linux_if"/carrier "$linux_if"/speed "$linux_if"/duplex \
      "$linux_if"/mtu "$linux_if"/address "$linux_if"/carrier_changes "$linux_if"/master/uevent \
      "$linux_if"/statistics/[rt]x_packets "$linux_if"/statistics/[rt]x_bytes "$linux_if"/statistics/[rt]x_errors \
      "$linux_if"/statistics/[rt]x_dropped
  done
  [ $# -gt 0 ] || unsupported "no network interface but the loopback"
  grep -Hs '' "$@"
  return 0
}

s_addresses() { need ip; run ip -o addr show; }

s_routes() {
  need ip
  part inet
  run ip -4 -o route show table main
  part inet6
  run ip -6 -o route show table main
}

s_dns() {
  for linux_file in /etc/resolv.conf /run/systemd/resolve/resolv.conf; do
    [ -r "$linux_file" ] || continue
    part "$linux_file"
    grep -E '^[[:space:]]*(nameserver|search|domain|options)[[:space:]]' "$linux_file"
  done
  part nsswitch
  grep -E '^hosts:' /etc/nsswitch.conf
  return 0
}

s_sockets() {
  run cat /proc/net/sockstat
  grep -h '^Tcp' /proc/net/snmp /proc/net/netstat
  grep -Hs '' /proc/sys/net/netfilter/nf_conntrack_count /proc/sys/net/netfilter/nf_conntrack_max
  return 0
}

s_listening() {
  need ss
  keyval uid "$XW_UID"
  run bounded 8 ss -lntup
}

s_bonding() {
  set -- /proc/net/bonding/*
  [ -e "$1" ] || unsupported "no bonded interface"
  run grep -H '' "$@"
}
