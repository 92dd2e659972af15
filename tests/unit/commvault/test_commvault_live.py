"""The Commvault pack against the lab's backup server: nothing found when healthy, each fault exactly, nothing left after repair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from unit.rest.live import NAME, Product, spec
from xunwei.lab.harness import Lab

FAULTS: dict[str, dict[str, str]] = {
    "job_failed": {"jobs.failed": "fail"},
    "job_partial": {"jobs.partial": "warn"},
    "job_missed": {"jobs.missed": "fail"},
    "job_stuck": {"jobs.stuck": "fail"},
    "client_unprotected": {"clients.backed_up": "fail"},
    "pool_full": {"storage_pools.usage": "fail"},
    "pool_offline": {"storage_pools.status": "fail"},
    "library_offline": {"libraries.status": "fail", "libraries.mount_paths": "fail"},
    "node_offline": {"media_agents.status": "fail"},
    "alarm": {"alerts.critical": "fail"},
    "event": {"events.severe": "warn"},
    "licence_days": {"licence.expiry": "fail"},
}
DECLARED: dict[str, dict[str, Any]] = {}


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    with Lab(specs=[spec("backup_commvault")]) as lab:
        yield Product(lab, "commvault")


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
