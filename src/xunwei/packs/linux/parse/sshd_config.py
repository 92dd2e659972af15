"""The SSH server's settings in force: `sshd -T` (sshd(8), OpenSSH 6.6 to 9.9), and the Match lines of its files.

    == effective
    port 22
    permitrootlogin without-password
    ciphers aes256-gcm@openssh.com,aes128-ctr
    == match
    /etc/ssh/sshd_config: Match User backup
    == end

`sshd -T` shows what holds without any Match block. Older versions print `challengeresponseauthentication`, newer ones
`kbdinteractiveauthentication`; a keyword that a version does not know is null.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed

_WORDS = ("permitrootlogin", "banner", "loglevel", "authenticationmethods", "x11forwarding", "gatewayports")
_FLAGS = (
    "passwordauthentication",
    "permitemptypasswords",
    "pubkeyauthentication",
    "hostbasedauthentication",
    "ignorerhosts",
    "strictmodes",
    "usepam",
)
_NUMBERS = ("maxauthtries", "logingracetime", "clientaliveinterval", "clientalivecountmax", "maxsessions")
_LISTS = ("ciphers", "macs", "kexalgorithms", "hostkeyalgorithms")


def parse(text: str) -> dict[str, Any]:
    """Facts under sshd's own keywords; `maxstartups` and others are left out. Raises Unparsed."""
    parts = Parts(text)
    found: dict[str, list[tuple[str, int]]] = {}
    for n, line in parts.one("effective").whole().lines:
        key, _, value = line.partition(" ")
        if not key.isalnum() or key != key.lower():
            raise Unparsed(f"line {n} is not a setting of sshd: {line[:60]!r}")
        found.setdefault(key, []).append((value.strip(), n))
    for key in ("port", "permitrootlogin", "passwordauthentication"):
        if key not in found:
            raise Unparsed(f"sshd -T without {key}")
    facts: dict[str, Any] = {"ports": [number(v, "port") for v, _ in found["port"]]}
    for key in _WORDS:
        facts[key] = found[key][0][0] if key in found else None
    for key in _FLAGS:
        facts[key] = _flag(key, found[key][0][0]) if key in found else None
    for key in _NUMBERS:
        facts[key] = _seconds(key, found[key][0][0]) if key in found else None
    interactive = found.get("kbdinteractiveauthentication") or found.get("challengeresponseauthentication")
    facts["kbdinteractiveauthentication"] = _flag("kbdinteractive", interactive[0][0]) if interactive else None
    facts["permituserenvironment"] = found["permituserenvironment"][0][0] if "permituserenvironment" in found else None
    for key in _LISTS:
        facts[key] = _algorithms(found.get(key))
    for key in ("allowusers", "allowgroups", "denyusers", "denygroups"):
        facts[key] = [w for v, _ in found.get(key, []) for w in v.split()]
    facts["restricted"] = bool(facts["allowusers"] or facts["allowgroups"])
    facts["match_blocks"] = len(parts.one("match").lines)
    facts["_lines"] = {"restricted": parts.one("effective").line}
    facts["_lines"].update({key: entries[0][1] for key, entries in found.items()})
    return facts


def _flag(key: str, value: str) -> bool:
    if value not in ("yes", "no", "shosts-only"):
        raise Unparsed(f"{key} is {value[:30]!r}, neither yes nor no")
    return value == "yes"


def _seconds(key: str, value: str) -> int:
    return number(value, key)


def _algorithms(entries: list[tuple[str, int]] | None) -> list[dict[str, Any]] | None:
    if entries is None:
        return None
    value, line = entries[0]
    return [{"name": name, "_line": line} for name in value.split(",") if name]
