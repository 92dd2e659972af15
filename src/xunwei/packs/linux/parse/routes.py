"""Main routing tables, `ip -4|-6 -o route show table main` (ip-route(8)).

== inet
default via 192.0.2.1 dev eth0 proto static metric 100
192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.10
== inet6
"""

from __future__ import annotations

import ipaddress
import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import named_parts
from xunwei.parse.text import Unparsed

_TYPES = r"(?:(unicast|local|broadcast|multicast|throw|unreachable|prohibit|blackhole|anycast) )?"
_ROW = re.compile(_TYPES + r"(default|[0-9a-fA-F.:]+(?:/\d+)?)((?: .*)?)")


def parse(text: str) -> Facts:
    """Facts of `routes`. `competing`: default routes (IPv4) that share one metric; `defaults` of both families."""
    found = named_parts(text, "inet", "inet6")
    routes = [_route(family, number, line) for family in ("inet", "inet6") for number, line in found[family].lines]
    defaults = [r for r in routes if r["destination"] == "default" and r["type"] == "unicast"]
    metrics = [r["metric"] for r in defaults if r["family"] == "inet"]
    return {
        "count": len(routes),
        "defaults": defaults,
        "default_count": len(metrics),
        "competing": max((metrics.count(m) for m in metrics), default=0),
        "_lines": {"competing": defaults[0]["_line"], "default_count": defaults[0]["_line"]} if defaults else {},
    }


def _route(family: str, number: int, line: str) -> Facts:
    match = _ROW.fullmatch(line)
    if match is None or line.startswith("! "):
        raise Unparsed(f"line {number} is not a route: {line[:60]!r}")
    destination = match.group(2)
    if destination != "default":
        try:
            ipaddress.ip_network(destination, strict=False)
        except ValueError:
            raise Unparsed(f"line {number}: not a network: {destination[:40]!r}") from None
    rest = match.group(3).split("\\")[0]
    metric = re.search(r"\smetric (\d{1,10})\b", rest)
    via = re.search(r"\svia (?:inet6 )?(\S+)", match.group(3))
    device = re.search(r"\sdev (\S+)", match.group(3))
    return {
        "family": family,
        "type": match.group(1) or "unicast",
        "destination": destination,
        "via": via.group(1) if via else None,
        "device": device.group(1) if device else None,
        "metric": int(metric.group(1)) if metric else 0,
        "_line": number,
    }
