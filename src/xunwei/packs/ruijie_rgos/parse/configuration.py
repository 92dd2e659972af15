"""`show running-config`: what the hardening rules judge (RGOS 11 command references)."""

from __future__ import annotations

from typing import Any

from xunwei.packs.cisco_ios import iosconfig
from xunwei.packs.ruijie_rgos.rgos import read_config

_ADDRESS = r"((?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]*:[0-9a-fA-F:]+)"


def parse(text: str) -> dict[str, Any]:
    """Facts of the running configuration; raises Unparsed when it is cut off."""
    config = read_config(text)
    version = config.all(r"version (?:\S*RGOS )?(\d+\.\S+.*)")
    lines = iosconfig.vty(config)
    users = iosconfig.users(config)
    return {
        "hostname": iosconfig.name_of(config),
        "version": version[-1][1],
        "digest": config.digest,
        "lines": len(config.commands),
        "vty": lines,
        "users": users,
        "admins": sum(u["privilege"] == 15 for u in users),
        "aaa": config.has(r"aaa new-model"),
        "enable_secret": config.has(r"enable secret(?: level \d+)?(?: \d)? \S+.*"),
        "enable_password": config.has(r"enable password(?: level \d+)?(?: \d)? \S+.*"),
        "password_encryption": config.has(r"service password-encryption"),
        **iosconfig.snmp(config),
        "ntp_servers": iosconfig.hosts(config, rf"ntp server (?:oob |vrf \S+ )?{_ADDRESS}(?: .*)?"),
        "loghosts": iosconfig.hosts(config, rf"logging (?:server )?(?:oob )?{_ADDRESS}(?: .*)?"),
        "timezone": next((m[1] for m in config.all(r"clock timezone (.+)")), None),
        "bpdu_guard": config.has(r"spanning-tree portfast bpduguard default"),
    }
