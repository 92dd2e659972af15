# nginx, OpenResty, Tengine. Parameters: XW_NGINX_PROCESS (ERE of the master's command line), XW_NGINX_BIN, XW_NGINX_CONFIG, XW_NGINX_STATUS (URL of
# stub_status on this host), XW_NGINX_UNIT. Binary and configuration are those of the running master when they are not set.
# `nginx -t` and `-T` open the logs that the configuration names, as nginx does at its start; they exist already then.
ngx_find() {
  need ps
  ngx_pid=$(mw_first "$XW_NGINX_PROCESS")
  ngx_bin=$XW_NGINX_BIN ngx_conf=$XW_NGINX_CONFIG ngx_prefix=
  if [ -n "$ngx_pid" ]; then
    [ -n "$ngx_bin" ] || ngx_bin=$(readlink "/proc/$ngx_pid/exe" 2>/dev/null)
    ngx_args=$(tr '\000' ' ' <"/proc/$ngx_pid/cmdline" 2>/dev/null)
    [ -n "$ngx_conf" ] || ngx_conf=$(printf '%s\n' "$ngx_args" | sed -n 's/.* -c \([^ ]*\).*/\1/p')
    ngx_prefix=$(printf '%s\n' "$ngx_args" | sed -n 's/.* -p \([^ ]*\).*/\1/p')
  fi
  [ -n "$ngx_bin" ] || ngx_bin=$(command -v nginx || command -v openresty || command -v tengine) || unsupported "no nginx here"
  ngx_bin=${ngx_bin% (deleted)}
  [ -x "$ngx_bin" ] || unsupported "$ngx_bin is not there or not executable"
}
ngx_run() { # OPTIONS: the binary with its own configuration
  set -- "$ngx_bin" "$@"
  [ -z "$ngx_prefix" ] || set -- "$@" -p "$ngx_prefix"
  [ -z "$ngx_conf" ] || set -- "$@" -c "$ngx_conf"
  bounded 10 "$@"
}
# The effective configuration; without the right to read keys it is denied, not half.
ngx_dump() {
  ngx_find
  ngx_out=$(ngx_run -T 2>&1); ngx_code=$?
  [ "$ngx_code" = 0 ] && return
  case $ngx_out in *'Permission denied'*) [ "$XW_UID" = 0 ] || deny "nginx -T" ;; esac
  printf '%s\n' "$ngx_out" | grep -E '^nginx: ' | clip 10
  exit 1
}
# ngx_paths DIRECTIVE…: the files it names, each once.
ngx_paths() {
  for ngx_d in "$@"; do
    printf '%s\n' "$ngx_out" | sed 's/[[:space:]]#.*//;/^#/d' | tr ';{}' '\n\n\n' |
      sed -n "s/^[[:space:]]*$ngx_d[[:space:]][[:space:]]*\([^[:space:]]*\).*/\1/p" | tr -d "\"'"
  done | grep '^/' | sort -u
}

s_processes() {
  part clock
  mw_clock
  mw_processes master "$XW_NGINX_PROCESS"
  ngx_pid=$(mw_first "$XW_NGINX_PROCESS")
  part "group workers"
  [ -z "$ngx_pid" ] || mw_ps 'nginx: worker' | awk -v master="$ngx_pid" '$2 == master' | mw_describe
  part end
}
s_listening() { mw_listening; }
s_unit() { mw_unit "$XW_NGINX_UNIT"; }

s_version() {
  ngx_find
  part version
  "$ngx_bin" -V 2>&1
  part end
}
s_configtest() {
  ngx_find
  ngx_out=$(ngx_run -t 2>&1); ngx_code=$?
  case $ngx_code:$ngx_out in [1-9]*'Permission denied'*) [ "$XW_UID" = 0 ] || deny "nginx -t" ;; esac
  part test
  printf '%s\n' "$ngx_out"
  part result
  keyval code "$ngx_code"
  part end
}
s_configuration() {
  ngx_dump
  printf '%s\n' "$ngx_out"
  printf '# xunwei: end of configuration\n'
}
s_status() {
  [ -n "$XW_NGINX_STATUS" ] || unsupported "status_url is not set"
  need curl wget
  if have curl; then run bounded 6 curl -sS -f -m 5 --noproxy '*' "$XW_NGINX_STATUS"
  else run bounded 6 wget -q -O - -T 5 "$XW_NGINX_STATUS"; fi
}
s_certificates() {
  need openssl
  ngx_dump
  part end_of_list
  ngx_paths ssl_certificate | while IFS= read -r ngx_f; do
    part "certificate $ngx_f"
    [ -r "$ngx_f" ] || { printf 'readable=no\n'; continue; }
    printf 'readable=yes\n'
    run bounded 5 openssl x509 -in "$ngx_f" -noout -subject -issuer -startdate -enddate -nameopt RFC2253
  done
  part end
}
s_files() {
  ngx_dump
  part files
  { printf '%s\n' "$ngx_out" | sed -n 's/^# configuration file \(.*\):$/\1/p'; ngx_paths ssl_certificate_key auth_basic_user_file; } |
    while IFS= read -r ngx_f; do
      [ -e "$ngx_f" ] || continue
      stat -L -c '%a %U:%G %n' "$ngx_f" 2>/dev/null || printf '? ?:? %s\n' "$ngx_f"
    done
  part end
}
ngx_logs() { # DIRECTIVE…: paths, with what is compiled in when there is none
  ngx_dump
  ngx_list=$(ngx_paths "$@")
  [ -n "$ngx_list" ] || ngx_list=$("$ngx_bin" -V 2>&1 | tr ' ' '\n' | sed -n 's/^--error-log-path=//p')
  IFS=$xw_nl
}
s_log_errors() { ngx_logs error_log; set -f; set -- $ngx_list; set +f; IFS=" 	$xw_nl"; mw_logs "$@"; }
s_log_files() { ngx_logs error_log access_log; set -f; set -- $ngx_list; set +f; IFS=" 	$xw_nl"; mw_sizes "$@"; part end; }

# Status codes of the last requests in each access log of the combined format: numbers only, no address and no URL leaves the host.
s_responses() {
  ngx_dump
  part logs
  ngx_paths access_log | while IFS= read -r ngx_f; do
    [ -f "$ngx_f" ] || continue
    part "log $ngx_f"
    [ -r "$ngx_f" ] || { printf 'readable=no\n'; continue; }
    tail -c 4194304 "$ngx_f" | tail -n 20000 | awk '
      match($0, /" [1-5][0-9][0-9] [0-9-]/) { n[substr($0, RSTART + 2, 3)]++; next } { other++ }
      END { for (c in n) print c "=" n[c]; print "other=" other + 0 }' | sort
  done
  part end
}
