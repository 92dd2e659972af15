# Packages, updates (from what lies on the host, never from the network), pending restarts.

xs_rpm_all() { rpm -qa --qf '%{NAME}\t%{VERSION}-%{RELEASE}\t%{ARCH}\t%{INSTALLTIME}\n'; }
xs_notable='^(openssh-server|openssl|openssl-libs|libssl3|libssl3t64|libssl1[.]1|sudo|glibc|libc6|systemd|bash|kernel|kernel-core|linux-image-amd64|nginx|httpd|apache2|telnet-server|telnetd|inetutils-telnetd|rsh-server|rsh-redone-server|tftp-server|tftpd-hpa|vsftpd|ypserv|talk-server|xinetd|gcc|tcpdump|nmap|aide)$'

s_packages() {
  need rpm dpkg-query
  if have dpkg-query && [ -s /var/lib/dpkg/status ]; then
    part dpkg; stat -c 'changed=%Y' /var/lib/dpkg/status
    xs_out=$(run dpkg-query -W -f '${db:Status-Abbrev}\t${Package}\t${Version}\t${Architecture}\n') || { printf '%s\n! exit 1\n' "$xs_out"; complete; return; }
    printf '%s\n' "$xs_out" | awk -F '\t' -v want="$xs_notable" '
      $1 ~ /^.i/ { n++ } $1 !~ /^(ii|hi|rc|pi|un|pn)/ { b++ } $1 ~ /^.i/ && $2 ~ want { print "package " $2 " " $3 }
      END { print "count=" n + 0; print "broken=" b + 0 }'
  else
    part rpm
    xs_out=$(run xs_rpm_all) || { printf '%s\n! exit 1\n' "$xs_out"; complete; return; }
    xs_out=$(printf '%s\n' "$xs_out" | sort)
    printf '%s\n' "$xs_out" | awk -F '\t' -v want="$xs_notable" '
      { n++ } $4 > t { t = $4 } $1 ~ want { print "package " $1 " " $2 }
      END { print "count=" n + 0; print "changed=" t + 0 }'
  fi
  keyval sha256 "$(printf '%s\n' "$xs_out" | sha256sum | cut -c1-64)"
  complete
}

