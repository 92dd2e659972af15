"""Walk all public recordings: parsed with the values their own authors read, or refused; nothing in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.parse.engine import parse
from xunwei.words import Status

from .oracle import Recording, colons, long, walk

Facts = dict[str, Any]
Check = Callable[[Facts, Recording], None]
# The floor of answers that must be parsed, as a share of all; today it is all of them.
FLOOR = 0.9


@pytest.fixture(scope="module")
def recordings(fixtures_dir: Path) -> list[Recording]:
    found = list(walk(fixtures_dir / "cli" / "huawei_vrp"))
    assert len(found) > 100
    return found


def test_every_recording(recordings: list[Recording]) -> None:
    pack = packs.load("huawei_vrp")
    parsed: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    checked = 0
    for recording in recordings:
        result = parse(pack, recording.section, recording.text)
        assert result.status in (Status.COLLECTED, Status.UNPARSED), f"{recording.source}: {result}"
        assert not result.reason.startswith("parser"), f"{recording.source}: {result.reason}"
        seen[recording.section] += 1
        if result.facts is None:
            continue
        parsed[recording.section] += 1
        for check in checks(recording):
            check(result.facts, recording)
            checked += 1
    print({section: f"{parsed[section]}/{seen[section]}" for section in sorted(seen)}, "values compared:", checked)
    for section, count in seen.items():
        assert parsed[section] >= FLOOR * count, f"{section}: {parsed[section]} of {count}"
    assert checked > 60


def checks(recording: Recording) -> list[Check]:
    if recording.rows is not None:
        return [NTC[recording.section]] if recording.section in NTC else []
    if recording.script:
        found = [noc_version] if recording.section == "version" else []
        return found + [c for s, script, c in NOC if s == recording.section and script == recording.script]
    return []


def rows_of(recording: Recording) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] | None = recording.rows
    assert rows is not None
    return rows


# -- ntc-templates ------------------------------------------------------------------------------------------


def ntc_version(facts: Facts, recording: Recording) -> None:
    [row] = rows_of(recording)
    assert facts["vrp"] == row["vrp_version"]
    assert row["model"].startswith(facts["model"])
    assert row["product_version"] == " ".join(w for w in (facts["product"], facts["software"]) if w)
    assert (facts["patch"] or "") == row["patch_version"]
    weeks, days, hours, minutes = 0, 0, 0, 0
    for part in row["uptime"].split(", "):
        number, unit = part.split()
        weeks += int(number) * unit.startswith("week")
        days += int(number) * unit.startswith("day")
        hours += int(number) * unit.startswith("hour")
        minutes += int(number) * unit.startswith("minute")
    assert facts["uptime_seconds"] == (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60


def ntc_device(facts: Facts, recording: Recording) -> None:
    wanted = [
        (r["slot"], r["card"].strip("-") or None, r["pid"], r["alarm_status"].lower()) for r in rows_of(recording)
    ]
    assert [(b["slot"], b["card"], b["type"], b["status"]) for b in facts["boards"]] == wanted


def ntc_interface_brief(facts: Facts, recording: Recording) -> None:
    for found, row in zip(facts["interfaces"], rows_of(recording), strict=True):
        assert row["interface"].startswith(found["name"])
        assert found["phy"] == row["phy"].strip("*#^-")
        assert found["admin_down"] == row["phy"].startswith("*")
        assert str(found["in_errors"]) == row["in_errors"] if "in_errors" in row else True


def ntc_interfaces(facts: Facts, recording: Recording) -> None:
    for found, row in zip(facts["interfaces"], rows_of(recording), strict=True):
        assert found["name"] == row["interface"]
        assert row["link_status"].lower().removeprefix("administratively ").startswith(found["phy"])
        assert row["protocol_status"].lower().startswith(found["protocol"] or "")
        assert (found["description"] or "") == row["interface_description"].strip()
        assert (found["address"] or "") == row["ip_address"]
        assert (found["mac"] or "") == row["mac_address"]
        assert (found["duplex"] or "") == row["duplex"].lower()
        assert str((found["speed_bps"] or 0) // 1_000_000 or "") == row["speed"]


def ntc_description(facts: Facts, recording: Recording) -> None:
    wanted = [(r["interface"], r["phy"].strip("*"), r["description"]) for r in rows_of(recording)]
    assert [(i["name"], i["phy"], i["description"]) for i in facts["interfaces"]] == wanted


def ntc_eth_trunk(facts: Facts, recording: Recording) -> None:
    wanted = {(r["eth_trunk"], r["interface"]) for r in rows_of(recording)}
    assert {(t["name"], m["name"]) for t in facts["trunks"] for m in t["members"]} == wanted
    states = {(r["interface"], r["status"]) for r in rows_of(recording) if r["status"]}
    assert {(m["name"], m["status"]) for t in facts["trunks"] for m in t["members"]} == states


def ntc_vlan(facts: Facts, recording: Recording) -> None:
    assert {str(v["id"]) for v in facts["vlans"]} == {r["vlan_id"] for r in rows_of(recording)}
    by_id = {str(v["id"]): v for v in facts["vlans"]}
    for row in rows_of(recording):
        if row.get("interface"):
            kind = "untagged" if row["mode"] == "UT" else "tagged"
            assert by_id[row["vlan_id"]][kind] == row["interface"]


def ntc_arp(facts: Facts, recording: Recording) -> None:
    wanted = [(r["ip_address"], r["mac_address"], r["interface"]) for r in rows_of(recording)]
    assert [(e["ip"], e["mac"], e["interface"]) for e in facts["entries"]] == wanted
    assert facts["total"] == len(wanted)


def ntc_mac(facts: Facts, recording: Recording) -> None:
    wanted = [(r["destination_address"], r["vlan_id"], r["destination_port"], r["type"]) for r in rows_of(recording)]
    assert [(e["mac"], str(e["vlan"]), e["port"], e["kind"]) for e in facts["entries"]] == wanted


def ntc_bgp(facts: Facts, recording: Recording) -> None:
    wanted = [(r["peer"], r["asn"], r["state"].lower(), int(r["pref_rcvd"])) for r in rows_of(recording)]
    assert [(p["peer"], p["as"], p["state"], p["prefixes"]) for p in facts["peers"]] == wanted


def ntc_lldp(facts: Facts, recording: Recording) -> None:
    wanted = [(r["local_interface"], r["chassis_id"], r["neighbor_port_id"]) for r in rows_of(recording)]
    assert [(n["local_port"], n["chassis_id"], n["peer_port"]) for n in facts["neighbours"]] == wanted
    names = [r["neighbor_name"] for r in rows_of(recording)]
    assert [(n["peer"] or "") for n in facts["neighbours"]] == [n.strip("-") for n in names]


def ntc_startup(facts: Facts, recording: Recording) -> None:
    for board, row in zip(facts["boards"], rows_of(recording), strict=True):
        assert board["software"] == row["startup_system_software"]
        assert board["next_configuration"] == row["next_startup_saved_configuration_file"]
        assert (board["next_patch"] or "null") == row["next_startup_patch_package"]


def ntc_patch(facts: Facts, recording: Recording) -> None:
    [row] = rows_of(recording)
    assert (facts["version"], facts["state"]) == (row["version"], row["state"].lower())


def ntc_http(facts: Facts, recording: Recording) -> None:
    [row] = rows_of(recording)
    assert facts["http"] == (row["http_server_status"] == "enabled")
    assert facts["https"] == (row["https_server_status"] == "enabled")


def ntc_telnet(facts: Facts, recording: Recording) -> None:
    [row] = rows_of(recording)
    assert facts["ipv4"] == (row["telnet_ipv4_server"] == "Enable")
    assert (facts["acl"] or "0") == row["acl4_number"]


def ntc_acl(facts: Facts, recording: Recording) -> None:
    wanted = [(r["acl_number"], r["sn"], r["action"]) for r in rows_of(recording) if r["sn"] and r["action"]]
    found = [(str(a["number"]), str(e["id"]), e["action"]) for a in facts["acls"] for e in a["entries"]]
    assert sorted(set(found)) == sorted(set(wanted))


def ntc_community(facts: Facts, recording: Recording) -> None:
    found = [(c["acl"] or "", c["view"]) for c in facts["communities"]]
    assert found == [(r["acl"], r["view"]) for r in rows_of(recording)]


def ntc_esn(facts: Facts, recording: Recording) -> None:
    assert facts["serial"] == rows_of(recording)[0]["serial_number"]


def ntc_temperature(facts: Facts, recording: Recording) -> None:
    assert [int(s["celsius"]) for s in facts["sensors"]] == [int(r["temperature"]) for r in rows_of(recording)]


def ntc_ntp(facts: Facts, recording: Recording) -> None:
    [row] = rows_of(recording)
    assert facts["synchronized"] == (row["clock_status"] == "synchronized")
    assert str(facts["stratum"]) == row["clock_stratum"]


NTC: dict[str, Check] = {
    "version": ntc_version, "device": ntc_device, "interface_brief": ntc_interface_brief, "interfaces": ntc_interfaces,
    "interface_description": ntc_description, "eth_trunk": ntc_eth_trunk, "vlan": ntc_vlan, "arp": ntc_arp,
    "mac_address": ntc_mac, "bgp_peer": ntc_bgp, "lldp_neighbor": ntc_lldp, "startup": ntc_startup, "patch": ntc_patch,
    "http_server": ntc_http, "telnet_server": ntc_telnet, "acl": ntc_acl, "snmp_community": ntc_community,
    "esn": ntc_esn, "temperature": ntc_temperature, "ntp": ntc_ntp,
}  # fmt: skip

# -- NOC ----------------------------------------------------------------------------------------------------


def noc_version(facts: Facts, recording: Recording) -> None:
    about = recording.result["of"]
    assert facts["vrp"] == about["version"]
    # NOC shortens `NetEngine 40E` to NE40E or NetEngine; everywhere else its platform is the model as printed.
    model = facts["model"].replace("NetEngine ", "NE")
    assert about["platform"] in (model, "NetEngine"), (facts["model"], about["platform"])


def noc_arp(facts: Facts, recording: Recording) -> None:
    wanted = [(e["ip"], e["mac"], e["interface"]) for e in recording.result["is"]]
    found = [(e["ip"], colons(e["mac"]), long(e["interface"])) for e in facts["entries"] if e["mac"]]
    assert found == [(ip, mac, long(interface)) for ip, mac, interface in wanted]


def noc_mac(facts: Facts, recording: Recording) -> None:
    wanted = sorted((e["mac"], e["vlan_id"], long(e["interfaces"][0])) for e in recording.result["is"])
    assert sorted((colons(e["mac"]), e["vlan"], long(e["port"])) for e in facts["entries"]) == wanted


def noc_vlans(facts: Facts, recording: Recording) -> None:
    # NOC's own reading loses the rows behind a paging artefact; the device's total says that ours is complete.
    found = {v["id"] for v in facts["vlans"]}
    wanted = {v["vlan_id"] for v in recording.result["is"]}
    assert wanted <= found
    assert len(found - wanted) <= recording.text.count(" " * 42)


def noc_status(facts: Facts, recording: Recording) -> None:
    wanted = {e["interface"]: e["status"] for e in recording.result["is"]}
    found = {i["name"]: i["phy"] == "up" for i in facts["interfaces"]}
    assert {name: found.get(name, found.get(name.split("(")[0])) for name in wanted} == wanted


def noc_portchannel(facts: Facts, recording: Recording) -> None:
    wanted = {e["interface"]: sorted(e["members"]) for e in recording.result["is"]}
    assert {t["name"]: sorted(m["name"] for m in t["members"]) for t in facts["trunks"]} == wanted


def noc_chassis(facts: Facts, recording: Recording) -> None:
    assert colons(facts["bridge_mac"]) == recording.result["is"]["first_chassis_mac"]


def noc_lldp(facts: Facts, recording: Recording) -> None:
    wanted = {
        (e["local_interface"], n["remote_port"], n["remote_system_name"].strip())
        for e in recording.result["is"] for n in e["neighbors"]
    }  # fmt: skip
    assert {(n["local_port"], n["peer_port"], n["peer"]) for n in facts["neighbours"]} == wanted


def noc_interfaces(facts: Facts, recording: Recording) -> None:
    found = {i["name"]: i for i in facts["interfaces"]}
    for instance in recording.result["is"]:
        for wanted in instance["interfaces"]:
            one = found.get(wanted["name"])
            if one is None:
                continue
            assert (one["phy"] == "up") == wanted["oper_status"], wanted["name"]
            if wanted.get("mac"):
                assert colons(one["mac"]) == wanted["mac"]


NOC: list[tuple[str, str, Check]] = [
    ("arp", "get_arp", noc_arp),
    ("mac_address", "get_mac_address_table", noc_mac),
    ("vlan", "get_vlans", noc_vlans),
    ("interface_brief", "get_interface_status", noc_status),
    ("eth_trunk", "get_portchannel", noc_portchannel),
    ("stp", "get_chassis_id", noc_chassis),
    ("lldp_neighbor", "get_lldp_neighbors", noc_lldp),
    ("interfaces", "get_interfaces", noc_interfaces),
]
