"""`display arp all`: address resolution table.

    IP ADDRESS      MAC ADDRESS     EXPIRE(M) TYPE        INTERFACE   VPN-INSTANCE
                                              VLAN/CEVLAN PVC
    ------------------------------------------------------------------------------
    192.0.2.1       00e0-fc12-3456            I -         Vlanif100
    192.0.2.9       00e0-fc65-4321  18        D-0         GE0/0/1
                                               100/-
    ------------------------------------------------------------------------------
    Total:2         Dynamic:1       Static:0     Interface:1

Recorded on S2300, S5300, NE40E, CE and AR; the CE form with TYPE/VLAN from the manual.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import IFACE, MAC, Line, body, fail, is_ruler, port_name, whole
from xunwei.parse import Unparsed

_HEAD = re.compile(r"\s*IP ADDRESS\s+MAC ADDRESS\s+EXP(?:IRE)?\(M\)\s+TYPE(?:/VLAN)?\s+INTERFACE.*", re.IGNORECASE)
_SUBHEAD = re.compile(r"\s*VLAN(?:/CEVLAN)?(?:\(SIP/DIP\))?(?:\s+PVC)?\s*", re.IGNORECASE)
_ROW = re.compile(
    rf"\s?(?P<ip>\d{{1,3}}(?:\.\d{{1,3}}){{3}})\s+(?P<mac>{MAC}|Incomplete)\s+(?:(?P<expire>\d+)\s+)?"
    rf"(?P<kind>RD|[IDSORF][A-Z]?)(?:\s?-{{1,2}}|-\d+|\d+|/\S+)?(?:/\d+)?\s+(?P<interface>{IFACE})"
    r"(?:\s+(?P<vlan>\d+/\S+))?(?:\s+(?P<vpn>\S+))?",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s*(?P<vlan>\d{1,4})(?:/\S+)?(?:\s+\S+)?")
_TOTAL = re.compile(
    r"\s*Total\s*:\s*(\d+)\s+Dynamic\s*:\s*(\d+)\s+Static\s*:\s*(\d+)\s+Interface\s*:\s*(\d+).*", re.IGNORECASE
)
_BESIDE = re.compile(
    r"\s*(?:Redirect|Remote|OpenFlow)\s*:\s*\d+.*|\s*ARP Entry Types:.*|\s*EXP:.*|\s*ARP timeout\s*:.*", re.IGNORECASE
)


def parse(text: str) -> dict[str, Any]:
    """Facts of `arp`: the counts are the device's own; there may be fewer entries shown, never more."""
    entries: list[dict[str, Any]] = []
    counts: tuple[int, ...] | None = None
    header = False
    for line in body(text):
        if _HEAD.fullmatch(line.text):
            header = True
        elif match := _TOTAL.fullmatch(line.text):
            counts = tuple(whole(g) for g in match.groups())
        elif _SUBHEAD.fullmatch(line.text) or is_ruler(line.text) or _BESIDE.fullmatch(line.text):
            continue
        elif header and entries and (match := _MORE.fullmatch(line.text)):
            entries[-1]["vlan"] = whole(match["vlan"])
        else:
            entries.append(_entry(line, header))
    if counts is None:
        raise Unparsed(
            "the line with totals is missing: the table is cut short" if header else "table header not found"
        )
    if len(entries) > counts[0]:
        raise Unparsed(f"{counts[0]} entries announced, {len(entries)} listed")
    return {"total": counts[0], "dynamic": counts[1], "static": counts[2], "interface": counts[3], "entries": entries}


def _entry(line: Line, header: bool) -> dict[str, Any]:
    match = _ROW.fullmatch(line.text) if header else None
    if match is None:
        fail(line, "a row of the ARP table")
    vlan = match["vlan"]
    return {
        "ip": match["ip"],
        "mac": None if match["mac"].lower() == "incomplete" else match["mac"].lower(),
        "kind": match["kind"].upper(),
        "interface": port_name(match["interface"]),
        "vlan": whole(vlan.partition("/")[0]) if vlan else None,
        "vpn_instance": match["vpn"],
        "_line": line.number,
    }
