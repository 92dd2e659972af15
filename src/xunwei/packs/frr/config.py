"""An FRR configuration as printed by `show running-config` or kept in /etc/frr/frr.conf: facts, and a digest without layout.

frr version 8.4.4
hostname rt-edge-1
!
router bgp 65001
 neighbor 198.51.100.2 remote-as 65002
exit
!
end
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from xunwei.parse.text import Unparsed

_SKIP = re.compile(
    r"(?:Building configuration\.\.\.|Current configuration:|frr version \S+|end|exit|exit-address-family|exit-vrf)\s*"
)
# What the daemons print by themselves, or keep in vtysh.conf.
_DEFAULTS = re.compile(r"frr defaults .*|service integrated-vtysh-config|(?:no )?ip(?:v6)? forwarding|hostname .*")
_OPENS = re.compile(
    r"(?:router \S.*|interface \S.*|vrf \S.*|line vty|route-map \S.*|key chain \S.*|bfd|address-family \S.*|peer \S.*"
    r"|segment-routing|pseudowire \S.*|l2vpn \S.*|rpki|nexthop-group \S.*|pbr-map \S.*)"
)
_KNOWN = re.compile(
    r"(?:no |frr |hostname|domainname|log|service|password|enable password|ip|ipv6|router|interface|vrf|line|route-map"
    r"|access-list|bgp|bfd|key|debug|agentx|zebra|allow-external|mpls|nexthop|banner|username|segment-routing|pbr|rpki"
    r"|table|vni|evpn|fpm|dump|watchfrr|mac|pseudowire|l2vpn|netns|affinity|pim|multicast|exit|end|!|#)"
)


def read(text: str) -> dict[str, Any]:
    """Facts of a configuration; raises Unparsed for what is none."""
    lines = [line.rstrip() for line in text.splitlines()]
    kept: list[str] = []
    blocks: dict[str, list[str]] = {"": []}
    head = ""
    for line in lines:
        words = line.strip()
        if not words or words.startswith(("!", "#")):
            continue
        if words in ("exit", "end"):
            head = ""
        if _SKIP.fullmatch(words):
            continue
        if not line.startswith(" ") and _KNOWN.match(words) is None:
            raise Unparsed(f"not a configuration line: {words[:60]!r}")
        if not line.startswith(" "):
            head = words if _OPENS.fullmatch(words) else ""
        kept.append(f"{head}|{words}" if head else words)
        blocks.setdefault(head, []).append(words)
    plain = blocks[""]
    if not kept or not any(re.match(r"(?:hostname|router|log|service|interface|ip|frr defaults) ?", k) for k in kept):
        raise Unparsed("neither hostname nor any command: not a configuration")
    return {
        "hostname": _value(plain, r"hostname (\S+)"),
        # saved files keep their own order of blocks, so the digest is over the sorted lines
        "digest": hashlib.sha256("\n".join(sorted(set(kept))).encode("utf-8", "surrogateescape")).hexdigest(),
        "lines": len(set(kept)),
        "commands": sorted({k for k in kept if not _DEFAULTS.fullmatch(k)}),
        **_protocols(blocks),
        **_management(blocks),
    }


def _value(lines: list[str], pattern: str) -> str | None:
    return next((m[1] for line in lines if (m := re.fullmatch(pattern, line))), None)


def _protocols(blocks: dict[str, list[str]]) -> dict[str, Any]:
    peers: dict[str, dict[str, Any]] = {}
    protocols: list[str] = []
    policy = True
    ospf: list[dict[str, Any]] = []
    for head, lines in blocks.items():
        if match := re.match(r"router (\S+)", head):
            protocols.append(match[1])
            for line in lines:
                policy = policy and line != "no bgp ebgp-requires-policy"
                if peer := re.match(r"neighbor (\S+) (?:remote-as|peer-group|interface remote-as) ", line):
                    peers.setdefault(peer[1], {"peer": peer[1], "password": False, "shutdown": False})
                if (peer := re.match(r"neighbor (\S+) (password|shutdown)\b", line)) and peer[1] in peers:
                    peers[peer[1]][peer[2]] = True
        elif (match := re.match(r"interface (\S+)", head)) and any(re.match(r"ip ospf area ", x) for x in lines):
            passive = any(re.match(r"ip ospf passive\b", x) for x in lines) or match[1] == "lo"
            ospf.append({"name": match[1], "passive": passive})
    return {
        "protocols": sorted(set(protocols)),
        "ospf_interfaces": ospf,
        "bgp_neighbours": list(peers.values()),
        "bgp_policy_required": policy,
        "static_routes": sum(bool(re.match(r"ip(?:v6)? route ", x)) for x in blocks[""]),
    }


def _management(blocks: dict[str, list[str]]) -> dict[str, Any]:
    plain = blocks[""]
    targets = [m[1] for line in plain if (m := re.match(r"log (syslog|file|stdout|monitor)\b", line))]
    return {
        "vty_password": any(re.match(r"(?:enable )?password ", line) for line in plain),
        "vty_password_encrypted": "service password-encryption" in plain,
        "vty_access_class": any(line.startswith("access-class ") for line in blocks.get("line vty", [])),
        "log_targets": sorted(set(targets)),
        "debug": sorted({line for line in plain if line.startswith("debug ")}),
    }
