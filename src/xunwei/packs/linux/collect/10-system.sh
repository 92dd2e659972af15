# Half one: system, hardware, load, storage, network, processes. Answers are lines `key=value`, `path:value` or raw output.
# The first samples of cpu and disk_io are taken here, when the script starts; their sections, late, take the second.
xw_cpu0=
{ read -r xw_cpu0; } 2>/dev/null </proc/stat
xw_disk0=$(cat /proc/diskstats 2>/dev/null </dev/null)
xw_now
xw_sample0=$xw_cs
# CPU ticks (user, system, of waited-for children too) of the collecting shell, into linux_ticks.
linux_own_ticks() {
  IFS= read -r linux_line <"/proc/$$/stat"
  set -f
  set -- ${linux_line##*) }
  set +f
  linux_ticks=$((${12} + ${13} + ${14} + ${15}))
}
linux_own_ticks
xw_own0=$linux_ticks
# What this system runs on: `none` means real hardware, empty means that it could not be seen.
xw_virt=$(systemd-detect-virt 2>/dev/null </dev/null)
linux_guest() {
  case $xw_virt in
    none) return 1 ;;
    ?*) return 0 ;;
  esac
  [ -e /.dockerenv ] || [ -e /run/.containerenv ] || grep -qs '^flags.* hypervisor' /proc/cpuinfo
}

s_identity() {
  run grep -H '' /proc/sys/kernel/hostname /proc/sys/kernel/osrelease /proc/sys/kernel/random/boot_id
  keyval architecture "$(uname -m)"
  if have sha256sum && [ -s /etc/machine-id ]; then
    linux_hash=$(sha256sum </etc/machine-id)
    keyval machine_id_sha256 "${linux_hash%% *}"
  fi
  attr release_file /etc/redhat-release
  for linux_file in /etc/os-release /usr/lib/os-release; do
    [ -r "$linux_file" ] || continue
    while IFS= read -r linux_line || [ -n "$linux_line" ]; do
      case $linux_line in [A-Z]*=*) printf '%s\n' "$linux_line" ;; esac
    done <"$linux_file"
    break
  done
}

s_virtualization() {
  [ -z "$xw_virt" ] || keyval detect "$xw_virt"
  attr hypervisor_type /sys/hypervisor/type
  attr sys_vendor /sys/class/dmi/id/sys_vendor
  attr product_name /sys/class/dmi/id/product_name
  if grep -qs '^flags.* hypervisor' /proc/cpuinfo; then keyval cpu_flag hypervisor; fi
  [ ! -e /.dockerenv ] || keyval container docker
  [ ! -e /run/.containerenv ] || keyval container podman
  [ ! -e /dev/kvm ] || keyval dev_kvm yes
  if [ ! -r /proc/1/comm ]; then
    keyval agents '?'
    return 0
  fi
  keyval agents "$(grep -hsxE 'qemu-ga|vmtoolsd|uvp-monitor|vm-agent|VBoxService|hv_kvp_daemon|xe-daemon|xe-linux-distri' \
    /proc/[0-9]*/comm | sort -u)"
}

s_virtual_machines() {
  need virsh
  for linux_sock in /run/libvirt/libvirt-sock-ro /run/libvirt/virtqemud-sock-ro /var/run/libvirt/libvirt-sock-ro; do
    [ -S "$linux_sock" ] || continue
    part all
    run bounded 6 virsh -q -r -c qemu:///system list --all || return
    part autostart
    run bounded 6 virsh -q -r -c qemu:///system list --all --autostart
    return
  done
  unsupported "libvirt is not running"
}

s_uptime() { attr uptime /proc/uptime; }

s_load() {
  attr loadavg /proc/loadavg
  attr online /sys/devices/system/cpu/online
}

s_limits() {
  run grep -H '' /proc/sys/kernel/pid_max /proc/sys/kernel/threads-max /proc/sys/fs/file-nr /proc/sys/fs/inode-nr \
    /proc/loadavg
}

s_clocksource() {
  attr current /sys/devices/system/clocksource/clocksource0/current_clocksource
  attr available /sys/devices/system/clocksource/clocksource0/available_clocksource
  grep -Hs '' /proc/sys/kernel/random/entropy_avail /proc/sys/kernel/random/poolsize
  return 0
}

s_kdump() {
  [ -e /sys/kernel/kexec_crash_loaded ] || [ -e /sys/kernel/kexec/crash_loaded ] || unsupported "this kernel has no kexec"
  attr crash_loaded /sys/kernel/kexec_crash_loaded
  attr crash_size /sys/kernel/kexec_crash_size
  read -r linux_line </proc/cmdline
  set -f
  for linux_word in $linux_line; do
    case $linux_word in crashkernel=*) keyval cmdline "${linux_word#crashkernel=}" ;; esac
  done
  set +f
  [ -d /var/crash ] || return 0
  if [ ! -r /var/crash ]; then keyval dumps '?'; return 0; fi
  linux_count=0
  for linux_file in /var/crash/*/vmcore /var/crash/*/dump.* /var/crash/*/vmcore.flat; do
    [ ! -e "$linux_file" ] || linux_count=$((linux_count + 1))
  done
  keyval dumps "$linux_count"
}

# `podman ps` takes locks and writes into them, so podman is not run: its running containers are known by the process that
# watches each (conmon -n NAME -b FOLDER), their health by a file there, the others by its list.
linux_podman() {
  linux_running=' '
  for linux_file in $(grep -lsx conmon /proc/[0-9]*/comm); do
    linux_args=$(tr '\0' '\n' 2>/dev/null <"${linux_file%comm}cmdline")
    case $linux_args in *podman*) ;; *) continue ;; esac
    linux_name=$(printf '%s\n' "$linux_args" | sed -n '/^-n$/{n;p;q;}')
    linux_line=$(printf '%s\n' "$linux_args" | sed -n '/^-b$/{n;p;q;}')
    [ -n "$linux_name" ] || continue
    case $(grep -hs '"status"' "$linux_line/healthcheck.log") in
      *'"status":"unhealthy"'*) linux_line=' (unhealthy)' ;;
      *'"status":"healthy"'*) linux_line=' (healthy)' ;;
      *'"status":"starting"'*) linux_line=' (starting)' ;;
      *) linux_line= ;;
    esac
    linux_running="$linux_running$linux_name "
    printf '%s|Up%s|\n' "$linux_name" "$linux_line"
  done
  for linux_name in $(grep -hos '"names":\["[^"]*"' /var/lib/containers/storage/overlay-containers/containers.json |
    sed 's/.*\["//;s/"$//'); do
    case $linux_running in *" $linux_name "*) ;; *) printf '%s|Stopped|\n' "$linux_name" ;; esac
  done
}

s_container_engines() {
  linux_engine=
  if have docker && [ -S /run/docker.sock ]; then
    linux_engine=1
    [ -w /run/docker.sock ] || deny "the docker socket"
    part docker
    run bounded 8 docker ps -a --no-trunc --format '{{.Names}}|{{.Status}}|{{.Image}}' || return
  fi
  if have podman && [ -d /run/libpod ]; then
    linux_engine=1
    need_root "podman containers of root"
    part podman
    linux_podman
  fi
  for linux_sock in /run/containerd/containerd.sock /run/crio/crio.sock /run/k3s/containerd/containerd.sock; do
    [ -S "$linux_sock" ] || continue
    linux_engine=1
    linux_sock=${linux_sock##*/}
    part "${linux_sock%.sock}"
  done
  [ "$linux_engine" ] || unsupported "no container engine runs here"
}
