"""Walks the third-party Comware recordings: which section each answer belongs to, and what others read in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Facts = dict[str, Any]
Rows = list[dict[str, Any]]
BY_FOLDER = {
    "display_arp": "arp",
    "display_bgp_peer_ipv4": "bgp_peer",
    "display_clock": "clock",
    "display_counters_bound_interface": "counters",
    "display_device_manuinfo": "manuinfo",
    "display_interface": "interfaces",
    "display_interface_brief": "interface_brief",
    "display_ip_interface": "ip_interface",
    "display_ip_routing-table": "routing_table",
    "display_ip_vpn-instance": "vpn_instance",
    "display_ip_vpn-instance_instance-name": "vpn_instance",
    "display_link-aggregation_member-port": "link_member",
    "display_link-aggregation_verbose": "link_aggregation",
    "display_lldp_neighbor-information_list": "lldp_neighbor",
    "display_lldp_neighbor-information_verbose": "lldp_neighbor",
    "display_mac-address": "mac_address",
    "display_route-policy": "route_policy",
    "display_vlan_all": "vlan",
    "display_vlan_brief": "vlan_brief",
}
BY_COMMAND = {
    "display version": "version",
    "display arp": "arp",
    "display mac-address": "mac_address",
    "display vlan all": "vlan",
    "display lldp neighbor": "lldp_neighbor",
    "display stp": "stp",
    "display current-configuration": "configuration",
}
FAKE = "--- Fake output"  # a session recording that stands in for what nobody recorded


@dataclass(frozen=True)
class Recorded:
    """One recorded answer; `rows` is what ntc-templates expects, `result` what NOC expects of its script."""

    name: str
    section: str
    text: str
    rows: Rows | None = None
    script: str = ""
    result: Any = None


def recordings(root: Path) -> list[Recorded]:
    """Every recorded answer that belongs to one of the pack's sections."""
    return [
        *_ntc(root / "cli" / "hp_comware" / "ntc"),
        *_noc(root / "cli" / "h3c_vrp" / "noc"),
        *_oxidized(root / "cli" / "oxidized"),
    ]


def _ntc(folder: Path) -> Iterator[Recorded]:
    for path in sorted(folder.glob("*/*.raw")):
        section = BY_FOLDER.get(path.parent.name)
        if section is None:
            continue
        expected = path.with_suffix(".yml")
        rows = yaml.safe_load(expected.read_text(encoding="utf-8"))["parsed_sample"] if expected.is_file() else None
        yield Recorded(f"ntc/{path.name}", section, path.read_text(encoding="utf-8"), rows)


def _noc(folder: Path) -> Iterator[Recorded]:
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        for command, text in data["cli"].items():
            section = BY_COMMAND.get(command)
            if section is not None:
                yield Recorded(
                    f"noc/{path.name}/{command}", section, text, None, data["script"].rpartition(".")[2], data["result"]
                )


def _oxidized(folder: Path) -> Iterator[Recorded]:
    for path in sorted(folder.glob("h3c__*simulation.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["commands"]:
            for command, text in entry.items():
                section = BY_COMMAND.get(command.strip())
                if section is not None and FAKE not in text:
                    yield Recorded(f"oxidized/{path.name}/{command.strip()}", section, text.replace("\\r", ""))


# -- what ntc-templates expects, in the words of our facts --


def mac(word: str) -> str | None:
    digits = re.sub(r"[^0-9a-f]", "", word.lower())
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2)) if len(digits) == 12 else None


def none(word: str) -> str | None:
    return None if word.strip() in ("", "--", "-", "N/A", "NONE") else word.strip()


def arp(rows: Rows, facts: Facts) -> None:
    assert [
        (r["ip_address"], mac(r["mac_address"]), none(r["vlan_id"]), r["interface"], int(r["aging"]), r["type"])
        for r in rows
    ] == [(e["ip"], e["mac"], e["vlan"], e["interface"], e["aging"], e["type"]) for e in facts["entries"]]


def bgp_peer(rows: Rows, facts: Facts) -> None:
    assert [
        (
            r["peer"],
            r["remote_asn"],
            int(r["messages_received"]),
            int(r["messages_sent"]),
            int(r["prefixes_received"]),
            r["up_down"],
            r["state"],
        )
        for r in rows
    ] == [
        (p["peer"], p["remote_as"], p["received"], p["sent"], p["prefixes"], p["up_down"], p["state"])
        for p in facts["peers"]
    ]
    assert {(r["local_router_id"], r["local_as_number"]) for r in rows} == {(facts["router_id"], facts["local_as"])}


def clock(rows: Rows, facts: Facts) -> None:
    [row] = rows
    assert facts["local"] == f"{row['year']}-{row['month']}-{row['day']}T{row['time']}"
    assert facts["zone"] == row["timezone"]


def counters(rows: Rows, facts: Facts) -> None:
    keys = ("packets_total", "packets_broadcast", "packets_multicast", "packets_error")
    assert [(r["interface"], *(int(r[k]) for k in keys)) for r in rows] == [
        (i["name"], i["total"], i["broadcast"], i["multicast"], i["errors"]) for i in facts["interfaces"]
    ]


