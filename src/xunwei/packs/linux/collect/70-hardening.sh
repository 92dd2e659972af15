# Mandatory access control, firewall, kernel settings, clear-text services, USB storage, core dumps, banners.

s_selinux_apparmor() {
  part lsm
  attr lsm /sys/kernel/security/lsm
  attr selinux_enforce /sys/fs/selinux/enforce
  [ -d /sys/fs/selinux ] && keyval selinux_fs present
  attr apparmor /sys/module/apparmor/parameters/enabled
  part config
  [ -r /etc/selinux/config ] && awk '/^[ \t]*SELINUX(TYPE)?[ \t]*=/ { gsub(/[ \t]/, ""); print }' /etc/selinux/config
  if [ -e /sys/kernel/security/apparmor/profiles ] && [ "$XW_UID" = 0 ]; then
    part apparmor_profiles
    awk '{ m = $NF; gsub(/[()]/, "", m); c[m]++ } END { for (m in c) print m "=" c[m] }' /sys/kernel/security/apparmor/profiles
  fi
  have getstatus && reply kysec getstatus
  complete
}

# Chains that packets pass, with policy, number of rules and the last rule: whole rule sets can have thousands of lines.
# nft is not asked when nf_tables is a module that is not loaded: there are no rules then, and asking would load it.
s_firewall() {
  need_root 'packet filter'
  part units
  booted && systemctl show firewalld.service ufw.service nftables.service iptables.service --no-pager -p Id -p LoadState -p ActiveState -p UnitFileState
  part kernel
  [ -r /proc/net/ip_tables_names ] && while read -r xs_l; do printf 'table %s\n' "$xs_l"; done </proc/net/ip_tables_names
  xs_asked=
  xs_nf=
  if [ -d /sys/module/nf_tables ]; then xs_nf=1; else
    xs_nf=1
    for xs_f in "/lib/modules/$(uname -r)"/kernel/net/netfilter/nf_tables.ko*; do [ -e "$xs_f" ] && xs_nf=; done
  fi
  if [ "$xs_nf" ] && have nft; then
    xs_asked=1
    part nft
    if xs_out=$(run nft list ruleset); then
      printf '%s\n' "$xs_out" | awk '
        $1 == "table" { t = $2 " " $3; next }
        $1 == "chain" { c = $2; h = ""; n = 0; last = ""; next }
        $1 == "type" && / hook / { h = $0; sub(/^[ \t]+/, "", h); next }
        $1 == "}" { if (c != "") { if (h != "") print "chain " t " " c "\t" h "\t" n "\t" last; rules += n; c = "" } next }
        c != "" && NF { n++; last = $0; sub(/^[ \t]+/, "", last); if (length(last) > 160) last = substr(last, 1, 160) }
        END { print "rules=" rules + 0 }'
    else printf '%s\n! exit 1\n' "$xs_out"; fi
  fi
  if have iptables && { [ -s /proc/net/ip_tables_names ] || { [ "$xs_nf" ] && ! have nft; }; }; then
    xs_asked=1
    part iptables
    if xs_out=$(run iptables -S); then
      printf '%s\n' "$xs_out" | awk '
        $1 == "-P" { p[$2] = $3 } $1 == "-A" { n[$2]++; last[$2] = $0; rules++ }
        END { for (c in p) print "chain filter " c "\t" p[c] "\t" n[c] + 0 "\t" last[c]; print "rules=" rules + 0 }'
    else printf '%s\n! exit 1\n' "$xs_out"; fi
  fi
  part asked
  if [ "$xs_asked" ]; then printf 'yes\n'
  elif [ "$xs_nf" ] || [ -s /proc/net/ip_tables_names ]; then unsupported 'the kernel can filter, but neither nft nor iptables is here to ask it'
  else printf 'no module\n'; fi
  complete
}

# Files of /proc/sys as `K=V`. Not by `read`: dash reads byte by byte, and these files answer only the first read.
xs_proc_sys() { (cd /proc/sys && awk '{ gsub(/[ \t]+/, " "); print FILENAME "=" $0 }' "$@"); }

