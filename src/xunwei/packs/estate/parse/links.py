"""Declared cables against LLDP neighbours, one asset a line:
`{"asset": "sw-1", "lldp": true, "declared": [{"port", "peer", "peer_port"}], "seen": [{"local_port", "peer", "peer_port", "known"}]}`.

Port names are compared whatever form the vendor writes them in: `XGigabitEthernet0/0/1` is `XGE0/0/1` is `Te0/0/1`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.model import Facts
from xunwei.packs.estate.parse.rows import rows

# Long and short names of one kind of port: Huawei, H3C, Ruijie, Cisco.
KINDS = {
    "gigabitethernet": "ge", "gi": "ge", "gige": "ge", "g": "ge",
    "xgigabitethernet": "xge", "tengigabitethernet": "xge", "te": "xge", "10ge": "xge", "t": "xge", "tengige": "xge",
    "twentyfivegige": "25ge", "twe": "25ge", "wge": "25ge", "fortygige": "40ge", "fo": "40ge", "fge": "40ge",
    "hundredgige": "100ge", "hu": "100ge", "hge": "100ge", "fastethernet": "fe", "fa": "fe", "f": "fe",
    "mgigabitethernet": "mge", "management": "mgmt", "m": "mge", "eth": "ethernet",
}  # fmt: skip


def parse(text: str) -> Facts:
    """{items: [{asset, port, declared, seen, same, known}], silent: [{asset, links}]}.

    `silent`: assets with declared links whose neighbours could not be read. `known`: whether the neighbour is in the
    asset list; null when none was seen.
    """
    items: list[Facts] = []
    silent: list[Facts] = []
    for number, row in rows(text, "asset", "lldp", "declared", "seen"):
        if not row["lldp"]:
            if row["declared"]:
                silent.append({"asset": row["asset"], "links": len(row["declared"]), "_line": number})
            continue
        items += [{"asset": row["asset"], "_line": number, **item} for item in _compare(row)]
    return {"items": items, "silent": silent}


def _compare(row: dict[str, Any]) -> list[Facts]:
    seen: dict[str, dict[str, Any]] = {}
    for neighbour in row["seen"]:
        seen.setdefault(port_key(str(neighbour["local_port"])), neighbour)
    found: list[Facts] = []
    for link in row["declared"]:
        there = seen.pop(port_key(link["port"]), None)
        said = _end(link["peer"], link["peer_port"])
        if there is None:
            found.append({"port": link["port"], "declared": said, "seen": None, "same": False, "known": None})
            continue
        peer = there["known"] or str(there["peer"])
        port_ok = not link["peer_port"] or port_key(link["peer_port"]) == port_key(str(there["peer_port"] or ""))
        found.append(
            {"port": link["port"], "declared": said, "seen": _end(peer, there["peer_port"])}
            | {"same": peer == link["peer"] and port_ok, "known": there["known"] is not None}
        )
    for there in seen.values():
        peer = there["known"] or str(there["peer"])
        found.append(
            {"port": str(there["local_port"]), "declared": None, "seen": _end(peer, there["peer_port"])}
            | {"same": False, "known": there["known"] is not None}
        )
    return found


def port_key(name: str) -> str:
    """A port's name in one form: the kinds that vendors write in several ways as one word, then the numbers."""
    match = re.fullmatch(r"(\d*[A-Za-z][A-Za-z-]*?)[\s-]*([\d/.:]*)", name.strip())
    if match is None:
        return name.strip().casefold()
    kind = match[1].replace("-", "").casefold()
    return KINDS.get(kind, kind) + match[2]


def _end(peer: str, port: Any) -> str:
    return f"{peer} {port}" if port else str(peer)
