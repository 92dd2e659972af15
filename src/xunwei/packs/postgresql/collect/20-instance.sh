# Questions that one connection answers for the whole instance. Columns that came with a later release are read through
# to_jsonb, so that an older server answers null instead of failing.
pg_instance() {
  printf '%s\n' "\\set blind '42501 account is not a member of pg_monitor'" \
    "SELECT rolsuper AS super, rolsuper OR pg_has_role(current_user, 'pg_monitor', 'member') AS monitor,
      current_setting('server_version_num')::int >= 170000 AS v17 FROM pg_roles WHERE rolname = current_user \\gset" \
    "\\if :ERROR" "\\set super off" "\\set monitor off" "\\set v17 off" \
    "\\set blind :LAST_ERROR_SQLSTATE ' rights of the account could not be read'" "\\endif"
  pg_q server "$(pg_json "SELECT version() AS version, current_setting('server_version') AS release,
    current_setting('server_version_num')::int AS number, extract(epoch FROM pg_postmaster_start_time())::bigint AS started,
    extract(epoch FROM pg_conf_load_time())::bigint AS loaded, extract(epoch FROM clock_timestamp())::bigint AS clock,
    pg_is_in_recovery() AS standby, current_setting('port')::int AS port, current_user AS account, r.rolsuper AS superuser,
    r.rolsuper OR pg_has_role(current_user, 'pg_monitor', 'member') AS monitor,
    (SELECT system_identifier::text FROM pg_control_system()) AS system_identifier,
    (SELECT timeline_id FROM pg_control_checkpoint()) AS timeline FROM pg_roles r WHERE r.rolname = current_user")"
  pg_q names "$(pg_json "SELECT datname AS name FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1")"
  pg_seen settings "$(pg_json "SELECT name, setting, unit, source, context = 'postmaster' AS at_start, sourcefile AS file,
    sourceline AS line, pending_restart FROM pg_settings WHERE (source NOT IN ('default', 'override', 'client', 'session')
    AND setting IS DISTINCT FROM boot_val) OR pending_restart ORDER BY name")"
  pg_seen parameters "$(pg_json "SELECT name, setting, unit FROM pg_settings WHERE name IN ('archive_mode', 'archive_timeout',
    'authentication_timeout', 'autovacuum', 'autovacuum_freeze_max_age', 'checkpoint_timeout', 'data_checksums',
    'data_directory_mode', 'fsync', 'full_page_writes', 'idle_in_transaction_session_timeout', 'idle_session_timeout',
    'ignore_checksum_failure', 'listen_addresses', 'log_connections', 'log_destination', 'log_disconnections',
    'log_file_mode', 'log_line_prefix', 'log_lock_waits', 'log_min_duration_statement', 'log_min_messages',
    'log_statement', 'log_timezone', 'logging_collector', 'max_connections', 'max_wal_size', 'password_encryption',
    'shared_buffers', 'shared_preload_libraries', 'ssl', 'ssl_min_protocol_version', 'synchronous_commit',
    'track_counts', 'work_mem', 'zero_damaged_pages') ORDER BY name")"
  pg_q config_errors "$(pg_json "SELECT sourcefile AS file, sourceline AS line, name, applied, error FROM pg_file_settings
    WHERE error IS NOT NULL OR NOT applied ORDER BY seqno LIMIT 100")"
  pg_seen connections "$(pg_json "SELECT count(*) AS used, current_setting('max_connections')::int AS maximum,
    current_setting('superuser_reserved_connections')::int AS reserved, count(*) FILTER (WHERE a.state = 'active') AS active,
    count(*) FILTER (WHERE a.state = 'idle') AS idle,
    count(*) FILTER (WHERE a.state LIKE 'idle in transaction%') AS idle_in_transaction,
    count(*) FILTER (WHERE a.wait_event_type = 'Lock') AS waiting,
    count(*) FILTER (WHERE a.client_addr IS NOT NULL AND a.client_addr NOT IN ('127.0.0.1', '::1')) AS remote,
    count(*) FILTER (WHERE a.client_addr IS NOT NULL AND a.client_addr NOT IN ('127.0.0.1', '::1')
      AND s.ssl IS NOT TRUE) AS remote_plain
    FROM pg_stat_activity a LEFT JOIN pg_stat_ssl s USING (pid) WHERE a.backend_type = 'client backend'")"
  pg_seen databases "$(pg_json "SELECT d.datname AS name, pg_encoding_to_char(d.encoding) AS encoding,
    pg_database_size(d.oid) AS bytes, age(d.datfrozenxid) AS xid_age, mxid_age(d.datminmxid) AS mxid_age,
    d.datallowconn AS connectable, d.datistemplate AS template, d.datconnlimit AS connection_limit,
    s.numbackends AS connections, s.blks_hit AS blocks_hit, s.blks_read AS blocks_read,
    extract(epoch FROM s.stats_reset)::bigint AS counted_since
    FROM pg_database d JOIN pg_stat_database s ON s.datid = d.oid ORDER BY d.datname")"
  pg_seen counters "$(pg_json "SELECT datname AS database, deadlocks, conflicts, temp_files, temp_bytes,
    xact_commit AS commits, xact_rollback AS rollbacks, (to_jsonb(s) ->> 'checksum_failures')::bigint AS checksum_failures,
    extract(epoch FROM stats_reset)::bigint AS counted_since FROM pg_stat_database s WHERE datname IS NOT NULL ORDER BY 1")"
  pg_seen long_transactions "$(pg_json "SELECT pid, datname AS database, usename AS account, left(application_name, 60) AS
    application, host(client_addr) AS client, state, extract(epoch FROM clock_timestamp() - xact_start)::bigint AS seconds,
    extract(epoch FROM clock_timestamp() - state_change)::bigint AS state_seconds, wait_event_type AS wait_type, wait_event AS wait
    FROM pg_stat_activity WHERE xact_start IS NOT NULL AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    AND clock_timestamp() - xact_start > interval '60 s' ORDER BY xact_start LIMIT 50")"
  pg_seen locks_waiting "$(pg_json "SELECT a.pid, a.datname AS database, a.usename AS account, a.wait_event AS wait,
    extract(epoch FROM clock_timestamp() - coalesce(min((to_jsonb(l) ->> 'waitstart')::timestamptz), a.query_start))::bigint
    AS seconds, pg_blocking_pids(a.pid) AS blockers FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid AND NOT l.granted
    GROUP BY a.pid, a.datname, a.usename, a.wait_event, a.query_start ORDER BY 5 DESC LIMIT 50")"
  pg_seen prepared_transactions "$(pg_json "SELECT left(gid, 60) AS gid, database, owner AS account,
    extract(epoch FROM clock_timestamp() - prepared)::bigint AS seconds FROM pg_prepared_xacts ORDER BY prepared LIMIT 50")"
  pg_replication; pg_storage; pg_access
}