def manuinfo(rows: Rows, facts: Facts) -> None:
    ours = [
        (p["kind"], p["id"], str(p["chassis"] or ""), p["name"], p["serial"], p["mac"], p["date"], p["vendor"])
        for p in facts["parts"]
    ]
    for row in rows:
        fields = (
            none(row["device_name"]),
            none(row["device_serial_number"]),
            mac(row["mac_address"]),
            none(row["manufacturing_date"]),
        )
        wanted = (row["slot_type"].lower(), row["slot_id"], row["chassis_id"], *fields, none(row["vendor_name"]))
        assert wanted in ours, wanted


def interfaces(rows: Rows, facts: Facts) -> None:
    ours = facts["interfaces"]
    assert [r["interface"] for r in rows] == [i["name"] for i in ours]
    for row, found in zip(rows, ours, strict=True):
        state = row["line_status"].lower()
        if state == "administratively down":
            assert (found["physical"], found["admin_down"]) == ("down", True)
        else:
            assert found["physical"] == state
        protocol = re.sub(r"\(.*\)", "", row["protocol_status"].lower())
        assert found["protocol"] == (protocol or None)
        assert found["description"] == row["description"]
        assert found["mac"] == (mac(row["hw_address"][-1]) if row["hw_address"] else None)
        assert found["addresses"] == row["ip_address"]
        assert str(found["mtu"] or "") == row["mtu"]
        assert str(found["max_frame"] or "") == row["l2mtu"]
        assert str(found["pvid"] or "") == row["vlan_native"]
        assert (found["link_type"] or "") == row["port_link_type"].lower()
        duplex = row["duplex"].lower().removesuffix("-duplex")
        assert (found["duplex"] or "") == ("" if duplex == "unknown" else duplex)
        assert found["speed_bps"] == speed(row["speed"])
        kbps = re.match(r"\d+", row["bandwidth"])
        assert found["bandwidth_bps"] == (int(kbps.group()) * 1000 if kbps else None)


def speed(word: str) -> int | None:
    match = re.match(r"([\d.]+)([MG])", word)
    return round(float(match.group(1)) * {"M": 10**6, "G": 10**9}[match.group(2)]) if match else None


def interface_brief(rows: Rows, facts: Facts) -> None:
    assert [(r["interface"], r["link"].lower()) for r in rows] == [(i["name"], i["link"]) for i in facts["interfaces"]]
    for row, found in zip(rows, facts["interfaces"], strict=True):
        assert found["ip"] == none(row["main_ip"])
        assert (found["protocol"] or "") == re.sub(r"\(.*\)", "", row["protocol"].lower())
        assert found["description"] == (none(row["description"]) or "")
        assert str(found["pvid"] or "") == row["vlan_id"]
        assert found["speed_bps"] == speed(row["speed"])


def ip_interface(rows: Rows, facts: Facts) -> None:
    assert [
        (r["interface"], r["line_status"], r["protocol_status"], r["ip_address"], r["mtu"], r["route_map"])
        for r in rows
    ] == [
        (
            i["name"],
            i["state"],
            i["protocol"],
            [f"{a['address']}/{a['prefix']}" for a in i["addresses"]],
            str(i["mtu"] or ""),
            i["route_policy"] or "",
        )
        for i in facts["interfaces"]
    ]


def routing_table(rows: Rows, facts: Facts) -> None:
    keys = ("network", "prefix_length", "protocol", "distance", "metric", "nexthop_ip", "nexthop_if")
    ours = ("destination", "prefix", "protocol", "preference", "cost", "next_hop", "interface")
    assert [tuple(r[k] for k in keys) for r in rows] == [tuple(str(r[k]) for k in ours) for r in facts["routes"]]


def vpn_instance(rows: Rows, facts: Facts) -> None:
    assert [(r["name"], r["rd"] or None) for r in rows] == [(i["name"], i["rd"]) for i in facts["instances"]]
    for row, found in zip(rows, facts["instances"], strict=True):
        assert row.get("interfaces") in (None, found["interfaces"])


def link_member(rows: Rows, facts: Facts) -> None:
    def number(word: str) -> int | None:
        return int(word) if word else None

    assert [
        (
            r["member_port"],
            r["aggregate_interface"],
            number(r["local_port_number"]),
            number(r["local_oper_key"]),
            r["local_flag"].strip("{}") or None,
            r["remote_flag"].strip("{}") or None,
            r["remote_system_id"] or None,
            number(r["received_packets"]),
            number(r["illegal_packets"]),
            number(r["sent_packets"]),
        )
        for r in rows
    ] == [
        tuple(
            p[k]
            for k in (
                "name",
                "group",
                "port_number",
                "oper_key",
                "local_flags",
                "remote_flags",
                "remote_system",
                "received",
                "illegal",
                "sent",
            )
        )
        for p in facts["ports"]
    ]


