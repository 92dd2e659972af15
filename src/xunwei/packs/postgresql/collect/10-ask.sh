# One psql process for all questions about the instance, and one per database. SQL goes in on stdin, answers are held in
# shell variables: nothing is written. Parameters: XW_PG_PORT, XW_PG_USER (operating system account that may log in),
# XW_PG_SOCKET (folder of the socket, or an address), XW_PG_DB (database to ask in).
XW_PG_PORT=${XW_PG_PORT:-5432} XW_PG_USER=${XW_PG_USER:-postgres} XW_PG_SOCKET=${XW_PG_SOCKET:-} XW_PG_DB=${XW_PG_DB:-postgres}

# The newest psql of the usual places; Debian's /usr/bin/psql is a slow wrapper that may choose another cluster.
pg_find() {
  pg_bin= pg_best=0
  for pg_c in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin /opt/postgresql/bin; do
    [ -x "$pg_c/psql" ] || continue
    pg_v=${pg_c#/usr/lib/postgresql/}; pg_v=${pg_v#/usr/pgsql-}; pg_v=${pg_v%%[!0-9]*}
    [ "${pg_v:-1}" -ge "$pg_best" ] && pg_best=${pg_v:-1} pg_bin=$pg_c
  done
  [ -n "$pg_bin" ] || { pg_c=$(command -v psql) && pg_bin=${pg_c%/*}; }
}

# pg_as CMD…: as XW_PG_USER. setpriv leaves no line in the log of logins, so it comes first.
pg_as() {
  if [ "$(id -un)" = "$XW_PG_USER" ]; then "$@"
  elif setpriv --reuid="$XW_PG_USER" --regid="$(id -g "$XW_PG_USER")" --init-groups true 2>/dev/null; then
    setpriv --reuid="$XW_PG_USER" --regid="$(id -g "$XW_PG_USER")" --init-groups "$@"
  elif have runuser; then runuser -u "$XW_PG_USER" -- "$@"
  else su -s /bin/sh -c 'exec "$@"' -- "$XW_PG_USER" sh "$@"
  fi
}

# pg_psql DATABASE SECONDS: SQL from stdin; answers on stdout, then one line `xw-end EXIT-CODE first line of stderr`.
pg_psql() {
  {
    pg_err=$(
      PGOPTIONS='-c statement_timeout=5000 -c lock_timeout=1000 -c default_transaction_read_only=on'
      PGAPPNAME=xunwei PGCONNECT_TIMEOUT=5 PGCLIENTENCODING=UTF8
      HOME=$(getent passwd "$XW_PG_USER" | cut -d: -f6) # for .pgpass; the caller's own is closed to this account
      export PGOPTIONS PGAPPNAME PGCONNECT_TIMEOUT PGCLIENTENCODING HOME
      unset PGPASSFILE PGSERVICE PGSERVICEFILE PGUSER PGHOST PGHOSTADDR PGPORT PGDATABASE PGPASSWORD
      pg_d=$1 pg_s=$2
      set -- -X -A -t -q -w -p "$XW_PG_PORT" -d "$pg_d"
      [ -z "$XW_PG_SOCKET" ] || set -- "$@" -h "$XW_PG_SOCKET"
      if [ "$xw_timeout" ]; then pg_as timeout -s KILL "$pg_s" "$pg_bin/psql" "$@"; else pg_as "$pg_bin/psql" "$@"; fi 2>&1 1>&3 3>&-
    )
    pg_rc=$?
  } 3>&1
  printf '\nxw-end %s %s\n' "$pg_rc" "${pg_err%%"$xw_nl"*}"
}

# pg_q NAME SQL: one question with its frame: the rows (JSON, one per line), then how many, or the error.
pg_q() {
  printf '%s\n' "\\echo xw-pg $1" "$2" "\\if :ERROR" "\\echo -- error :LAST_ERROR_SQLSTATE :LAST_ERROR_MESSAGE" \
    "\\else" "\\echo -- :ROW_COUNT rows" "\\endif"
}
# pg_seen NAME SQL: a question whose answer is empty, not refused, for an account without pg_monitor.
pg_seen() {
  printf '%s\n' "\\if :monitor"; pg_q "$1" "$2"
  printf '%s\n' "\\else" "\\echo xw-pg $1" "\\echo -- error :blind" "\\endif"
}
# pg_json SELECT…: every row as one line of JSON.
pg_json() { printf 'SELECT row_to_json(x) FROM (%s) x;' "$1"; }

# pg_cut TEXT NAME: the lines of one question.
pg_cut() { printf '%s\n' "$1" | awk -v want="$2" '/^xw-pg /{on = ($2 == want); next} /^xw-end /{on = 0} on && NF'; }

# pg_section NAME: give one answer; its last line decides how the section ends.
pg_section() {
  [ "$pg_code" = 0 ] || { printf '%s\n' "$pg_why"; exit "$pg_code"; }
  pg_t=$(pg_cut "$pg_answer" "$1")
  pg_end "$pg_t" "$pg_broke"
}
pg_end() {
  [ -z "$1" ] || printf '%s\n' "$1"
  pg_l=${1##*"$xw_nl"} pg_m=
  case $pg_l in '-- error '*) pg_m=${pg_l#-- error }; pg_m="${pg_m#* } (SQLSTATE ${pg_m%% *})" ;; esac
  case $pg_l in
    '-- error 42501 '*) printf '%s\n' "$pg_m"; exit 77 ;;
    '-- error 57014 '* | '-- error 55P03 '*) exit 124 ;;
    '-- error 42P01 '* | '-- error 42883 '* | '-- error 42703 '* | '-- error 0A000 '*) printf '%s\n' "$pg_m"; exit 69 ;;
    '-- error '*) exit 1 ;;
    '-- '*' rows') ;;
    *) printf '%s\n' "-- the session broke off: $2"; case $2 in 124* | 137*) exit 124 ;; esac; exit 1 ;;
  esac
}
# pg_each NAME: one answer per database, each under a line with its name.
pg_each() {
  [ "$pg_code" = 0 ] || { printf '%s\n' "$pg_why"; exit "$pg_code"; }
  [ -n "$pg_bases" ] || pg_section names
  printf '%s\n' "$pg_bases" | awk -v want="$1" '
    /^xw-base /{print "-- database " substr($0, 9); on = 0; last = ""; next}
    /^xw-pg /{on = ($2 == want); next}
    /^xw-end /{if (last !~ /^-- (error |[0-9]+ rows$)/) print "-- error broke-off " substr($0, 8); next}
    on && NF {print; last = $0}'
}
