# Certificates that lie on the host, and protection against malware.

# Certificates only: names that say `key` are never opened, and openssl x509 prints no key.
s_certificates() {
  need openssl
  xs_p=${XW_CERT_PATHS:-/etc/ssl/certs-local:/etc/ssl/local:/etc/pki/tls/certs:/etc/nginx:/etc/httpd:/etc/apache2:/etc/haproxy:/etc/letsencrypt/live}
  set --
  IFS=:; for xs_d in $xs_p; do [ -d "$xs_d" ] && set -- "$@" "$xs_d"; done
  IFS=" 	$xw_nl"
  part searched; [ $# = 0 ] || printf '%s\n' "$@"
  if [ $# != 0 ]; then
    if ! xs_out=$(run find -L "$@" -maxdepth 4 -type f \( -name '*.crt' -o -name '*.pem' -o -name '*.cer' -o -name '*.cert' \) \
      ! -name '*key*' ! -name '*-bundle*' ! -name 'ca-certificates*' -size -64k); then
      printf '%s\n' "$xs_out" | clip 40
      [ "$XW_UID" = 0 ] || deny 'some folders'
      part failed; complete; return 0
    fi
    xs_n=0 xs_no=
    IFS=$xw_nl; set -f
    for xs_f in $xs_out; do
      [ -r "$xs_f" ] || { xs_no="$xs_no $xs_f"; continue; }
      xs_n=$((xs_n + 1))
      [ "$xs_n" -le 40 ] || { part clipped; break; }
      part "file $xs_f"
      run openssl x509 -in "$xs_f" -noout -enddate -subject -issuer || printf '! exit 1\n'
    done
    IFS=" 	$xw_nl"; set +f
    [ -z "$xs_no" ] || deny "$xs_no"
  fi
  complete
}

s_antivirus() {
  part processes
  for xs_f in /proc/[0-9]*/comm; do
    { read -r xs_l <"$xs_f"; } 2>/dev/null || continue
    case $xs_l in
      clamd | freshclam | clamonacc | qaxsafe* | qaxtray* | qaxguard* | qaxentry* | 360sd* | 360ent* | 360safe* | ZASvc* | ZAService* | \
        edr_agent* | edr_monitor* | eps_services* | sfavsrv* | sfavtray* | venus* | VenusEDR* | titanagent* | AliYunDun* | YDService* | \
        hostguard* | hostwatch* | ds_agent* | kesl* | mfetpd* | wdavdaemon* | savd | savscand* | falcon-sensor* | rtvscand | symcfgd | sisamdagent* | \
        yunsuo_agent* | jowto* | gagent* | iepagent* | iep_agent* | ravd* | rising* | jiangmin* | avserver* | esets_daemon | oaeventd)
        printf '%s\n' "$xs_l" ;;
    esac
  done
  part folders
  for xs_d in /opt/qaxsafe /opt/qianxin /opt/360safe /opt/360 /opt/apps/com.qianxin* /sf/edr /opt/venustech /titan/agent /usr/local/aegis /usr/local/qcloud/YunJing \
    /usr/local/hostguard /opt/ds_agent /opt/kaspersky/kesl /opt/McAfee /opt/antiy /usr/local/yunsuo_agent /opt/rising /opt/jiangmin; do
    [ -d "$xs_d" ] && printf '%s\n' "$xs_d"
  done
  part definitions
  set --
  for xs_f in /var/lib/clamav/daily.cvd /var/lib/clamav/daily.cld /var/lib/clamav/main.cvd /var/lib/clamav/main.cld; do [ -f "$xs_f" ] && set -- "$@" "$xs_f"; done
  [ $# = 0 ] || stat -c '%Y %n' "$@"
  have clamscan && printf 'clamscan\n'
  if [ -d /var/lib/clamav ] && [ ! -x /var/lib/clamav ]; then deny /var/lib/clamav; fi
  complete
}
