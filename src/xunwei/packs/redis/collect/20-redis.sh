# Redis 4 and later (also Valkey), by redis-cli. Parameters: XW_REDIS_CLI, XW_REDIS_HOST, XW_REDIS_PORT, XW_REDIS_SOCKET, XW_REDIS_USER,
# XW_REDIS_PASSWORD (reaches redis-cli by its environment only), XW_REDIS_OPTIONS (such as `--tls --cacert FILE`), XW_REDIS_PROCESS (ERE),
# XW_REDIS_LOG. Only commands that change nothing and read no key: PING, INFO, CONFIG GET of named parameters, ACL LIST, SLOWLOG, LATENCY.
rds_cli() {
  rds_bin=$XW_REDIS_CLI
  [ -n "$rds_bin" ] || rds_bin=$(command -v redis-cli || command -v valkey-cli) || unsupported "not on this host: redis-cli"
  (
    unset REDISCLI_AUTH REDISCLI_HISTFILE
    if [ -n "$XW_REDIS_PASSWORD" ]; then REDISCLI_AUTH=$XW_REDIS_PASSWORD; export REDISCLI_AUTH; fi
    HOME=/nonexistent; export HOME # no redisclirc, no history
    set -- "$@"
    if [ -n "$XW_REDIS_USER" ]; then set -- --user "$XW_REDIS_USER" "$@"; fi
    if [ -n "$XW_REDIS_SOCKET" ]; then set -- -s "$XW_REDIS_SOCKET" "$@"; else set -- -h "$XW_REDIS_HOST" -p "$XW_REDIS_PORT" "$@"; fi
    # Options of the inventory are words.
    set -f
    bounded 6 "$rds_bin" $XW_REDIS_OPTIONS "$@" 2>&1
  )
}
# rds_ask CMD…: the answer into rds_out; how a refusal ends the section.
rds_ask() {
  rds_out=$(rds_cli "$@"); rds_code=$?
  [ "$rds_code" != 69 ] || { printf '%s\n' "$rds_out"; exit 69; }
  [ "$rds_code" != 124 ] || exit 124
  rds_out=$(printf '%s\n' "$rds_out" | tr -d '\r' | grep -v -e '^Warning: Using a password' -e '^AUTH failed: ERR AUTH <password> called without')
  case $rds_out in
    'Could not connect'* | *'Connection refused'* | 'Error: '*) unsupported "no server answers: ${rds_out%%"$xw_nl"*}" ;;
    'NOAUTH '* | 'WRONGPASS '* | 'AUTH failed'* | 'NOPERM '* | '(error) NOAUTH'* | '(error) NOPERM'*) printf '%s\n' "${rds_out%%"$xw_nl"*}"; exit 77 ;;
    'ERR unknown'* | '(error) ERR unknown'*) unsupported "${rds_out%%"$xw_nl"*}" ;;
    'ERR '* | 'LOADING '* | 'MASTERDOWN '* | '(error) '*) printf '! %s\n' "${rds_out%%"$xw_nl"*}"; exit 1 ;;
  esac
}
rds_info() { rds_ask INFO "$1"; printf '%s\n' "$rds_out"; }

s_availability() {
  part ping
  rds_out=$(rds_cli PING); rds_code=$?
  [ "$rds_code" != 69 ] || { printf '%s\n' "$rds_out"; exit 69; }
  printf '%s\n' "$rds_out" | tr -d '\r' | grep -v -e '^Warning: Using a password' -e '^AUTH failed: ERR AUTH <password> called without' | clip 3
  part result
  keyval port "${XW_REDIS_SOCKET:-$XW_REDIS_PORT}"
  keyval code "$rds_code"
  part end
}
s_server() { rds_info server; }
s_memory() { rds_info memory; }
s_clients() {
  rds_info clients
  case $rds_out in *maxclients:*) ;; *) rds_ask CONFIG GET maxclients; printf 'maxclients:%s\n' "${rds_out##*"$xw_nl"}" ;; esac
}
s_persistence() { rds_info persistence; }
s_stats() { rds_info stats; }
s_replication() { rds_info replication; }
s_keyspace() { rds_info keyspace; }
s_commands() { rds_info commandstats; }
s_errors() { rds_info errorstats; }

# Passwords become `set` or `unset` before they leave.
s_configuration() {
  part configuration
  for rds_p in bind protected-mode port tls-port unixsocketperm requirepass masterauth maxmemory maxmemory-policy maxclients timeout \
    tcp-keepalive appendonly appendfsync save dir dbfilename logfile daemonize enable-debug-command enable-module-command \
    latency-monitor-threshold slowlog-log-slower-than min-replicas-to-write stop-writes-on-bgsave-error; do
    rds_ask CONFIG GET "$rds_p"
    rds_v=
    case $rds_out in *"$xw_nl"*) rds_v=${rds_out#*"$xw_nl"} ;; '') continue ;; esac
    case $rds_p in requirepass | masterauth) if [ -n "$rds_v" ]; then rds_v=set; else rds_v=unset; fi ;; esac
    keyval "$rds_p" "$rds_v"
  done
  part end
}
s_acl() {
  rds_ask ACL LIST
  part users
  printf '%s\n' "$rds_out" | sed -e 's/#[0-9a-f]\{8,\}/#hash/g' -e 's/ >[^ ]*/ #hash/g'
  part end
}
# Of each slow command only its name: its arguments are data.
s_slowlog() {
  rds_ask SLOWLOG LEN
  rds_len=$rds_out
  rds_ask --no-raw SLOWLOG GET 128
  part clock
  mw_clock
  part slowlog
  keyval kept "$rds_len"
  part entries
  printf '%s\n' "$rds_out" | awk '
    /^ *[0-9]+\) 1\) \(integer\)/ { id = $NF; next }
    /^ +2\) \(integer\)/ && id != "" && at == "" { at = $NF; next }
    /^ +3\) \(integer\)/ && id != "" && took == "" { took = $NF; next }
    /^ +4\) 1\) "/ && id != "" { w = $0; sub(/^[^"]*"/, "", w); sub(/".*/, "", w); if (w !~ /^[A-Za-z][A-Za-z.|_-]*$/ || length(w) > 32) w = "?"
      print id, at, took, toupper(w); id = ""; at = ""; took = "" }'
  part end
}
s_latency() {
  rds_ask CONFIG GET latency-monitor-threshold
  part latency
  keyval threshold "${rds_out##*"$xw_nl"}"
  rds_ask --no-raw LATENCY LATEST
  part events
  printf '%s\n' "$rds_out" | awk '
    /^ *[0-9]+\) 1\) "/ { w = $0; sub(/^[^"]*"/, "", w); sub(/".*/, "", w); n = 1; row = w; next }
    n && /\(integer\)/ { row = row " " $NF; if (++n == 4) { print row; n = 0 } }'
  part end
}
s_processes() {
  part clock
  mw_clock
  mw_processes redis "$XW_REDIS_PROCESS"
  part end
}
s_log_errors() {
  rds_log=$XW_REDIS_LOG
  if [ -z "$rds_log" ]; then
    rds_ask CONFIG GET logfile
    case $rds_out in *"$xw_nl"/*) rds_log=${rds_out##*"$xw_nl"} ;; *) unsupported "the server logs to no file; set log" ;; esac
  fi
  mw_logs "$rds_log"
}
