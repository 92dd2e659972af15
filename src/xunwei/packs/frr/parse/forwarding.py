"""`ipv4=1` / `ipv6=0` / `rp_filter=2`: /proc/sys/net (kernel documentation, ip-sysctl)."""

from __future__ import annotations

from typing import Any

from xunwei.parse.text import Unparsed, integer, keyvals


def parse(text: str) -> dict[str, Any]:
    """{"ipv4", "ipv6", "rp_filter"}; raises Unparsed."""
    found = keyvals(text)
    if set(found) - {"ipv4", "ipv6", "rp_filter"} or found.get("ipv4", ("", 0))[0] not in ("0", "1"):
        raise Unparsed("state of IPv4 forwarding not found")
    six = found.get("ipv6", ("?", 0))[0]
    strict = found.get("rp_filter", ("?", 0))[0]
    return {
        "ipv4": found["ipv4"][0] == "1",
        "ipv6": None if six == "?" else integer(six, "ipv6") > 0,
        "rp_filter": None if strict == "?" else integer(strict, "rp_filter"),
        "_lines": {"ipv4": found["ipv4"][1]},
    }
