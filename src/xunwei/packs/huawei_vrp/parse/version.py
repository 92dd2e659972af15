"""`display version`: model, VRP and software version, uptime.

    Huawei Versatile Routing Platform Software
    VRP (R) software, Version 5.170 (S5720 V200R019C10SPC500)
    Copyright (C) 2000-2020 HUAWEI TECH CO., LTD
    HUAWEI S5720-52X-SI-AC Routing Switch uptime is 12 weeks, 3 days, 4 hours, 5 minutes

Switches with YunShan OS (V600) say `Huawei YunShan OS` and `Version 1.22.0.1 (S5735-L V600R022C00SPC500)`.
Recorded on S2300 to S9300, S8505 (VRP 3.10), NE40E, MA5200G, ATN, AR and S7700; CE and USG from the manuals.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import body, fail, says, uptime
from xunwei.parse import Unparsed

_VRP = re.compile(
    r"(?:VRP(?: ?\(R\))? software, Version (?P<vrp>\d+\.\d+)(?:\.\S+)?|Version (?P<yunshan>\d+(?:\.\d+){2,3}))"
    r"(?:\s*\((?P<inner>[^()]+)\)|,? Release (?P<release>\S+))?\s*",
    re.IGNORECASE,
)
_CHASSIS = re.compile(
    r"(?:(?:HUAWEI|Quidway)\s+)?(?P<model>[A-Z][^:\[\]]*?)\s+uptime is\s+(?P<uptime>.+)", re.IGNORECASE
)
_KIND = re.compile(
    r"\s+(?:Terabit |Core |Aggregation |Access |Enterprise |Layer 3 |Series |Ethernet |Universal |Service )*"
    r"(?:(?:Routing |Ethernet )?(?:Switch|Router|Firewall|Gateway)|Wireless Access Controller)(?:\s+Series)?$",
    re.IGNORECASE,
)
_PATCH = re.compile(r"\s*Patch(?:\s+Version)?\s*[:：]\s*(\S+)\s*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """Facts of `version`; `uptime_seconds` is that of the chassis, `software` the V…R…C… name where there is one."""
    found = body(text)
    vrp = next(((line, m) for line in found if (m := _VRP.fullmatch(line.text.strip()))), None)
    if vrp is None or (vrp[1]["yunshan"] and not says(found, r"^\s*Huawei YunShan OS")):
        raise Unparsed("VRP version line not found")
    chassis = next(((line, m) for line in found if (m := _CHASSIS.fullmatch(line.text.strip()))), None)
    if chassis is None:
        raise Unparsed("line with model and uptime not found")
    line, match = chassis
    model = _KIND.sub("", match["model"].strip())
    if not 2 <= len(model) <= 60:
        fail(line, "a model and its uptime")
    product, software = _software(vrp[1])
    patch = next((m.group(1) for entry in found if (m := _PATCH.fullmatch(entry.text))), None)
    return {
        "model": model,
        "vrp": vrp[1]["vrp"] or vrp[1]["yunshan"],
        "product": product,
        "software": software,
        "patch": patch,
        "uptime_seconds": uptime(match["uptime"]),
        "_lines": {
            "model": line.number,
            "uptime_seconds": line.number,
            "vrp": vrp[0].number,
            "software": vrp[0].number,
        },
    }


def _software(match: re.Match[str]) -> tuple[str | None, str | None]:
    """(product line, software release): `S7700 V200R010C00SPC600` → both; a bare release → (None, release)."""
    if match["release"]:
        return None, f"Release {match['release']}"
    words = (match["inner"] or "").split()
    if not words:
        return None, None
    if re.fullmatch(r"V\d{3}R\d{3}\w*", words[-1]):
        return " ".join(words[:-1]) or None, words[-1]
    return " ".join(words), None
