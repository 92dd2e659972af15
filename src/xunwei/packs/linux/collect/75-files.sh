# Modes of files: set-user-id programs, files anyone can write, key files.

# xs_find DIR… -- TESTS: mode, owner and path of what is found. What a plain user cannot enter makes the answer `denied`.
xs_stat_found() {
  if xs_out=$(run find "$@" -exec stat -c '%a %U:%G %n' {} +); then :
  elif [ "$XW_UID" != 0 ]; then printf '%s\n' "$xs_out" | clip 200; deny 'some folders'
  else printf '! exit 1\n'; fi
  [ -z "$xs_out" ] || printf '%s\n' "$xs_out" | clip 400
}

s_suid_files() {
  set --
  for xs_d in /usr/bin /usr/sbin /usr/lib /usr/libexec /usr/local /bin /sbin /tmp /var/tmp /dev/shm /home; do
    [ -d "$xs_d" ] && [ ! -L "$xs_d" ] && set -- "$@" "$xs_d"
  done
  part searched; printf '%s\n' "$@"
  part files; xs_stat_found "$@" -xdev -maxdepth 3 -type f \( -perm -4000 -o -perm -2000 \)
  complete
}

s_world_writable() {
  set --
  for xs_d in /etc /usr/local /root /var/spool/cron; do [ -d "$xs_d" ] && set -- "$@" "$xs_d"; done
  part searched; printf '%s\n' "$@"
  part files; xs_stat_found "$@" -xdev -maxdepth 6 \( -type f -o -type d ! -perm -1000 \) -perm -0002
  complete
}

s_file_permissions() {
  set --
  part unseen
  for xs_f in /etc/passwd /etc/group /etc/shadow /etc/gshadow /etc/sudoers /etc/sudoers.d /etc/crontab /etc/cron.d \
    /etc/cron.daily /etc/cron.hourly /etc/hosts /etc/fstab /etc/profile /etc/login.defs /etc/ssh/sshd_config \
    /etc/ssh/ssh_host_*_key /boot/grub2/grub.cfg /boot/grub/grub.cfg /root /root/.ssh /etc/rsyslog.conf \
    /etc/audit/auditd.conf /var/log /var/log/messages /var/log/secure /var/log/syslog /var/log/auth.log /var/log/cron \
    /var/log/btmp /var/log/wtmp /var/log/audit /var/log/audit/audit.log; do
    if [ -e "$xs_f" ]; then set -- "$@" "$xs_f"
    elif [ -e "${xs_f%/*}" ] && [ ! -x "${xs_f%/*}" ]; then printf '%s\n' "$xs_f"
    fi
  done
  reply files stat -c '%a %U:%G %n' "$@"
  complete
}
