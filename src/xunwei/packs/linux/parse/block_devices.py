"""`lsblk -P -b` (util-linux 2.23 and later), one device per line.

NAME="sda" KNAME="sda" TYPE="disk" SIZE="600127266816" ROTA="1" RO="0" MODEL="EXAMPLE HDD" STATE="running" PKNAME="" …
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import whole
from xunwei.parse.text import Unparsed, integer

_PAIR = re.compile(r'([A-Z:-]+)="([^"]*)"(?:\s+|$)')
_NEEDED = frozenset({"NAME", "TYPE", "SIZE", "ROTA", "RO", "MODEL", "STATE", "PKNAME", "FSTYPE", "MOUNTPOINT", "TRAN"})


def parse(text: str) -> Facts:
    """Facts of `block_devices`: `state` is the kernel's word for SCSI and NVMe disks (running, live, offline, …)."""
    devices = []
    for number, line in whole(text):
        pairs = dict(_PAIR.findall(line))
        if not pairs.keys() >= _NEEDED or _PAIR.sub("", line).strip():
            raise Unparsed(f"line {number} is not a line of lsblk -P: {line[:60]!r}")
        devices.append(
            {
                "name": pairs["NAME"],
                "type": pairs["TYPE"],
                "size_bytes": integer(pairs["SIZE"], "SIZE"),
                "rotational": _flag(pairs["ROTA"], "ROTA"),
                "read_only": _flag(pairs["RO"], "RO"),
                "model": pairs["MODEL"].strip() or None,
                "state": pairs["STATE"] or None,
                "parent": pairs["PKNAME"] or None,
                "filesystem": pairs["FSTYPE"] or None,
                "mount": pairs["MOUNTPOINT"] or None,
                "transport": pairs["TRAN"] or None,
                "_line": number,
            }
        )
    if not devices:
        raise Unparsed("no device found")
    return {"devices": devices}


def _flag(value: str, what: str) -> bool:
    if value not in ("0", "1"):
        raise Unparsed(f"{what} is neither 0 nor 1: {value[:20]!r}")
    return value == "1"
