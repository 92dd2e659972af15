"""The whole tendered estate in the lab: inspected by one command; faults found where they are, with whom they touch; gone after repair."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tool import ROOT, Tool
from xunwei.lab import content, control

INVENTORY = ROOT / "inventories" / "pingdingshan"
PICKED = 10
Key = tuple[str, str, str]
# What a loaded test machine itself does to real hosts and routers, and how quickly anything answers it.
OF_THE_MACHINE = (
    "linux.cpu.", "linux.load.", "linux.psi.", "linux.memory.", "linux.uptime.", "linux.disk", "linux.filesystems.",
    "linux.journal", "linux.processes.", "linux.sockets.", "linux.kernel", "frr.system.", "postgresql.server.",
    "connect_time", "response", ".processes.restarted", "linux.services.slow", "linux.io", "linux.logins",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A fault of a device: what must be found on it (words of rules), and assets where it may show as well."""

    device: str
    fault: str
    rules: tuple[str, ...]
    value: Any = True
    also: tuple[str, ...] = ()


CASES = (
    Case("srv-app-03", "fan_failed", ("redfish.fans.health",)),
    Case("srv-vm-02", "drive_predicted", ("redfish.drives.failure_predicted",)),
    Case("srv-db-03", "fan_failed", ("ibmc_snmp.fans.status",)),
    Case("srv-gen-01", "temperature_high", ("ipmi.sensors.temperature",)),
    Case("sw-acc-01", "port_down", ("huawei_vrp.interfaces.uplink",), "XGigabitEthernet0/0/1", ("estate",)),
    Case("sw-acc-03", "fan_failed", ("ruijie_rgos.fans.state",)),
    Case("rt-wan-01", "power_failed", ("cisco_ios.power.state",)),
    Case("rt-edge-01", "link_down", ("frr.bgp.state",), True, ("rt-edge-02",)),
    Case("fw-edge-01", "ha_split", ("huawei_vrp.hrp_state.role",)),
    Case("fw-edge-02", "signature_days", ("huawei_vrp.signature.age",), 40),
    Case("fw-dc-01", "licence_days", ("hp_comware.license.days",), 20),
    Case("dpx-01", "cpu_high", ("snmp_device.cpu.usage",)),
    Case("stor-a-01", "pool_full", ("oceanstor.pools.usage",)),
    Case("stor-b-01", "disk_predicted", ("oceanstor_snmp.disks.health",)),
    Case("bak-01", "job_failed", ("commvault.jobs.failed",)),
    Case("vc-01", "vm_off", ("vsphere.vms.should_run",)),
    Case("fc-01", "vm_stopped", ("fusioncompute.vms.running",)),
    Case("mcu-01", "web_down", ("av_terminal.web.answers",)),
    Case("term-02", "unregistered", ("av_terminal.registration.state",)),
    Case("app-rating", "certificate_days", ("application.certificate.days",), 10),
    Case("os-auth-01", "service_failed", ("linux.services.failed_units",), "lab-fault"),
)


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tool]:
    folder = tmp_path_factory.mktemp("estate")
    (folder / "state").mkdir()
    tool = Tool(folder / "state", folder)
    began = time.monotonic()
    started = control.start(tool.state, 26000, definition=content.ESTATE)
    try:
        assert started["left_out"] == {}
        print(f"{len(started['ports'])} devices up after {time.monotonic() - began:.1f} s")
        yield tool
    finally:
        control.stop(tool.state)


def inspect(tool: Tool, *words: str) -> tuple[dict[str, Any], dict[Key, dict[str, Any]]]:
    """(run, its open findings but those of the machine)."""
    done = tool("inspect", "-i", INVENTORY, "--json", *(words or ("--skip-tags", "report")), timeout=280)
    assert done.returncode == 0, f"{done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    run: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    rows = {(f["asset"], f["rule"], f["key"]): f for f in tool.read(run, "findings.json") if f["state"] == "open"}
    return run, {k: f for k, f in rows.items() if not any(word in k[1] for word in OF_THE_MACHINE)}


def test_nothing_of_the_estate_is_missing_and_the_numbers_are_right(estate: Tool) -> None:
    run, _ = inspect(estate, "--format", "html,xlsx")
    assets = estate.read(run, "assets.json")
    assert [a["name"] for a in assets if a["state"] == "unreachable"] == []
    assert sum(a["platform"] == "manual" and a["host"] == "estate" for a in assets) == 146
    hosts = {a["name"]: a for a in assets if a["name"] == a["host"]}
    classes = Counter(a["asset_class"] for a in hosts.values())
    assert sum(n.startswith("srv-") for n in hosts) == 23
    assert sum(n.startswith(("stor-", "bak-")) for n in hosts) == 7
    assert classes["switch"] + classes["router"] == 14
    assert classes["firewall"] + classes["security"] + classes["load_balancer"] == 23
    assert (classes["audio_video"], classes["application"]) == (5, 9)
    assert sum(n.startswith("os-") for n in hosts) == 10
    coverage = json.loads(estate("coverage", "-i", INVENTORY, "--run", "last", "--json").stdout)
    named = {row["asset"] for row in coverage["assets"]}
    assert named >= set(hosts)
    assert Path(run["folder"], "reports", "report.html").stat().st_size > 100_000
    waiting = [v for v in estate.read(run, "verdicts.json") if v["verdict"] == "manual"]
    assert len({v["asset"] for v in waiting}) >= 146, "nobody has recorded anything yet, and nothing says it is fine"


def test_faults_on_any_assets_are_found_exactly_and_vanish(estate: Tool) -> None:
    seed = random.SystemRandom().randrange(10**6)
    picked = random.Random(seed).sample(CASES, PICKED)
    print(f"seed {seed}: {[c.device for c in picked]}")
    _, before = inspect(estate)
    for case in picked:
        control.fault(estate.state, case.device, case.fault, case.value)
    time.sleep(4)  # routing protocols need their time to notice
    _, broken = inspect(estate)
    new = {k: f for k, f in broken.items() if k not in before}
    for case in picked:
        mine = {k[1] for k in new if k[0] == case.device}
        assert mine >= set(case.rules), f"seed {seed}: {case}: found only {sorted(mine)}"
    allowed = {name for case in picked for name in (case.device, *case.also)}
    assert {k[0] for k in new} <= allowed, f"seed {seed}: {[k for k in new if k[0] not in allowed]}"
    for (asset, _, _), finding in new.items():
        if asset in ("srv-vm-02", "fw-edge-01", "fw-edge-02", "stor-a-01", "vc-01", "app-rating", "os-auth-01"):
            assert finding["services"], f"{asset}: which applications does it touch?"
    for case in picked:
        control.fault(estate.state, case.device, case.fault, None)
    repaired: dict[Key, dict[str, Any]] = {}
    for _ in range(2):  # a routing session that is just coming back gets a second look
        time.sleep(8)
        _, repaired = inspect(estate)
        if set(repaired) <= set(before):
            break
    assert {k for k in repaired if k not in before} == set(), f"seed {seed}"
