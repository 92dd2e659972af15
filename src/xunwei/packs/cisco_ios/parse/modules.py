"""`show module` of chassis switches (Catalyst 4500, 6500, 9400, 9600; command reference).

Mod Ports Card Type                                   Model          Serial No.
---+-----+--------------------------------------+--------------+--------------
1   24    24-Port 10 Gigabit                          C9400-LC-24XS  FOC0000A1B2
Mod MAC addresses                    Hw   Fw           Sw               Status
---+--------------------------------+----+------------+----------------+---------
1   0000.5e00.5300 to 0000.5e00.5317 1.0  17.9.1r      17.09.04a        ok
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import MAC, rule_line, shown, unknown
from xunwei.parse.text import Unparsed

_CARDS = re.compile(r"\s*Mod\s+Ports\s+Card Type\s+Model\s+Serial No\.?\s*")
_STATES = re.compile(r"\s*M(?:od)?\s+MAC address(?:es)?\s+Hw\s+Fw\s+Sw\s+Status\s*")
_REDUNDANCY = re.compile(
    r"\s*Mod\s+Redundancy Role\s+Operating (?:Redundancy )?Mode\s+Configured (?:Redundancy )?Mode\s*"
)
_CARD = re.compile(r"\s*(?P<slot>\d+)\s+(?P<ports>\d+)\s+(?P<type>\S.*?)\s{2,}(?P<model>\S+)\s+(?P<serial>\S+)\s*")
_STATE = re.compile(rf"\s*(?P<slot>\d+)\s+{MAC} (?:to|-) {MAC}\s+.*?(?P<state>[A-Za-z][\w-]*)\s*")
_ROLE = re.compile(r"\s*(?P<slot>\d+)\s+(?P<role>Active|Standby)\s+\S.*", re.IGNORECASE)
_OTHER = re.compile(r"\s*(?:Chassis Type: .*|Switch Number: .*|Chassis MAC .*|Total DRAM .*)")


def parse(text: str) -> dict[str, Any]:
    """{"modules": [{slot, ports, type, model, serial, state, role}]}; raises Unparsed."""
    modules: dict[str, dict[str, Any]] = {}
    part = ""
    for line in shown(text):
        heads = {"cards": _CARDS, "states": _STATES, "roles": _REDUNDANCY}
        if here := next((name for name, head in heads.items() if head.fullmatch(line[1])), ""):
            part = here
        elif rule_line(line[1]) or _OTHER.fullmatch(line[1]):
            continue
        elif part == "cards" and (match := _CARD.fullmatch(line[1])):
            row = {"slot": match["slot"], "ports": int(match["ports"]), "type": match["type"], "model": match["model"]}
            modules[match["slot"]] = row | {"serial": match["serial"], "state": None, "role": None, "_line": line[0]}
        elif part == "states" and (match := _STATE.fullmatch(line[1])) and match["slot"] in modules:
            modules[match["slot"]].update(state=match["state"].lower(), _line=line[0])
        elif part == "roles" and (match := _ROLE.fullmatch(line[1])) and match["slot"] in modules:
            modules[match["slot"]]["role"] = match["role"].lower()
        else:
            raise unknown(line, "a module")
    if not modules or any(m["state"] is None for m in modules.values()):
        raise Unparsed("the table of modules is not complete")
    return {"modules": list(modules.values())}
