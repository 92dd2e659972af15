# `ceph … -f json`, only what reads. Parameters: XW_CEPH_CMD (the command, or its path), XW_CEPH_USER (client.NAME; it needs
# `mon 'allow r' mgr 'allow r' osd 'allow r'`), XW_CEPH_CONF and XW_CEPH_KEYRING (files, when they are not in their places).
XW_CEPH_CMD=${XW_CEPH_CMD:-ceph} XW_CEPH_USER=${XW_CEPH_USER:-client.admin} XW_CEPH_CONF=${XW_CEPH_CONF:-} XW_CEPH_KEYRING=${XW_CEPH_KEYRING:-}

# cp_ask SECONDS WORD…: the command, bounded; what it says on stderr comes last, behind a line `== stderr`.
cp_ask() {
  cp_s=$1; shift
  set -- -n "$XW_CEPH_USER" --connect-timeout 8 "$@"
  [ -z "$XW_CEPH_CONF" ] || set -- -c "$XW_CEPH_CONF" "$@"
  [ -z "$XW_CEPH_KEYRING" ] || set -- -k "$XW_CEPH_KEYRING" "$@"
  { cp_err=$(bounded "$cp_s" "$XW_CEPH_CMD" "$@" 2>&1 1>&3 3>&-); cp_rc=$?; } 3>&1
  return "$cp_rc"
}
# How an answer that did not come is told: no rights and no key are denied, an unknown word is unsupported.
cp_end() {
  [ "$1" != 0 ] || return 0
  cp_m=${cp_err##*"$xw_nl"}
  case $cp_err in
    *'access denied'* | *EACCES* | *EPERM* | *'permission denied'* | *'Permission denied'* | *'no keyring found'*)
      printf '%s\n' "$cp_m"; exit 77 ;;
    *'no valid command found'* | *'invalid command'* | *'No orchestrator configured'* | *'not enabled'*)
      printf '%s\n' "$cp_m"; exit 69 ;;
    *'timed out'*) printf '%s\n' "$cp_m"; exit 124 ;;
  esac
  printf '\n== stderr\n%s\n' "$cp_err"
  return "$1"
}
cp_json() {
  [ "$cp_code" = 0 ] || { printf '%s\n' "$cp_why"; exit "$cp_code"; }
  cp_ask 20 "$@" -f json-pretty
  cp_end "$?"
}

# Runs as the script is read, once per instance: a cluster that does not answer costs its time once.
cp_code=0 cp_why= cp_knock=
cp_probe() {
  if ! have "$XW_CEPH_CMD"; then cp_knock=absent cp_code=69 cp_why="not on this host: $XW_CEPH_CMD"; return; fi
  cp_first=$(cp_ask 12 health; cp_rc=$?; printf '\n%s %s' "$cp_rc" "$cp_err")
  cp_first=${cp_first#*"$xw_nl"}
  cp_last=${cp_first##*"$xw_nl"}
  case $cp_last in [0-9]' '* | [0-9][0-9]' '*) cp_last=${cp_last#* } ;; esac # the exit code
  case $cp_first in
    '0 '* | *"${xw_nl}0 "*) cp_knock=answers ;;
    *'no keyring found'* | *'access denied'* | *'ermission denied'* | *EACCES*) cp_knock=denied cp_code=77 cp_why=$cp_last ;;
    *) cp_knock=silent cp_code=124 cp_why="no answer from the cluster: $cp_last" ;;
  esac
}
cp_probe </dev/null 2>/dev/null

s_availability() {
  [ "$cp_knock" != absent ] || unsupported "$cp_why"
  [ "$cp_knock" != denied ] || { printf '%s\n' "$cp_why"; exit 77; }
  keyval state "$cp_knock"
  keyval said "$cp_why"
}
s_status() { cp_json status; }
s_health() { cp_json health detail; }
s_quorum() { cp_json quorum_status; }
s_mgr() { cp_json mgr stat; }
s_osds() { cp_json osd df; }
s_osd_tree() { cp_json osd tree; }
s_osd_map() {
  [ "$cp_code" = 0 ] || { printf '%s\n' "$cp_why"; exit "$cp_code"; }
  cp_ask 20 osd dump -f json # in one line: with every OSD's addresses on lines of their own it is too long
  cp_end "$?"
}
s_latency() { cp_json osd perf; }
s_capacity() { cp_json df; }
# One line for each placement group: id, state, last scrub, last deep scrub; the rest is a hundred lines each.
s_pgs() {
  [ "$cp_code" = 0 ] || { printf '%s\n' "$cp_why"; exit "$cp_code"; }
  cp_text=$(cp_ask 25 pg ls -f json-pretty; cp_rc=$?; printf '\n== %s %s' "$cp_rc" "$cp_err")
  cp_err=${cp_text##*"$xw_nl== "}
  cp_rc=${cp_err%% *} cp_err=${cp_err#* }
  cp_end "$cp_rc" || exit "$cp_rc"
  printf '%s\n' "$cp_text" | awk -F'"' '
    $2 == "pgid" { id = $4; state = scrub = deep = "?" }
    $2 == "state" { state = $4 }
    $2 == "last_scrub_stamp" { scrub = $4 }
    $2 == "last_deep_scrub_stamp" { deep = $4 }
    # the members come in this order; with the last of them the group is whole
    $2 == "last_deep_scrub_stamp" && id != "" { print id, state, scrub, deep; id = ""; n++ }
    /^}/ { whole = 1 }
    END { print "-- " n + 0 (whole ? " groups" : " broke off") }'
}
s_crash() { cp_json crash ls-new; }
s_versions() { cp_json versions; }
s_time() { cp_json time-sync-status; }
s_filesystems() { cp_json mds stat; }
s_config() { cp_json config dump; }
s_log() { cp_json log last 100 warn cluster; }
