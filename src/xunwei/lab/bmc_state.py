"""State of the simulated BMC and the resource tree made from it."""

from __future__ import annotations

import copy
import datetime as dt
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import yaml

Json = dict[str, Any]
PERSONALITY = Path(__file__).resolve().parent / "personalities" / "ibmc"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CLOCK = "@clock@"
PAGE = 32  # log entries in one page, as iBMC gives them
_RANK = {"OK": 0, "Warning": 1, "Critical": 2}
_ZONE = dt.timezone(dt.timedelta(hours=8))
_SYSTEM = "/redfish/v1/Systems/1"
_ENTRIES = f"{_SYSTEM}/LogServices/Log1/Entries"
FAULTS = (
    "fan_failed", "power_failed", "drive_predicted", "drive_failed", "temperature_high", "dimm_error",
    "slow", "hang", "login_refused", "garbage", "truncated_output",
)  # fmt: skip
# The list a fault's number is an index of.
_PARTS = {
    "fan_failed": "fans", "power_failed": "psus", "drive_predicted": "drives", "drive_failed": "drives",
    "dimm_error": "dimms",
}  # fmt: skip
# What a hardware fault writes to the event log: severity, event code, text when it comes, text when it goes.
_EVENTS = {
    "fan_failed": ("Critical", "0x04000005", "{} has failed.", "{} has recovered."),
    "power_failed": ("Critical", "0x03000009", "The input of {} is lost.", "The input of {} is restored."),
    "drive_predicted": ("Warning", "0x02000009", "A failure of {} is predicted.", "The prediction for {} is cleared."),
    "drive_failed": ("Critical", "0x02000007", "{} has failed.", "{} has recovered."),
    "temperature_high": ("Critical", "0x0100001D", "{} is too high.", "{} is normal again."),
    "dimm_error": ("Critical", "0x0100000B", "Uncorrectable ECC error on {}.", "{} works again."),
}


class State:
    """What the device is: its settings, its parts, its faults, its log."""

    def __init__(self, device: Json) -> None:
        base = yaml.safe_load((PERSONALITY / "device.yml").read_text(encoding="utf-8"))
        self.data: Json = _merged(base, device.get("state") or {})
        name = device.get("name")
        if name and "host_name" not in (device.get("state") or {}).get("product", {}):
            self.data["product"]["host_name"] = str(name)
        self.faults: dict[str, Any] = {}
        self._templates = _templates()
        self._tree: dict[str, Json] | None = None
        now = time.time()
        self.log: list[Json] = []
        for age, severity, code, text in self.data["log"]:
            self.add_event(severity, code, text, now - age * 3600)

    def add_event(self, severity: str, code: str, text: str, when: float) -> None:
        """Append to the event log."""
        self._tree = None
        number = str(len(self.log) + 1)
        created = dt.datetime.fromtimestamp(when, _ZONE).isoformat(timespec="seconds")
        self.log.append(
            {
                "@odata.id": f"{_ENTRIES}/{number}",
                "@odata.type": "#LogEntry.v1_0_0.LogEntry",
                "Id": number,
                "Name": "Log Entry",
                "EntryType": "Event",
                "Severity": severity,
                "Created": created,
                "MessageId": code,
                "Message": text,
                "Oem": {"Huawei": {"EventId": code, "Status": "Asserted" if severity != "OK" else "Deasserted"}},
            }
        )

    def set_fault(self, name: str, value: Any) -> None:
        """Turn a fault on (True, or the index of the part, or a number) or off (False, None). Raises ValueError."""
        if name not in FAULTS:
            raise ValueError(f"unknown fault {name!r}; known: {', '.join(FAULTS)}")
        on = value is not None and value is not False
        if on and name in _PARTS and not 0 <= _index(value) < len(self.data[_PARTS[name]]):
            raise ValueError(f"{name}: there is no part {value}")
        before = self.faults.pop(name, None)
        self._tree = None
        if on:
            self.faults[name] = value
        if name in _EVENTS and on != (before is not None):
            severity, code, comes, goes = _EVENTS[name]
            part = self._part(name, value if on else before)
            text = (comes if on else goes).format(part)
            self.add_event(severity if on else "OK", code, text, time.time())

    def resource(self, path: str) -> Json | None:
        """The resource at `path` as it is now, None when there is none."""
        if self._tree is None:
            self._tree = self.tree()
        found = self._tree.get(path)
        if found is None or found.get("DateTime") != _CLOCK:
            return found
        clock = dt.datetime.fromtimestamp(time.time() + self.data["clock_offset"], _ZONE)
        return {**found, "DateTime": clock.isoformat(timespec="seconds")}

    def tree(self) -> dict[str, Json]:
        """All resources by path; clocks stand as a placeholder in it."""
        state = self._with_faults()
        context = _context(state)
        found: dict[str, Json] = {}
        for template in self._templates:
            found.update(yaml.load(template.render(context), Loader=_LOADER))  # noqa: S506 - a safe loader
        newest_first = list(reversed(self.log))
        for start in range(0, max(len(newest_first), 1), PAGE):
            path = _ENTRIES if start == 0 else f"{_ENTRIES}?$skip={start}"
            found[path] = _page(newest_first, start)
        for entry in self.log:
            found[entry["@odata.id"]] = entry
        for path, resource in found.items():
            resource.setdefault("@odata.id", path.partition("?")[0])
        return found

    def _part(self, name: str, value: Any) -> str:
        index = _index(value)
        if name == "fan_failed":
            return str(self.data["fans"][index]["name"])
        if name == "power_failed":
            return str(self.data["psus"][index]["name"])
        if name.startswith("drive"):
            return f"Disk{self.data['drives'][index]['slot']}"
        if name == "dimm_error":
            return str(list(self.data["dimms"])[index])
        return str(self.data["temperatures"][0][0])

    def _with_faults(self) -> Json:
        state = copy.deepcopy(self.data)
        for name, value in self.faults.items():
            index = _index(value)
            if name == "fan_failed":
                state["fans"][index].update(rpm=0, ratio=0, health="Critical")
            elif name == "power_failed":
                state["psus"][index].update(volts=0, input=0, output=0, health="Critical")
            elif name == "drive_predicted":
                state["drives"][index].update(predicted=True, health="Warning", media_errors=17)
            elif name == "drive_failed":
                state["drives"][index].update(health="Critical", state="Failed", media_errors=214)
                for volume in state["volumes"]:
                    volume["health"] = "Warning" if volume["level"] != "RAID0" else "Critical"
            elif name == "temperature_high":
                inlet = state["temperatures"][0]
                inlet[1] = value if not isinstance(value, bool) and value > 1 else inlet[3] + 1
            elif name == "dimm_error":
                state["dimms"][list(state["dimms"])[index]] = "Critical"
        return state


