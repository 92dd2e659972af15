# Accounts, passwords (never a hash), groups, sudo, SSH.

# The comment field is left out: it holds names and telephone numbers of people.
s_accounts() {
  part login_defs
  [ -r /etc/login.defs ] && awk '$1 == "UID_MIN" || $1 == "SYS_UID_MAX" { print $1 "=" $2 }' /etc/login.defs
  part passwd
  awk -F: '{ p = ($2 == "x") ? "x" : ($2 == "") ? "empty" : ($2 ~ /^[!*]+$/) ? "none" : "inline"
             if (NF == 7) print $1 ":" p ":" $3 ":" $4 ":" $6 ":" $7; else print "malformed line " NR }' /etc/passwd
  complete
}

# A hash is reduced to the name of its scheme before anything is printed.
s_password_state() {
  need_root /etc/shadow
  [ -r /etc/shadow ] || unsupported 'no /etc/shadow'
  part shadow
  awk -F: '
    function scheme(h) {
      if (h == "") return "empty"
      if (h ~ /^\$1\$/) return "md5"
      if (h ~ /^\$2[abxy]?\$/) return "bcrypt"
      if (h ~ /^\$5\$/) return "sha256"
      if (h ~ /^\$6\$/) return "sha512"
      if (h ~ /^\$7\$/) return "scrypt"
      if (h ~ /^\$y\$/) return "yescrypt"
      if (h ~ /^\$gy\$/) return "gost_yescrypt"
      if (h ~ /^\$sm3\$/) return "sm3"
      if (h ~ /^\$sha1\$/) return "sha1"
      if (h ~ /^\$md5/) return "sunmd5"
      if (h ~ /^\$3\$/) return "nt"
      if (h ~ /^_/ && length(h) == 20) return "bsdi"
      if (length(h) == 13 && h ~ /^[.\/0-9A-Za-z]+$/) return "des"
      return "unknown"
    }
    NF < 8 { print "malformed line " NR; next }
    {
      h = $2; locked = 0; s = ""
      if (h == "x" || h == "*LK*" || h == "NP") s = "none"
      else if (h ~ /^[!*]/) { locked = 1; sub(/^[!*]+/, "", h); if (h == "" || h ~ /^[*!]/) s = "none" }
      if (s == "") s = scheme(h)
      if (s == "none") locked = 1
      print $1 ":" s ":" locked ":" $3 ":" $4 ":" $5 ":" $6 ":" $7 ":" $8
    }' /etc/shadow
  complete
}

# Group passwords are left out.
s_groups() {
  part groups
  awk -F: '
    FILENAME == "/etc/passwd" { if (n[$4] != "") n[$4] = n[$4] "," $1; else n[$4] = $1; next }
    NF != 4 { print "malformed line " FNR; next }
    { print $1 ":" $3 ":" $4 ":" n[$3] }' /etc/passwd /etc/group
  complete
}

s_sudoers() {
  [ -e /etc/sudoers ] || unsupported 'no /etc/sudoers'
  need_root /etc/sudoers
  set -- /etc/sudoers
  for xs_f in /etc/sudoers.d/*; do
    case ${xs_f##*/} in *.* | *~) continue ;; esac
    [ -f "$xs_f" ] && set -- "$@" "$xs_f"
  done
  awk '
    FNR == 1 { print "== file " FILENAME; l = "" }
    { l = l $0 }
    l ~ /\\$/ { sub(/\\$/, " ", l); next }
    l !~ /^[ \t]*($|#[^0-9i]|#$|#i[^n])/ { gsub(/[ \t]+/, " ", l); print l }
    { l = "" }' "$@"
  complete
}

s_sshd_config() {
  need sshd
  need_root 'sshd -T'
  part effective
  if xs_out=$(sshd -T 2>/dev/null) || xs_out=$(run sshd -T -C user=root,host=localhost,addr=127.0.0.1); then printf '%s\n' "$xs_out"
  else printf '%s\n! exit 1\n' "$xs_out"; fi
  part match
  awk 'tolower($1) == "match" { print FILENAME ": " $0 }' /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf 2>/dev/null
  complete
}

# Of a key only size, fingerprint and type leave the host, not its text and not its comment.
s_ssh_keys() {
  need ssh-keygen
  need_root 'authorized_keys of the accounts'
  xs_seen=' ' xs_n=0
  while IFS=: read -r xs_u xs_x xs_i xs_g xs_c xs_h xs_s; do
    for xs_f in "$xs_h/.ssh/authorized_keys" "$xs_h/.ssh/authorized_keys2"; do
      [ -f "$xs_f" ] || continue
      case $xs_seen in *" $xs_f "*) continue ;; esac
      xs_seen="$xs_seen$xs_f " xs_n=$((xs_n + 1))
      [ "$xs_n" -le 60 ] || { printf '… clipped at 60 files\n'; break 2; }
      part "file $xs_u"
      stat -c '%a %U:%G %n' "$xs_h/.ssh" "$xs_f"
      part "keys $xs_u"
      if [ -s "$xs_f" ]; then
        ssh-keygen -l -f "$xs_f" 2>/dev/null </dev/null | awk 'NF >= 3 { print $1, $2, $NF }'
      fi
    done
  done </etc/passwd
  complete
}
