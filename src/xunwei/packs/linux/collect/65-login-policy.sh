# Password rules, lock-out, idle time-out, umask.

# Lines of PAM files that name one of the modules, as `FILE: line`.
xs_pam() {
  xs_p=$1; shift
  set --
  for xs_f in system-auth password-auth common-auth common-account common-password passwd sshd login su; do
    [ -r "/etc/pam.d/$xs_f" ] && set -- "$@" "/etc/pam.d/$xs_f"
  done
  [ $# = 0 ] || awk -v p="$xs_p" '/^[ \t]*#/ { next } $0 ~ p { f = FILENAME; sub(/.*\//, "", f); gsub(/[ \t]+/, " "); print f ": " $0 }' "$@"
}
# Lines that are not comments.
xs_plain() {
  for xs_f in "$@"; do
    [ -f "$xs_f" ] || continue
    [ -r "$xs_f" ] || deny "$xs_f"
    awk '!/^[ \t]*(#|$)/ { sub(/[ \t]+#.*/, ""); print }' "$xs_f"
  done
}

s_password_policy() {
  part login_defs
  [ -r /etc/login.defs ] && awk '$1 ~ /^(PASS_MAX_DAYS|PASS_MIN_DAYS|PASS_MIN_LEN|PASS_WARN_AGE|ENCRYPT_METHOD)$/ { print $1 "=" $2 }' /etc/login.defs
  part pwquality; xs_plain /etc/security/pwquality.conf /etc/security/pwquality.conf.d/*.conf
  part pwhistory; xs_plain /etc/security/pwhistory.conf
  part pam; xs_pam '^[ \t]*-?password[ \t].*pam_(pwquality|cracklib|passwdqc|pwhistory|unix)|nullok'
  part pam_files
  for xs_f in /etc/pam.d/system-auth /etc/pam.d/common-password; do [ -r "$xs_f" ] && printf '%s\n' "$xs_f"; done
  complete
}

s_pam_lock() {
  part faillock_conf; xs_plain /etc/security/faillock.conf
  part pam; xs_pam 'pam_(faillock|tally2?|wheel|listfile|radius_auth|radius|oath|google_authenticator|pkcs11|u2f)[.]so'
  part pam_files
  for xs_f in /etc/pam.d/system-auth /etc/pam.d/password-auth /etc/pam.d/common-auth; do [ -r "$xs_f" ] && printf '%s\n' "$xs_f"; done
  complete
}

# Of a line of the shell's start-up files only the setting itself is printed.
s_shell_timeout() {
  set --
  for xs_f in /etc/profile /etc/profile.d/*.sh /etc/bashrc /etc/bash.bashrc /etc/environment; do
    [ -f "$xs_f" ] || continue
    [ -r "$xs_f" ] || deny "$xs_f"
    set -- "$@" "$xs_f"
  done
  part settings
  [ $# = 0 ] || awk '
    /^[ \t]*#/ { next }
    { l = $0; sub(/[ \t]#.*/, "", l) }
    {
      r = l
      while (match(r, /(TMOUT|HISTSIZE|HISTFILESIZE|HISTTIMEFORMAT)=("[^"]*"|[^ \t;&|"]*)/)) {
        if (RSTART == 1 || substr(r, RSTART - 1, 1) ~ /[ \t;&]/) print FILENAME ": " substr(r, RSTART, RLENGTH)
        r = substr(r, RSTART + RLENGTH)
      }
    }
    l ~ /(readonly|(declare|typeset) -[a-z]*r[a-z]*)[ \t][^;&]*TMOUT/ { print FILENAME ": readonly TMOUT" }' "$@"
  complete
}

s_umask() {
  set --
  for xs_f in /etc/profile /etc/profile.d/*.sh /etc/bashrc /etc/bash.bashrc /etc/login.defs; do
    [ -f "$xs_f" ] || continue
    [ -r "$xs_f" ] || deny "$xs_f"
    set -- "$@" "$xs_f"
  done
  part umask
  [ $# = 0 ] || awk '
    /^[ \t]*#/ { next }
    FILENAME == "/etc/login.defs" { if ($1 == "UMASK") print FILENAME ": " $2; next }
    match($0, /(^|[ \t;&])umask[ \t]+[0-7ugoarwx=,-]+/) { s = substr($0, RSTART, RLENGTH); sub(/.*umask[ \t]+/, "", s); print FILENAME ": " s }' "$@"
  complete
}
