"""Every Redfish resource that others recorded or made goes to every parser, one by one: read as what it is, or refused.

The whole trees, inspected as devices, are in tests/simulated/redfish.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.parse.engine import parse
from xunwei.words import Status

WALKS = ["redfish/dmtf/*", "redfish/ibmc/*"]
# Schema of a resource: the sections that may take it for theirs.
MINE = {
    "ServiceRoot": {"service_root"}, "ComputerSystem": {"system", "boot"}, "Chassis": {"chassis"},
    "Processor": {"processors"}, "Memory": {"memory"}, "MemoryMetrics": {"memory"}, "Drive": {"drives"},
    "Power": {"power"}, "PowerSubsystem": {"power"}, "PowerSupply": {"power"}, "PowerSupplyMetrics": {"power"},
    "Thermal": {"fans", "temperatures"}, "ThermalSubsystem": {"fans"}, "Fan": {"fans"}, "Sensor": {"temperatures"},
    "Storage": {"storage_controllers"}, "StorageController": {"storage_controllers"}, "Volume": {"volumes"},
    "SimpleStorage": {"storage_controllers", "drives"}, "LogService": {"log_entries"}, "LogEntry": {"log_entries"},
    "Manager": {"managers", "network_protocol"}, "ManagerNetworkProtocol": {"managers", "network_protocol"},
    "NetworkPort": {"network_ports"}, "Port": {"network_ports"}, "EthernetInterface": {"network_ports"},
    "SoftwareInventory": {"firmware"}, "SecureBoot": {"boot"}, "AccountService": {"accounts"},
    "ManagerAccount": {"accounts"}, "License": {"licenses"}, "HwNtpService": {"managers"},
    "HwSyslogService": {"remote_log"}, "HwSnmpService": {"network_protocol"},
}  # fmt: skip


def kind_of(body: Any) -> str:
    """The schema's name of a resource, '' for what is none."""
    told = body.get("@odata.type", "") if isinstance(body, dict) else ""
    return str(told).lstrip("#").partition(".")[0]


@pytest.mark.parametrize("folder", ["dmtf", "ibmc"])
def test_every_resource_is_read_as_what_it_is_or_refused(fixtures_dir: Path, folder: str) -> None:
    pack, taken, walked = packs.load("redfish"), set(), 0
    for path in sorted(p for p in (fixtures_dir / "redfish" / folder).rglob("*") if p.is_file()):
        text = path.read_text(encoding="utf-8", errors="replace")
        walked += 1
        try:
            body = json.loads(text)
        except ValueError:
            body = None
        place = str(body.get("@odata.id", "/redfish/v1/X")) if isinstance(body, dict) else "/redfish/v1/X"
        wrapped = json.dumps({place: body}, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        for section in pack.sections:
            for raw in (wrapped, text):
                parsed = parse(pack, section, raw)
                assert not parsed.reason.startswith(("parser failed", "parser returned")), (
                    path,
                    section,
                    parsed.reason,
                )
                if parsed.status is Status.COLLECTED:
                    assert raw is wrapped, (path, section)
                    assert section in MINE.get(kind_of(body), set()), (path.name, section, kind_of(body))
                    taken.add(section)
    assert walked > {"dmtf": 150, "ibmc": 20}[folder]
    assert len(taken) >= {"dmtf": 14, "ibmc": 6}[folder], taken
