# Apache Tomcat 8.5 and later (also what is built on it with the same files). Parameters: XW_TC_PROCESS (ERE), XW_TC_HOME, XW_TC_BASE (of the running
# process when not set), XW_TC_UNIT, XW_TC_LOGS. The manager is not asked: it needs a password and can change things.
tc_find() {
  need ps
  tc_pid=$(mw_first "$XW_TC_PROCESS")
  tc_home=$XW_TC_HOME tc_base=$XW_TC_BASE
  if [ -n "$tc_pid" ] && [ -r "/proc/$tc_pid/cmdline" ]; then
    tc_args=$(tr '\000' '\n' <"/proc/$tc_pid/cmdline")
    [ -n "$tc_home" ] || tc_home=$(printf '%s\n' "$tc_args" | sed -n 's/^-Dcatalina\.home=//p' | sed -n 1p)
    [ -n "$tc_base" ] || tc_base=$(printf '%s\n' "$tc_args" | sed -n 's/^-Dcatalina\.base=//p' | sed -n 1p)
  fi
  [ -n "$tc_base" ] || tc_base=$tc_home
  [ -n "$tc_home" ] || tc_home=$tc_base
  [ -n "$tc_base" ] || unsupported "no running Tomcat was found, and neither home nor base is set"
  [ -d "$tc_base/conf" ] || unsupported "no configuration in $tc_base"
}

s_processes() {
  part clock
  mw_clock
  mw_processes tomcat "$XW_TC_PROCESS"
  part end
}
s_listening() { mw_listening; }
s_unit() { IFS=' '; mw_unit $XW_TC_UNIT; }
s_version() {
  tc_find
  tc_jar=$tc_home/lib/catalina.jar
  [ -r "$tc_jar" ] || unsupported "no lib/catalina.jar in $tc_home"
  part version
  if have unzip; then run unzip -p "$tc_jar" org/apache/catalina/util/ServerInfo.properties | grep '^server\.'
  else
    tc_java=java
    [ -z "$tc_pid" ] || tc_java=$(readlink "/proc/$tc_pid/exe" 2>/dev/null)
    tc_o=$(bounded 10 "${tc_java:-java}" -XX:-UsePerfData -Xmx32m -cp "$tc_jar" org.apache.catalina.util.ServerInfo 2>&1) || { printf '! %s\n' "${tc_o%%"$xw_nl"*}"; exit 1; }
    printf '%s\n' "$tc_o" | sed -n -e 's/^Server version: */server.info=/p' -e 's/^Server number: */server.number=/p' -e 's/^JVM Version: */jvm=/p'
  fi
  part end
}
# Passwords of key stores and data sources do not leave: the values of such attributes become `hidden`.
s_server_xml() {
  tc_find
  [ -r "$tc_base/conf/server.xml" ] || deny "conf/server.xml"
  sed 's/\([A-Za-z]*\(pass\|Pass\|secret\|Secret\|PASS\)[A-Za-z]*\)="[^"]*"/\1="hidden"/g' "$tc_base/conf/server.xml"
  printf '\n<!-- xunwei: end of file -->\n'
}
s_applications() {
  tc_find
  part applications
  for tc_f in "$tc_base"/webapps/*; do
    [ -e "$tc_f" ] || continue
    tc_k=file; [ ! -d "$tc_f" ] || tc_k=folder
    printf '%s %s\n' "$tc_k" "${tc_f##*/}"
  done
  for tc_f in "$tc_base"/conf/Catalina/*/*.xml; do [ ! -e "$tc_f" ] || { tc_f=${tc_f##*/}; printf 'context %s\n' "${tc_f%.xml}"; }; done
  part end
}
s_users() {
  tc_find
  [ -e "$tc_base/conf/tomcat-users.xml" ] || unsupported "no conf/tomcat-users.xml"
  [ -r "$tc_base/conf/tomcat-users.xml" ] || deny "conf/tomcat-users.xml"
  sed 's/\([Pp]assword\)="[^"]*"/\1="hidden"/g' "$tc_base/conf/tomcat-users.xml"
  printf '\n<!-- xunwei: end of file -->\n'
}
s_heap() { mw_jstat "$XW_TC_PROCESS"; }
s_jvm() { mw_jvm "$XW_TC_PROCESS"; }
s_threads() { mw_threads "$XW_TC_PROCESS"; }
s_connections() {
  need ss
  tc_find
  [ -r "$tc_base/conf/server.xml" ] || deny "conf/server.xml"
  part connections
  tc_o=$(bounded 8 ss -Hnt state established state close-wait) || return
  printf '%s\n' "$tc_o" | awk 'NF > 3 { state = "ESTAB"; a = $3; if ($1 ~ /^[A-Z]/) { state = $1; a = $4 } sub(/.*:/, "", a); print state, a }' | sort | uniq -c
  part ports
  tr '\n' ' ' <"$tc_base/conf/server.xml" | sed 's/<!--/\n<!--/g;s/-->/-->\n/g' | grep -v '^<!--' | tr '>' '\n' | sed -n 's/.*<Connector[^>]* port="\([0-9]*\)".*/\1/p'
  part end
}
s_files() {
  tc_find
  mw_stat "$tc_base/conf/server.xml" "$tc_base/conf/tomcat-users.xml" "$tc_base/conf/web.xml" "$tc_base/conf/context.xml" \
    "$tc_base/conf/catalina.properties" "$tc_base/webapps" "$tc_home/lib" "$tc_home/bin"
  part end
}
tc_logs() {
  tc_find
  IFS=$xw_nl
  if [ -n "$XW_TC_LOGS" ]; then set -- $XW_TC_LOGS
  else
    set --
    # The newest dated file of each kind, and catalina.out.
    for tc_f in "$tc_base/logs/catalina.out" "$(ls -t "$tc_base"/logs/catalina.*.log 2>/dev/null | sed -n 1p)" \
      "$(ls -t "$tc_base"/logs/localhost.*.log 2>/dev/null | sed -n 1p)"; do
      [ ! -f "$tc_f" ] || set -- "$@" "$tc_f"
    done
  fi
  IFS=" 	$xw_nl"
  [ $# -gt 0 ] || unsupported "no log in $tc_base/logs"
  "$tc_do" "$@"
}
s_log_errors() { tc_do=mw_logs; tc_logs; }
s_log_files() { tc_do=mw_sizes; tc_logs; part end; }
