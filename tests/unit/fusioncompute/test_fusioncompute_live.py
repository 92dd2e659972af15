"""The FusionCompute pack against the lab's site: nothing found when healthy, each fault exactly, nothing left after repair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from unit.rest.live import NAME, Product, spec
from xunwei.lab.harness import Lab

FAULTS: dict[str, dict[str, str]] = {
    "vm_stopped": {"vms.running": "fail"},
    "vm_faulty": {"vms.known": "fail", "vm_statistics.fault": "fail"},
    "tools_missing": {"vms.tools": "warn"},
    "host_down": {"hosts.status": "fail"},
    "host_maintenance": {"hosts.maintenance": "warn"},
    "ha_off": {"clusters.ha": "fail"},
    "snapshot_old": {"snapshots.age": "fail"},
    "datastore_full": {"datastores.usage": "fail"},
    "datastore_abnormal": {"datastores.status": "fail"},
    "licence_days": {"licence.expiry": "fail"},
    "alarm": {"alarms.critical": "fail"},
}
DECLARED: dict[str, dict[str, Any]] = {}


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    with Lab(specs=[spec("fusioncompute")]) as lab:
        yield Product(lab, "fusioncompute")


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
