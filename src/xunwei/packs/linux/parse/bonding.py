"""Bonded interfaces, /proc/net/bonding/* (kernel docs networking/bonding), lines with the file before them.

/proc/net/bonding/bond0:Bonding Mode: fault-tolerance (active-backup)
/proc/net/bonding/bond0:MII Status: up
/proc/net/bonding/bond0:Slave Interface: eth0
/proc/net/bonding/bond0:MII Status: up
/proc/net/bonding/bond0:Link Failure Count: 0
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import grepped
from xunwei.parse.text import Unparsed, integer

_FILE = re.compile(r"/proc/net/bonding/([^/]+)")


def parse(text: str) -> Facts:
    """Facts of `bonding`: bonds, and their slaves with state, speed and how often the link failed."""
    bonds: dict[str, Facts] = {}
    slaves: list[Facts] = []
    target: dict[str, Facts] = {}
    for number, path, value in grepped(text):
        match = _FILE.fullmatch(path)
        if match is None:
            raise Unparsed(f"line {number} is not of a bond: {path[:60]!r}")
        name = match.group(1)
        if name not in bonds:
            bonds[name] = {"name": name, "mode": None, "state": None, "active_slave": None, "_line": number}
            target[name] = bonds[name]
        key, _, word = (part.strip() for part in value.partition(":"))
        if key == "Slave Interface":
            target[name] = {"bond": name, "name": word, "state": None, "speed": None, "duplex": None, "failures": None}
            target[name]["_line"] = number
            slaves.append(target[name])
        else:
            _fill(target[name], key, word, number)
    for entry in (*bonds.values(), *slaves):
        if entry["state"] is None:
            raise Unparsed(f"{entry['name']} has no MII Status")
    if not bonds:
        raise Unparsed("no bond found")
    counts = {name: [s for s in slaves if s["bond"] == name] for name in bonds}
    return {"bonds": [{**b, "slaves": len(counts[b["name"]])} for b in bonds.values()], "slaves": slaves}


def _fill(entry: Facts, key: str, word: str, number: int) -> None:
    if "bond" in entry and key in ("Bonding Mode", "Currently Active Slave"):
        raise Unparsed(f"line {number}: {key} inside a slave")
    if key == "Bonding Mode":
        entry["mode"] = word
    elif key == "MII Status":
        entry["state"], entry["_line"] = word, number
    elif key == "Currently Active Slave":
        entry["active_slave"] = word
    elif "bond" in entry and key == "Speed":
        entry["speed"] = word
    elif "bond" in entry and key == "Duplex":
        entry["duplex"] = word
    elif "bond" in entry and key == "Link Failure Count":
        entry["failures"] = integer(word, key)
