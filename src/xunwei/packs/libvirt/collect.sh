# `virsh -r`: a connection that libvirt itself keeps from changing anything. Parameters: XW_LIBVIRT_URI, XW_LIBVIRT_ETC
# (folder of libvirt's settings), XW_LIBVIRT_LOG (folder of the machines' logs).
XW_LIBVIRT_URI=${XW_LIBVIRT_URI:-qemu:///system} XW_LIBVIRT_ETC=${XW_LIBVIRT_ETC:-/etc/libvirt}
XW_LIBVIRT_LOG=${XW_LIBVIRT_LOG:-/var/log/libvirt/qemu}

# lv_ask SECONDS WORD…: one command of virsh; stderr in lv_err.
lv_ask() {
  lv_s=$1; shift
  { lv_err=$(bounded "$lv_s" virsh -r -c "$XW_LIBVIRT_URI" "$@" 2>&1 1>&3 3>&-); lv_rc=$?; } 3>&1
  return "$lv_rc"
}
# What is said when a command failed: in the answer, behind `! `, so that no part of it looks whole.
lv_end() {
  [ "$1" != 0 ] || return 0
  [ "$1" != 124 ] || exit 124
  printf '! %s\n' "${lv_err%%"$xw_nl"*}"
  return "$1"
}
# The last line: without it an answer was cut off. No part can be called so.
lv_done() { printf '%s\n' '-- end'; }
lv_need() { [ "$lv_code" = 0 ] || { printf '%s\n' "$lv_why"; exit "$lv_code"; }; }
lv_run() { lv_ask 10 "$@"; lv_end "$?"; }

# Runs as the script is read: a libvirt that does not answer costs its time once.
lv_code=0 lv_why= lv_state=
lv_probe() {
  if ! have virsh; then lv_state=absent lv_code=69 lv_why='virsh is not on this host'; return; fi
  lv_first=$(lv_ask 10 version; lv_rc=$?; printf '\n%s %s' "$lv_rc" "$lv_err")
  lv_why=${lv_first##*"$xw_nl"}
  case $lv_why in [0-9]' '* | [0-9][0-9]' '*) lv_why=${lv_why#* } ;; esac # the exit code
  case $lv_first in
    *"${xw_nl}0 "*) lv_state=answers lv_why= ;;
    *'ermission denied'* | *'authentication'* | *'access denied'*) lv_state=denied lv_code=77 ;;
    *"${xw_nl}124 "*) lv_state=silent lv_code=124 lv_why='no answer in time' ;;
    *) lv_state=silent lv_code=69 ;;
  esac
}
lv_probe </dev/null 2>/dev/null
# Machines by UUID: their names may hold anything.
lv_uuids() { lv_ask 10 list --all --uuid; }
# lv_part UUID: the heading of a machine's part. One that is gone meanwhile is left out, any other failure is told.
lv_part() {
  lv_text=$(lv_ask 10 domname "$1"; lv_rc=$?; printf '%s' "$lv_err"; exit "$lv_rc")
  case $?:$lv_text in
    0:*) part "${lv_text%%"$xw_nl"*}" ;;
    *'Domain not found'* | *'failed to get domain'*) return 1 ;;
    *) part "$1"; printf '! %s\n' "${lv_text%%"$xw_nl"*}"; return 1 ;;
  esac
}
# Pools by name; virsh pads them with blanks.
lv_pools() {
  lv_text=$(lv_ask 10 pool-list --name "$@") || return
  printf '%s\n' "$lv_text" | sed 's/ *$//'
}

