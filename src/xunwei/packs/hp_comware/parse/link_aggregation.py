"""`display link-aggregation verbose`: aggregation groups and their members (recording: Comware 7).

    Aggregate Interface: Bridge-Aggregation10
    Aggregation Mode: Dynamic
    Loadsharing Type: Shar
    System ID: 0x8000, 0000-5e00-5301
    Local:
      Port                Status   Priority Index    Oper-Key               Flag
      XGE1/0/0/1(R)       S        32768    1        1                      {ACDEF}
    Remote:
      Actor               Priority Index    Oper-Key SystemID               Flag
      XGE1/0/0/1          32768    47       9        0x8000, 0000-5e00-5302 {ACDEF}

Static groups have no Remote part and short rows; Comware 5 says `Aggregation Interface` and `Partner`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, Line, shown_lines, unknown
from xunwei.parse.text import Unparsed

_GROUP = re.compile(rf"\s*Aggregat(?:e|ion) Interface\s*:\s*(?P<name>{IFNAME})\s*", re.IGNORECASE)
_FIELD = re.compile(r"\s*(?P<key>[A-Z][A-Za-z -]*?)\s*:\s*(?P<value>.*?)\s*")
_PORT = r"\([A-Z](?:,\s*[A-Z])*\)"
_LOCAL = re.compile(
    rf"\s*(?P<name>{IFNAME})(?P<marks>(?:{_PORT})*)\s+(?P<status>[SUI])\s+(?P<rest>\d+(?:\s+\d+)*)\s*(?P<flags>\{{[A-H]*\}})?\s*"
)
_REMOTE = re.compile(
    rf"\s*(?P<name>{IFNAME})(?:{_PORT})*\s+\d+\s+\d+\s+\d+\s+(?P<system>0x[0-9a-fA-F]+,\s*\S+)\s+(?P<flags>\{{[A-H]*\}})\s*"
)
_LEGEND = re.compile(
    r"\s*(?:-{5,}|Loadsharing Type: \S+ -- |Port Status: S -- |Port: [A-Z] -- |Flags:\s+A -- |[A-H] -- [A-Z]).*"
)
_HEAD_LOCAL = re.compile(r"\s*Port\s+Status\s+.*Oper-Key.*", re.IGNORECASE)
_HEAD_REMOTE = re.compile(r"\s*Actor\s+.*System ?ID.*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """{"groups": [{name, mode, loadsharing, members}], "members": [{name, status, flags, reference, partner}]}."""
    groups: list[dict[str, Any]] = []
    parts: list[set[str]] = []
    part = ""
    for line in shown_lines(text):
        if match := _GROUP.fullmatch(line[1]):
            part = ""
            groups.append({"name": match["name"], "mode": None, "loadsharing": None, "members": [], "_line": line[0]})
            parts.append(set())
        elif _LEGEND.fullmatch(line[1]):
            continue
        elif not groups:
            raise unknown(line, "an aggregation group")
        elif begun := _part(line):
            part = begun
            parts[-1].add(part)
        elif not part and (match := _FIELD.fullmatch(line[1])):
            _field(groups[-1], match)
        else:
            _member(groups[-1], part, line)
    _check(groups, parts)
    members = [{"group": g["name"], **m} for g in groups for m in g["members"]]
    return {"groups": groups, "members": members}


def _part(line: Line) -> str:
    if re.fullmatch(r"\s*Local\s*:\s*", line[1]) or _HEAD_LOCAL.fullmatch(line[1]):
        return "local"
    if re.fullmatch(r"\s*(?:Remote|Partner)\s*:\s*", line[1]) or _HEAD_REMOTE.fullmatch(line[1]):
        return "remote"
    return ""


def _check(groups: list[dict[str, Any]], parts: list[set[str]]) -> None:
    """A group without a mode or without its tables was cut off: no member is not the same as no bad member."""
    if not groups:
        raise Unparsed("no aggregation group found")
    for group, found in zip(groups, parts, strict=True):
        if group["mode"] is None:
            raise Unparsed(f"{group['name']} has no mode")
        if not ({"local", "remote"} if group["mode"] == "dynamic" else {"local"}) <= found:
            raise Unparsed(f"the members of {group['name']} are not all there")


def _field(group: dict[str, Any], match: re.Match[str]) -> None:
    key = match["key"].lower()
    if key == "aggregation mode":
        group["mode"] = match["value"].lower()
    elif key == "loadsharing type":
        group["loadsharing"] = match["value"]


def _member(group: dict[str, Any], part: str, line: Line) -> None:
    if part == "local" and (row := _LOCAL.fullmatch(line[1])):
        if any(m["name"] == row["name"] for m in group["members"]):
            raise unknown(line, "a new member")
        group["members"].append(
            {
                "name": row["name"],
                "status": {"S": "selected", "U": "unselected", "I": "individual"}[row["status"]],
                "flags": row["flags"].strip("{}") if row["flags"] else None,
                "reference": "R" in row["marks"],
                "partner": None,
                "_line": line[0],
            }
        )
        return
    row = _REMOTE.fullmatch(line[1]) if part == "remote" else None
    member = next((m for m in group["members"] if row and m["name"] == row["name"]), None)
    if row is None or member is None:
        raise unknown(line, "a member of the group")
    member["partner"] = row["system"]
