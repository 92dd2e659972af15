"""The OceanStor pack against the lab's array: nothing found when healthy, each fault exactly, nothing left after repair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from unit.rest.live import NAME, Product, spec
from xunwei.lab.harness import Lab

FAULTS: dict[str, dict[str, str]] = {
    "disk_failed": {"disks.health": "fail", "disks.running": "fail"},
    "disk_predicted": {"disks.predicted": "fail"},
    "disk_worn": {"disks.life": "fail"},
    "pool_full": {"pools.usage": "fail"},
    "controller_offline": {"controllers.health": "fail", "controllers.running": "fail", "system.health": "fail"},
    "fan_failed": {"fans.health": "fail", "fans.running": "fail"},
    "power_failed": {"power.health": "fail", "power.running": "fail"},
    "bbu_failed": {"bbus.health": "fail"},
    "replication_broken": {"replication.health": "fail", "replication.running": "fail"},
    "hypermetro_broken": {"hypermetro.running": "fail", "hypermetro.link": "fail"},
    "port_down": {"fc_ports.health": "fail", "fc_ports.link": "fail"},
    "host_link": {"hosts.health": "warn", "initiators.online": "warn"},
    "snapshot_old": {"snapshots.age": "warn"},
    "licence_days": {"licences.expiry": "fail"},
    "alarm": {"alarms.critical": "fail"},
    "clock_wrong": {"time.offset": "fail"},
}
DECLARED: dict[str, dict[str, Any]] = {"oceanstor.fc_ports.link": {"up": ["CTE0.A.IOM0.P0"]}}


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    with Lab(specs=[spec("oceanstor")]) as lab:
        yield Product(lab, "oceanstor")


def test_every_section_is_collected_and_nothing_is_found(product: Product) -> None:
    statuses = {n: a.status.value for n, a in product.ask().items()}
    assert set(statuses.values()) == {"collected"}, statuses
    assert product.findings() == {}


def test_every_fault_of_the_lab_is_listed(product: Product) -> None:
    assert set(product.server().changes) == set(FAULTS)


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_fault_is_found_exactly_and_gone_after_repair(product: Product, fault: str) -> None:
    product.limits = DECLARED
    product.lab.fault(NAME, fault)
    try:
        assert product.findings() == FAULTS[fault]
    finally:
        product.lab.fault(NAME, fault, False)
        product.limits = {}
    assert product.findings() == {}
