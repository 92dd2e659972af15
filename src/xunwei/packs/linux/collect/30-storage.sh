# linux_mounts local|remote: one line `type<TAB>mount point` per file system that holds files; local ones once per device.
linux_mounts() {
  IFS=" 	$xw_nl"
  set -f
  linux_seen=' '
  while read -r linux_id linux_parent linux_dev linux_root linux_mount linux_rest; do
    set -- ${linux_rest#* - }
    case $1 in
      nfs | nfs4 | cifs | smb3 | smbfs | ceph | glusterfs | lustre | gpfs | beegfs | fuse.glusterfs | fuse.ceph | fuse.sshfs)
        linux_kind=remote ;;
      ext[234] | xfs | btrfs | zfs | vfat | ntfs* | fuseblk | jfs | reiserfs | f2fs | bcachefs | gfs2 | ocfs2 | tmpfs | \
        overlay | iso9660 | udf | squashfs | erofs | exfat) linux_kind=local ;;
      *) continue ;;
    esac
    case $linux_mount in *\\*) linux_mount=$(printf '%b' "$(printf '%s' "$linux_mount" | sed 's/\\\([0-7]\)/\\0\1/g')") ;; esac
    if [ "$linux_kind" = local ]; then
      case $linux_seen in *" $linux_dev "*) continue ;; esac
      # The layers of running containers are the engine's; they fill the file system they lie on, which is listed.
      case $1:$linux_mount in
        overlay:/ | tmpfs:/dev/shm) ;;
        overlay:* | squashfs:* | tmpfs:*/shm | *:/proc/* | *:/sys/* | tmpfs:/run/user/* | tmpfs:/var/lib/kubelet/* | \
          tmpfs:/var/lib/docker/* | tmpfs:/var/lib/containers/* | tmpfs:/run/credentials/*) continue ;;
      esac
      [ -d "$linux_mount" ] || continue
      linux_seen="$linux_seen$linux_dev "
    fi
    printf '%s\t%s\n' "$1 $linux_kind" "$linux_mount"
  done </proc/self/mountinfo
  set +f
}
linux_local() {
  linux_list=
  linux_tab='	'
  IFS=$xw_nl
  for linux_line in $(linux_mounts); do
    case $linux_line in *" local$linux_tab"*) linux_list="$linux_list${linux_line#*"$linux_tab"}$xw_nl" ;; esac
  done
  [ -n "$linux_list" ] || unsupported "no local file system is mounted"
}

s_filesystems() {
  need df
  linux_local
  set -f
  run df -PTk $linux_list
}

s_inodes() {
  need df
  linux_local
  set -f
  run df -PTi $linux_list
}

s_mounts() {
  part mounted
  run cat /proc/self/mounts
  part fstab
  grep -Ev '^[[:space:]]*(#|$)' /etc/fstab
  return 0
}

# Every one in the background with its own bound: a dead server costs three seconds, not the answer of the others.
s_remote_mounts() {
  need df
  linux_tab='	' linux_any=
  linux_lines=$(linux_mounts)
  IFS=$xw_nl
  for linux_line in $linux_lines; do
    case $linux_line in *" remote$linux_tab"*) ;; *) continue ;; esac
    linux_any=1
    {
      IFS=" $linux_tab$xw_nl"
      linux_out=$(bounded 3 df -PTk "${linux_line#*"$linux_tab"}" 2>&1)
      printf '== %s %s %s\n%s\n' "$?" "${linux_line%% *}" "${linux_line#*"$linux_tab"}" "$linux_out"
    } &
  done
  [ "$linux_any" ] || unsupported "no remote file system is mounted"
  wait
}

s_block_devices() {
  need lsblk
  run bounded 8 lsblk -P -b -o NAME,KNAME,TYPE,SIZE,ROTA,RO,MODEL,STATE,PKNAME,FSTYPE,MOUNTPOINT,TRAN
}

s_raid() {
  [ -e /proc/mdstat ] || unsupported "the md driver is not loaded"
  run cat /proc/mdstat
}

# Hardware RAID: the controller is known by its kernel driver; without its tool its state cannot be seen.
s_raid_controllers() {
  linux_drivers=' '
  for linux_file in /sys/class/scsi_host/host*/proc_name; do
    linux_line=
    { read -r linux_line <"$linux_file"; } 2>/dev/null
    case $linux_line in
      megaraid_sas | megaraid | hpsa | smartpqi | aacraid)
        case $linux_drivers in *" $linux_line "*) ;; *) linux_drivers="$linux_drivers$linux_line " ;; esac ;;
    esac
  done
  [ "$linux_drivers" != ' ' ] || unsupported "no hardware RAID controller"
  keyval drivers "$linux_drivers"
  PATH=$PATH:/opt/MegaRAID/storcli:/opt/MegaRAID/storcli64:/opt/MegaRAID/perccli:/opt/MegaRAID/MegaCli:/usr/Arcconf
  for linux_tool in storcli64 storcli perccli64 perccli ssacli hpssacli arcconf; do
    have "$linux_tool" || continue
    need_root "the RAID controller"
    keyval tool "$linux_tool"
    case $linux_tool in
      storcli* | perccli*) run bounded 20 "$linux_tool" /call/vall show nolog; run bounded 20 "$linux_tool" /call/eall/sall show nolog ;;
      *ssacli) run bounded 20 "$linux_tool" controller all show config ;;
      arcconf) run bounded 20 "$linux_tool" getconfig 1 nologs ;;
    esac
    return
  done
  for linux_tool in MegaCli64 MegaCli megacli; do
    have "$linux_tool" || continue
    need_root "the RAID controller"
    keyval tool "$linux_tool"
    run bounded 20 "$linux_tool" -LDInfo -Lall -aALL -NoLog
    run bounded 20 "$linux_tool" -PDList -aALL -NoLog
    return
  done
  keyval tool none
}

s_smart() {
  linux_guest && unsupported "virtual disks have no SMART data"
  if ! have smartctl; then keyval tool none; return 0; fi
  need_root "SMART data"
  run bounded 5 smartctl --scan | clip 64 | while read -r linux_dev linux_d linux_type linux_rest; do
    linux_out=$(bounded 6 smartctl -n standby -i -H -A "$linux_d" "$linux_type" "$linux_dev" 2>&1)
    printf '== %s %s %s\n%s\n' "$linux_dev" "$linux_type" "$?" "$linux_out"
  done
  return 0
}

s_lvm() {
  grep -qs '^LVM-' /sys/block/dm-*/dm/uuid || unsupported "no logical volume is active"
  need vgs
  need_root "volume groups"
  part vgs
  # --readonly takes no lock, so nothing is written under /run/lock.
  run bounded 8 vgs --readonly --noheadings --nosuffix --units b --separator '|' \
    -o vg_name,vg_attr,vg_size,vg_free,pv_count,lv_count || return
  part thin
  have dmsetup || return 0
  run bounded 5 dmsetup status --noflush --target thin-pool
}

s_multipath() {
  grep -qs '^mpath-' /sys/block/dm-*/dm/uuid || unsupported "no multipath device"
  need multipath
  need_root "multipath devices"
  run bounded 10 multipath -ll
}
