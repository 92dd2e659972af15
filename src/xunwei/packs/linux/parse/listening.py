"""Listening sockets, `ss -lntup` (ss(8)).

uid=0
Netid State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
tcp   LISTEN 0      128    0.0.0.0:22         0.0.0.0:*         users:(("sshd",pid=812,fd=3))
tcp   LISTEN 0      511    127.0.0.1:6379     0.0.0.0:*         users:(("redis-server",pid=901,fd=6))
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import whole
from xunwei.parse.text import Unparsed

_ROW = re.compile(
    r"(tcp|udp)\s+(LISTEN|UNCONN)\s+(\d+)\s+(\d+)\s+(\S+):(\d+)\s+\S+:(?:\*|\d+)\s*(?:users:\((.*)\))?\s*"
)
_WILD = ("*", "0.0.0.0", "[::]", "::", "")  # noqa: S104 - what is looked for, not bound


def parse(text: str) -> Facts:
    """Facts of `listening`. `scope`: all, loopback or address. `processes` is null when the user may not see them."""
    lines = list(whole(text))
    uid = re.fullmatch(r"uid=(\d+)", lines[0][1]) if lines else None
    if uid is None or len(lines) < 2 or not lines[1][1].startswith("Netid"):
        raise Unparsed("uid or the header of ss not found")
    sockets = []
    for number, line in lines[2:]:
        match = _ROW.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is not a listening socket: {line[:60]!r}")
        address = match.group(5).split("%")[0]
        users = match.group(7)
        names = sorted(set(re.findall(r'\("([^"]*)"', users))) if users else None
        if names is None and uid.group(1) == "0":
            names = []  # root sees every owner: a socket of the kernel (NFS, WireGuard, …)
        sockets.append(
            {
                "protocol": match.group(1),
                "address": address,
                "port": int(match.group(6)),
                "scope": _scope(address),
                "processes": names,
                "_line": number,
            }
        )
    return {"sockets": sockets}


def _scope(address: str) -> str:
    plain = address.strip("[]").removeprefix("::ffff:")
    if address in _WILD or plain in _WILD:
        return "all"
    return "loopback" if plain.startswith("127.") or plain == "::1" else "address"
