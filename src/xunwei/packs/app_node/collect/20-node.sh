# One application on this host. Parameters, each a list divided by line breaks: XW_APP_PROCESSES (`name=ERE of the command line`, or the ERE
# alone), XW_APP_PORTS, XW_APP_LOGS (files, patterns allowed), XW_APP_FOLDERS (uploads, data); XW_APP_UNIT, XW_APP_JAVA (ERE of the Java process).
app_nl='
'
app_lines() { printf '%s\n' "$1" | sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//' -e '/^$/d'; }
app_java() { [ -n "$XW_APP_JAVA" ] || unsupported "java is not set: not a Java application"; }
# The account of the first declared process, for the question who may write.
app_pattern() { printf '%s' "$1" | sed 's/^[A-Za-z0-9_.-]*=//'; }
app_name() { case $1 in *=*) app_w=${1%%=*}; case $app_w in *[!A-Za-z0-9_.-]*) app_w=$1 ;; esac ;; *) app_w=$1 ;; esac; printf '%s' "$app_w"; }

s_processes() {
  [ -n "$XW_APP_PROCESSES" ] || unsupported "processes is not set"
  part clock
  mw_clock
  app_lines "$XW_APP_PROCESSES" | while IFS= read -r app_l; do
    mw_processes "$(app_name "$app_l")" "$(app_pattern "$app_l")" || exit
  done
  part end
}

s_listening() { mw_listening; }

s_unit() {
  [ -n "$XW_APP_UNIT" ] || unsupported "unit is not set"
  mw_unit "$XW_APP_UNIT"
}

s_log_errors() {
  [ -n "$XW_APP_LOGS" ] || unsupported "logs is not set"
  IFS=$app_nl
  set -- $(app_lines "$XW_APP_LOGS")
  IFS=" 	$app_nl"
  mw_logs "$@"
}
s_log_files() {
  [ -n "$XW_APP_LOGS" ] || unsupported "logs is not set"
  IFS=$app_nl
  set -- $(app_lines "$XW_APP_LOGS")
  IFS=" 	$app_nl"
  mw_sizes "$@"
  part end
}

s_heap() { app_java; mw_jstat "$XW_APP_JAVA"; }
s_jvm() { app_java; mw_jvm "$XW_APP_JAVA"; }
s_threads() { app_java; mw_threads "$XW_APP_JAVA"; }

s_ports() {
  [ -n "$XW_APP_PORTS" ] || unsupported "ports is not set"
  need ss
  part listening
  run bounded 8 ss -Hlnt || return
  part connected
  # Only ports: who is connected is nobody's business here.
  app_out=$(bounded 8 ss -Hnt state established state close-wait) || return
  printf '%s\n' "$app_out" | awk 'NF > 3 { state = "ESTAB"; a = $3; if ($1 ~ /^[A-Z]/) { state = $1; a = $4 }
    sub(/.*:/, "", a); print state, a }' | sort | uniq -c
  part wanted
  app_lines "$XW_APP_PORTS" | tr ', ' '\n\n' | sed '/^$/d'
  part end
}

# `test -w` says it for the account that asks; root asks as the account of the process.
s_storage() {
  [ -n "$XW_APP_FOLDERS" ] || unsupported "folders is not set"
  app_user=
  if [ -n "$XW_APP_PROCESSES" ]; then
    app_l=$(app_lines "$XW_APP_PROCESSES" | sed -n 1p)
    app_pid=$(mw_first "$(app_pattern "$app_l")")
    [ -z "$app_pid" ] || app_user=$(stat -c %U "/proc/$app_pid" 2>/dev/null)
  fi
  app_lines "$XW_APP_FOLDERS" | while IFS= read -r app_f; do
    part "folder $app_f"
    [ -d "$app_f" ] || { printf 'exists=no\n'; continue; }
    printf 'exists=yes\n'
    df -PTk "$app_f" | sed -n 's/^/space /;2p'
    df -PTi "$app_f" | sed -n 's/^/inodes /;2p'
    app_w=?
    if [ -n "$app_user" ] && [ "$app_user" = "$(id -un)" ]; then
      app_w=no; [ ! -w "$app_f" ] || app_w=yes
    elif [ -n "$app_user" ] && [ "$XW_UID" = 0 ] && have setpriv; then
      app_w=no
      if setpriv --reuid="$app_user" --regid="$(id -g "$app_user")" --init-groups test -w "$app_f"; then app_w=yes; fi
    fi
    printf 'account=%s\nwritable=%s\n' "${app_user:-?}" "$app_w"
    app_m=$(awk -v dir="$app_f" '{ m = $2; if ((m == "/" || index(dir "/", m "/") == 1) && length(m) >= best) { best = length(m); o = $4 } }
      END { print o }' /proc/self/mounts)
    case ",$app_m," in *,ro,*) printf 'read_only=yes\n' ;; ,,) printf 'read_only=?\n' ;; *) printf 'read_only=no\n' ;; esac
  done
  part end
}
