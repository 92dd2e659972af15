"""Third-party answers through collector and parsers: right values, or unparsed/unsupported; never a wrong one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.parse.engine import Parsed, parse
from xunwei.words import Status

OK = ("Enabled", "OK")


def facts_of(device: Any) -> dict[str, Parsed]:
    pack = packs.load("redfish")
    found = {}
    for name, answer in device.ask_all().items():
        collected = answer.status is Status.COLLECTED
        found[name] = parse(pack, name, answer.raw) if collected else Parsed(answer.status, None, answer.reason)
        assert not found[name].reason.startswith(("parser failed", "parser returned")), found[name]
    return found


def health(items: list[dict[str, Any]]) -> dict[str, tuple[str | None, str | None]]:
    return {item["name"]: (item["state"], item["health"]) for item in items}


def test_dmtf_mockup(mockup: Any, tree_server: Any) -> None:
    found = facts_of(tree_server(mockup))
    absent = {name for name, parsed in found.items() if parsed.status is not Status.COLLECTED}
    assert absent == {"volumes", "remote_log", "licenses"}
    facts = {name: parsed.facts or {} for name, parsed in found.items()}
    [system] = facts["system"]["systems"]
    assert (system["model"], system["serial"], system["power_state"]) == ("3500", "437XR1138R2", "On")
    assert (system["bios_version"], system["health"]) == ("P79 v1.45 (12/06/2017)", "OK")
    assert health(facts["processors"]["processors"]) == {"CPU1": OK, "FPGA1": OK}  # CPU2 is absent
    assert health(facts["memory"]["modules"]) == dict.fromkeys(("DIMM1", "DIMM2", "DIMM3"), OK)  # DIMM4 is absent
    assert facts["memory"]["total_mib"] == 98304
    assert health(facts["power"]["supplies"]) == {"Power Supply Bay 1": ("Enabled", "Warning")}  # bay 2 is absent
    assert (facts["power"]["working"], facts["power"]["supplies"][0]["input_ok"]) == (0, True)
    assert health(facts["power"]["redundancy"])["PowerSubsystem redundancy"] == ("UnavailableOffline", "OK")
    assert set(health(facts["fans"]["fans"]).values()) == {OK}
    assert facts["fans"]["redundancy"][1]["health"] is None  # disabled, health not told
    sensors = {s["name"]: (s["celsius"], s["caution"], s["critical"]) for s in facts["temperatures"]["sensors"]}
    assert sensors == {
        "CPU1 Temp": (41, 42, 45),
        "CPU2 Temp": (None, 42, 45),
        "Chassis Intake Temp": (25, 30, 40),
    }
    assert health(facts["drives"]["drives"]) == {"SATA Bay 1": OK, "SATA Bay 2": ("Enabled", "Warning")}
    assert {d["failure_predicted"] for d in facts["drives"]["drives"]} == {None}
    assert [e["severity"] for e in facts["log_entries"]["events"]] == ["Critical"] * 3
    [manager] = facts["managers"]["managers"]
    assert (manager["firmware"], manager["ntp"], manager["time"]) == ("1.45.455b66-rev4", None, 1426198473)
    [services] = facts["network_protocol"]["managers"]
    told = {key: services[key] for key in ("http", "ipmi", "telnet", "snmp_v1", "snmp_v2c", "snmp_v3", "vnc")}
    assert told == {
        "http": True,
        "ipmi": True,
        "telnet": True,
        "snmp_v1": True,
        "snmp_v2c": False,
        "snmp_v3": True,
        "vnc": None,
    }
    accounts = facts["accounts"]
    assert (accounts["lockout_threshold"], accounts["complexity"]) == (5, None)
    assert [a["name"] for a in accounts["accounts"]] == ["Administrator"]
    assert {p["name"]: p["link"] for p in facts["network_ports"]["ports"]}["ToManager"] is None
    assert facts["boot"]["systems"][0]["override_target"] == "Pxe"
    assert {c["name"]: c["version"] for c in facts["firmware"]["components"]}["BIOS"] == "P79 v1.45"


def test_evidence_lines_point_at_what_was_read(mockup: Any, tree_server: Any) -> None:
    device = tree_server(mockup)
    pack = packs.load("redfish")
    checked = 0
    for name, answer in device.ask_all(["memory", "fans", "temperatures", "processors", "drives"]).items():
        lines = answer.raw.splitlines()
        facts = parse(pack, name, answer.raw).facts or {}
        for items in facts.values():
            for item in items if isinstance(items, list) else []:
                line = lines[item["_line"] - 1]
                known = item["name"] in line or line.lstrip().startswith(('"/redfish/v1/', '"Health": ', '"State": '))
                assert known, (name, item, line)
                checked += 1
    assert checked > 10


def ibmc_tree(answers: list[tuple[str, dict[str, Any]]], *chosen: str) -> dict[str, Any]:
    """All recorded answers at their own place; where two have the same place, the chosen files win."""
    tree: dict[str, Any] = {}
    for _, body in sorted(answers, key=lambda a: a[0] in chosen):
        if "@odata.id" in body:
            tree[body["@odata.id"].rstrip("/")] = body
    for word in ("Systems", "Chassis"):  # collections that were not recorded
        members = [{"@odata.id": f"/redfish/v1/{word}/1"}]
        tree.setdefault(f"/redfish/v1/{word}", {"@odata.type": "#C.C", "Members": members})
    return tree


NOT_RECORDED = {
    "processors", "memory", "power", "fans", "temperatures", "network_ports", "log_entries", "firmware", "accounts",
    "remote_log", "licenses",
}  # fmt: skip


@pytest.mark.parametrize("system", ["system-v3.json", "get-system-with-storage-ready.json"])
@pytest.mark.parametrize("drive", ["get-drive-0.json", "get-drive-fm-good-response.json"])
def test_recorded_ibmc(ibmc_answers: Any, tree_server: Any, system: str, drive: str) -> None:
    found = facts_of(tree_server(ibmc_tree(ibmc_answers, system, drive)))
    assert {n for n, p in found.items() if p.status is Status.UNSUPPORTED} == NOT_RECORDED
    assert found["network_protocol"].status is Status.UNPARSED  # only its neighbour was recorded
    facts = {name: parsed.facts or {} for name, parsed in found.items()}
    [got] = facts["system"]["systems"]
    expected = {
        "system-v3.json": (None, "Warning", "3.17", 16, "OK"),
        "get-system-with-storage-ready.json": ("2288H V5", "Critical", "0.95", 128, "Warning"),
    }[system]
    assert (got["model"], got["health"], got["bios_version"], got["memory_gib"], got["processors_health"]) == expected
    drives = {d["name"]: d for d in facts["drives"]["drives"]}
    assert (drives["Disk0"]["firmware_state"], drives["Disk0"]["serial"]) == (
        "Online" if drive == "get-drive-0.json" else "UnconfiguredGood",
        "38DGK77LF77D",
    )
    assert (drives["Disk2"]["state"], drives["Disk2"]["health"]) == ("Disabled", "Warning")
    unseen = [d for d in drives.values() if d["health"] is None]
    assert [d["name"].rpartition("/")[2] for d in unseen] == ["HDDPlaneDisk40", "HDDPlaneDisk41"]
    assert facts["drives"]["error_counters"] == []
    [controller] = facts["storage_controllers"]["controllers"]
    assert (controller["model"], controller["mode"], controller["health"]) == ("SAS3508", "RAID", "OK")
    assert facts["storage_controllers"]["batteries"] == []  # absent
    volumes = {v["label"] or v["name"]: (v["raid"], v["health"]) for v in facts["volumes"]["volumes"]}
    assert volumes["os_volume"] == ("RAID0", "OK")
    assert [v for v in volumes.values() if v[1] is None] == [(None, None)]  # the second one was not recorded
    [manager] = facts["managers"]["managers"]
    assert (manager["firmware"], manager["time"], manager["ntp"]) == ("3.12", 1550185743, None)
    assert facts["service_root"]["product"] == "2288H V5"


def test_every_file_alone_gives_facts_or_unparsed(fixtures_dir: Path) -> None:
    """Each recorded resource as the answer to every section: a resource of another kind is refused, not read."""
    pack = packs.load("redfish")
    files = sorted((fixtures_dir / "redfish").rglob("*.json"))
    assert len(files) > 250
    accepted: dict[str, int] = {}
    for path in files:
        body = json.loads(path.read_text(encoding="utf-8"))
        place = str(body.get("@odata.id", "/redfish/v1/x"))
        raw = json.dumps({place: body}, indent=1, sort_keys=True, ensure_ascii=False)
        for name in pack.sections:
            parsed = parse(pack, name, raw)
            assert parsed.status in (Status.COLLECTED, Status.UNPARSED), (path, name, parsed)
            assert not parsed.reason.startswith(("parser failed", "parser returned")), (path, name, parsed)
            if parsed.status is Status.COLLECTED:
                accepted[path.name] = accepted.get(path.name, 0) + 1
                assert sections_for(body) >= {name}, (path, name)
    assert accepted


def sections_for(body: dict[str, Any]) -> set[str]:
    """Sections that may read a resource of this kind."""
    kind = str(body.get("@odata.type", "")).lstrip("#").partition(".")[0]
    return {
        "ComputerSystem": {"system", "boot"},
        "Chassis": {"chassis"},
        "Processor": {"processors"},
        "Memory": {"memory"},
        "MemoryMetrics": {"memory"},
        "Power": {"power"},
        "PowerSupply": {"power"},
        "PowerSubsystem": {"power"},
        "PowerSupplyMetrics": {"power"},
        "Thermal": {"fans", "temperatures"},
        "ThermalSubsystem": {"fans"},
        "Fan": {"fans"},
        "Sensor": {"temperatures"},
        "Storage": {"storage_controllers"},
        "SimpleStorage": {"storage_controllers", "drives"},
        "Drive": {"drives"},
        "Volume": {"volumes"},
        "Port": {"network_ports"},
        "EthernetInterface": {"network_ports"},
        "LogService": {"log_entries"},
        "LogEntry": {"log_entries"},
        "Manager": {"managers"},
        "ManagerNetworkProtocol": {"managers", "network_protocol"},
        "SoftwareInventory": {"firmware"},
        "AccountService": {"accounts"},
        "SecureBoot": {"boot"},
    }.get(kind, set())
