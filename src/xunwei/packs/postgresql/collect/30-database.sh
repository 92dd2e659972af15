# Questions that every database answers for itself.
pg_database() {
  pg_q tables "$(pg_json "SELECT schemaname AS schema, relname AS name, n_live_tup AS live, n_dead_tup AS dead,
    n_mod_since_analyze AS modified, extract(epoch FROM greatest(last_vacuum, last_autovacuum))::bigint AS vacuumed,
    extract(epoch FROM greatest(last_analyze, last_autoanalyze))::bigint AS analyzed
    FROM pg_stat_user_tables ORDER BY n_dead_tup DESC, 1, 2 LIMIT 20")"
  pg_q indexes "$(pg_json "SELECT n.nspname AS schema, c.relname AS name, t.relname AS of_table, i.indisvalid AS valid,
    i.indisready AS ready, EXISTS (SELECT 1 FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid) AS building
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT i.indisvalid OR NOT i.indisready ORDER BY 1, 2 LIMIT 100")"
  pg_q extensions "$(pg_json "SELECT e.extname AS name, e.extversion AS installed, a.default_version AS available
    FROM pg_extension e LEFT JOIN pg_available_extensions a ON a.name = e.extname ORDER BY 1 LIMIT 200")"
  pg_q sequences "$(pg_json "SELECT schemaname AS schema, sequencename AS name, increment_by > 0 AS ascending, cycle,
    CASE WHEN has_sequence_privilege(format('%I.%I', schemaname, sequencename), 'SELECT, USAGE')
    THEN coalesce(last_value, start_value) END AS last, min_value AS least, max_value AS greatest FROM pg_sequences
    ORDER BY CASE WHEN increment_by > 0 THEN last_value::numeric / max_value ELSE last_value::numeric / min_value END DESC
    NULLS LAST, 1, 2 LIMIT 20")"
}

# Every database that takes connections and is no template, the first 20 of them.
pg_names() { pg_cut "$pg_answer" names | sed -n 's/^{"name":"\(.*\)"}$/\1/p'; }
pg_all_databases() {
  pg_i=0 pg_sql=$(pg_database)
  pg_names | while IFS= read -r pg_n; do
    printf 'xw-base "%s"\n' "$pg_n"
    pg_i=$((pg_i + 1)); xw_now
    case $pg_n in
      *[\\=:/\"]*) printf 'xw-end 1 this name is not asked for\n' ;;
      *)
        if [ "$pg_i" -gt 20 ] || [ $((xw_end - xw_cs)) -lt 1500 ]; then printf 'xw-end 124 too many databases\n'
        else printf '%s\n' "$pg_sql" | pg_psql "$pg_n" 15
        fi ;;
    esac
  done
}
