"""Third-party recordings as (command, answer, what their own authors read from it)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

SECTIONS = {
    "display version": "version",
    "display device": "device",
    "display interface brief": "interface_brief",
    "display interface": "interfaces",
    "display interface description": "interface_description",
    "display eth-trunk": "eth_trunk",
    "display vlan": "vlan",
    "display vlan brief": "vlan",
    "display vlan all": "vlan",
    "display stp": "stp",
    "display lldp neighbor": "lldp_neighbor",
    "display arp": "arp",
    "display arp all": "arp",
    "display arp brief": "arp",
    "display mac-address": "mac_address",
    "display bgp peer": "bgp_peer",
    "display startup": "startup",
    "display patch-information": "patch",
    "display http server": "http_server",
    "display telnet server status": "telnet_server",
    "display acl all": "acl",
    "display esn": "esn",
    "display sn license": "esn",
    "display snmp-agent community read": "snmp_community",
    "display temperature": "temperature",
    "display temperature all": "temperature",
    "display ntp status": "ntp",
    "display ntp-service status": "ntp",
    "display license verbose": "license",
    "display license": "license",
    "display cpu-usage": "cpu",
    "display memory-usage": "memory",
    "display ospf peer brief": "ospf_peer",
    "display vrrp brief": "vrrp",
}


class Recording(NamedTuple):
    """`rows`: what ntc-templates expects; `script` and `result`: what the NOC project read from the whole dialogue."""

    command: str
    section: str
    text: str
    source: str
    rows: list[dict[str, Any]] | None = None
    script: str = ""
    result: Any = None


def walk(root: Path) -> Iterator[Recording]:
    """Every recording below `root` (…/cli/huawei_vrp) whose command belongs to a section of the pack."""
    for path in sorted(root.glob("ntc/*/*.raw")):
        command = path.parent.name.replace("_", " ")
        if command in SECTIONS:
            rows = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))["parsed_sample"]
            text = path.read_bytes().decode("utf-8")
            yield Recording(command, SECTIONS[command], text, path.name, rows)
    for path in sorted(root.glob("noc/*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        for command, text in data["cli"].items():
            if command in SECTIONS:
                script = data["script"].rpartition(".")[2]
                about = {"platform": data["platform"], "version": data["version"]}
                yield Recording(
                    command, SECTIONS[command], text, path.name, None, script, {"of": about, "is": data["result"]}
                )
    for path in sorted(root.glob("napalm/*/*/*.txt")):
        command = path.stem.replace("_", " ")
        if command in SECTIONS:
            yield Recording(command, SECTIONS[command], path.read_text(encoding="utf-8"), str(path.relative_to(root)))


def colons(mac: str) -> str:
    """`00e0-fc12-3456` as `00:E0:FC:12:34:56`."""
    digits = mac.replace("-", "").upper()
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2))


def long(name: str) -> str:
    """`GE0/0/1`, `Eth0/0/1` in full, as NOC writes them."""
    for short, full in (("XGE", "XGigabitEthernet"), ("GE", "GigabitEthernet"), ("Eth", "Ethernet")):
        if name.startswith(short) and name[len(short)].isdigit():
            return full + name[len(short) :]
    return name
