s_memory() { run cat /proc/meminfo; }

s_swap() {
  run cat /proc/swaps
  grep -E '^(pswpin|pswpout|oom_kill) ' /proc/vmstat
  return 0
}

s_psi() {
  [ -e /proc/pressure/cpu ] || unsupported "this kernel has no pressure stall information"
  run grep -H '' /proc/pressure/cpu /proc/pressure/io /proc/pressure/memory
}