s_sysctl() {
  xs_list= xs_no=
  for xs_k in net/ipv4/ip_forward net/ipv4/conf/all/rp_filter net/ipv4/conf/default/rp_filter \
    net/ipv4/conf/all/accept_redirects net/ipv4/conf/default/accept_redirects net/ipv4/conf/all/secure_redirects \
    net/ipv4/conf/all/send_redirects net/ipv4/conf/default/send_redirects net/ipv4/conf/all/accept_source_route \
    net/ipv4/conf/default/accept_source_route net/ipv4/conf/all/log_martians net/ipv4/tcp_syncookies \
    net/ipv4/icmp_echo_ignore_broadcasts net/ipv4/icmp_ignore_bogus_error_responses net/ipv4/tcp_max_syn_backlog \
    net/core/somaxconn net/ipv6/conf/all/forwarding net/ipv6/conf/all/accept_redirects net/ipv6/conf/all/accept_ra \
    kernel/randomize_va_space kernel/kptr_restrict kernel/dmesg_restrict kernel/sysrq kernel/panic \
    kernel/yama/ptrace_scope kernel/unprivileged_bpf_disabled kernel/pid_max fs/suid_dumpable fs/protected_hardlinks \
    fs/protected_symlinks fs/file-max vm/swappiness vm/overcommit_memory vm/panic_on_oom; do
    if [ -r "/proc/sys/$xs_k" ]; then xs_list="$xs_list $xs_k"
    elif [ -e "/proc/sys/$xs_k" ]; then xs_no="$xs_no $xs_k"
    fi
  done
  part values; xs_proc_sys $xs_list
  part unseen; for xs_k in $xs_no; do printf '%s\n' "$xs_k"; done
  complete
}

# Listening sockets from /proc/net: state 0A of tcp, 07 of udp; ports in hexadecimal.
s_remote_services() {
  part listening
  awk '
    FNR == 1 { p = FILENAME; sub(/.*\//, "", p); next }
    (p ~ /^tcp/ && $4 == "0A") || (p ~ /^udp/ && $4 == "07") {
      split($2, a, ":"); k = a[2] "/" substr(p, 1, 3)
      l = (a[1] ~ /^0100007F$|^00000000000000000000000001000000$/) ? "loopback" : "any"
      if (!(k in s) || s[k] == "loopback") s[k] = l
    }
    END { for (k in s) print k, s[k] }' $(for xs_f in /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6; do [ -r "$xs_f" ] && printf '%s ' "$xs_f"; done)
  part units
  booted && systemctl show telnet.socket telnetd.service rsh.socket rlogin.socket rexec.socket tftp.socket tftp.service tftpd-hpa.service vsftpd.service proftpd.service pure-ftpd.service inetd.service xinetd.service ypserv.service ypbind.service rpcbind.service avahi-daemon.service cups.service --no-pager -p Id -p LoadState -p ActiveState -p UnitFileState
  part inetd
  for xs_f in /etc/inetd.conf /etc/xinetd.d/*; do
    [ -f "$xs_f" ] || continue
    [ -r "$xs_f" ] || deny "$xs_f"
    case $xs_f in
      /etc/inetd.conf) awk '!/^[ \t]*(#|$)/ { print "inetd " $1 }' "$xs_f" ;;
      *) awk '$1 == "service" { n = $2; d = "no" } $1 == "disable" { d = $NF } $1 == "}" { if (tolower(d) != "yes") print "xinetd " n }' "$xs_f" ;;
    esac
  done
  complete
}

s_usb_storage() {
  xs_list=
  part modprobe
  for xs_f in /etc/modprobe.d/*.conf /lib/modprobe.d/*.conf; do
    [ -f "$xs_f" ] || continue
    [ -r "$xs_f" ] || deny "$xs_f"
    xs_list="$xs_list $xs_f"
  done
  [ -z "$xs_list" ] || awk '/^[ \t]*(blacklist|install)[ \t]+usb[-_]storage/ { gsub(/[ \t]+/, " "); sub(/^ /, ""); print }' $xs_list
  part state
  [ -d /sys/bus/usb ] && printf 'bus\n'
  [ -d /sys/module/usb_storage ] && printf 'loaded\n'
  complete
}

s_core_dumps() {
  xs_list=
  part kernel
  xs_proc_sys fs/suid_dumpable kernel/core_pattern
  part limits
  for xs_f in /etc/security/limits.conf /etc/security/limits.d/*.conf; do
    [ -f "$xs_f" ] || continue
    [ -r "$xs_f" ] || deny "$xs_f"
    xs_list="$xs_list $xs_f"
  done
  [ -z "$xs_list" ] || awk '/^[ \t]*#/ { next } $3 == "core" { print $1, $2, $3, $4 }' $xs_list
  part coredump
  [ -r /etc/systemd/coredump.conf ] && awk '/^[ \t]*(Storage|ProcessSizeMax)[ \t]*=/ { gsub(/[ \t]/, ""); print }' /etc/systemd/coredump.conf
  complete
}

s_banner() {
  for xs_f in /etc/issue /etc/issue.net /etc/motd; do
    part "file $xs_f"
    [ -r "$xs_f" ] && while IFS= read -r xs_l || [ -n "$xs_l" ]; do printf '| %s\n' "$xs_l"; done <"$xs_f"
  done | clip 60
  complete
}
