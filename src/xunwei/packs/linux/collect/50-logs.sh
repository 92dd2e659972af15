# Kernel and system log, kills by the kernel, log-ins, audit, forwarding and retention.

# The lines of a journal since the window's start, the newest N of them.
xs_journal() {
  xs_n=$1; shift
  run journalctl -q --no-pager -o short-iso --since="@$xs_since" -n "$xs_n" "$@"
}
# True when there is a journal on disk or in memory to be asked.
xs_has_journal() {
  have journalctl || return 1
  for xs_d in /var/log/journal/* /run/log/journal/*; do [ -d "$xs_d" ] && return 0; done
  return 1
}
xs_boot() {
  while read -r xs_k xs_v xs_x; do [ "$xs_k" = btime ] && { keyval boot "$xs_v"; break; }; done </proc/stat
}
# The kernel's messages: `== window`, then `== journal` or `== dmesg`.
xs_kernel() {
  part window; keyval since "$xs_since"; xs_boot; keyval limit "$1"
  if xs_has_journal; then
    part journal; xs_journal "$1" -p 4 _TRANSPORT=kernel && return 0
    printf '! exit %s\n' "$?"
    return 0
  fi
  part dmesg
  if xs_out=$(dmesg -l emerg,alert,crit,err,warn 2>/dev/null) || xs_out=$(run dmesg); then
    [ -z "$xs_out" ] || printf '%s\n' "$xs_out" | tail -n "$1"
  else printf '! exit 1\n'; fi
}

s_kernel_log() {
  need_root 'kernel log'
  xs_kernel 400 | cut -c1-400
  complete
}

s_journal_errors() {
  need journalctl
  need_root 'system journal'
  xs_has_journal || unsupported 'no journal files'
  part window; keyval since "$xs_since"; keyval limit 400
  part journal; { xs_journal 400 -p 3 || printf '! exit %s\n' "$?"; } | cut -c1-300
  complete
}

s_oom_kills() {
  part vmstat
  while read -r xs_k xs_v; do [ "$xs_k" = oom_kill ] && keyval oom_kill "$xs_v"; done </proc/vmstat
  if [ "$XW_UID" = 0 ]; then
    xs_kernel 4000 | awk '/^(==|!) |^[a-z]+=/ || tolower($0) ~ /killed process|kill process|oom-kill|oom_reaper/' | cut -c1-400
  else part log_denied
  fi
  complete
}

s_logins() {
  need who last
  part current; have who && who
  part recent
  if have last; then
    [ -r /var/log/wtmp ] || printf '! no /var/log/wtmp\n'
    xs_out=$(last -F -i -w -n 200 2>/dev/null) || xs_out=$(run last) || printf '! exit 1\n'
    printf '%s\n' "$xs_out"
  else printf '! not on this host: last\n'
  fi
  complete
}

# Counted here by day, account and source: people type passwords where the name belongs, so a name that is not an
# account of the host never leaves it.
s_failed_logins() {
  need_root 'failed log-ins'
  part window; keyval since "$xs_since"; keyval limit 2000
  if have lastb && [ -r /var/log/btmp ]; then
    part lastb
    run lastb -F -i -w -n 2000 | awk '
      FILENAME != "-" { split($0, a, ":"); known[a[1]] = 1; next }
      /^! / { print; next }
      { for (i = 1; i <= NF; i++) if ($i ~ /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/) break }
      i > NF || /begins/ { next }
      {
        u = (/^ /) ? "(none)" : ($1 in known) ? $1 : "(unknown)"
        m = (index("JanFebMarAprMayJunJulAugSepOctNovDec", $(i + 1)) + 2) / 3
        s = (i > 2 && $(i - 1) ~ /^[0-9a-fA-F.:]+$/) ? $(i - 1) : "-"
        c[sprintf("%04d-%02d-%02d %s %s", $(i + 4), m, $(i + 2), s, u)]++; n++
      }
      END { for (k in c) print c[k], k; print "lines=" n + 0 }' /etc/passwd -
  elif xs_has_journal; then
    part journal
    xs_journal 2000 -t sshd -t sshd-session | awk '
      FILENAME != "-" { split($0, a, ":"); known[a[1]] = 1; next }
      /^! / { print; next }
      { n++ }
      / Failed [a-z\/-]+ for .* from [0-9a-fA-F.:]+ port / {
        u = $0; sub(/.* Failed [a-z\/-]+ for (invalid user )?/, "", u)
        s = u; sub(/.* from /, "", s); sub(/ port .*/, "", s); sub(/ from [0-9a-fA-F.:]+ port .*/, "", u)
        if (!(u in known)) u = "(unknown)"
        c[substr($0, 1, 10) " " s " " u]++
      }
      END { for (k in c) print c[k], k; print "lines=" n + 0 }' /etc/passwd -
  else
    unsupported 'no btmp and no journal'
  fi
  complete
}

