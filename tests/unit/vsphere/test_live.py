"""The whole pack against the simulated vCenter: nothing false when healthy, each fault found, gone after repair."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from xunwei.words import Status, Verdict

from .conftest import Vcenter

FAIL, WARN = Verdict.FAIL, Verdict.WARN
TRENDS = {"hosts.memory_trend", "datastores.trend"}  # the course of earlier runs is the engine's business
FAULTS: list[tuple[str, Any, dict[str, Verdict]]] = [
    ("vm_off", "sso-1", {"vms.should_run": FAIL}),
    ("vm_off", "log-1", {"vms.powered_off": WARN}),
    ("snapshot_old", "resource-db-1", {"snapshots.age": FAIL, "snapshots.size": WARN}),
    ("datastore_full", "san-gold-02", {"datastores.usage": FAIL}),
    (
        "host_disconnected", "esx-3.example.net",
        {"hosts.connection": FAIL, "hosts.status": FAIL, "clusters.hosts": FAIL, "vms.connection": FAIL},
    ),
    ("tools_missing", "jump-1", {"vms.tools": WARN}),
    ("ha_disabled", True, {"clusters.ha": FAIL}),
    ("sensor_red", "esx-2.example.net", {"host_sensors.state": FAIL}),
    ("licence_days", 20, {"licenses.days": FAIL}),
    ("licence_days", 45, {"licenses.days": WARN}),
    ("alarm", "esx-4.example.net", {"alarms.red": FAIL}),
    ("path_lost", "esx-1.example.net", {"host_paths.dead": FAIL}),
]  # fmt: skip


def test_healthy(start: Callable[..., Vcenter]) -> None:
    statuses, judged = start().judge()
    assert {n for n, s in statuses.items() if s is not Status.COLLECTED} == set()
    assert {n for n, j in judged.items() if j.verdict in (FAIL, WARN)} == set()
    assert {n for n, j in judged.items() if j.verdict is Verdict.NOT_COLLECTED} == TRENDS


@pytest.mark.parametrize(("name", "value", "expected"), FAULTS, ids=lambda v: str(v) if isinstance(v, str) else "")
def test_a_fault_is_found_and_gone_after_repair(
    start: Callable[..., Vcenter], name: str, value: Any, expected: dict[str, Verdict]
) -> None:
    server = start()
    server.lab.fault("vc-1", name, value)
    _, judged = server.judge()
    found = {n: j.verdict for n, j in judged.items() if j.verdict in (FAIL, WARN)}
    assert found == expected
    if isinstance(value, str):
        assert any(value in item.key or value in item.measured for n in expected for item in judged[n].items) or (
            "cluster" in judged[next(iter(expected))].measured
        )
    server.lab.fault("vc-1", name, None)
    assert server.findings() == {}


def test_a_single_host_has_no_cluster_and_no_alarms(start: Callable[..., Vcenter]) -> None:
    statuses, judged = start({"about": {"api": "HostAgent"}, "cluster": None}).judge()
    assert statuses["clusters"] is statuses["alarms"] is Status.UNSUPPORTED
    assert judged["clusters.ha"].verdict is judged["alarms.red"].verdict is Verdict.NOT_APPLICABLE
    assert judged["hosts.lockdown"].verdict is Verdict.NOT_APPLICABLE
    assert judged["hosts.connection"].verdict is Verdict.PASS
