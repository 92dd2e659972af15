"""What only some families have: the two-stage configuration of VRP8, the policies of USG firewalls."""

from __future__ import annotations

import time
from typing import Any

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
