"""Resolver configuration: resolv.conf(5), systemd-resolved's list of servers behind its stub, nsswitch.conf(5).

== /etc/resolv.conf
nameserver 192.0.2.53
search example.test
== nsswitch
hosts:          files dns
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import Part, parts
from xunwei.parse.text import Unparsed

_LINE = re.compile(r"\s*(nameserver|search|domain|options)\s+(\S.*)")
_STUB = ("127.0.0.53", "127.0.0.54")


def parse(text: str) -> Facts:
    """Facts of `dns`. `servers` are those really asked: behind the local stub the ones it knows."""
    found = {p.name: p for p in parts(text)}
    if not found.keys() <= {"/etc/resolv.conf", "/run/systemd/resolve/resolv.conf", "nsswitch"}:
        raise Unparsed("a part is not known")
    own, behind = (_read(found, name) for name in ("/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"))
    stub = bool(own["nameserver"]) and all(s in _STUB for s in own["nameserver"])
    hosts = [line for _, line in found["nsswitch"].lines] if "nsswitch" in found else []
    if len(hosts) > 1 or any(not h.startswith("hosts:") for h in hosts):
        raise Unparsed("nsswitch is not one hosts line")
    return {
        "servers": behind["nameserver"] if stub and behind["nameserver"] else own["nameserver"],
        "stub": stub,
        "search": own["search"] + own["domain"],
        "options": own["options"],
        "uses_dns": None if not hosts else bool(re.search(r"\b(dns|resolve)\b", hosts[0])),
        "_lines": {"servers": found["/etc/resolv.conf"].line} if "/etc/resolv.conf" in found else {},
    }


def _read(found: dict[str, Part], name: str) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {"nameserver": [], "search": [], "domain": [], "options": []}
    for number, line in found[name].lines if name in found else []:
        match = _LINE.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is not of resolv.conf(5): {line[:60]!r}")
        words = re.split(r"[#;]", match.group(2))[0].split()
        values[match.group(1)] += words[:1] if match.group(1) == "nameserver" else words
    return values
