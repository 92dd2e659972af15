"""`INFO replication`.

    # Replication
    role:master
    connected_slaves:1
    slave0:ip=192.0.2.11,port=6379,state=online,offset=1200,lag=0
    master_repl_offset:1200

and of a replica:

    # Replication
    role:slave
    master_host:192.0.2.10
    master_link_status:up
    master_last_io_seconds_ago:1
    master_sync_in_progress:0
    connected_slaves:0
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.redis.info import fields, lines, must, pairs, whole
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """Role, the link to the master (null on a master), and each replica."""
    found = fields(text, "replication")
    role = found.get("role", ("", 0))[0]
    if role not in ("master", "slave"):
        raise Unparsed(f"unknown role {role[:20]!r}")
    link = found.get("master_link_status", ("", 0))[0]
    if (role == "slave") != (link in ("up", "down")):
        raise Unparsed("a replica says its link is up or down, a master does not")
    replicas = [_replica(*found[key]) for key in found if re.fullmatch(r"slave\d+", key)]
    return {
        "role": "replica" if role == "slave" else "master",
        "link_up": link == "up" if role == "slave" else None,
        "silent_seconds": whole(found, "master_last_io_seconds_ago"),
        "syncing": whole(found, "master_sync_in_progress") == 1 if role == "slave" else None,
        "connected": must(found, "connected_slaves"),
        "replicas": replicas,
    } | lines(found, link_up="master_link_status", connected="connected_slaves", role="role")


def _replica(value: str, line: int) -> Facts:
    words = pairs(value)
    if not {"ip", "port", "state"} <= set(words):
        raise Unparsed(f"line {line} is not a replica: {value[:60]!r}")
    lag = words.get("lag", "")
    return {
        "name": f"{words['ip']}:{words['port']}",
        "online": words["state"] == "online",
        "lag": int(lag) if re.fullmatch(r"\d{1,9}", lag) else None,
        "_line": line,
    }
