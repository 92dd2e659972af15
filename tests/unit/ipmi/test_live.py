"""The whole pack against a simulated BMC (ipmi_sim): nothing false when healthy, each fault exactly what it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.ipmi import live
from xunwei.errors import InputError
from xunwei.lab.harness import Lab
from xunwei.lab.kinds import ipmi as kind
from xunwei.words import Status, Verdict

# ipmi_sim has no power restore policy to set, and offers all suites of SHA-1 and MD5.
KNOWN = {"chassis.restore_policy", "lan.weak_ciphers"}
CRITICAL, WARNING = "events.critical_recent", "events.warning_recent"
FAULTS = {
    "temperature_high": {"sensors.temperature", "sensors.inlet", CRITICAL, WARNING},
    "cpu_temperature_high": {"sensors.temperature", CRITICAL, WARNING},
    "fan_failed": {"sensors.fan_speed", "sensors.fan_stopped", "redundancy.fan", CRITICAL},
    "voltage_low": {"sensors.voltage", CRITICAL},
    "power_failed": {"power_supplies.state", "redundancy.power", CRITICAL},
    "power_input_lost": {"power_supplies.state", "redundancy.power", CRITICAL},
    "power_missing": {"power_supplies.count", "redundancy.power", CRITICAL},
    "drive_fault": {"drives.state", CRITICAL},
    "drive_predicted": {"drives.state", WARNING},
    "memory_uncorrectable": {"memory.state", CRITICAL},
    "memory_correctable": {"memory.state", WARNING},
    "processor_ierr": {"processors.state", CRITICAL},
    "intrusion": {"platform.intrusion", CRITICAL},
    "battery_low": {"platform.battery", WARNING},
    "watchdog_reset": {"platform.watchdog", CRITICAL},
    "bus_error": {"platform.bus", CRITICAL},
    "sel_full": {"sel_info.usage"},
    "clock_wrong": {"events.clock"},
}

pytestmark = pytest.mark.usefixtures("programs")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    if kind.available():
        pytest.skip(kind.available())
    with live.lab_in(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def programs() -> None:
    if kind.available():
        pytest.skip(kind.available())


def test_healthy(lab: Lab) -> None:
    answers = live.collect(lab)
    views = live.views(answers)
    assert {n for n, v in views.items() if v.status is not Status.COLLECTED} == {"selftest"}
    assert views["selftest"].status is Status.UNSUPPORTED
    judged = live.judged(answers)
    assert {n for n, j in judged.items() if j.verdict not in (Verdict.PASS, Verdict.NOT_APPLICABLE)} == KNOWN
    assert not any(j.verdict is Verdict.FAIL for j in judged.values())


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_and_goes_away(lab: Lab, fault: str) -> None:
    lab.fault("dev-1", fault)
    assert live.found(live.collect(lab)) == FAULTS[fault] | KNOWN
    lab.fault("dev-1", fault, None)
    asked = {"chassis", "sel_info", "events", *(rule.partition(".")[0] for rule in FAULTS[fault])}
    assert live.found(live.collect(lab, sorted(asked))) <= KNOWN


def test_every_fault_of_the_kind_is_tried() -> None:
    assert set(kind.KNOWN) == set(FAULTS) | {"slow", "hang"}


def test_an_unknown_fault_is_named(lab: Lab) -> None:
    with pytest.raises(InputError, match="fan_failed"):
        lab.fault("dev-1", "flood")


def test_wrong_password_is_denied_and_in_no_answer(lab: Lab) -> None:
    answers = live.collect(lab, password="wrong-words-7")
    assert {a.status for a in answers.values()} == {Status.DENIED}
    assert "refused" in answers["mc"].reason
    assert not any("wrong-words-7" in a.raw + a.reason for a in answers.values())
    assert {j.verdict for j in live.judged(answers).values()} == {Verdict.NOT_COLLECTED}


def test_unknown_user_is_denied(lab: Lab) -> None:
    assert live.collect(lab, ["mc"], user="nobody")["mc"].status is Status.DENIED


def test_without_a_setting_a_cipher_suite_is_found(lab: Lab) -> None:
    assert live.collect(lab, ["mc"], settings={})["mc"].status is Status.COLLECTED


def test_a_suite_that_is_not_offered_is_said_so(lab: Lab) -> None:
    answer = live.collect(lab, ["mc"], settings={"ipmi_cipher": "17"})["mc"]
    assert answer.status is Status.UNREACHABLE
    assert "cipher suite 17" in answer.reason


def test_a_slow_bmc_is_inspected_all_the_same(lab: Lab) -> None:
    lab.fault("dev-1", "slow", 0.05)
    answers = live.collect(lab, ["mc", "chassis"])
    lab.fault("dev-1", "slow", None)
    assert {a.status for a in answers.values()} == {Status.COLLECTED}


def test_a_bmc_too_slow_for_a_login_is_not_called_a_wrong_password(lab: Lab) -> None:
    lab.fault("dev-1", "slow", 2.5)
    answer = live.collect(lab, ["mc"])["mc"]
    lab.fault("dev-1", "slow", None)
    assert answer.status in (Status.TIMED_OUT, Status.UNREACHABLE)


def test_faults_from_the_start(tmp_path: Path) -> None:
    with live.lab_in(tmp_path, {"drive_fault": True}) as lab:
        assert "drives.state" in live.found(live.collect(lab, ["drives", "chassis"]))


def test_no_process_is_left(tmp_path: Path) -> None:
    with live.lab_in(tmp_path):
        pass
    left = [p for p in Path("/proc").glob("[0-9]*/cwd") if _link(p).startswith(str(tmp_path))]
    assert left == []


def _link(path: Path) -> str:
    try:
        return str(path.readlink())
    except OSError:
        return ""
