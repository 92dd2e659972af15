# Runs as the script is read, once per instance: all later sections only cut what was answered here.
pg_answer= pg_bases= pg_broke= pg_code=0 pg_why= pg_ready=
pg_find </dev/null
pg_may() { id "$XW_PG_USER" >/dev/null 2>&1 && { [ "$XW_UID" = 0 ] || [ "$(id -un)" = "$XW_PG_USER" ]; }; }
pg_run() {
  if [ -z "$pg_bin" ]; then pg_code=69 pg_why='psql is not on this host'; return; fi
  if [ -x "$pg_bin/pg_isready" ]; then
    set -- -t 5 -p "$XW_PG_PORT" -U "$XW_PG_USER" -d "$XW_PG_DB"
    [ -z "$XW_PG_SOCKET" ] || set -- "$@" -h "$XW_PG_SOCKET"
    # as the account that may log in: a knock by any other one would be a line in the server's log
    pg_ready=$(if pg_may; then pg_as "$pg_bin/pg_isready" "$@"; else "$pg_bin/pg_isready" "$@"; fi 2>&1); pg_state=$?
  else pg_state=4
  fi
  case $pg_state in
    1) pg_code=69 pg_why="the server takes no connections now: $pg_ready"; return ;;
    2) pg_code=69 pg_why="no server answers: $pg_ready"; return ;;
  esac
  if ! id "$XW_PG_USER" >/dev/null 2>&1; then pg_code=69 pg_why="no account $XW_PG_USER on this host"; return; fi
  if ! pg_may; then
    pg_code=77 pg_why="psql as $XW_PG_USER: needs more rights than uid $XW_UID has"; return
  fi
  pg_answer=$(pg_instance | pg_psql "$XW_PG_DB" 25)
  pg_broke=${pg_answer##*xw-end }
  case $pg_answer in
    *'xw-pg server'*) pg_bases=$(pg_all_databases) ;;
    *)
      case $pg_broke in 124* | 137*) pg_code=124 ;; *) pg_code=77 ;; esac
      pg_why="no session: ${pg_broke#* }" ;;
  esac
}
pg_run </dev/null 2>/dev/null

# Needs no rights and no session: what the server says to a client that only knocks.
s_availability() {
  [ -n "$pg_bin" ] || unsupported 'psql is not on this host'
  [ "$pg_state" != 4 ] || unsupported 'pg_isready is not on this host'
  keyval port "$XW_PG_PORT"
  keyval answer "$pg_ready"
  keyval code "$pg_state"
}
s_server() { pg_section server; }
s_settings() { pg_section settings; }
s_parameters() { pg_section parameters; }
s_config_errors() { pg_section config_errors; }
s_connections() { pg_section connections; }
s_databases() { pg_section databases; }
s_counters() { pg_section counters; }
s_long_transactions() { pg_section long_transactions; }
s_locks_waiting() { pg_section locks_waiting; }
s_prepared_transactions() { pg_section prepared_transactions; }
s_replication() { pg_section replication; }
s_slots() { pg_section slots; }
s_standby() { pg_section standby; }
s_archiver() { pg_section archiver; }
s_wal() { pg_section wal; }
s_checkpoints() { pg_section checkpoints; }
s_tablespaces() { pg_section tablespaces; }
s_roles() { pg_section roles; }
s_hba() { pg_section hba; }
s_tables() { pg_each tables; }
s_indexes() { pg_each indexes; }
s_extensions() { pg_each extensions; }
s_sequences() { pg_each sequences; }
