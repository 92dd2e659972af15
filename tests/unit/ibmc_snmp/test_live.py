"""The whole pack against the simulated BMC: nothing false when healthy, each fault exactly what it is, gone after repair."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from unit.ibmc_snmp import live
from xunwei.lab.harness import Lab
from xunwei.words import Status, Verdict

P = "ibmc_snmp"
F, W = Verdict.FAIL, Verdict.WARN
MINOR = {"system.health": W, "events.current": W}
MAJOR = {"system.health": F, "events.current": F}
FAULTS = {
    "fan_failed": MAJOR | {"fans.status": F, "fans.speed": F},
    "power_failed": MAJOR | {"power_supplies.status": F, "power_supplies.input": F, "power_supplies.count": F},
    "power_input_lost": MINOR | {"power_supplies.status": W, "power_supplies.input": F, "power_supplies.count": F},
    "temperature_high": MINOR | {"temperatures.threshold": F, "temperatures.inlet": F},
    "cpu_temperature_high": MINOR | {"temperatures.cpu": F},
    "disk_failed": MAJOR | {"disks.status": F, "disks.state": F, "logical_drives.state": F},
    "disk_predicted": MINOR | {"disks.status": W, "disks.predicted": F},
    "memory_error": MAJOR | {"memory.status": F, "memory.entire": F},
    "memory_minor": MINOR | {"memory.status": W, "memory.entire": W},
    "cpu_fault": MAJOR | {"processors.status": F},
    "raid_cache_error": MAJOR | {"raid_controllers.faults": F},
    "board_alarm": MINOR | {"components.status": W},
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with live.lab_of(P, tmp_path_factory.mktemp("lab")) as running:
        yield running


def test_healthy(lab: Lab) -> None:
    answers = live.collect(lab, P)
    assert {n for n, v in live.views(P, answers).items() if v.status is not Status.COLLECTED} == set()
    judged = live.judged(P, answers)
    assert {j.verdict for j in judged.values()} == {Verdict.PASS, Verdict.NOT_APPLICABLE}
    left_out = {n for n, j in judged.items() if j.verdict is Verdict.NOT_APPLICABLE}
    assert left_out == {"disks.wear", "memory.installed", "firmware.baseline", "session.community"}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_and_goes_away(lab: Lab, fault: str) -> None:
    lab.fault("dev-1", fault)
    assert live.found(P, live.collect(lab, P)) == FAULTS[fault]
    lab.fault("dev-1", fault, None)
    assert live.found(P, live.collect(lab, P)) == {}


def test_a_silent_device_is_unreachable_and_never_healthy(lab: Lab) -> None:
    lab.fault("dev-1", "hang")
    answers = live.collect(lab, P)
    lab.fault("dev-1", "hang", None)
    assert {a.status for a in answers.values()} <= {Status.UNREACHABLE, Status.TIMED_OUT}
    assert {j.verdict for j in live.judged(P, answers).values()} == {Verdict.NOT_COLLECTED}
