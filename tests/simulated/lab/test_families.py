"""What only some families have: the two-stage configuration of VRP8, the policies of USG firewalls."""

from __future__ import annotations

import time
from typing import Any

from simulated.lab.lab_inspection import device_of
from xunwei.lab.device import Device


def test_vrp8_is_two_stage(talk: Any) -> None:
    t = talk("sw-8")
    device = t.session.device
    assert t("system-view").endswith("[~sw-8]")
    assert t("sysname later") == "[*sw-8]"
    assert t("acl 3000") == "[*sw-8-acl4-advance-3000]"
    assert "later" not in device.running.text()
    assert "Uncommitted configurations found" in t("return")
    assert t("c") == "[*sw-8-acl4-advance-3000]"
    assert t("commit") == "[~later-acl4-advance-3000]"
    assert "acl number 3000" in device.running.text()
    t("sysname never", "return")
    assert t("n") == "<later>"
    t("system-view", "sysname last", "quit")
    assert t("y") == "<last>"
    t("rollback configuration last 1", "y")
    assert t("") == "<later>"


def test_vrp8_commits_of_two_users_join(talk: Any, specs: Any) -> None:
    device = Device(specs["sw-8"])
    one, two = talk("sw-8", device=device), talk("sw-8", device=device)
    one("system-view", "interface 10GE1/0/1", "description one")
    two("system-view", "interface 10GE1/0/2", "description two", "commit")
    one("commit")
    text = device.running.text()
    assert " description one" in text
    assert " description two" in text


def test_vrp8_trial_commit_goes_back(talk: Any) -> None:
    t = talk("sw-8")
    t("system-view", "sysname tried")
    assert "rolled back in 60 seconds" in t("commit trial 60")
    assert t.session.device.hostname() == "tried"
    tree, _ = t.session.device.trial
    t.session.device.trial = (tree, time.monotonic() - 1)
    assert t("") == "[~sw-8]"
    t("sysname kept", "commit trial", "commit")
    assert t.session.device.trial is None
    assert t.session.device.hostname() == "kept"


def test_usg_policies(talk: Any) -> None:
    t = talk("fw-1")
    assert t("system-view").endswith("HRP_M[fw-1]")
    assert t("security-policy") == "HRP_M[fw-1-policy-security]"
    assert t("rule name new") == "HRP_M[fw-1-policy-security-rule-new]"
    t(
        "source-zone trust",
        "destination-address 203.0.113.0 mask 24",
        "service protocol tcp destination-port 443",
        "action permit",
    )
    assert "Error" in t("action maybe")
    assert t("rule name out-web") == "HRP_M[fw-1-policy-security-rule-out-web]"
    assert t("service https") == "HRP_M[fw-1-policy-security-rule-out-web]"
    t("quit", "rule move new before out-web")
    names = [line.split()[-1] for line in t("display this").splitlines() if line.startswith(" rule name")]
    assert names == ["new", "out-web", "last"]
    assert "already exists" in t("rule rename new last")
    assert "does not exist" in t("rule move none top")
    assert "does not exist" in t("undo rule name none")
    t("undo rule name new", "rule move last top")
    text = t("display this")
    assert [line.split()[-1] for line in text.splitlines() if line.startswith(" rule name")] == ["last", "out-web"]
    assert text.index(" default action deny") < text.index(" rule name last")


def test_secpath_policies(talk: Any) -> None:
    """Numbers are given by the device, names are unique, a rule is opened by either, and order can be changed."""
    t = talk("fw-1", device=device_of("secpath"))
    assert t("").endswith("RBM_P<dev-1>")
    assert t("system-view").endswith("RBM_P[dev-1]")
    assert t("security-policy ip") == "RBM_P[dev-1-security-policy-ip]"
    assert t("rule name ops") == "RBM_P[dev-1-security-policy-ip-4-ops]"
    t("action pass", "source-zone Trust", "service-port tcp destination eq 8443", "counting enable")
    assert "Unrecognized" in t("action permit"), "the word of another vendor"
    assert t("rule 3 name vpn_legacy") == "RBM_P[dev-1-security-policy-ip-3-vpn_legacy]"
    assert "already exists" in t("rule 9 name ops")
    assert "already exists" in t("rule 3 name other")
    assert t("rule name ops") == "RBM_P[dev-1-security-policy-ip-4-ops]", "opened by its name, not made again"
    t("quit")

    def names() -> list[str]:
        lines = t("display this").splitlines()
        return [line.split()[-1] for line in lines if line.startswith(" rule ")]

    assert names() == ["trust_out", "publish_web", "dmz_db", "vpn_legacy", "ops"]
    t("move rule 4 before 1", "move rule name vpn_legacy top")
    assert names() == ["vpn_legacy", "trust_out", "ops", "publish_web", "dmz_db"]
    assert "does not exist" in t("move rule 77 before 1")
    t("undo rule name vpn_legacy", "undo rule 4")
    assert names() == ["trust_out", "publish_web", "dmz_db"]
    assert "(8812734 packets" in t("display security-policy statistics ip")
    assert t("rule name next") == "RBM_P[dev-1-security-policy-ip-3-next]", "the number after the greatest"


def test_secpath_answers_follow_the_configuration(talk: Any) -> None:
    t = talk("fw-1", device=device_of("secpath"))
    t("system-view", "remote-backup group", "undo configuration auto-sync enable")
    assert "Auto sync disabled" in t("display remote-backup-group status")
    t("configuration auto-sync enable", "quit", "security-policy ip", "rule 0 name trust_out", "undo counting enable")
    assert "IPv4 security policy rule: trust_out\n    Action: pass\n" in t("display security-policy statistics ip")
    t("quit", "quit", "interface GigabitEthernet1/0/1", "nat server global 203.0.113.70 inside 198.51.100.140")
    assert "nat server global 203.0.113.70" in t("display this")
    assert t("quit", "security-zone name Lab").endswith("RBM_P[dev-1-security-zone-Lab]")
    t("import interface GigabitEthernet1/0/3", "quit")
    assert "Name: Lab\nMembers:\n  GigabitEthernet1/0/3" in t("display security-zone")
    assert "Unrecognized" in t("irf domain")[:200] or "Incomplete" in t("irf domain")


def test_an_interface_loses_its_addresses_in_another_vpn(talk: Any) -> None:
    t = talk("sw-5")
    t("system-view", "interface GigabitEthernet0/0/1", "undo portswitch", "ip address 192.0.2.1 24")
    assert "ip address 192.0.2.1" in t("display this")
    t("ip binding vpn-instance office")
    assert "ip address" not in t("display this")
    t("ip address 192.0.2.1 24", "ip binding vpn-instance office")
    assert "ip address 192.0.2.1" in t("display this"), "the same binding again changes nothing"
    t("undo ip binding vpn-instance office")
    assert "ip address" not in t("display this")
