"""`show running-config`: what the hardening rules judge (recorded: IOS-XE 17.06, 17.09; command references)."""

from __future__ import annotations

from typing import Any

from xunwei.packs.cisco_ios import iosconfig
from xunwei.packs.cisco_ios.iosconfig import Config
from xunwei.parse.text import Unparsed

_IP = r"(\S*[.:]\S*|[a-z][\w.-]*)"


def parse(text: str) -> dict[str, Any]:
    """Facts of the running configuration; raises Unparsed when it is cut off."""
    config = iosconfig.read(text)
    if not config.has(r"version \d+\.\d+.*"):
        raise Unparsed("no line `version`: not an IOS configuration")
    lines = iosconfig.vty(config)
    users = iosconfig.users(config)
    return {
        "hostname": iosconfig.name_of(config),
        "version": config.all(r"version (\S+)")[-1][1],
        "digest": config.digest,
        "lines": len(config.commands),
        "vty": lines,
        "telnet": iosconfig.telnet(lines),
        "users": users,
        "admins": sum(u["privilege"] == 15 for u in users),
        **_access(config),
        **iosconfig.snmp(config),
        "ntp_servers": iosconfig.hosts(config, rf"ntp server (?:vrf \S+ )?(?:ip )?{_IP}(?: .*)?"),
        "loghosts": _loghosts(config),
        "logging": not config.has(r"no logging on"),
        "timestamps": config.has(r"service timestamps log datetime.*"),
        "timezone": next((m[1] for m in config.all(r"clock timezone (.+)")), None),
        "bpdu_guard": config.has(r"spanning-tree portfast (?:edge )?bpduguard default"),
    }


def _loghosts(config: Config) -> list[str]:
    address = r"((?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]*:[0-9a-fA-F:]+|(?<=host )\S+)"
    return iosconfig.hosts(config, rf"logging (?:host )?(?:ipv6 )?{address}(?: .*)?")


def _access(config: Config) -> dict[str, Any]:
    secret = config.all(r"enable secret(?: (\d))? \S+.*")
    clear = config.all(r"enable password(?: (\d))? \S+.*")
    return {
        "aaa": config.has(r"aaa new-model"),
        "aaa_servers": config.has(r"aaa authentication login .*\bgroup\b.*"),
        "accounting": config.has(r"aaa accounting .*"),
        "enable_secret": bool(secret),
        "enable_password": bool(clear),
        "password_encryption": config.has(r"service password-encryption"),
        "minimum_length": next((int(m[1]) for m in config.all(r"security passwords min-length (\d+)")), None),
        "login_block": config.has(r"login block-for .*"),
        "http": config.has(r"ip http server"),
        "https": config.has(r"ip http secure-server"),
        "banner": config.has(r"banner (?:login|motd)\b.*"),
        "source_route": not config.has(r"no ip source-route"),
        "cdp": not config.has(r"no cdp run"),
    }