s_audit_state() {
  part units
  booted && systemctl show auditd.service rsyslog.service syslog-ng.service systemd-journald.service --no-pager -p Id -p LoadState -p ActiveState -p UnitFileState
  part config
  [ -r /etc/audit/auditd.conf ] && awk '/^[ \t]*(max_log_file|num_logs|max_log_file_action|space_left_action|disk_full_action|admin_space_left_action)[ \t]*=/' /etc/audit/auditd.conf
  part tool; have auditctl && printf 'auditctl\n'
  if [ "$XW_UID" = 0 ]; then
    if have auditctl; then
      reply status auditctl -s
      reply rules auditctl -l
    fi
  else part denied; fi
  complete
}

# Only addresses leave the host: a URL or an action can carry credentials.
s_log_forwarding() {
  xs_denied=
  set --
  for xs_f in /etc/rsyslog.conf /etc/rsyslog.d/*.conf; do
    [ -f "$xs_f" ] || continue
    if [ -r "$xs_f" ]; then set -- "$@" "$xs_f"; else xs_denied="$xs_denied $xs_f"; fi
  done
  part rsyslog
  [ $# = 0 ] || awk '
    /^[ \t]*(#|$)/ { next }
    { sub(/[ \t]#.*/, "") }
    match($0, /@@?(\([^)]*\))?(\[[0-9a-fA-F:]+\]|[A-Za-z0-9_.-]+)(:[0-9]+)?/) && $0 !~ /omfwd/ {
      if ($1 ~ /^[$]/ || $0 ~ /(string|template)[ \t]*[=(]/) next
      print FILENAME "\t" substr($0, RSTART, RLENGTH); next
    }
    tolower($0) ~ /omfwd/ { on = 1 }
    on {
      l = tolower($0)
      if (match(l, /target="?[a-z0-9_.:-]+/)) t = substr(l, RSTART, RLENGTH)
      if (match(l, /port="?[0-9]+/)) p = substr(l, RSTART, RLENGTH)
      if (match(l, /protocol="?[a-z]+/)) q = substr(l, RSTART, RLENGTH)
      if (/\)/) { gsub(/"/, "", t); gsub(/"/, "", p); gsub(/"/, "", q); if (t != "") print FILENAME "\tomfwd " t " " p " " q; on = 0; t = p = q = "" }
    }' "$@"
  part syslog_ng
  for xs_f in /etc/syslog-ng/syslog-ng.conf /etc/syslog-ng/conf.d/*.conf; do
    [ -f "$xs_f" ] || continue
    [ -r "$xs_f" ] || { xs_denied="$xs_denied $xs_f"; continue; }
    awk '/^[ \t]*#/ { next } match($0, /(network|syslog|tcp|udp|tcp6|udp6)[ \t]*\([ \t]*"[A-Za-z0-9_.:-]+"/) { print FILENAME "\t" substr($0, RSTART, RLENGTH) }' "$xs_f"
  done
  part journal_upload
  [ -r /etc/systemd/journal-upload.conf ] && sed -n 's|^[ 	]*URL=\(https\{0,1\}://\)\{0,1\}\([^/@]*@\)\{0,1\}\([A-Za-z0-9_.:-]*\).*|\3|p' /etc/systemd/journal-upload.conf
  part units
  booted && systemctl show rsyslog.service syslog-ng.service systemd-journal-upload.service filebeat.service fluent-bit.service fluentd.service td-agent.service promtail.service vector.service --no-pager -p Id -p LoadState -p ActiveState
  [ -z "$xs_denied" ] || deny "$xs_denied"
  complete
}

s_log_retention() {
  part logrotate
  set --
  for xs_f in /etc/logrotate.conf /etc/logrotate.d/syslog /etc/logrotate.d/rsyslog /etc/logrotate.d/syslog-ng /etc/logrotate.d/messages; do
    [ -r "$xs_f" ] && set -- "$@" "$xs_f"
  done
  [ $# = 0 ] || awk '
    FNR == 1 { print "# " FILENAME; skip = 0 }
    { sub(/^[ \t]+/, "") }
    /^(#|$)/ { next }
    /^(prerotate|postrotate|firstaction|lastaction|preremove)/ { skip = 1 }
    !skip && /^(\/|"|daily|weekly|monthly|yearly|hourly|rotate|maxage|size|maxsize|minsize|include|\{|\}|[^ \t]*\/)/ { print }
    /^endscript/ { skip = 0 }' "$@"
  part journald
  set --
  for xs_f in /etc/systemd/journald.conf /etc/systemd/journald.conf.d/*.conf; do [ -r "$xs_f" ] && set -- "$@" "$xs_f"; done
  [ $# = 0 ] || awk '/^[ \t]*(Storage|SystemMaxUse|SystemKeepFree|MaxRetentionSec|ForwardToSyslog)[ \t]*=/' "$@"
  part present
  [ -d /var/log/journal ] && printf '/var/log/journal\n'
  part installed; stat -c '%Y %n' /etc/machine-id 2>/dev/null
  part files
  set --
  for xs_f in /var/log/messages* /var/log/syslog* /var/log/secure* /var/log/auth.log*; do [ -f "$xs_f" ] && set -- "$@" "$xs_f"; done
  [ $# = 0 ] || stat -c '%Y %n' "$@"
  if [ "$XW_UID" = 0 ]; then
    part oldest_journal
    xs_has_journal && journalctl -q --no-pager -o short-iso 2>/dev/null | { read -r xs_l xs_x && printf '%s\n' "$xs_l"; }
  fi
  complete
}
