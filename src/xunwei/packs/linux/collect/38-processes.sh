# comm only: arguments may hold passwords. The CPU share of ps is the average over the life of the process.
linux_ps() { ps -eo pid,ppid,user:20,state,pcpu,rss,nlwp,etimes,comm --sort="$1" 2>/dev/null; }
s_processes_top() {
  need ps
  linux_out=$(linux_ps -pcpu) || unsupported "this ps cannot sort (busybox)"
  part cpu
  printf '%s\n' "$linux_out" | clip 11
  part rss
  linux_ps -rss | clip 11
}

# Counts of all states; zombies and waiting (D) processes by name. A process that waits only for a moment is normal:
# those found waiting are looked at again a second later.
s_process_states() {
  need awk
  [ -r /proc/1/stat ] || deny "the processes of others"
  linux_d=$(
    read -r linux_self linux_rest </proc/self/stat
    cat /proc/[0-9]*/stat | awk -v self="$linux_self" '
    { end = match($0, /\) [A-Za-z] [0-9-]+ /); if (!end) next
      while (match(substr($0, end + 1), /\) [A-Za-z] [0-9-]+ /)) end += RSTART
      split(substr($0, end + 2), f, " ")
      if (f[2] == self) next
      state = f[1]; count[state]++
      if (state == "Z" || state == "D") {
        open = index($0, "(")
        if (listed[state]++ < 50) print state, $1, f[2], substr($0, open + 1, end - open - 1)
      } }
    END { for (s in count) print "count", s, count[s] }'
  )
  printf '%s\n' "$linux_d"
  case $xw_nl$linux_d in *"${xw_nl}D "*) sleep 1 ;; *) return 0 ;; esac
  printf '%s\n' "$linux_d" | while read -r linux_state linux_pid linux_rest; do
    [ "$linux_state" = D ] || continue
    linux_line=
    { IFS= read -r linux_line <"/proc/$linux_pid/stat"; } 2>/dev/null
    case ${linux_line##*) } in D*) ;; *) continue ;; esac
    linux_wait=
    { read -r linux_wait <"/proc/$linux_pid/wchan"; } 2>/dev/null
    printf 'still %s %s\n' "$linux_pid" "${linux_wait:-0}"
  done
}
