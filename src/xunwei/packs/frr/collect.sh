# vtysh needs group frrvty or root. Without it every daemon looks dead, so that is told apart here.
frr_ask() {
  need vtysh
  xw_o=$(vtysh "$@" 2>&1); xw_r=$?
  case $xw_o in
    *"ailed to connect to any daemons"* | *"ermission denied"*) [ "$XW_UID" = 0 ] || frr_member || deny "vtysh" ;;
  esac
  printf '%s\n' "$xw_o"
  return "$xw_r"
}
frr_member() { case " $(id -Gn) " in *" frrvty "*) return 0 ;; esac; return 1; }
frr_show() { frr_ask -c "$1"; }

s_version() { frr_show 'show version'; }
s_daemons() {
  need vtysh
  if [ -r /etc/frr/daemons ]; then grep -E '^[a-z0-9]+d=' /etc/frr/daemons; else echo 'enabled=?'; fi
  part running
  frr_show 'show daemons'
  return 0
}
s_interfaces() { frr_show 'show interface json'; }
s_counters() { cat /proc/net/dev; }
s_routes() { frr_show 'show ip route summary json'; }
s_ospf() { frr_show 'show ip ospf interface json'; }
s_ospf_neighbours() { frr_show 'show ip ospf neighbor json'; }
s_bgp() { frr_show 'show bgp summary json'; }
s_bfd() { frr_show 'show bfd peers json'; }
s_vrrp() { frr_show 'show vrrp json'; }
s_configuration() { frr_show 'show running-config'; }
s_saved() {
  [ -e /etc/frr/frr.conf ] || unsupported "no integrated configuration: /etc/frr/frr.conf"
  [ -r /etc/frr/frr.conf ] || deny "/etc/frr/frr.conf"
  cat /etc/frr/frr.conf
}
s_memory() { frr_show 'show memory'; }
s_logging() { frr_show 'show logging'; }
s_log() {
  xw_any=
  for xw_f in /var/log/frr/*.log; do
    [ -e "$xw_f" ] || continue
    [ -r "$xw_f" ] || deny "$xw_f"
    xw_any=1; part "$xw_f"; tail -n 4000 "$xw_f"
  done
  [ -z "$xw_any" ] || return 0
  need journalctl
  part journal
  run journalctl -u frr -o short-iso --no-pager -q -n 4000
}
s_forwarding() {
  attr ipv4 /proc/sys/net/ipv4/ip_forward
  attr ipv6 /proc/sys/net/ipv6/conf/all/forwarding
  attr rp_filter /proc/sys/net/ipv4/conf/all/rp_filter
}
s_vty_ports() { need ss; run ss -Hltn; }
s_system() {
  keyval uptime "$(cat /proc/uptime)"
  keyval load "$(cat /proc/loadavg)"
  keyval cpus "$(grep -c '^processor' /proc/cpuinfo)"
  grep -E '^(MemTotal|MemAvailable):' /proc/meminfo | sed 's/: */=/'
  keyval root "$(df -Pk / 2>/dev/null | sed -n '$p')"
}
