s_hardware() {
  for linux_key in sys_vendor product_name product_serial chassis_type board_name bios_vendor bios_version bios_date; do
    attr "$linux_key" "/sys/class/dmi/id/$linux_key"
  done
  read -r linux_line </proc/meminfo
  printf '%s\n' "$linux_line"
  if have lscpu; then run lscpu; else grep -E '^(processor|model name|physical id|cpu cores|flags)' /proc/cpuinfo; fi
}

s_edac() {
  set -- /sys/devices/system/edac/mc/mc[0-9]*
  if [ ! -d "$1" ]; then
    linux_guest && unsupported "no ECC counters in a guest"
    keyval controllers none
    return 0
  fi
  run grep -Hs '' /sys/devices/system/edac/mc/mc*/mc_name /sys/devices/system/edac/mc/mc*/[cu]e_count \
    /sys/devices/system/edac/mc/mc*/dimm*/dimm_label /sys/devices/system/edac/mc/mc*/dimm*/dimm_[cu]e_count
  return 0
}

s_thermal() {
  set -- /sys/class/hwmon/hwmon[0-9]*/temp*_input /sys/class/hwmon/hwmon[0-9]*/fan*_input \
    /sys/class/thermal/thermal_zone[0-9]*/temp
  linux_any=
  for linux_file in "$@"; do [ ! -e "$linux_file" ] || linux_any=1; done
  if [ ! "$linux_any" ]; then
    linux_guest && unsupported "no sensors in a guest"
    keyval sensors none
    return 0
  fi
  grep -Hs '' /sys/class/hwmon/hwmon*/name /sys/class/hwmon/hwmon*/temp*_input /sys/class/hwmon/hwmon*/temp*_label \
    /sys/class/hwmon/hwmon*/temp*_crit /sys/class/hwmon/hwmon*/temp*_max /sys/class/hwmon/hwmon*/fan*_input \
    /sys/class/hwmon/hwmon*/fan*_label /sys/class/hwmon/hwmon*/fan*_alarm \
    /sys/class/thermal/thermal_zone*/type /sys/class/thermal/thermal_zone*/temp
  return 0
}
