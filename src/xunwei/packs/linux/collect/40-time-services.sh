# Time, units, timers, cron jobs. Helpers of this half of the pack come first.

# reply NAME CMD…: one part with the answer of a command; a failure leaves a line `! exit N` in the part.
reply() {
  part "$1"; shift
  run "$@" || printf '! exit %s\n' "$?"
}
# complete: the last heading of an answer; the parsers take an answer without it as cut off.
complete() { part end; }
booted() { [ -d /run/systemd/system ]; }
need_systemd() { need systemctl; booted || unsupported 'not booted with systemd'; }

# The window of the log sections: since the last run, at most 31 days; 7 days when there was none.
xs_now=$(date +%s </dev/null)
xs_since=$XW_SINCE
[ "$xs_since" -gt 0 ] 2>/dev/null || xs_since=$((xs_now - 604800))
[ "$xs_since" -ge $((xs_now - 2678400)) ] || xs_since=$((xs_now - 2678400))

s_time_sync() {
  part clock; date '+%s'
  part zone
  if [ -r /etc/timezone ]; then read -r xs_zone </etc/timezone && keyval zone "$xs_zone"
  elif [ -L /etc/localtime ]; then keyval zone "$(readlink /etc/localtime | sed 's|.*zoneinfo/||')"
  fi
  if have chronyc; then
    reply chrony_tracking chronyc -n tracking
    reply chrony_sources chronyc -n sources
  elif have ntpq; then
    reply ntpq_peers ntpq -pn
  fi
  if booted && have timedatectl; then
    reply timedatectl timedatectl
    have chronyc || have ntpq || reply timesync_status timedatectl timesync-status
  fi
  complete
}

s_failed_units() {
  need_systemd
  reply failed systemctl list-units --state=failed --all --no-legend --no-pager --plain --full
  complete
}

s_enabled_services() {
  need_systemd
  reply running systemctl list-units --type=service --state=running --no-legend --no-pager --plain --full
  reply unit_files systemctl list-unit-files --type=service --no-legend --no-pager --full
  complete
}

s_timers() {
  need_systemd
  reply timers systemctl show '*.timer' --no-pager -p Id -p ActiveState -p Result -p LastTriggerUSec -p NextElapseUSecRealtime -p Unit
  complete
}

# Only schedule, account and program of a job: its arguments and the variables of a crontab can carry secrets.
xs_cron() {
  xs_kind=$1; shift
  awk -v user="$xs_kind" '
    FNR == 1 { print "== crontab " FILENAME }
    /^[ \t]*(#|$)/ { next }
    /^[ \t]*[A-Za-z_][A-Za-z_0-9]*[ \t]*=/ { next }
    {
      n = ($1 ~ /^@/) ? 1 : 5
      s = $1; for (i = 2; i <= n; i++) s = s " " $i
      if (user == "") { who = $(n + 1); n++ } else { who = FILENAME; sub(/.*\//, "", who) }
      p = $(n + 1)
      for (i = n + 1; p ~ /^[A-Za-z_][A-Za-z_0-9]*=[A-Za-z0-9_.\/:-]*$/; p = $(++i)) ;
      if (p !~ /^[A-Za-z0-9_.+\/\[-]+$/) p = "?"
      if (NF <= n) p = "?"
      print s "\t" who "\t" p
    }' "$@" 2>/dev/null
}

s_cron() {
  xs_more=
  set --
  for xs_f in /etc/crontab /etc/cron.d/*; do
    case $xs_f in *.rpmsave | *.rpmnew | *.dpkg-* | *~ | */.placeholder) continue ;; esac
    [ -f "$xs_f" ] && set -- "$@" "$xs_f"
  done
  part files
  for xs_d in /etc/cron.hourly /etc/cron.daily /etc/cron.weekly /etc/cron.monthly /etc/cron.allow /etc/cron.deny /etc/at.allow; do
    [ -e "$xs_d" ] && xs_more="$xs_more $xs_d"
  done
  [ $# = 0 ] && [ -z "$xs_more" ] && unsupported 'no cron on this host'
  stat -c '%a %U:%G %n' "$@" $xs_more
  [ $# = 0 ] || xs_cron '' "$@"
  part scripts
  for xs_f in /etc/cron.hourly/* /etc/cron.daily/* /etc/cron.weekly/* /etc/cron.monthly/*; do
    [ -f "$xs_f" ] && printf '%s\n' "$xs_f"
  done
  need_root 'crontabs of the accounts'
  set --
  for xs_f in /var/spool/cron/* /var/spool/cron/crontabs/*; do [ -f "$xs_f" ] && set -- "$@" "$xs_f"; done
  part user_files
  [ $# = 0 ] || { stat -c '%a %U:%G %n' "$@"; xs_cron user "$@"; }
  complete
}
