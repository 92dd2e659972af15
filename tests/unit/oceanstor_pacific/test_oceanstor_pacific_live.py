"""The OceanStor Pacific pack against the lab's cluster: nothing found when healthy, each fault exactly, nothing left after repair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from unit.rest.live import NAME, Product, spec
from xunwei.lab.harness import Lab

FAULTS: dict[str, dict[str, str]] = {
    "disk_failed": {"disks.status": "fail"},
    "disk_predicted": {"disks.predicted": "fail"},
    "pool_full": {"pools.usage": "fail"},
    "controller_offline": {"nodes.running": "fail", "nodes.agent": "warn", "pools.status": "warn"},
    "fan_failed": {"fans.status": "fail"},
    "power_failed": {"power.status": "fail"},
    "alarm": {"alarms.critical": "fail"},
}
DECLARED: dict[str, dict[str, Any]] = {}


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    with Lab(specs=[spec("oceanstor_distributed")]) as lab:
        yield Product(lab, "oceanstor_pacific")


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
