"""A fault of a simulated network device becomes exactly its findings, and they go when it is repaired."""

from __future__ import annotations

import pytest

from simulated.lab.lab_inspection import KINDS, Inspector, device_of
from xunwei.errors import InputError
from xunwei.lab import effects, faults
from xunwei.lab.shell import Session
from xunwei.words import Verdict

FAIL, WARN = Verdict.FAIL, Verdict.WARN
HUAWEI = {
    "ntp_unsynced": {"ntp.synchronized": FAIL},
    "cpu_high": {"cpu.load": FAIL},
    "memory_high": {"memory.used": FAIL},
    "temperature_high": {"temperature.sensor": FAIL},
    "alarm": {"alarms.severe": FAIL},
    "reboot": {"version.uptime": WARN},
    "errors_growing": {"interfaces.errors_growing": FAIL},
    "counters_reset": {},
    "licence_days": {"license.expiry": FAIL},
}
COMWARE = {
    "ntp_unsynced": {"ntp.synchronized": FAIL},
    "cpu_high": {"cpu.usage": FAIL},
    "memory_high": {"memory.usage": FAIL},
    "temperature_high": {"environment.temperature": FAIL},
    "alarm": {"alarm.none": FAIL},
    "reboot": {"version.restarted": WARN},
    "errors_growing": {"interfaces.errors_growing": FAIL},
    "counters_reset": {},
    "licence_days": {"license.days": FAIL},
    "optics_low": {"optics.receive_power": FAIL},
    "ospf_down": {"ospf_peer.state": FAIL},
    "lag_member_down": {"link_aggregation.members": FAIL},
}
# personality → fault → findings; a fault that is not named here does not exist on that device
EXPECTED: dict[str, dict[str, dict[str, Verdict]]] = {
    "vrp5": HUAWEI | {"optics_low": {"optics.rx_power": FAIL}, "lag_member_down": {"eth_trunk.members": WARN}},
    "vrp8": HUAWEI
    | {
        "optics_low": {"optics.rx_power": FAIL},
        "lag_member_down": {"eth_trunk.members": WARN},
        "ospf_down": {"ospf_peer.full": FAIL},
        "bgp_down": {"bgp_peer.established": FAIL},
    },
    "usg": HUAWEI
    | {
        "ha_split": {"hrp_state.role": FAIL, "hrp_interface.state": FAIL},
        "signature_days": {"signature.age": FAIL},
    },
    "comware7": COMWARE | {"bgp_down": {"bgp_peer.state": FAIL}},
    "secpath": COMWARE | {"ha_split": {"rbm.state": FAIL}, "signature_days": {"signature.age": FAIL}},
}
CASES = [(p, f) for p in EXPECTED for f in EXPECTED[p]]
# What a healthy one shows: recommendations that its configuration does not follow.
HEALTHY = {
    "vrp5": {"snmp.versions": WARN, "interfaces.crc": WARN, "interface_brief.idle": WARN},
    "vrp8": {
        "configuration.vty_acl": FAIL,
        "configuration.idle_timeout": FAIL,
        "configuration.default_accounts": WARN,
    },
    "usg": {
        "configuration.any_any": FAIL,
        "configuration.policy_logging": WARN,
        "security_policy.unused": WARN,
        "signature.age": WARN,
    },
    "comware7": {"configuration.snmp_version": WARN, "snmp.version": WARN},
    "secpath": {"security_policy.unused": WARN},
}


@pytest.mark.parametrize("personality", KINDS)
def test_a_healthy_device_stays_healthy(personality: str) -> None:
    inspector = Inspector(personality, device_of(personality))
    assert inspector.look() == HEALTHY[personality]
    assert inspector.look() == HEALTHY[personality], "nothing new at the second look"


