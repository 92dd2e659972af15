"""`ip -o addr show` (ip-address(8)), one address per line.

2: eth0    inet 192.0.2.10/24 brd 192.0.2.255 scope global eth0\\       valid_lft forever preferred_lft forever
"""

from __future__ import annotations

import ipaddress
import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import whole
from xunwei.parse.text import Unparsed

_ROW = re.compile(r"\d+: (\S+)\s+(inet6?) (\S+?)(?:/(\d+))?(?=\s)(?: peer (\S+))?(?: brd \S+)?(?: scope (\S+))?(.*)")


def parse(text: str) -> Facts:
    """Facts of `addresses`. `duplicate`: the kernel found the address in use elsewhere (IPv6 duplicate detection)."""
    found = []
    for number, line in whole(text):
        match = _ROW.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is not an address: {line[:60]!r}")
        words = match.group(7).partition("\\")[0].split()
        found.append(
            {
                "interface": match.group(1).split("@")[0],
                "family": match.group(2),
                "address": _address(match.group(3), number),
                "prefix": int(match.group(4)) if match.group(4) else None,
                "scope": match.group(6),
                "dynamic": "dynamic" in words,
                "duplicate": "dadfailed" in words,
                "_line": number,
            }
        )
    if not found:
        raise Unparsed("no address found")
    return {"addresses": found}


def _address(word: str, number: int) -> str:
    try:
        return str(ipaddress.ip_address(word))
    except ValueError:
        raise Unparsed(f"line {number}: not an address: {word[:40]!r}") from None
