"""Clear-text and needless services: listening ports, units and what (x)inetd starts.

    == listening
    0017/tcp any
    006F/udp loopback
    == units
    Id=telnet.socket
    LoadState=loaded
    ActiveState=active
    UnitFileState=enabled
    == inetd
    xinetd telnet
    == end

Ports are hexadecimal as in /proc/net/tcp (proc(5)).
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts, state_of
from xunwei.parse import Unparsed

# Ports whose usual service sends passwords or data in clear, or gives access without a password.
CLEAR_TEXT = {
    (21, "tcp"): "ftp",
    (23, "tcp"): "telnet",
    (69, "udp"): "tftp",
    (512, "tcp"): "rexec",
    (513, "tcp"): "rlogin",
    (514, "tcp"): "rsh",
    (873, "tcp"): "rsync",
}
OTHER = {
    (111, "tcp"): "rpcbind",
    (111, "udp"): "rpcbind",
    (135, "tcp"): "msrpc",
    (137, "udp"): "netbios",
    (139, "tcp"): "netbios",
    (445, "tcp"): "smb",
    (631, "tcp"): "ipp",
    (2049, "tcp"): "nfs",
    (3389, "tcp"): "rdp",
    (5353, "udp"): "mdns",
    (5900, "tcp"): "vnc",
    (5901, "tcp"): "vnc",
    (6000, "tcp"): "x11",
}
CLEAR_UNITS = ("telnet", "telnetd", "rsh", "rlogin", "rexec", "tftp", "tftpd-hpa", "vsftpd", "proftpd", "pure-ftpd")
CLEAR_INETD = ("telnet", "shell", "login", "exec", "ftp", "tftp", "rsh", "rlogin", "rexec", "talk", "ntalk", "finger")


def parse(text: str) -> dict[str, Any]:
    """Facts: `clear_text` and `other` listeners, `units`, `inetd` services; `*_count`. Raises Unparsed."""
    parts = Parts(text)
    clear, other = [], []
    for n, line in parts.one("listening").whole().lines:
        match = re.fullmatch(r"([0-9A-F]{4})/(tcp|udp) (any|loopback)", line)
        if match is None:
            raise Unparsed(f"line {n} is not a listening port: {line[:60]!r}")
        port = (int(match[1], 16), match[2])
        entry = {"port": port[0], "protocol": match[2], "scope": match[3], "_line": n}
        if port in CLEAR_TEXT:
            clear.append({**entry, "service": CLEAR_TEXT[port]})
        elif port in OTHER:
            other.append({**entry, "service": OTHER[port]})
    units = []
    for unit, (active, enabled, n) in state_of(parts.one("units")).items():
        units.append(
            {
                "unit": unit,
                "active": active == "active",
                "enabled": enabled in ("enabled", "enabled-runtime"),
                "clear_text": unit.rpartition(".")[0] in CLEAR_UNITS,
                "_line": n,
            }
        )
    inetd = []
    for n, line in parts.one("inetd").lines:
        words = line.split()
        if len(words) != 2 or words[0] not in ("inetd", "xinetd"):
            raise Unparsed(f"line {n} is not a service of inetd: {line[:60]!r}")
        inetd.append({"service": words[1], "starter": words[0], "clear_text": words[1] in CLEAR_INETD, "_line": n})
    return {"clear_text": clear, "other": other, "units": units, "inetd": inetd}