@pytest.mark.parametrize(("personality", "fault"), CASES)
def test_a_fault_is_found_and_gone_after_the_repair(personality: str, fault: str) -> None:
    device = device_of(personality)
    inspector = Inspector(personality, device)
    healthy = inspector.look()
    device.set_fault(fault, True)
    inspector.look()
    found = inspector.look()
    new = {rule: verdict for rule, verdict in found.items() if healthy.get(rule) is not verdict}
    assert new == EXPECTED[personality][fault]
    # Counters that start again leave nothing of the old errors to see.
    lost = set(healthy) - set(found) - ({"interfaces.crc"} if fault in ("counters_reset", "reboot") else set())
    assert not lost
    device.set_fault(fault, False)
    inspector.look()
    assert inspector.look() == healthy


@pytest.mark.parametrize("personality", KINDS)
def test_no_rate_is_ever_negative_or_absurd(personality: str) -> None:
    """Counters reset between two looks: what grew is at most what the counters show now."""
    device = device_of(personality)
    inspector = Inspector(personality, device)
    inspector.look()
    for fault in ("counters_reset", "reboot", "errors_growing"):
        device.set_fault(fault, True)
        inspector.look()
        facts = inspector.views["interfaces"].facts
        assert facts is not None
        for port in facts["interfaces"]:
            for name, grown in port["delta"].items():
                assert grown is None or 0 <= grown <= port[name], (fault, port["name"], name, grown)
        device.set_fault(fault, False)


@pytest.mark.parametrize("personality", KINDS)
def test_a_fault_that_makes_no_sense_is_refused(personality: str) -> None:
    device = device_of(personality)
    for fault in set(effects.effects()) - set(EXPECTED[personality]):
        with pytest.raises(InputError, match=f"dev-1 cannot have the fault {fault}"):
            device.set_fault(fault, True)
        assert fault not in device.faults
    for fault in {"errors_growing", "optics_low", "lag_member_down"} & set(EXPECTED[personality]):
        with pytest.raises(InputError, match="no interface"):
            device.set_fault(fault, "Tunnel99")


def test_values_count() -> None:
    """Days, percent and names are taken as given."""
    device = device_of("usg")
    inspector = Inspector("usg", device)
    healthy = inspector.look()
    device.set_fault("licence_days", 45)
    device.set_fault("signature_days", 3)
    assert inspector.look() == {k: v for k, v in healthy.items() if k != "signature.age"} | {"license.expiry": WARN}
    switch = device_of("comware7", optics_low="XGE1/0/3", lag_member_down="XGE2/0/1", cpu_high=75)
    found = Inspector("comware7", switch)
    assert found.look() == HEALTHY["comware7"] | {
        "optics.receive_power": FAIL, "link_aggregation.members": FAIL, "cpu.usage": WARN,
    }  # fmt: skip
    lit = found.views["optics"].facts
    assert lit is not None
    assert [i["interface"] for i in lit["lit"] if i["rx_dbm"] < -15] == ["Ten-GigabitEthernet1/0/3"]


def test_every_effect_is_a_fault() -> None:
    assert set(effects.effects()) <= {k.name for k in faults.kinds()}


def test_sessions_are_judged_against_the_capacity_given() -> None:
    """A SecPath does not say what its session table holds; with the figure it is judged."""
    for capacity, verdict in ((1_000_000, None), (110_000, WARN), (90_000, FAIL)):
        limits = {"hp_comware.sessions.used": {"capacity": capacity}}
        assert Inspector("secpath", device_of("secpath"), limits).look().get("sessions.used") is verdict


@pytest.mark.parametrize("personality", ["vrp5", "comware7"])
def test_counters_are_cleared_by_command(personality: str) -> None:
    """The remedy of grown errors works: cleared, and no longer growing, they are gone."""
    device = device_of(personality)
    inspector = Inspector(personality, device)
    inspector.look()
    device.set_fault("errors_growing", True)
    assert inspector.look()["interfaces.errors_growing"] is FAIL
    device.set_fault("errors_growing", False)
    session = Session(device, "inspector")
    session.open()
    assert "rror" not in session.feed("reset counters interface").text
    inspector.look()
    facts = inspector.views["interfaces"].facts
    assert facts is not None
    errors = "in_errors" if personality == "vrp5" else "input_errors"
    assert {p[errors] for p in facts["interfaces"]} <= {0, None}
    assert "interfaces.errors_growing" not in inspector.look()
