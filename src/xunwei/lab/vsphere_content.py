"""The inventory of a simulated vCenter: the short words of a personality, with its faults, as the API's objects.

Faults (value: which one, True for the first): vm_off, snapshot_old (VM), tools_missing (VM), datastore_full (name),
host_disconnected, sensor_red, path_lost (host), ha_disabled, licence_days (days left), alarm (host).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from xunwei.lab.vsphere_model import Inventory, make

State = dict[str, Any]
FAULTS = (
    "vm_off", "snapshot_old", "tools_missing", "datastore_full", "host_disconnected", "sensor_red", "path_lost",
    "ha_disabled", "licence_days", "alarm",
)  # fmt: skip
GB = 1 << 30


def chosen(value: Any, names: list[str]) -> str:
    """The name a fault is about. Raises ValueError for one that is not there."""
    if value is True:
        return names[0]
    if str(value) not in names:
        raise ValueError(f"no {value!r}; known: {', '.join(names[:8])} …")
    return str(value)


def check(state: State, name: str, value: Any) -> None:
    """Raise ValueError for a fault's value that means nothing."""
    lists = {
        "vm_off": "vms", "snapshot_old": "vms", "tools_missing": "vms", "datastore_full": "datastores",
        "host_disconnected": "hosts", "sensor_red": "hosts", "path_lost": "hosts", "alarm": "hosts",
    }  # fmt: skip
    if name in lists:
        chosen(value, [e["name"] for e in state[lists[name]]])
    elif name == "licence_days" and (isinstance(value, bool) or not isinstance(value, int)):
        raise ValueError("licence_days wants a whole number of days")


