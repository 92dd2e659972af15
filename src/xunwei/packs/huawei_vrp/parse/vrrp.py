"""`display vrrp brief`: virtual router groups.

    Total:2     Master:1     Backup:1     Non-active:0
    VRID  State        Interface                Type     Virtual IP
    ----------------------------------------------------------------
    1     Master       Vlanif100                Normal   192.0.2.1
    2     Backup       Vlanif200                Normal   198.51.100.1

From the command references (S and CE; old releases put the line with totals below the table).
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import IFACE, body, fail, is_ruler, port_name, whole
from xunwei.parse import Unparsed

_TOTAL = re.compile(
    r"\s*Total\s*:\s*(\d+)\s+Master\s*:\s*(\d+)\s+Backup\s*:\s*(\d+)\s+Non-active\s*:\s*(\d+)\s*", re.IGNORECASE
)
_HEAD = re.compile(r"\s*VRID\s+State\s+Interface\s+Type\s+Virtual IP\s*", re.IGNORECASE)
_ROW = re.compile(
    rf"\s*(?P<id>\d{{1,3}})\s+(?P<state>Master|Backup|Initialize|Non-active)\s+(?P<interface>{IFACE})\s+"
    r"(?P<kind>\S+)\s+(?P<ip>[0-9a-fA-F.:]+)",
    re.IGNORECASE,
)


def parse(text: str) -> dict[str, Any]:
    """Facts of `vrrp`: as many groups as the device counts, or Unparsed."""
    groups: list[dict[str, Any]] = []
    total: int | None = None
    header = False
    for line in body(text):
        if match := _TOTAL.fullmatch(line.text):
            total = whole(match.group(1))
            if total != sum(whole(g) for g in match.groups()[1:]):
                fail(line, "a sum of its parts")
        elif _HEAD.fullmatch(line.text):
            header = True
        elif is_ruler(line.text):
            continue
        else:
            match = _ROW.fullmatch(line.text) if header else None
            if match is None:
                fail(line, "a row of the VRRP table")
            groups.append(
                {
                    "id": whole(match["id"]),
                    "state": match["state"].lower(),
                    "interface": port_name(match["interface"]),
                    "address": match["ip"],
                    "_line": line.number,
                }
            )
    if total is None or total != len(groups):
        raise Unparsed(f"{'no' if total is None else total} groups announced, {len(groups)} listed")
    return {"total": total, "groups": groups}
