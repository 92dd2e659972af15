"""`display tcp`: TCP ports that listen (Comware 7 command reference; `display tcp status` of Comware 5).

*: TCP connection with authentication
Local Addr:port       Foreign Addr:port     State       Slot  PCB
0.0.0.0:22            0.0.0.0:0             LISTEN      1     0xffffffffffffff9d
192.0.2.1:22          192.0.2.10:50123      ESTABLISHED 1     0xffffffffffffffa1
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_HEADER = re.compile(r"\s*(?:TCPCB\s+)?Local Addr?:port\s+Foreign Addr?:port\s+State.*", re.IGNORECASE)
_LEGEND = re.compile(r"\s*\*: TCP (?:connection )?(?:with )?(?:authentication|MD5 Connection).*", re.IGNORECASE)
_ROW = re.compile(
    r"\s*\*?\s*(?:[0-9a-f]{6,16}\s+)?\*?(?P<local>[0-9A-Fa-f.:]+|\*):(?P<port>\d+)\s+(?P<remote>[0-9A-Fa-f.:]+|\*):(?P<rport>\d+)"
    r"\s+(?P<state>[A-Za-z]+[\w-]*)(?:\s+(?:\d+|N/A))*(?P<pcb>\s+0x[0-9a-f]{8,16})?\s*",
    re.IGNORECASE,
)


def parse(text: str) -> dict[str, Any]:
    """{"ports": sorted listening ports, "telnet", "http", "ftp", "established"}; raises Unparsed."""
    ports: dict[int, int] = {}
    established = 0
    headed = with_pcb = False
    for line in shown_lines(text):
        if _HEADER.fullmatch(line[1]):
            headed, with_pcb = True, line[1].rstrip().endswith("PCB")
        elif _LEGEND.fullmatch(line[1]):
            continue
        elif headed and (row := _ROW.fullmatch(line[1])) and (row["pcb"] or not with_pcb):
            port = whole(row["port"], "port")
            if port > 65535:
                raise unknown(line, "a TCP port")
            if row["state"].lower().startswith("listen"):
                ports.setdefault(port, line[0])
            established += row["state"].lower() == "established"
        else:
            raise unknown(line, "a TCP connection")
    if not headed:
        raise Unparsed("header of the TCP table not found")
    # Whoever asks is logged in over TCP: a table without a session stopped before its end.
    if established == 0:
        raise Unparsed("no established connection in the TCP table, not even the own session")
    named = {"telnet": 23, "http": 80, "https": 443, "ftp": 21, "ssh": 22}
    return {
        "ports": sorted(ports),
        **{name: port in ports for name, port in named.items()},
        "established": established,
        "_lines": {name: ports[port] for name, port in named.items() if port in ports},
    }
