r"""Packet filter: hooked chains of nftables or built-in chains of iptables, with policy, rules and last rule.

    == units
    Id=firewalld.service
    LoadState=loaded
    ActiveState=active
    UnitFileState=enabled
    == kernel
    == nft
    chain inet firewalld filter_INPUT<TAB>type filter hook input priority filter + 10; policy accept;<TAB>9<TAB>reject
    rules=120
    == asked
    yes
    == end

In `== iptables`: `chain filter INPUT<TAB>DROP<TAB>12<TAB>-A INPUT -j DROP`. Closed means: policy drop, or a last rule
that drops or rejects all that is left.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Part, Parts, number, state_of
from xunwei.parse import Unparsed

_NFT_LAST = re.compile(
    r"(counter packets [0-9]+ bytes [0-9]+ )?(drop|reject)( with .*)?( # handle [0-9]+)?( comment .*)?"
)
_IPT_LAST = re.compile(r"-A \S+ (-m comment --comment \S+ )?-j (DROP|REJECT)( --reject-with \S+)?")


def parse(text: str) -> dict[str, Any]:
    """Facts: `chains`, `input_closed`, `input_rules`, `rules`, `services`. Raises Unparsed."""
    parts = Parts(text)
    units = state_of(parts.one("units"))
    asked = [line for _, line in parts.one("asked").lines]
    if asked not in (["yes"], ["no module"]):
        raise Unparsed("it is not said whether a filter was asked")
    chains, rules = [], 0
    for name, read in (("nft", _nft), ("iptables", _iptables)):
        part = parts.get(name)
        if part is not None:
            found, count = _chains(part.whole(), read)
            chains += found
            rules += count
    # A filter for IPv6, bridges or ARP alone leaves IPv4 open.
    chains_v4 = [c for c in chains if c["chain"].split(" ")[0] in ("ip", "inet", "filter")]
    inputs = [c for c in chains_v4 if c["hook"] == "input"]
    forwards = [c for c in chains_v4 if c["hook"] == "forward"]
    services = [u.removesuffix(".service") for u, s in units.items() if s[0] == "active"]
    return {
        "chains": chains,
        "rules": rules,
        "input_rules": sum(c["rules"] for c in inputs),
        "input_closed": any(c["closed"] for c in inputs),
        "forward_closed": any(c["closed"] for c in forwards),
        "services": services,
        "_lines": {"input_closed": inputs[0]["_line"] if inputs else parts.one("asked").line},
    }


def _chains(part: Part, read: Any) -> tuple[list[dict[str, Any]], int]:
    found, rules = [], None
    for n, line in part.lines:
        if line.startswith("rules="):
            rules = number(line[6:], "rules")
            continue
        words = [*line.split("\t"), ""]
        if not line.startswith("chain ") or len(words) not in (4, 5):
            raise Unparsed(f"line {n} is not a chain: {line[:60]!r}")
        # With -w or no rules the last column is empty and its tab is trimmed.
        entry: dict[str, Any] = read(n, words)
        found.append(
            {"chain": words[0].removeprefix("chain "), "rules": number(words[2], "rules"), **entry, "_line": n}
        )
    if rules is None:
        raise Unparsed(f"{part.name} without its number of rules")
    return found, rules


def _nft(n: int, words: list[str]) -> dict[str, Any]:
    match = re.fullmatch(r"type (\S+) hook (\S+)(?: devices? .*?)? priority .*?;(?: policy ([a-z]+);)?.*", words[1])
    if match is None:
        raise Unparsed(f"line {n}: hook of the chain is {words[1][:60]!r}")
    policy = match[3] or "accept"
    closed = match[1] == "filter" and (policy == "drop" or _NFT_LAST.fullmatch(words[3]) is not None)
    hook = match[2] if match[1] == "filter" else f"{match[1]} {match[2]}"
    return {"hook": hook, "policy": policy, "closed": closed}


def _iptables(n: int, words: list[str]) -> dict[str, Any]:
    if words[1] not in ("ACCEPT", "DROP", "REJECT"):
        raise Unparsed(f"line {n}: policy of the chain is {words[1][:30]!r}")
    closed = words[1] != "ACCEPT" or _IPT_LAST.fullmatch(words[3]) is not None
    return {"hook": words[0].rpartition(" ")[2].lower(), "policy": words[1].lower(), "closed": closed}
