# ClamAV. Parameters: XW_CLAM_DATABASE (folder of the definitions), XW_CLAM_CONFIG (clamd.conf), XW_CLAM_FRESHCLAM (freshclam.conf), XW_CLAM_LOGS
# (logs of scans), XW_CLAM_PROCESS. Nothing is scanned and nothing is fetched.
clam_conf() { for clam_c in "$@"; do [ -e "$clam_c" ] && { printf '%s' "$clam_c"; return; }; done; }
clam_database() {
  clam_db=$XW_CLAM_DATABASE
  for clam_c in /var/lib/clamav /var/clamav /usr/local/share/clamav; do [ -n "$clam_db" ] || [ ! -d "$clam_c" ] || clam_db=$clam_c; done
  [ -n "$clam_db" ] && [ -d "$clam_db" ] || unsupported "no folder of definitions"
}

s_processes() {
  have clamscan || have clamd || have clamdscan || unsupported "not on this host: clamav"
  part clock
  mw_clock
  mw_processes clamd "$XW_CLAM_PROCESS"
  mw_processes freshclam '(^|/)freshclam( |$)'
  mw_processes clamonacc '(^|/)clamonacc( |$)'
  part end
}
s_unit() { mw_unit clamav-daemon.service clamd@scan.service clamd.service; }
s_version() {
  for clam_t in clamscan clamd clamdscan freshclam; do
    have "$clam_t" || continue
    part version
    run bounded 10 "$clam_t" --version || return
    part end
    return
  done
  unsupported "not on this host: clamav"
}
# The first 512 bytes of a database are its header (clamav.net, format of CVD files).
s_definitions() {
  clam_database
  part clock
  mw_clock
  part definitions
  for clam_f in "$clam_db"/*.cvd "$clam_db"/*.cld; do
    [ -f "$clam_f" ] || continue
    [ -r "$clam_f" ] || deny "${clam_f##*/}"
    printf '%s %s\n' "${clam_f##*/}" "$(dd if="$clam_f" bs=512 count=1 2>/dev/null | tr -d '\000' | sed -n 1p | cut -c1-400)"
  done
  part others
  for clam_f in "$clam_db"/*.[hmnl][dgs]b "$clam_db"/*.ndb "$clam_db"/*.yar*; do [ ! -f "$clam_f" ] || stat -c '%Y %n' "$clam_f"; done | sort -u
  part end
}
s_configuration() {
  clam_c=${XW_CLAM_CONFIG:-$(clam_conf /etc/clamav/clamd.conf /etc/clamd.d/scan.conf /etc/clamd.conf /usr/local/etc/clamd.conf)}
  clam_g=${XW_CLAM_FRESHCLAM:-$(clam_conf /etc/clamav/freshclam.conf /etc/freshclam.conf /usr/local/etc/freshclam.conf)}
  [ -n "$clam_c$clam_g" ] || unsupported "no configuration of clamd or freshclam"
  for clam_f in "clamd $clam_c" "freshclam $clam_g"; do
    [ -e "${clam_f#* }" ] || continue
    [ -r "${clam_f#* }" ] || deny "${clam_f#* }"
    part "file ${clam_f%% *}"
    sed -n 's/^\([A-Z][A-Za-z0-9]*\)[[:space:]][[:space:]]*\(.*\)$/\1=\2/p' "${clam_f#* }" | grep -v '^HTTPProxyPassword=' | sort -u
  done
  part end
}
# The logs are in the host's local time.
clam_zone() { part zone; keyval offset "$(unset TZ; date +%z)"; }
clam_freshlog() {
  clam_g=${XW_CLAM_FRESHCLAM:-$(clam_conf /etc/clamav/freshclam.conf /etc/freshclam.conf /usr/local/etc/freshclam.conf)}
  [ -n "$clam_g" ] && sed -n 's/^UpdateLogFile[[:space:]][[:space:]]*//p' "$clam_g" 2>/dev/null
}
s_updates() {
  clam_l=$(clam_freshlog)
  clam_l=${clam_l:-/var/log/clamav/freshclam.log}
  [ -e "$clam_l" ] || unsupported "no log of freshclam"
  [ -r "$clam_l" ] || deny "$clam_l"
  part clock
  mw_clock
  clam_zone
  part updates
  tail -c 262144 "$clam_l" | grep -E 'update process started|database is up.to.date|is up to date|updated \(version|ERROR:|WARNING:|database available for (download|update)' | tail -n 60
  part end
}
clam_scans() {
  IFS=$xw_nl
  # Unquoted on purpose: patterns become files.
  set -- $XW_CLAM_LOGS
  IFS=" 	$xw_nl"
  clam_any=
  for clam_f in "$@"; do [ ! -f "$clam_f" ] || clam_any=1; done
  [ "$clam_any" ] || unsupported "no log of a scan: set logs"
  "$clam_do" "$@"
}
# Summaries of scans and what was found: signature and path.
clam_read() {
  part clock
  mw_clock
  clam_zone
  for clam_f in "$@"; do
    [ -f "$clam_f" ] || continue
    part "log $clam_f"
    [ -r "$clam_f" ] || { printf '! not readable\n'; continue; }
    keyval modified "$(stat -c %Y "$clam_f")"
    tail -c 2097152 "$clam_f" | grep -E ' FOUND$|^(Infected files|Scanned files|Scanned directories|Start Date|End Date|Known viruses|Time|Total errors): |^-+ SCAN SUMMARY' | tail -n 300
  done
  part end
}
s_scans() { clam_do=clam_read; clam_scans; }
s_log_errors() {
  clam_l=$(clam_freshlog)
  mw_logs /var/log/clamav/clamav.log "${clam_l:-/var/log/clamav/freshclam.log}"
}
