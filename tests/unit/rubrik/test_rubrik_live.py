"""The Rubrik pack against the lab's backup appliance: nothing found when healthy, each fault exactly, nothing left after repair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from unit.rest.live import NAME, Product, spec
from xunwei.lab.harness import Lab

FAULTS: dict[str, dict[str, str]] = {
    "job_failed": {"jobs.failed": "fail", "jobs.sla_failures": "fail"},
    "job_warning": {"jobs.warnings": "warn"},
    "job_missed": {"jobs.missed": "fail"},
    "job_stuck": {"jobs.stuck": "fail"},
    "sla_paused": {"sla_domains.paused": "fail"},
    "disk_failed": {"disks.status": "fail"},
    "node_offline": {"nodes.status": "fail"},
    "pool_full": {"storage.usage": "fail", "runway.days": "fail"},
    "archive_broken": {"archives.connected": "fail"},
    "alarm": {"events.critical": "fail"},
    "ntp_missing": {"ntp.configured": "fail"},
}
DECLARED: dict[str, dict[str, Any]] = {}


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    with Lab(specs=[spec("backup_rubrik")]) as lab:
        yield Product(lab, "rubrik")


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
