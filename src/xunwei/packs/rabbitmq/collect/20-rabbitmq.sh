# RabbitMQ 3.8 and later on this host, by its own tools. Parameters: XW_RABBIT_PROCESS (ERE), XW_RABBIT_NODE (-n of the tools), XW_RABBIT_BIN (folder of
# the tools), XW_RABBIT_UNIT, XW_RABBIT_LOGS. Every call starts an Erlang machine: about a second each. No message is read.
rab_find() { # TOOL: into rab_path
  [ "$XW_UID" = 0 ] || [ "$(id -un)" = rabbitmq ] || deny "$1"
  for rab_d in "$XW_RABBIT_BIN" /usr/sbin /usr/lib/rabbitmq/bin /opt/rabbitmq/sbin /usr/local/sbin; do
    [ -z "$rab_d" ] || [ ! -x "$rab_d/$1" ] || { rab_path=$rab_d/$1; return; }
  done
  unsupported "not on this host: $1"
}
rab_tool() { # TOOL WORDS…
  rab_find "$1"
  shift
  [ -z "$XW_RABBIT_NODE" ] || set -- -n "$XW_RABBIT_NODE" "$@"
  run bounded 20 "$rab_path" -q --formatter json "$@"
}
rab_ask() { rab_out=$(rab_tool "$@"); rab_code=$?
  case $rab_code in 69 | 77 | 124) printf '%s\n' "$rab_out"; exit "$rab_code" ;; esac
  case $rab_out in *'unable to perform an operation on node'* | *'not running'* | *'nodedown'*) unsupported "the node does not answer" ;; esac
  printf '%s\n' "$rab_out"
  return "$rab_code"
}

# A list is framed: an empty one is a good answer, and must not be mistaken for another tool's.
rab_list() { rab_l=$(rab_ask "$@"); rab_code=$?
  case $rab_code in 69 | 77 | 124) printf '%s\n' "$rab_l"; exit "$rab_code" ;; esac
  part list
  printf '%s\n' "$rab_l"
  part end
  return "$rab_code"
}

s_processes() {
  part clock
  mw_clock
  mw_processes rabbitmq "$XW_RABBIT_PROCESS"
  part end
}
s_unit() { mw_unit "$XW_RABBIT_UNIT"; }
s_status() { rab_ask rabbitmqctl status; }
s_cluster() { rab_ask rabbitmqctl cluster_status; }
# A failed check ends with 69 as a missing tool does, so the tool is looked for first.
s_health() {
  rab_find rabbitmq-diagnostics
  for rab_c in check_running check_local_alarms check_port_connectivity check_virtual_hosts; do
    rab_o=$(rab_tool rabbitmq-diagnostics "$rab_c"); rab_code=$?
    part "check $rab_c"
    keyval code "$rab_code"
  done
  part end
}
s_queues() {
  rab_v=$(rab_tool rabbitmqctl list_vhosts name); rab_code=$?
  [ "$rab_code" = 0 ] || { rab_ask rabbitmqctl list_vhosts name; exit "$rab_code"; }
  part vhosts
  printf '%s\n' "$rab_v"
  printf '%s\n' "$rab_v" | sed -n 's/.*"name":"\([^"]*\)".*/\1/p' | while IFS= read -r rab_n; do
    part "vhost $rab_n"
    rab_tool rabbitmqctl list_queues -p "$rab_n" name durable messages_ready messages_unacknowledged consumers memory state
  done
  part end
}
s_connections() { rab_list rabbitmqctl list_connections user state ssl channels vhost; }
s_channels() { rab_list rabbitmqctl list_channels messages_unacknowledged prefetch_count consumer_count; }
s_users() { rab_list rabbitmqctl list_users; }
s_permissions() { # of the virtual host in which work is done by default
  rab_list rabbitmqctl list_permissions -p /
}
s_policies() { rab_list rabbitmqctl list_policies -p /; }
s_plugins() { rab_ask rabbitmq-plugins list -E; }
# Three settings; the rest of the environment may hold passwords and stays here.
s_settings() {
  rab_e=$(rab_tool rabbitmqctl environment); rab_code=$?
  case $rab_code in 0) ;; 69 | 77 | 124) printf '%s\n' "$rab_e"; exit "$rab_code" ;; *) unsupported "the node does not answer" ;; esac
  part settings
  keyval loopback_users "$(printf '%s' "$rab_e" | grep -o '"loopback_users":\[[^]]*\]' | sed 's/^[^:]*://' | sed -n 1p)"
  keyval cluster_partition_handling "$(printf '%s' "$rab_e" | grep -o '"cluster_partition_handling":"[a-z_]*"' | sed 's/.*:"//;s/"//' | sed -n 1p)"
  keyval heartbeat "$(printf '%s' "$rab_e" | grep -o '"heartbeat":[0-9]*' | sed 's/.*://' | sed -n 1p)"
  part end
}
s_files() {
  mw_stat /var/lib/rabbitmq/.erlang.cookie /etc/rabbitmq/rabbitmq.conf /etc/rabbitmq/advanced.config /etc/rabbitmq/rabbitmq.config \
    /etc/rabbitmq/definitions.json /etc/rabbitmq/enabled_plugins
  part end
}
rab_logs() {
  IFS=$xw_nl
  # Unquoted on purpose: patterns become files.
  set -- $XW_RABBIT_LOGS
  IFS=" 	$xw_nl"
  "$rab_f" "$@"
}
s_log_errors() { rab_f=mw_logs; rab_logs; }
s_log_files() { rab_f=mw_sizes; rab_logs; part end; }
