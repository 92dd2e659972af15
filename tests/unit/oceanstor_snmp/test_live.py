"""The whole pack against the simulated array: nothing false when healthy, each fault exactly what it is, gone after repair."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from unit.ibmc_snmp import live
from xunwei.lab.harness import Lab
from xunwei.words import Status, Verdict

P = "oceanstor_snmp"
F, W = Verdict.FAIL, Verdict.WARN
LIMITS = {"ports.declared": {"up": ["fc CTE0.A.H0"]}}
FAULTS = {
    "fan_failed": {"fans.health": F, "fans.running": F},
    "power_failed": {"power_supplies.health": F, "power_supplies.running": F},
    "battery_low": {"backup_batteries.health": W, "backup_batteries.running": W},
    "temperature_high": {"enclosures.temperature": F},
    "controller_offline": {"controllers.health": F, "controllers.running": F},
    "controller_busy": {"controllers.cpu": F},
    "disk_predicted": {"disks.health": W},
    "disk_failed": {"disks.health": F, "disks.running": F, "disk_domains.health": F},
    "disk_hot": {"disks.temperature": F},
    "pool_full": {"pools.usage": F, "pools.own_threshold": W},
    "pool_degraded": {"pools.health": F},
    "lun_fault": {"luns.health": F, "luns.running": F},
    "port_down": {"ports.declared": F},
    "port_fault": {"ports.health": F, "ports.declared": F},
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with live.lab_of(P, tmp_path_factory.mktemp("lab")) as running:
        yield running


def test_healthy(lab: Lab) -> None:
    answers = live.collect(lab, P)
    assert {n for n, v in live.views(P, answers).items() if v.status is not Status.COLLECTED} == set()
    judged = live.judged(P, answers, LIMITS)
    assert {j.verdict for j in judged.values()} == {Verdict.PASS, Verdict.NOT_APPLICABLE}
    assert {n for n, j in judged.items() if j.verdict is Verdict.NOT_APPLICABLE} == {
        "system.baseline",
        "session.community",
    }


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_and_goes_away(lab: Lab, fault: str) -> None:
    lab.fault("dev-1", fault)
    assert live.found(P, live.collect(lab, P), LIMITS) == FAULTS[fault]
    lab.fault("dev-1", fault, None)
    assert live.found(P, live.collect(lab, P), LIMITS) == {}


def test_a_full_pool_is_named_with_its_value(lab: Lab) -> None:
    lab.fault("dev-1", "pool_full")
    judged = live.judged(P, live.collect(lab, P))
    lab.fault("dev-1", "pool_full", None)
    assert judged["pools.usage"].measured == "pool-prod 92.0 %"
    assert judged["pools.usage"].evidence is not None
    assert ".23.4.2.1." in judged["pools.usage"].evidence.text
