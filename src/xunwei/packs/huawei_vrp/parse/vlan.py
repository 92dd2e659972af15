"""`display vlan`: the VLANs and the ports in them.

    The total number of VLANs is: 2
    U: Up;         D: Down;         TG: Tagged;         UT: Untagged;

    VID  Type    Ports
    --------------------------------------------------------------------------------
    1    common  UT:GE0/0/1(D)      GE0/0/2(U)
                 TG:XGE0/0/1(U)
    100  common  TG:XGE0/0/1(U)

    VID  Status  Property      MAC-LRN Statistics Description
    --------------------------------------------------------------------------------
    1    enable  default       enable  disable    VLAN 0001

Recorded: this form on S5700/CE, the one-table forms on S2300, S5300, NE40E and APs, `display vlan all` on S8505.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import Line, body, fail, is_ruler, port_name, whole
from xunwei.parse import Unparsed

_TOTAL = re.compile(r"\s*(?:The total number of vlans is|Total vlan displayed)\s*[:=]\s*(\d+)\s*", re.IGNORECASE)
_LEGEND = re.compile(r"\s*(?:\S{1,7}\s*:\s*[\w\- ]+;?\s*)+")
_PORTS_HEAD = re.compile(r"\s*VID\s+(?:(Type)\s+|(Name)\s+Status\s+)?Ports\s*", re.IGNORECASE)
_STATUS_HEAD = re.compile(
    r"\s*VID\s+(Type\s+)?Status\s+Property\s+MAC-LRN\s+(?:STAT|Statistics)\s+(BC\s+MC\s+UC\s+)?Description\s*",
    re.IGNORECASE,
)
_OLD_HEAD = re.compile(
    r"\s*VLAN ID\s+Type\s+Status\s+MAC Learning(\s+Broadcast/Multicast/Unicast\s+Property)?\s*", re.IGNORECASE
)
_PORTS_ROW = re.compile(r"\s?(?P<id>\d{1,4})\s+(?P<kind>\S+)(?:\s+(?P<ports>(?:(?:UT|TG|MP|ST)\s*:)?\s*\S.*))?")
_BARE_ROW = re.compile(r"\s*(?P<id>\d{1,4})\s+(?P<ports>(?:UT|TG|MP|ST)\s*:\s*\S.*)")
_NAMED_ROW = re.compile(r"\s?(?P<id>\d{1,4})\s+(?:(?P<name>\S+)\s+)?(?P<status>enable|disable)d?\s+(?P<ports>\S.*)?")
_STATUS_ROW = re.compile(
    r"\s*(?P<id>\d{1,4})\s+(?:(?P<kind>\S+)\s+)??(?P<status>enable|disable)\s+(?P<property>\S+)\s+"
    r"(?:enable|disable)\s+(?:enable|disable)\s+(?:(?:FWD|DSD)\s+){0,3}(?P<name>\S.*)"
)
_OLD_ROW = re.compile(
    r"\s*(?P<id>\d{1,4})\s+\*?(?P<kind>[a-zA-Z\-]+)\s+(?P<status>enable|disable)d?\s+(?:enable|disable)d?(?:\s+\S+){0,4}\s*"
)
_PORT = re.compile(r"(?:(?P<how>UT|TG|MP|ST)\s*:\s*)?(?P<name>[A-Za-z0-9][\w\-]*\d(?:[/.]\d+)*)\((?P<up>[UD])\)")


def parse(text: str) -> dict[str, Any]:
    """Facts of `vlan`: `total` is how many there are; `untagged`/`tagged` are null where the form shows no ports."""
    found = body(text)
    if re.match(r"\s*VLAN ID\s*:\s*\d+\s*$", found[0].text):
        vlans = _paragraphs(found)
        total = None
    else:
        vlans, total = _tables(found)
    if not vlans and total != 0:
        raise Unparsed("no VLAN found")
    if total is not None and len(vlans) < total:
        raise Unparsed(f"{total} VLANs announced, {len(vlans)} listed")
    return {"total": len(vlans), "vlans": [vlans[key] for key in sorted(vlans)]}


def _tables(found: list[Line]) -> tuple[dict[int, dict[str, Any]], int | None]:
    vlans: dict[int, dict[str, Any]] = {}
    total, form, last, how = None, "", 0, ""
    for line in found:
        if match := _TOTAL.fullmatch(line.text):
            total = whole(match.group(1))
        elif match := _PORTS_HEAD.fullmatch(line.text):
            form = "named" if match.group(2) else "ports" if match.group(1) else "bare"
        elif _STATUS_HEAD.fullmatch(line.text):
            form = "status"
        elif _OLD_HEAD.fullmatch(line.text):
            form = "old"
        elif is_ruler(line.text):
            continue
        elif not form:
            if not _LEGEND.fullmatch(line.text):
                fail(line, "a legend line")
        elif form in ("ports", "bare", "named") and vlans and re.match(r" {5,}(?!\d+ +[UTMS][TGPT]:)", line.text):
            how = _ports(vlans[last], line, line.text, how)
        else:
            last = _row(vlans, form, line)
            how = "" if form in ("status", "old") else _ports(vlans[last], line, _tail(form, line), "")
    return vlans, total


def _row(vlans: dict[int, dict[str, Any]], form: str, line: Line) -> int:
    patterns = {"ports": _PORTS_ROW, "bare": _BARE_ROW, "named": _NAMED_ROW, "status": _STATUS_ROW, "old": _OLD_ROW}
    match = patterns[form].fullmatch(line.text)
    if match is None:
        fail(line, "a row of the VLAN table")
    number = whole(match["id"])
    if not 1 <= number <= 4094 or (form != "status" and number in vlans):
        fail(line, "a VLAN that was not listed yet")
    vlan = vlans.setdefault(number, _vlan(number, line.number))
    row = match.groupdict()
    if form in ("status", "named", "old"):
        vlan["enabled"] = row["status"] == "enable"
    if form in ("status", "named"):
        vlan["name"] = row["name"]
    return number


def _tail(form: str, line: Line) -> str:
    match = {"named": _NAMED_ROW, "bare": _BARE_ROW}.get(form, _PORTS_ROW).fullmatch(line.text)
    return (match["ports"] or "") if match else ""


def _ports(vlan: dict[str, Any], line: Line, text: str, how: str) -> str:
    """Add the ports of one line; a port without UT/TG in front belongs to the kind before it."""
    at = 0
    text = text.strip()
    if vlan["untagged"] is None:
        vlan["untagged"], vlan["tagged"] = [], []
    for match in _PORT.finditer(text):
        if text[at : match.start()].strip():
            fail(line, "a list of ports")
        how, at = match["how"] or how, match.end()
        if not how:
            fail(line, "a list of tagged or untagged ports")
        vlan["untagged" if how == "UT" else "tagged"].append(port_name(match["name"]))
    if text[at:].strip() and text.strip() not in ("-", "--", "none"):
        fail(line, "a list of ports")
    return how


def _paragraphs(found: list[Line]) -> dict[int, dict[str, Any]]:
    """VRP 3.10 `display vlan all`: one paragraph per VLAN."""
    vlans: dict[int, dict[str, Any]] = {}
    kind, number = "", 0
    for line in found:
        match = re.fullmatch(r"\s*([A-Z][A-Za-z ]*?)\s*:\s*(.*)", line.text)
        key, value = (match.group(1).lower(), match.group(2).strip()) if match else ("", line.text)
        if key == "vlan id":
            number = whole(value)
            if not 1 <= number <= 4094 or number in vlans:
                fail(line, "a VLAN that was not listed yet")
            vlans[number] = _vlan(number, line.number) | {"untagged": [], "tagged": []}
        elif key == "name":
            vlans[number]["name"] = value
        elif " ".join(key.split()) in ("tagged ports", "untagged ports"):
            kind = key.split()[0]
            vlans[number][kind] += [] if value == "none" else value.split()
        elif not key and kind:
            vlans[number][kind] += value.split()
        elif not key:
            fail(line, "a property of a VLAN")
    return vlans


def _vlan(number: int, line: int) -> dict[str, Any]:
    return {"id": number, "name": None, "enabled": None, "untagged": None, "tagged": None, "_line": line}
