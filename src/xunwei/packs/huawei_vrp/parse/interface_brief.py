"""`display interface brief`: state, load and error counters of every interface.

    PHY: Physical
    *down: administratively down
    #down: LBDT down
    (s): spoofing
    InUti/OutUti: input utility/output utility
    Interface                   PHY   Protocol InUti OutUti   inErrors  outErrors
    GigabitEthernet0/0/1        up    up        0.01%  0.01%          0          0
      GigabitEthernet0/0/2      *down down         0%     0%          0          0
    Vlanif100                   up    up           --     --          0          0

Recorded on S2300, S5300, S7700, CE and NE40E. What a mark means differs by release, so the legend is read.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import IFACE, PROTECTED, Line, body, fail, percent, port_name, whole
from xunwei.parse import Unparsed

_HEADER = re.compile(
    r"\s*Interface\s+(?:PHY|Physical)\s+Protocol\s+InUti\s+OutUti\s+inErrors\s+outErrors", re.IGNORECASE
)
_STATE = r"(?:up|down|offline|standby)"
_ROW = re.compile(
    rf"(?P<indent>\s*)(?P<name>(?:{IFACE})(?:\(\w+\))?)\s+(?P<phy>[^\w\s(]?{_STATE}(?:\(\w+\))*)\s+"
    rf"(?P<protocol>--|[^\w\s(]?{_STATE}(?:\(\w+\))*)\s+(?P<in>\S+)\s+(?P<out>\S+)\s+(?P<ine>\d+|--)\s+(?P<oute>\d+|--)"
)
_LEGEND = re.compile(r"\s*(?P<mark>[^\w\s(]down|\(\w+\)|[A-Z]{2})\s*:\s*(?P<means>\S.*)")
# Marks that some releases print without naming them in the legend.
_KNOWN = {
    "(ed)": "error down",
    "(lb)": "LBDT block",
    "(ld)": "LDT block",
    "^": "standby",
    "(d)": "dampening suppressed",
}


def parse(text: str) -> dict[str, Any]:
    """Facts of `interface_brief`. `member_of` is the trunk an indented interface stands under; `reason` is the
    legend's text for a state that is neither plain up nor plain down; loads in percent."""
    legend: dict[str, str] = {}
    interfaces: list[dict[str, Any]] = []
    header = False
    trunk: str | None = None
    for line in body(text):
        if _HEADER.fullmatch(line.text):
            header = True
        elif not header:
            match = _LEGEND.fullmatch(line.text)
            if match:
                legend[match["mark"].removesuffix("down")] = match["means"].strip()
        else:
            match = _ROW.fullmatch(line.text)
            if match is None:
                fail(line, "a row of the interface table")
            name = port_name(match["name"])
            if not match["indent"]:
                trunk = name
            interfaces.append(_interface(line, match, name, trunk if match["indent"] else None, legend))
    if not interfaces:
        raise Unparsed("no interface in the table" if header else "table header not found")
    return {"interfaces": interfaces}


def _interface(line: Line, row: re.Match[str], name: str, trunk: str | None, legend: dict[str, str]) -> dict[str, Any]:
    phy, marks = _split(row["phy"])
    protocol, more = _split(row["protocol"])
    admin = "*" in marks
    reasons = [_meaning(line, m, legend) for m in dict.fromkeys(marks + more) if m not in ("*", "(s)", "(l)")]
    return {
        "name": name,
        "member_of": trunk,
        "phy": phy,
        "protocol": None if protocol == "--" else protocol,
        "admin_down": admin,
        "error_down": any(PROTECTED.search(r) for r in reasons),
        "reason": ", ".join(reasons) or None,
        "in_percent": percent(row["in"], "input load"),
        "out_percent": percent(row["out"], "output load"),
        "in_errors": None if row["ine"] == "--" else whole(row["ine"]),
        "out_errors": None if row["oute"] == "--" else whole(row["oute"]),
        "_line": line.number,
    }


def _meaning(line: Line, mark: str, legend: dict[str, str]) -> str:
    text = legend.get(mark) or _KNOWN.get(mark)
    if text is None:
        fail(line, f"an interface whose mark {mark} the legend explains")
    return text


def _split(word: str) -> tuple[str, list[str]]:
    """`*down` → ("down", ["*"]); `up(s)` → ("up", ["(s)"]); `#down(b)` → ("down", ["#", "(b)"])."""
    match = re.match(r"([^\w\s(]?)(\w+|--)", word)
    if match is None:
        raise Unparsed(f"not an interface state: {word!r}")
    marks = re.findall(r"\(\w+\)", word)
    state, mark = ("--", "") if word == "--" else (match.group(2), match.group(1))
    return state, ([mark] if mark else []) + marks
