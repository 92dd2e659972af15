"""Put things on lab hosts that an inspection must find, and secrets that it must not keep.

`plant(lab)` returns the secrets, and writes them to `planted.json` in the lab's folder for whoever verifies later.
"""

from __future__ import annotations

import json
import re
import secrets
import time

from xunwei.lab.containers import Host, Lab

# Business data in an open transaction, accounts with every kind of password, a wrong access rule, a broken index,
# an archiver that fails, a connection string with a password in a setting.
_SQL = """
CREATE DATABASE "业务库";
CREATE ROLE app LOGIN PASSWORD '{password}' VALID UNTIL '2030-01-01';
CREATE ROLE nobody_checks LOGIN;
CREATE ROLE extra_admin SUPERUSER LOGIN PASSWORD '{password}';
SET password_encryption = 'md5';
CREATE ROLE legacy LOGIN PASSWORD '{password}';
RESET password_encryption;
ALTER SYSTEM SET primary_conninfo = 'host=192.0.2.9 user=replicator password={conninfo}';
ALTER SYSTEM SET archive_mode = 'on';
ALTER SYSTEM SET archive_command = '/bin/false --password={archive} %p';
ALTER SYSTEM SET max_prepared_transactions = 5;
ALTER SYSTEM SET log_statement = 'ddl';
SELECT pg_create_physical_replication_slot('gone_standby', true);
\\connect "业务库"
CREATE TABLE bills (id serial PRIMARY KEY, citizen text, state int);
INSERT INTO bills (citizen, state) SELECT 'citizen-' || n % 500, 0 FROM generate_series(1, 30000) n;
ALTER TABLE bills SET (autovacuum_enabled = off);
UPDATE bills SET state = 1;
CREATE SEQUENCE nearly_full MAXVALUE 1000 START 990;
SELECT nextval('nearly_full');
CREATE UNIQUE INDEX CONCURRENTLY bills_citizen ON bills (citizen);
ANALYZE bills;
"""
_OPEN = "BEGIN; SELECT count(*) FROM bills WHERE citizen = '{literal}'; LOCK TABLE bills; SELECT pg_sleep(86400);"
_WAIT = "UPDATE bills SET state = 2 WHERE citizen = '{literal}';"


def plant(lab: Lab, postgresql: str = "") -> list[str]:
    """Plant on every host, and in the database of host `postgresql`. Returns every secret, longest first."""
    found: list[str] = [lab.folder.joinpath("sudo").read_text()]
    for host in lab.hosts.values():
        found += _on_host(host)
    if postgresql:
        found += _in_database(lab.hosts[postgresql])
    found = sorted(set(found), key=len, reverse=True)
    (lab.folder / "planted.json").write_text(json.dumps(found))
    return found


def _on_host(host: Host) -> list[str]:
    """A password in the arguments of a process and in a cron line, password hashes, private keys."""
    argument, cron, token = (f"Planted-{secrets.token_hex(6)}" for _ in range(3))
    host.sh(
        "systemd-run --quiet --unit planted-agent "
        f"sh -c 'while :; do sleep 3600; done' agent --password={argument} --server=192.0.2.10\n"
        f"printf '%s\\n' '0 3 * * * root /usr/bin/env MYSQL_PASSWORD={cron} /bin/true' > /etc/cron.d/planted\n"
        f"printf '%s\\n' 'machine 192.0.2.11 login ops password {token}' > /root/.netrc; chmod 600 /root/.netrc\n"
        "ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_planted < /dev/null"
    )
    shadow = host.exec("cat", "/etc/shadow")
    hashes = [field for field in re.findall(r"^[^:]+:([^:]*):", shadow, re.MULTILINE) if field.startswith("$")]
    keys = host.sh("cat /root/.ssh/id_planted /etc/ssh/ssh_host_*_key")
    lines = [line for line in keys.splitlines() if len(line) > 40 and not line.startswith("-----")]
    return [argument, cron, token, *hashes, *lines]


def _in_database(host: Host) -> list[str]:
    words = {name: f"Planted-{secrets.token_hex(6)}" for name in ("password", "conninfo", "archive", "literal")}
    psql = ["runuser", "-u", "postgres", "--", "psql", "-Xq", "-p", "5432"]
    host.exec(*psql, stdin=_SQL.format(**words), check=False)  # the unique index is meant to fail
    host.sh(
        "sed -i '1i host all all 203.0.113.0/24 trust\\nhost all legacy 0.0.0.0/0 password' "
        "/etc/postgresql/15/main/pg_hba.conf && systemctl restart postgresql@15-main"
    )
    # a finished piece of log, so that the archiver has something to fail with
    host.exec(*psql, "-c", "SELECT pg_switch_wal()")
    for unit, sql in (("planted-open", _OPEN), ("planted-wait", _WAIT)):
        # from a file: in the arguments of a process nobody could tell such a literal from any other word
        host.exec("tee", f"/var/lib/postgresql/{unit}.sql", stdin=sql.format(**words))
        run = f"systemd-run --quiet --unit {unit} --uid postgres"
        host.sh(f"{run} psql -Xq -f /var/lib/postgresql/{unit}.sql 业务库\nsleep 1")
    failed = [*psql, "-At", "-c", "SELECT failed_count > 0 FROM pg_stat_archiver"]
    for _ in range(20):
        if host.exec(*failed).strip() == "t":
            break
        time.sleep(0.5)
    stored = host.exec(*psql, "-At", "-c", "SELECT rolpassword FROM pg_authid WHERE rolpassword IS NOT NULL")
    return [*words.values(), *stored.split()]