def _context(state: Json) -> Json:
    dimms = [
        {"name": name, "health": health, "path": f"{_SYSTEM}/Memory/mainboard{name}"}
        for name, health in state["dimms"].items()
    ]
    drive = "/redfish/v1/Chassis/1/Drives/HDDPlaneDisk{}"
    inventory = "/redfish/v1/UpdateService/FirmwareInventory"
    firmware = state["firmware"]
    return {
        "s": state,
        "h": _health(state, dimms),
        "heat": heat,
        "collection": collection,
        "clock": _CLOCK,
        "dimms": dimms,
        "accounts": [f"/redfish/v1/AccountService/Accounts/{a['id']}" for a in state["accounts"]],
        "cpu_paths": [f"{_SYSTEM}/Processors/{n}" for n in range(1, len(state["cpus"]) + 1)],
        "drive_paths": [drive.format(d["slot"]) for d in state["drives"]],
        "volume_paths": [f"{_SYSTEM}/Storages/RAIDStorage0/Volumes/LogicalDrive{v['id']}" for v in state["volumes"]],
        "volume_drives": [[drive.format(slot) for slot in v["drives"]] for v in state["volumes"]],
        "port_paths": [f"/redfish/v1/Chassis/1/NetworkAdapters/mainboardLOM/NetworkPorts/{p}" for p in state["ports"]],
        "firmware": [
            (f"{inventory}/ActiveBMC", "ActiveBMC", firmware["bmc"], "Enabled"),
            (f"{inventory}/BackupBMC", "BackupBMC", firmware["bmc_backup"], "StandbySpare"),
            (f"{inventory}/Bios", "Bios", firmware["bios"], "Enabled"),
            (f"{inventory}/MainBoardCPLD", "MainBoardCPLD", firmware["cpld"], "Enabled"),
        ],
    }


def _health(state: Json, dimms: list[Json]) -> dict[str, str]:
    """Health of each group of parts, and of the system: the worst of them."""
    groups = {name: worst(p["health"] for p in state[name]) for name in ("cpus", "fans", "psus", "drives", "volumes")}
    groups["dimms"] = worst(d["health"] for d in dimms if d["health"])
    groups["temperatures"] = worst(heat(*sensor[1:5]) for sensor in state["temperatures"])
    groups["storage"] = worst((groups["drives"], groups["volumes"]))
    groups["system"] = worst(groups.values())
    return groups


def worst(healths: Any) -> str:
    """The worst of several health words; OK for none."""
    return max((h or "OK" for h in healths), key=_RANK.__getitem__, default="OK")


def heat(reading: float, caution: float | None, critical: float | None, fatal: float | None) -> str:
    """Health of a temperature sensor by its own thresholds."""
    if any(limit is not None and reading >= limit for limit in (critical, fatal)):
        return "Critical"
    return "Warning" if caution is not None and reading >= caution else "OK"


def collection(kind: str, name: str, members: list[str]) -> str:
    """A collection resource as JSON text (which is YAML)."""
    links = [{"@odata.id": member} for member in members]
    return json.dumps(
        {"@odata.type": f"#{kind}.{kind}", "Name": name, "Members@odata.count": len(links), "Members": links}
    )


def _page(entries: list[Json], start: int) -> Json:
    page: Json = {
        "@odata.type": "#LogEntryCollection.LogEntryCollection",
        "Name": "Log Entry Collection",
        "Members@odata.count": len(entries),
        "Members": entries[start : start + PAGE],
    }
    if start + PAGE < len(entries):
        page["Members@odata.nextLink"] = f"{_ENTRIES}?$skip={start + PAGE}"
    return page


def _templates() -> list[jinja2.Template]:
    env = jinja2.Environment(undefined=jinja2.StrictUndefined, trim_blocks=True, autoescape=False)  # noqa: S701 - YAML
    links: Callable[[list[str]], str] = lambda paths: json.dumps([{"@odata.id": p} for p in paths])  # noqa: E731
    env.filters["links"] = links
    return [env.from_string(p.read_text(encoding="utf-8")) for p in sorted((PERSONALITY / "tree").glob("*.yml.j2"))]


def _index(value: Any) -> int:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0


def _merged(base: Json, over: Json) -> Json:
    """`over` laid over `base`: mappings are merged, everything else is replaced."""
    return {
        **base,
        **{
            k: _merged(base[k], v) if isinstance(v, dict) and isinstance(base.get(k), dict) else v
            for k, v in over.items()
        },
    }
