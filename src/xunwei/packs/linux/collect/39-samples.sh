# At least half a second after the first sample; what the collector itself used is given, to be taken off.
linux_second_sample() {
  xw_now
  [ "$((xw_cs - xw_sample0))" -ge 50 ] || sleep 0.5 2>/dev/null || sleep 1
}

s_cpu() {
  linux_second_sample
  read -r linux_line </proc/stat
  xw_now
  printf 'first %s %s\nsecond %s %s\n' "$xw_sample0" "$xw_cpu0" "$xw_cs" "$linux_line"
  linux_own_ticks
  printf 'own %s\n' "$((linux_ticks - xw_own0))"
}

s_disk_io() {
  [ -n "$xw_disk0" ] || unsupported "the kernel keeps no disk statistics"
  linux_second_sample
  set -- /sys/block/*
  linux_disks=
  for linux_file in "$@"; do
    case ${linux_file##*/} in loop* | ram* | zram* | sr* | fd* | '*') ;; *) linux_disks="$linux_disks ${linux_file##*/}" ;; esac
  done
  [ -n "$linux_disks" ] || unsupported "no disk"
  linux_second=$(cat /proc/diskstats)
  xw_now
  keyval disks "${linux_disks# }"
  part "$xw_sample0"
  printf '%s\n' "$xw_disk0"
  part "$xw_cs"
  printf '%s\n' "$linux_second"
}