def link_aggregation(rows: Rows, facts: Facts) -> None:
    assert [(r["interface"], r["aggregation_mode"].lower(), r["loadsharing"]) for r in rows] == [
        (g["name"], g["mode"], g["loadsharing"]) for g in facts["groups"]
    ]
    for row, group in zip(rows, facts["groups"], strict=True):
        assert [re.sub(r"\(.*\)", "", n) for n in row["local_interfaces"]] == [m["name"] for m in group["members"]]
        assert [m["name"] for m in group["members"] if m["partner"]] == row["remote_interfaces"]
        assert [n.endswith("(R)") for n in row["local_interfaces"]] == [m["reference"] for m in group["members"]]


def lldp_neighbor(rows: Rows, facts: Facts) -> None:
    assert [(r["local_interface"], r["chassis_id"], r["neighbor_interface"]) for r in rows] == [
        (n["local_port"], n["chassis_id"], n["peer_port"]) for n in facts["neighbors"]
    ]
    for row, found in zip(rows, facts["neighbors"], strict=True):
        # ntc-templates loses the second half of a name that wraps.
        name = none(row["neighbor_name"])
        assert found["peer"] == name or (name and len(name) == 20 and found["peer"].startswith(name))


def mac_address(rows: Rows, facts: Facts) -> None:
    aging = {"AGING": True, "NOAGED": False}
    assert [
        (mac(r["mac_address"]), int(r["vlan_id"]), r["state"], r["interface"], aging[r["aging"]]) for r in rows
    ] == [(e["mac"], e["vlan"], e["state"], e["interface"], e["aging"]) for e in facts["entries"]]


def route_policy(rows: Rows, facts: Facts) -> None:
    assert [(r["policy_name"], r["action"].lower(), int(r["node"]), r["if_match"], r["apply"]) for r in rows] == [
        (n["policy"], n["action"], n["node"], n["if_match"], n["apply"]) for n in facts["nodes"]
    ]


def vlan(rows: Rows, facts: Facts) -> None:
    assert [
        (
            int(r["vlan_id"]),
            r["vlan_name"],
            r["description"],
            r["type"],
            none(r["ipv4_address"]),
            none(r["ipv4_subnet"]),
        )
        for r in rows
    ] == [(v["id"], v["name"], v["description"], v["type"], v["ip"], v["mask"]) for v in facts["vlans"]]
    assert [r["route_interface"].lower() == "configured" for r in rows] == [v["routed"] for v in facts["vlans"]]


def vlan_brief(rows: Rows, facts: Facts) -> None:
    # ntc-templates keeps the first word of a name only.
    assert [(int(r["vlan_id"]), r["vlan_name"]) for r in rows] == [
        (v["id"], v["name"].split()[0]) for v in facts["vlans"]
    ]


COMPARE: dict[str, Callable[[Rows, Facts], None]] = {
    f.__name__: f
    for f in (
        arp, bgp_peer, clock, counters, manuinfo, interfaces, interface_brief, ip_interface, routing_table,
        vpn_instance, link_member, link_aggregation, lldp_neighbor, mac_address, route_policy, vlan, vlan_brief,
    )
}  # fmt: skip


# -- what NOC expects --


def noc(script: str, section: str, result: Any, facts: Facts) -> bool:
    """Compare with NOC's reading where this section is what the script read; False when it is not."""
    if section == "version" and script == "get_version":
        assert facts["comware"] == result["version"]
        assert facts["model"] == result["platform"]
        assert facts["bootrom"] == result["attributes"].get("Boot PROM")
        # Where the device names no hardware version of its own, NOC takes a subslot's.
        assert facts["hardware"] in (None, result["attributes"].get("HW version"))
    elif section == "arp" and script == "get_arp":
        assert [(e["ip"], e["mac"].upper(), e["interface"]) for e in facts["entries"]] == [
            (r["ip"], r["mac"], r["interface"]) for r in result
        ]
    elif section == "mac_address" and script == "get_mac_address_table":
        assert [(e["mac"].upper(), e["vlan"], [e["interface"]]) for e in facts["entries"]] == [
            (r["mac"], r["vlan_id"], r["interfaces"]) for r in result
        ]
    elif section == "vlan" and script == "get_vlans":
        assert [(v["id"], v["name"]) for v in facts["vlans"]] == [(r["vlan_id"], r["name"]) for r in result]
    elif section == "stp" and script == "get_chassis_id":
        assert facts["bridge_mac"].upper() == result["first_chassis_mac"]
    elif section == "lldp_neighbor" and script == "get_lldp_neighbors":
        ours = [(n["local_port"], n["peer"], n["peer_port"], mac(n["chassis_id"])) for n in facts["neighbors"]]
        theirs = [
            (r["local_interface"], n["remote_system_name"], n["remote_port"], mac(n["remote_chassis_id"]))
            for r in result
            for n in r["neighbors"]
        ]
        assert ours == theirs
    else:
        return False
    return True