# Debian family: the installed versions and those in the security lists that differ; which is newer is not decided here.
# Asking apt itself costs 1.5 s of CPU and may rewrite its cache.
xs_apt() {
  set --
  for xs_f in /var/lib/apt/lists/*ecurity*_Packages*; do [ -f "$xs_f" ] && set -- "$@" "$xs_f"; done
  part metadata
  for xs_f in /var/lib/apt/periodic/update-success-stamp /var/lib/apt/lists/partial; do [ -e "$xs_f" ] && stat -c '%Y %n' "$xs_f"; done
  keyval security_lists "$#"
  part apt
  [ $# = 0 ] && return
  xs_cat=/usr/lib/apt/apt-helper
  if [ -x "$xs_cat" ]; then set -- "$xs_cat" cat-file "$@"; else set -- cat "$@"; fi
  xs_out=$(run dpkg-query -W -f '${db:Status-Abbrev}\t${Package}:${Architecture}\t${Version}\n') || { printf '%s\n! exit 1\n' "$xs_out"; return; }
  { printf '%s\n' "$xs_out"; printf '== lists\n'; run "$@" || printf '! exit 1\n'; } | awk -F '\t' '
    /^! / { print; next }
    /^== lists/ { lists = 1; FS = ": "; next }
    !lists { if ($1 ~ /^.i/) { have[$2] = $3; n++ } next }
    $1 == "Package" { p = $2 } $1 == "Architecture" { a = $2 } $1 == "Version" { v = $2 }
    /^$/ { see() }
    function see(k) {
      k = p ":" a; if (p != "" && (k in have) && have[k] != v) print p " " have[k] " " v
      if (p != "") total++; p = a = v = ""
    }
    END { see(); print "installed=" n + 0; print "listed=" total + 0 }'
}

# dnf and yum 3 from their cache only (-C). A cache without any updateinfo says nothing about security.
xs_dnf() {
  need_root 'package cache'
  part metadata
  for xs_f in /var/cache/dnf/last_makecache /var/cache/dnf/*/repodata/repomd.xml /var/cache/yum/*/*/*/cachecookie; do
    [ -e "$xs_f" ] && stat -c '%Y %n' "$xs_f"
  done
  xs_n=0
  for xs_f in /var/cache/dnf/*/repodata/*updateinfo* /var/cache/yum/*/*/*/*updateinfo* /var/cache/yum/*/*/*/gen/*updateinfo*; do [ -e "$xs_f" ] && xs_n=$((xs_n + 1)); done
  keyval security_lists "$xs_n"
  part updateinfo
  [ "$xs_n" = 0 ] && return
  if have dnf; then run dnf -C -q --setopt=logfilelevel=0 updateinfo list --security || printf '! exit %s\n' "$?"
  else run yum -C -q updateinfo list security || printf '! exit %s\n' "$?"; fi
}

s_updates() {
  if have dpkg-query && [ -s /var/lib/dpkg/status ]; then xs_apt
  elif have dnf || have yum; then xs_dnf
  else unsupported 'no apt, dnf or yum'; fi
  complete
}

s_held_packages() {
  need dpkg rpm
  if have dpkg-query && [ -s /var/lib/dpkg/status ]; then
    part dpkg
    awk '$1 == "Package:" { p = $2 } $1 == "Status:" && $2 == "hold" { print p }' /var/lib/dpkg/status
  else
    part rpm
    for xs_f in /etc/yum/pluginconf.d/versionlock.list /etc/dnf/plugins/versionlock.list; do
      [ -r "$xs_f" ] && awk '!/^[ \t]*(#|$)/ { print $1 }' "$xs_f"
    done
    for xs_f in /etc/yum.conf /etc/dnf/dnf.conf; do
      [ -r "$xs_f" ] && awk -F= '/^[ \t]*exclude(pkgs)?[ \t]*=/ { n = split($2, a, /[ ,\t]+/); for (i = 1; i <= n; i++) if (a[i] != "") print "exclude " a[i] }' "$xs_f"
    done
  fi
  complete
}

# When process 1 was started, in hundredths of a second since the kernel was: a container is younger than its kernel.
xs_started() {
  read -r xs_l 2>/dev/null </proc/1/stat || return 0
  set -- ${xs_l##*) }
  keyval started "${20}"
}

# What needs-restarting -r looks at, without starting Python: core packages installed since the host was started.
s_reboot_needed() {
  part state; keyval running "$(uname -r)"; xs_boot; xs_started
  [ -e /run/reboot-required ] || [ -e /var/run/reboot-required ] && keyval flag yes
  part packages
  [ -r /run/reboot-required.pkgs ] && sort -u /run/reboot-required.pkgs
  part kernels
  [ -r /boot ] || [ ! -e /boot ] || printf '?\n'
  for xs_f in /boot/vmlinuz-*; do [ -f "$xs_f" ] && printf '%s\n' "${xs_f#/boot/vmlinuz-}"; done
  part core
  if have dpkg-query && [ -s /var/lib/dpkg/status ]; then
    set --
    for xs_f in /var/lib/dpkg/info/libc6.list /var/lib/dpkg/info/libc6:*.list /var/lib/dpkg/info/systemd.list /var/lib/dpkg/info/dbus.list \
      /var/lib/dpkg/info/libssl[0-9]*.list; do [ -f "$xs_f" ] && set -- "$@" "$xs_f"; done
    [ $# = 0 ] || stat -c '%Y %n' "$@" | sed 's|/var/lib/dpkg/info/||;s|\.list$||;s|:[a-z0-9]*$||'
  elif have rpm; then
    rpm -q --qf '%{INSTALLTIME} %{NAME}\n' glibc openssl-libs systemd dbus linux-firmware 2>/dev/null | awk '$1 ~ /^[0-9]+$/'
  fi
  complete
}