class Content:
    """Builds the inventory of one moment."""

    def __init__(self, state: State, faults: State, now: dt.datetime) -> None:
        self.state, self.faults, self.now = state, faults, now
        self.inventory = Inventory()
        self.hosts = [h["name"] for h in state["hosts"]]

    def hit(self, fault: str, name: str, names: list[str]) -> bool:
        """Whether a fault is on, and about this one."""
        return fault in self.faults and chosen(self.faults[fault], names) == name

    def build(self) -> Inventory:
        """All objects. Raises AttributeError or TypeError when the personality does not fit the API."""
        for number, host in enumerate(self.state["hosts"], start=1):
            self._host(number, host)
        if self.state.get("cluster"):
            self._cluster(self.state["cluster"])
        for number, store in enumerate(self.state["datastores"], start=1):
            self._datastore(number, store)
        for number, network in enumerate(self.state["networks"], start=1):
            properties = {
                "name": network,
                "overallStatus": "green",
                "summary": {"@type": "NetworkSummary", "name": network, "accessible": True, "ipPoolName": ""},
            }
            self.inventory.add("Network", f"network-{100 + number}", properties)
        for number, machine in enumerate(self.state["vms"], start=1):
            self._machine(number, machine)
        self._root()
        return self.inventory

    def _ago(self, days: float) -> dt.datetime:
        return self.now - dt.timedelta(days=days)

    def _lost(self, host: str) -> bool:
        return self.hit("host_disconnected", host, self.hosts)

    def _host(self, number: int, host: State) -> None:
        name, hardware = host["name"], self.state["hardware"]
        lost = self._lost(name)
        product = {"name": "VMware ESXi", "vendor": "VMware, Inc.", "osType": "vmnix-x86", "productLineId": "embeddedEsx",
                   "apiType": "HostAgent", "apiVersion": "8.0.2.0", **self.state["host_version"]}  # fmt: skip
        product["fullName"] = f"VMware ESXi {product['version']} build-{product['build']}"
        booted = self._ago(host["booted_days"])
        summary = {
            "hardware": {
                "vendor": hardware["vendor"], "model": hardware["model"], "uuid": f"0000-{number}",
                "memorySize": hardware["memory_gb"] * GB, "cpuModel": "Intel(R) Xeon(R) CPU E7-4830 v4",
                "cpuMhz": hardware["mhz"], "numCpuPkgs": 4, "numCpuCores": hardware["cores"],
                "numCpuThreads": 2 * hardware["cores"], "numNics": 4, "numHBAs": 3,
            },
            "quickStats": {} if lost else {
                "overallCpuUsage": host["cpu_mhz_used"], "overallMemoryUsage": host["memory_mb_used"],
                "uptime": int((self.now - booted).total_seconds()),
            },
            "config": {"name": name, "port": 902, "product": product, "vmotionEnabled": True, "sslThumbprint": ""},
            "rebootRequired": False, "overallStatus": "red" if lost else "green",
        }  # fmt: skip
        runtime: State = {
            "connectionState": "notResponding" if lost else "connected", "powerState": "unknown" if lost else "poweredOn",
            "standbyMode": "none", "inMaintenanceMode": False, "bootTime": None if lost else booted,
        }  # fmt: skip
        if not lost:
            runtime["healthSystemRuntime"] = self._health(name)
        properties = {"name": name, "overallStatus": summary["overallStatus"], "summary": summary, "runtime": runtime,
                      "config": None if lost else self._config(number, name, product)}  # fmt: skip
        self.inventory.add("HostSystem", f"host-{10 + number}", properties)

    def _health(self, host: str) -> State:
        red = self.hit("sensor_red", host, self.hosts)
        sensors = []
        for index, sensor in enumerate(self.state["sensors"]):
            key = "red" if red and index == 1 else "green"
            sensors.append({
                "name": sensor["name"], "currentReading": 0 if key == "red" else sensor["value"],
                "unitModifier": sensor["modifier"], "baseUnits": sensor["unit"], "sensorType": sensor["type"],
                "healthState": {"@type": "ElementDescription", "key": key, "label": key.title(), "summary": "Sensor state"},
            })  # fmt: skip
        green = {
            "@type": "ElementDescription",
            "key": "Green",
            "label": "Green",
            "summary": "Physical element is working",
        }
        cpus = [{"name": f"CPU {n}", "status": green} for n in (1, 2, 3, 4)]
        return {
            "systemHealthInfo": {"numericSensorInfo": sensors},
            "hardwareStatusInfo": {"cpuStatusInfo": cpus, "memoryStatusInfo": [{"name": "Memory", "status": green}]},
        }

    def _config(self, number: int, name: str, product: State) -> Any:
        services = [
            ("ntpd", "NTP Daemon", True, "on"),
            ("TSM", "ESXi Shell", False, "off"),
            ("TSM-SSH", "SSH", False, "off"),
        ]
        options = {
            "Syslog.global.logHost": "udp://192.0.2.50:514", "UserVars.ESXiShellInteractiveTimeOut": 600,
            "UserVars.ESXiShellTimeOut": 600, "Security.AccountLockFailures": 5, "Security.AccountUnlockTime": 900,
            "Security.PasswordQualityControl": "retry=3 min=disabled,disabled,disabled,8,8", "Mem.ShareForceSalting": 2,
        }  # fmt: skip
        nics = [f"vmnic{n}" for n in range(4)]
        keys = {n: f"key-vim.host.PhysicalNic-{n}" for n in nics}
        pnics = [{"key": keys[n], "device": n, "pci": "0000:01:00.0", "driver": "ixgben", "mac": f"02:00:00:00:{number:02x}:0{i}",
                  "wakeOnLanSupported": False, "spec": {}, "linkSpeed": {"speedMb": 10000, "duplex": True}}
                 for i, n in enumerate(nics)]  # fmt: skip
        switches = [{"name": f"vSwitch{i}", "key": f"key-vim.host.VirtualSwitch-vSwitch{i}", "numPorts": 1024,
                     "numPortsAvailable": 1000, "mtu": 1500, "portgroup": [], "pnic": [keys[n] for n in pair],
                     "spec": {"numPorts": 128}}
                    for i, pair in enumerate((nics[:2], nics[2:]))]  # fmt: skip
        return {
            "host": f"HostSystem:host-{10 + number}", "product": product, "lockdownMode": "lockdownNormal",
            "service": {"service": [{"key": k, "label": label, "required": False, "uninstallable": False, "running": running,
                                     "ruleset": [], "policy": policy} for k, label, running, policy in services]},
            "dateTimeInfo": {"timeZone": {"key": "UTC", "name": "UTC", "description": "UTC", "gmtOffset": 0},
                             "ntpConfig": {"server": ["192.0.2.123", "192.0.2.124"]}},
            "option": [{"@type": "OptionValue", "key": k, "value": v} for k, v in options.items()],
            "network": {"pnic": pnics, "vswitch": switches},
            "storageDevice": {"multipathInfo": {"lun": self._luns(name)}, "softwareInternetScsiEnabled": False},
            "autoStart": {"defaults": {"enabled": False, "startDelay": 120, "stopDelay": 120}},
        }  # fmt: skip

    def _luns(self, host: str) -> list[State]:
        lost = self.hit("path_lost", host, self.hosts)
        luns = []
        stores = [s["name"] for s in self.state["datastores"] if s["type"] == "VMFS"]
        for index, _ in enumerate(stores):
            paths = []
            for adapter in (2, 3):
                name = f"vmhba{adapter}:C0:T0:L{index}"
                state = "dead" if lost and adapter == 3 else "active"
                transport = {
                    "@type": "HostFibreChannelTargetTransport",
                    "portWorldWideName": 0x20 + adapter,
                    "nodeWorldWideName": 0x10,
                }
                paths.append({"key": f"key-{name}", "name": name, "pathState": state, "state": state, "isWorkingPath": state == "active",
                              "adapter": f"key-vim.host.FibreChannelHba-vmhba{adapter}", "lun": f"key-lun-{index}",
                              "transport": transport})  # fmt: skip
            luns.append({"key": f"key-lun-{index}", "id": f"02000{index}0000600000000000000{index}", "lun": f"key-scsi-{index}",
                         "path": paths, "policy": {"policy": "VMW_PSP_RR"}})  # fmt: skip
        local = {"key": "key-local", "id": "0000000000766d686261303a303a30", "lun": "key-scsi-local",
                 "policy": {"policy": "VMW_PSP_FIXED"},
                 "path": [{"key": "key-vmhba0", "name": "vmhba0:C2:T0:L0", "pathState": "active", "state": "active",
                           "adapter": "key-vmhba0", "lun": "key-local",
                           "transport": {"@type": "HostParallelScsiTargetTransport"}}]}  # fmt: skip
        return [*luns, local]

    def _cluster(self, cluster: State) -> None:
        gone = sum(self._lost(name) for name in self.hosts)
        ha = bool(cluster["ha"]) and "ha_disabled" not in self.faults
        summary = {"@type": "ClusterComputeResourceSummary", "totalCpu": 422400, "totalMemory": 4 * 256 * GB, "numCpuCores": 192,
                   "numCpuThreads": 384, "effectiveCpu": 400000, "effectiveMemory": 980000, "numHosts": len(self.hosts),
                   "numEffectiveHosts": len(self.hosts) - gone, "overallStatus": "green", "currentFailoverLevel": 1 if ha else 0,
                   "numVmotions": 12}  # fmt: skip
        config = {"@type": "ClusterConfigInfoEx",
                  "dasConfig": {"enabled": ha, "admissionControlEnabled": cluster["admission"], "hostMonitoring": "enabled",
                                "vmMonitoring": "vmMonitoringDisabled", "failoverLevel": 1},
                  "drsConfig": {"enabled": cluster["drs"], "defaultVmBehavior": "fullyAutomated", "vmotionRate": 3}}  # fmt: skip
        properties = {
            "name": cluster["name"],
            "overallStatus": "yellow" if gone else "green",
            "summary": summary,
            "configurationEx": config,
        }
        self.inventory.add("ClusterComputeResource", "domain-c8", properties)

    def _datastore(self, number: int, store: State) -> None:
        names = [s["name"] for s in self.state["datastores"]]
        capacity = store["capacity_gb"] * GB
        free = capacity // 50 if self.hit("datastore_full", store["name"], names) else store["free_gb"] * GB
        ident = f"datastore-{50 + number}"
        summary = {"datastore": f"Datastore:{ident}", "name": store["name"], "url": f"ds:///vmfs/volumes/{number:08d}/",
                   "capacity": capacity, "freeSpace": free, "uncommitted": store["uncommitted_gb"] * GB, "accessible": True,
                   "multipleHostAccess": True, "type": store["type"], "maintenanceMode": "normal"}  # fmt: skip
        self.inventory.add("Datastore", ident, {"name": store["name"], "overallStatus": "green", "summary": summary})

    def _machine(self, number: int, machine: State) -> None:
        names = [m["name"] for m in self.state["vms"]]
        name, ident = machine["name"], f"vm-{1000 + number}"
        power = "poweredOff" if self.hit("vm_off", name, names) else machine.get("power", "poweredOn")
        on, lost = power == "poweredOn", self._lost(self.hosts[machine["host"] - 1])
        toolless = self.hit("tools_missing", name, names)
        memory = machine["memory_gb"] * 1024
        tools = on and not lost and not toolless
        stats = (
            {
                "overallCpuUsage": 900,
                "guestMemoryUsage": memory // 4,
                "hostMemoryUsage": memory,
                "balloonedMemory": 0,
                "swappedMemory": 0,
                "uptimeSeconds": 86400,
            }
            if on and not lost
            else {}
        )
        stats["guestHeartbeatStatus"] = "green" if tools else "gray"  # fmt: skip
        runtime = {"connectionState": "disconnected" if lost else "connected", "powerState": power, "consolidationNeeded": False,
                   "host": f"HostSystem:host-{10 + machine['host']}", "maxCpuUsage": 8800, "maxMemoryUsage": memory,
                   "toolsInstallerMounted": False, "numMksConnections": 0}  # fmt: skip
        guest = {"toolsRunningStatus": "guestToolsRunning" if tools else "guestToolsNotRunning",
                 "toolsVersionStatus2": "guestToolsNotInstalled" if toolless else "guestToolsUnmanaged",
                 "hostName": name, "guestState": "running" if tools else "notRunning"}  # fmt: skip
        config = {"name": name, "template": False, "vmPathName": f"[san-gold-01] {name}/{name}.vmx", "memorySizeMB": memory,
                  "numCpu": 4, "annotation": machine.get("note", "")}  # fmt: skip
        summary = {
            "vm": f"VirtualMachine:{ident}",
            "runtime": runtime,
            "config": config,
            "quickStats": stats,
            "overallStatus": "green",
        }
        files = [{"key": 0, "name": f"[san-gold-01] {name}/{name}.vmx", "type": "config", "size": 4096, "accessible": True},
                 {"key": 1, "name": f"[san-gold-01] {name}/{name}-flat.vmdk", "type": "diskExtent",
                  "size": 100 * GB, "accessible": True}]  # fmt: skip
        properties: State = {"name": name, "overallStatus": "green", "runtime": runtime, "summary": summary, "guest": guest,
                             "guestHeartbeatStatus": "green" if tools else "gray"}  # fmt: skip
        if self.hit("snapshot_old", name, names):
            root = {"snapshot": f"VirtualMachineSnapshot:snapshot-{number}", "vm": f"VirtualMachine:{ident}", "name": "before-upgrade",
                    "description": "", "id": 1, "createTime": self._ago(21), "state": "poweredOn", "quiesced": False,
                    "childSnapshotList": [], "replaySupported": False}  # fmt: skip
            properties["snapshot"] = {
                "currentSnapshot": f"VirtualMachineSnapshot:snapshot-{number}",
                "rootSnapshotList": [root],
            }
            files.append({"key": 2, "name": f"[san-gold-01] {name}/{name}-000001-sesparse.vmdk", "type": "diskExtent",
                          "size": 64 * GB, "accessible": True})  # fmt: skip
        properties["layoutEx"] = {"file": files, "timestamp": self.now}
        self.inventory.add("VirtualMachine", ident, properties)

    def _root(self) -> None:
        states = []
        if "alarm" in self.faults:
            host = 11 + self.hosts.index(chosen(self.faults["alarm"], self.hosts))
            states.append({"key": f"alarm-7.host-{host}", "entity": f"HostSystem:host-{host}", "alarm": "Alarm:alarm-7",
                           "overallStatus": "red", "time": self._ago(0.1), "acknowledged": False})  # fmt: skip
        self.inventory.add("Folder", "group-d1", {"name": "Datacenters", "triggeredAlarmState": states})
        self.inventory.add("Alarm", "alarm-7", {"info": {
            "name": "Host memory usage", "description": "", "enabled": True, "expression": {
                "@type": "MetricAlarmExpression", "operator": "isAbove", "type": "HostSystem", "red": 9500,
                "metric": {"counterId": 24, "instance": ""}},
            "setting": {"toleranceRange": 0, "reportingFrequency": 300}, "key": "", "alarm": "Alarm:alarm-7",
            "entity": "Folder:group-d1", "lastModifiedTime": self._ago(300), "lastModifiedUser": "", "creationEventId": 0}})  # fmt: skip
        self.inventory.add("LicenseManager", "LicenseManager", {"licenses": self._licenses()})

    def _licenses(self) -> Any:
        days = self.faults.get("licence_days")
        made = []
        for number, entry in enumerate(self.state["licenses"]):
            left = days if days is not None and number == 1 else entry.get("days")
            properties: list[State] = [{"key": "ProductName", "value": entry["name"]}]
            if left is not None:
                properties.append({"key": "expirationDate", "value": self.now + dt.timedelta(days=left)})
            made.append({"licenseKey": entry["key"], "editionKey": entry["edition"], "name": entry["name"], "total": entry["total"],
                         "used": entry["used"], "costUnit": entry["unit"], "properties": properties})  # fmt: skip
        return made


def service_content(state: State) -> Any:
    """ServiceContent of the server."""
    from pyVmomi import vim

    about = state["about"]
    return make(vim.ServiceInstanceContent, {
        "rootFolder": "Folder:group-d1", "propertyCollector": "PropertyCollector:propertyCollector",
        "viewManager": "ViewManager:ViewManager", "sessionManager": "SessionManager:SessionManager",
        "licenseManager": "LicenseManager:LicenseManager", "eventManager": "EventManager:EventManager",
        "about": {"name": "VMware vCenter Server", "fullName": f"VMware vCenter Server {about['version']} build-{about['build']}",
                  "vendor": "VMware, Inc.", "version": about["version"], "build": about["build"], "osType": "linux-x64",
                  "productLineId": "vpx", "apiType": about["api"], "apiVersion": "8.0.2.0", "instanceUuid": about["instance"]},
    })  # fmt: skip
