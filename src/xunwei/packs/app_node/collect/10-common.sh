# Shared by the packs for software on a host (a link in each): processes, ports, units, files, logs, Java.
# Nothing here attaches to a process or writes: jcmd and jstack would leave .attach_pid files, so they are not used.

# mw_now: the host's clock, the last run and the time from which logs are read (the last run, at most eight days ago,
# one day ago in the first run).
mw_now=$(date +%s </dev/null)
mw_from=$XW_SINCE
if [ "$mw_from" -le 0 ]; then mw_from=$((mw_now - 86400)); fi
if [ "$mw_from" -lt $((mw_now - 691200)) ]; then mw_from=$((mw_now - 691200)); fi
mw_clock() { printf 'now=%s\nsince=%s\nfrom=%s\nuid=%s\n' "$mw_now" "$XW_SINCE" "$mw_from" "$XW_UID"; }

# mw_ps PATTERN: `pid ppid user cpu rss threads age command` of each process whose command line matches the ERE. The
# pattern goes through the environment, so that no command line of ours holds it; arguments are not printed.
mw_ps() {
  (
    MW_PATTERN=$1; export MW_PATTERN
    bounded 8 ps -ww -eo pid=,ppid=,user:32=,pcpu=,rss=,nlwp=,etimes=,args= | awk -v own="$$" '
      { line = $0
        for (i = 0; i < 7; i++) sub(/^ *[^ ]+ +/, "", line)
        if (line ~ ENVIRON["MW_PATTERN"] && $1 != own) {
          word = $8; sub(/.*\//, "", word); sub(/:$/, "", word)
          print $1, $2, $3, $4, $5, $6, $7, word } }'
  )
}

# mw_processes NAME PATTERN: a part with one row per process; descriptors are `?` where they may not be read.
mw_processes() {
  part "group $1"
  mw_ps "$2" | mw_describe
}
mw_describe() {
  while read -r mw_pid mw_row; do
    set -- "/proc/$mw_pid/fd/"*
    mw_fds=$#
    if [ "$mw_fds" = 1 ] && [ ! -e "$1" ] && [ ! -L "$1" ]; then mw_fds='?'; fi
    mw_max=$(sed -n 's/^Max open files *\([0-9a-z]*\).*/\1/p' "/proc/$mw_pid/limits" 2>/dev/null)
    printf '%s %s %s %s\n' "$mw_pid" "$mw_row" "$mw_fds" "${mw_max:-?}"
  done
}
mw_first() { mw_ps "$1" | { read -r mw_pid mw_row; printf '%s' "$mw_pid"; }; }

mw_listening() {
  need ss
  part clock
  mw_clock
  part ss
  run bounded 8 ss -lntp
  part end
}

# mw_unit UNIT…: the first of these units that is loaded.
mw_unit() {
  need systemctl
  [ -d /run/systemd/system ] || unsupported "systemd does not run here"
  part unit
  run bounded 8 systemctl show -p Id -p LoadState -p ActiveState -p SubState -p UnitFileState -p NRestarts "$@"
  part end
}

# mw_stat PATH…: mode, owner and path of those that exist.
mw_stat() {
  part files
  for mw_f in "$@"; do
    [ -e "$mw_f" ] || continue
    stat -L -c '%a %U:%G %n' "$mw_f" 2>/dev/null || printf '? ?:? %s\n' "$mw_f"
  done
}

# mw_logs FILE…: new lines of errors and warnings since the last run, at most 1 MiB of the end of each file and 250
# lines; runs of seven digits and more (numbers of people and telephones) are masked on the host.
mw_logs() {
  mw_local=$(unset TZ; date -d "@$mw_from" '+%Y-%m-%d %H:%M:%S') || unsupported "date cannot do -d @epoch"
  mw_utc=$(date -d "@$mw_from" '+%Y-%m-%d %H:%M:%S')
  mw_today=$(unset TZ; date '+%Y-%m-%d')
  part clock
  mw_clock
  mw_n=0
  for mw_f in "$@"; do
    [ -f "$mw_f" ] || { case $mw_f in *[*?]*) ;; *) part "log $mw_f"; printf 'exists=no\n' ;; esac; continue; }
    mw_n=$((mw_n + 1))
    if [ "$mw_n" -gt 12 ]; then part "log $mw_f"; printf 'exists=skipped\n'; continue; fi
    part "log $mw_f"
    [ -r "$mw_f" ] || { printf 'exists=denied\n'; continue; }
    mw_size=$(stat -L -c %s "$mw_f") mw_time=$(stat -L -c %Y "$mw_f")
    printf 'exists=yes\nsize=%s\nmodified=%s\n' "$mw_size" "$mw_time"
    if [ "$mw_time" -lt "$mw_from" ]; then printf 'lines=0\nerrors=0\nwarnings=0\ncomplete=yes\n'; continue; fi
    tail -c 1048576 "$mw_f" | tr -d '\000\r' | mw_errors
  done
  part end
}
mw_errors() {
  awk -v from="$mw_local" -v utcfrom="$mw_utc" -v today="$mw_today" -v cut="$((mw_size > 1048576))" '
    function month(name) { return sprintf("%02d", (index("JanFebMarAprMayJunJulAugSepOctNovDec", name) + 2) / 3) }
    function stamp(s,  t, m, w) {
      t = substr(s, 1, 90); utc = 0
      if (match(t, /[0-9][0-9][0-9][0-9][-\/][0-9][0-9][-\/][0-9][0-9][T ][0-9][0-9]:[0-9][0-9]:[0-9][0-9]/)) {
        m = substr(t, RSTART, 19); utc = (substr(t, RSTART + 19, 12) ~ /^[.,]?[0-9]*(Z|[+]00:?00)/)
        gsub("/", "-", m); sub("T", " ", m); return m }
      if (match(t, /[0-9][0-9][- ][A-Z][a-z][a-z][- ][0-9][0-9][0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]/)) {
        m = substr(t, RSTART, 20)
        return substr(m, 8, 4) "-" month(substr(m, 4, 3)) "-" substr(m, 1, 2) " " substr(m, 13, 8) }
      if (match(t, /[A-Z][a-z][a-z] +[0-9]+ [0-9][0-9]:[0-9][0-9]:[0-9][0-9] [0-9][0-9][0-9][0-9]/)) {
        split(substr(t, RSTART, RLENGTH), w, / +/)
        return w[4] "-" month(w[1]) "-" sprintf("%02d", w[2]) " " w[3] }
      if (match(t, /^[A-Z][a-z][a-z] +[0-9]+ [0-9][0-9]:[0-9][0-9]:[0-9][0-9]/)) {
        split(substr(t, RSTART, RLENGTH), w, / +/)
        m = month(w[1]) "-" sprintf("%02d", w[2])
        return (m > substr(today, 6) ? substr(today, 1, 4) - 1 : substr(today, 1, 4)) "-" m " " w[3] }
      return "" }
    function level(s,  t, m) {
      t = substr(s, 1, 140)
      if (t ~ /^[0-9]+:[A-Z] [0-9]+ [A-Z][a-z][a-z] [0-9]+ [0-9:.]+ # /) return "WARN"
      if (match(t, /(^|[^A-Za-z])(TRACE|DEBUG|FINE|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FATAL|CRITICAL|PANIC)([^A-Za-z]|$)/) ||
          match(t, /\[(debug|info|notice|warn|warning|error|crit|critical|alert|emerg)\]/)) {
        m = toupper(substr(t, RSTART, RLENGTH)); gsub(/[^A-Z]/, "", m)
        if (m == "WARNING" || m == "WARN") return "WARN"
        if (m == "ERROR" || m == "SEVERE") return "ERROR"
        if (m == "FATAL" || m ~ /^CRIT/ || m == "ALERT" || m == "EMERG" || m == "PANIC") return "FATAL"
        return "INFO" }
      return (s ~ /OutOfMemoryError|StackOverflowError|Exception in thread|^panic: |^Traceback /) ? "ERROR" : "" }
    cut && NR == 1 { next } # the end of a line that began before
    { s = stamp($0)
      if (s != "") { now = s; old = (s < (utc ? utcfrom : from)); if (first == "") { first = s; firstold = old } }
      if (old) next
      lines++
      if (s == "" && first != "" && $0 !~ /OutOfMemoryError|Exception in thread/) next
      l = level($0)
      if (l != "WARN" && l != "ERROR" && l != "FATAL") next
      if (l == "WARN") warnings++; else errors++
      if (l == "FATAL") fatal++
      if (kept++ >= 250) next
      line = substr($0, 1, 400)
      gsub(/[0-9][0-9][0-9][0-9][0-9][0-9][0-9]+[Xx]?/, "#", line)
      print "| " l " " line }
    END { printf "lines=%d\nerrors=%d\nwarnings=%d\nfatal=%d\ncomplete=%s\n", lines, errors, warnings, fatal,
      ((cut && !firstold) || kept > 250) ? "no" : "yes" }'
}

# mw_sizes FILE…: size and time of each log file.
mw_sizes() {
  part files
  for mw_f in "$@"; do
    [ -f "$mw_f" ] || continue
    stat -L -c '%s %Y %n' "$mw_f" 2>/dev/null || printf '? ? %s\n' "$mw_f"
  done
  part folders
  for mw_f in "$@"; do
    [ -f "$mw_f" ] || continue
    printf '%s\n' "${mw_f%/*}"
  done | sort -u | while read -r mw_f; do df -PTk "$mw_f" | sed -n 2p; done
}

# Java: the tool beside the running java, else that of PATH; as the account of the process.
mw_java() {
  need ps
  mw_pid=$(mw_first "$1")
  [ -n "$mw_pid" ] || unsupported "no running process matches"
}
mw_jstat() {
  mw_java "$1"
  mw_bin=$(readlink "/proc/$mw_pid/exe" 2>/dev/null)
  mw_bin=${mw_bin%/java}
  for mw_f in "$mw_bin/jstat" "${mw_bin%/jre/bin}/bin/jstat" "$(command -v jstat)"; do
    [ -x "$mw_f" ] || continue
    part clock
    mw_clock
    part age
    ps -o etimes= -p "$mw_pid"
    part gc
    mw_user=$(stat -c %U "/proc/$mw_pid" 2>/dev/null)
    set -- "$mw_f" -J-XX:-UsePerfData -gc "$mw_pid"
    if [ "$(id -un)" != "$mw_user" ]; then
      [ "$XW_UID" = 0 ] || deny "the Java process of $mw_user"
      set -- setpriv --reuid="$mw_user" --regid="$(id -g "$mw_user")" --clear-groups "$@"
    fi
    # A service with a /tmp of its own keeps the counters there.
    if [ "$XW_UID" = 0 ] && have nsenter && [ "$(readlink "/proc/$mw_pid/ns/mnt")" != "$(readlink /proc/self/ns/mnt)" ]; then
      set -- nsenter -t "$mw_pid" -m -- "$@"
    fi
    mw_out=$(bounded 8 "$@" 2>&1); mw_code=$?
    [ "$mw_code" != 124 ] || exit 124
    [ "$mw_code" = 0 ] || unsupported "jstat: ${mw_out%%"$xw_nl"*}"
    printf '%s\n' "$mw_out"
    part end
    return
  done
  unsupported "no jstat beside the running Java and none on PATH"
}

# Options of the running Java: only those that hold no secret.
mw_jvm() {
  mw_java "$1"
  [ -r "/proc/$mw_pid/cmdline" ] || deny "the command line of process $mw_pid"
  part options
  tr '\000' '\n' <"/proc/$mw_pid/cmdline" |
    grep -E '^-(X|XX:|agentlib:|agentpath:|javaagent:|server|Dcom\.sun\.management\.jmxremote|Djava\.awt\.headless|Duser\.timezone|Dfile\.encoding)'
  part memory
  grep -E '^MemTotal' /proc/meminfo
  part end
}

# Threads by their state and by name without the number in it (15 characters of it, as the kernel keeps).
mw_threads() {
  mw_java "$1"
  part threads
  cat "/proc/$mw_pid/task/"*/stat 2>/dev/null | awk '
    { a = index($0, "("); for (b = length($0); b > a && substr($0, b, 1) != ")"; b--);
      name = substr($0, a + 1, b - a - 1); gsub(/[0-9]+/, "N", name); gsub(/[^A-Za-z0-9_.:-]/, "_", name)
      print substr($0, b + 2, 1), name }' | sort | uniq -c | sort -k1,1nr -k2 | clip 200
  part end
}
