"""`INFO server`.

# Server
redis_version:7.0.15
redis_mode:standalone
os:Linux 6.1.0 x86_64
uptime_in_seconds:864000
config_file:/etc/redis/redis.conf
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.redis.info import fields, lines, must, said
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """Version, mode, how long it runs, and its configuration file (null: started without one)."""
    found = fields(text, "server")
    version = said(found, "valkey_version") or said(found, "redis_version")
    if version is None:
        raise Unparsed("redis_version is missing")
    return {
        "product": "valkey" if "valkey_version" in found else "redis",
        "version": version,
        "mode": said(found, "redis_mode"),
        "uptime_seconds": must(found, "uptime_in_seconds"),
        "config_file": said(found, "config_file"),
    } | lines(found, version="redis_version", config_file="config_file", uptime_seconds="uptime_in_seconds")