pg_replication() {
  pg_here="CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END"
  pg_seen replication "$(pg_json "SELECT left(application_name, 60) AS application, host(client_addr) AS client, state,
    sync_state AS sync, pg_wal_lsn_diff($pg_here, sent_lsn)::bigint AS send_lag_bytes,
    pg_wal_lsn_diff($pg_here, replay_lsn)::bigint AS replay_lag_bytes,
    extract(epoch FROM replay_lag)::bigint AS replay_lag_seconds FROM pg_stat_replication ORDER BY 1, 2 LIMIT 50")"
  pg_q slots "$(pg_json "SELECT slot_name AS name, slot_type AS kind, database, active, to_jsonb(s) ->> 'wal_status' AS wal_status,
    pg_wal_lsn_diff($pg_here, restart_lsn)::bigint AS retained_bytes FROM pg_replication_slots s ORDER BY 1 LIMIT 100")"
  pg_seen standby "$(pg_json "SELECT pg_is_in_recovery() AS standby, (SELECT status FROM pg_stat_wal_receiver) AS receiver,
    CASE WHEN NOT pg_is_in_recovery() THEN NULL WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
    ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::bigint END AS lag_seconds,
    CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() END AS paused")"
}

pg_storage() {
  pg_seen archiver "$(pg_json "SELECT current_setting('archive_mode') AS mode, archived_count AS archived,
    extract(epoch FROM last_archived_time)::bigint AS last_archived, failed_count AS failed,
    extract(epoch FROM last_failed_time)::bigint AS last_failed,
    last_failed_time IS NOT NULL AND last_failed_time > coalesce(last_archived_time, '-infinity') AS failing,
    (SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready') AS ready FROM pg_stat_archiver")"
  pg_seen wal "$(pg_json "SELECT count(*) AS files, coalesce(sum(size), 0)::bigint AS bytes,
    (SELECT setting::bigint * 1048576 FROM pg_settings WHERE name = 'max_wal_size') AS limit_bytes,
    extract(epoch FROM min(modification))::bigint AS oldest FROM pg_ls_waldir()")"
  printf '%s\n' "\\if :v17"
  pg_q checkpoints "$(pg_json "SELECT num_timed AS timed, num_requested AS requested, write_time::bigint AS write_ms,
    sync_time::bigint AS sync_ms, NULL::bigint AS backend_fsync, extract(epoch FROM stats_reset)::bigint AS counted_since,
    (SELECT extract(epoch FROM checkpoint_time)::bigint FROM pg_control_checkpoint()) AS last FROM pg_stat_checkpointer")"
  printf '%s\n' "\\else"
  pg_q checkpoints "$(pg_json "SELECT checkpoints_timed AS timed, checkpoints_req AS requested,
    checkpoint_write_time::bigint AS write_ms, checkpoint_sync_time::bigint AS sync_ms,
    (to_jsonb(b) ->> 'buffers_backend_fsync')::bigint AS backend_fsync, extract(epoch FROM stats_reset)::bigint AS counted_since,
    (SELECT extract(epoch FROM checkpoint_time)::bigint FROM pg_control_checkpoint()) AS last FROM pg_stat_bgwriter b")"
  printf '%s\n' "\\endif"
  pg_seen tablespaces "$(pg_json "SELECT spcname AS name, pg_tablespace_location(oid) AS location,
    pg_tablespace_size(oid) AS bytes FROM pg_tablespace ORDER BY 1")"
}

# Of a password only its kind is asked; the hash never leaves the server. Only a superuser may see even that.
pg_access() {
  pg_valid="CASE WHEN isfinite(r.rolvaliduntil) THEN extract(epoch FROM r.rolvaliduntil)::bigint END AS valid_until"
  pg_cols="r.rolname AS name, r.rolcanlogin AS login, r.rolsuper AS superuser, r.rolcreaterole AS create_role,
    r.rolcreatedb AS create_database, r.rolreplication AS replication, r.rolbypassrls AS bypass_row_security, $pg_valid,
    ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid
    ORDER BY 1) AS member_of"
  printf '%s\n' "\\if :super"
  pg_q roles "$(pg_json "SELECT $pg_cols, CASE WHEN r.rolpassword IS NULL THEN 'none' WHEN r.rolpassword LIKE 'SCRAM-SHA-256%'
    THEN 'scram-sha-256' WHEN r.rolpassword LIKE 'md5%' THEN 'md5' ELSE 'other' END AS stored_as FROM pg_authid r
    WHERE r.rolname NOT LIKE 'pg\\_%' ORDER BY 1 LIMIT 500")"
  printf '%s\n' "\\else"
  pg_q roles "$(pg_json "SELECT $pg_cols, NULL AS stored_as FROM pg_roles r WHERE r.rolname NOT LIKE 'pg\\_%' ORDER BY 1 LIMIT 500")"
  printf '%s\n' "\\endif"
  pg_q hba "$(pg_json "SELECT line_number AS line, type, database AS databases, user_name AS accounts, address, netmask,
    auth_method AS method, ARRAY(SELECT split_part(o, '=', 1) FROM unnest(options) o) AS options, error
    FROM pg_hba_file_rules ORDER BY line_number LIMIT 500")"
}