s_availability() {
  [ "$lv_state" != absent ] || unsupported "$lv_why"
  [ "$lv_state" != denied ] || { printf '%s\n' "$lv_why"; exit 77; }
  keyval state "$lv_state"
  keyval uri "$XW_LIBVIRT_URI"
  keyval said "$lv_why"
}
s_version() { lv_need; lv_run version; }
s_node() {
  lv_need
  part info; lv_run nodeinfo
  part cpu; lv_run nodecpustats --percent
  part memory; lv_run nodememstats
  return 0
}
s_domains() {
  lv_need
  part all; lv_run list --all --name || return
  part autostart; lv_run list --all --name --autostart || return
  part persistent; lv_run list --all --name --persistent || return
  part states; lv_run domstats --state || return
  lv_done
}
s_stats() {
  lv_need
  lv_run domstats --list-running --cpu-total --balloon --vcpu --interface --block || return
  lv_done
}
s_pools() {
  lv_need
  lv_names=$(lv_pools --all) || { lv_run pool-list --all --name; return; }
  printf '%s\n' "$lv_names" | while IFS= read -r lv_n; do
    [ -n "$lv_n" ] || continue
    lv_run pool-info --bytes --pool "$lv_n" </dev/null
    printf '\n'
  done
  lv_done
}
s_volumes() {
  lv_need
  lv_names=$(lv_pools) || { lv_run pool-list --name; return; }
  printf '%s\n' "$lv_names" | while IFS= read -r lv_n; do
    [ -n "$lv_n" ] || continue
    part "$lv_n"
    lv_run vol-list --details --pool "$lv_n" </dev/null
  done
  lv_done
}
s_networks() { lv_need; lv_run net-list --all || return; lv_done; }
s_snapshots() {
  lv_need
  lv_ids=$(lv_uuids) || { lv_run list --all --uuid; return; }
  for lv_u in $lv_ids; do
    lv_part "$lv_u" || continue
    lv_run snapshot-list "$lv_u"
  done
  lv_done
}
s_disk_errors() {
  lv_need
  lv_ids=$(lv_ask 10 list --state-running --uuid) || { lv_run list --state-running --uuid; return; }
  for lv_u in $lv_ids; do
    lv_part "$lv_u" || continue
    lv_run domblkerror "$lv_u"
  done
  lv_done
}
# Of every definition only the lines that are looked at; without rights to change, libvirt leaves passwords out.
s_guests() {
  lv_need
  lv_ids=$(lv_ask 10 list --state-running --uuid) || { lv_run list --state-running --uuid; return; }
  for lv_u in $lv_ids; do
    lv_part "$lv_u" || continue
    lv_xml=$(lv_ask 10 dumpxml "$lv_u") || { lv_run dumpxml "$lv_u"; continue; }
    printf '%s\n' "$lv_xml" | grep -E "^<domain |org\.qemu\.guest_agent|<graphics |<seclabel |</domain>"
  done
  lv_done
}
# Settings that are set, comments left out. The folder is closed to others than root.
s_host_config() {
  [ -d "$XW_LIBVIRT_ETC" ] || unsupported "no $XW_LIBVIRT_ETC"
  lv_seen=
  for lv_f in libvirtd.conf virtproxyd.conf virtqemud.conf qemu.conf; do
    [ -e "$XW_LIBVIRT_ETC/$lv_f" ] || continue
    [ -r "$XW_LIBVIRT_ETC/$lv_f" ] || deny "$XW_LIBVIRT_ETC/$lv_f"
    part "$lv_f"; lv_seen=1
    sed -n -e 's/^[ 	]*//' -e '/^[a-z_0-9]* *=/p' "$XW_LIBVIRT_ETC/$lv_f"
  done
  [ "$lv_seen" ] || { [ -x "$XW_LIBVIRT_ETC" ] || deny "$XW_LIBVIRT_ETC"; unsupported "no settings in $XW_LIBVIRT_ETC"; }
  lv_done
}
# How machines ended, and what QEMU complained of: the last 400 lines of it.
s_logs() {
  [ -d "$XW_LIBVIRT_LOG" ] || unsupported "no $XW_LIBVIRT_LOG"
  [ -r "$XW_LIBVIRT_LOG" ] && [ -x "$XW_LIBVIRT_LOG" ] || deny "$XW_LIBVIRT_LOG"
  for lv_f in "$XW_LIBVIRT_LOG"/*.log; do
    [ -e "$lv_f" ] || continue
    [ -r "$lv_f" ] || deny "$lv_f"
    lv_n=${lv_f##*/}
    part "${lv_n%.log}"
    tail -n 2000 "$lv_f" | grep -E 'shutting down, reason=|: error[: ]|[Ff]ailed to |[Ii]/[Oo] error|terminating on signal' | tail -n 400
  done
  lv_done
}
s_validate() {
  need virt-host-validate
  virt-host-validate qemu 2>/dev/null
  return 0
}
