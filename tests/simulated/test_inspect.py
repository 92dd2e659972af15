"""The whole flow against the lab's devices: right numbers, one login, faults found and gone after repair."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tool import THIS, Tool
from xunwei.lab.harness import Lab

Host = Callable[[str], dict[str, Any]]
DEVICES = ("sw-core-1", "sw-access-1", "sw-dc-1", "fw-edge-1", "bmc-app-1")


@pytest.fixture
def estate(lab: Lab, host: Host) -> dict[str, Any]:
    return {name: host(name) for name in DEVICES}


def test_every_device_is_inspected_by_one_login(lab: Lab, estate: dict[str, Any], xunwei: Tool) -> None:
    before = {name: lab.sessions(name).logins for name in DEVICES if name != "bmc-app-1"}
    run = xunwei.inspect(xunwei.inventory({**estate, "this-machine": THIS}))
    assert {name: lab.sessions(name).logins - n for name, n in before.items()} == dict.fromkeys(before, 1)
    assert run["counts"]["assets"] == len(DEVICES) + 1
    assert run["counts"]["unreachable"] == 0
    holes = [
        (asset["name"], section["section"], section["status"], section["reason"])
        for asset in xunwei.read(run, "assets.json")
        if asset["name"] in DEVICES
        for section in xunwei.read(run, f"assets/{asset['name']}/record.json")["sections"]
        if section["status"] not in ("collected", "unsupported", "empty")
    ]
    assert holes == []
    assert sorted(Path(p).suffix for p in run["reports"] if "SHA256SUMS" not in p) == [
        ".docx",
        ".html",
        ".json",
        ".pdf",
        ".xlsx",
    ]
    verified = xunwei("verify", "last")
    assert verified.returncode == 0, verified.stdout
    for judgement in xunwei.read(run, "verdicts.json"):
        if judgement["verdict"] in ("fail", "warn"):
            assert judgement["evidence"]["section"], judgement
            assert judgement["measured"], judgement
            assert judgement["expected"]["zh"], judgement


def findings(xunwei: Tool, run: dict[str, Any], asset: str) -> dict[str, str]:
    return {
        f"{f['rule']} {f['key']}".strip(): f["lifecycle"]
        for f in xunwei.read(run, "findings.json")
        if f["asset"] == asset
    }


FAULTS = {
    # device: fault, value, a word in the rules that must find it
    "sw-access-1": ("fan_failed", True, "fan"),
    "sw-core-1": ("power_failed", True, "power"),
    "sw-dc-1": ("fan_failed", True, "fan"),
    "bmc-app-1": ("fan_failed", True, "fan"),
    "fw-edge-1": ("config_unsaved", True, "saved"),
}


def test_faults_are_found_where_they_are_and_gone_after_repair(lab: Lab, estate: dict[str, Any], xunwei: Tool) -> None:
    inventory = xunwei.inventory(estate)
    skip = ("--skip-tags", "report")
    first = xunwei.inspect(inventory, *skip)
    for device, (fault, value, _) in FAULTS.items():
        lab.fault(device, fault, value)
    try:
        second = xunwei.inspect(inventory, *skip)
    finally:
        for device, (fault, _, _) in FAULTS.items():
            lab.fault(device, fault, False)
    third = xunwei.inspect(inventory, *skip)
    for device, (_, _, word) in FAULTS.items():
        healthy, broken, repaired = (findings(xunwei, run, device) for run in (first, second, third))
        new = {k for k, life in broken.items() if life == "new"}
        assert any(word in name for name in new), (device, new)
        assert set(healthy) == set(broken) - new, device
        assert {k for k, life in repaired.items() if life == "fixed"} == new, device


def test_a_port_that_goes_down_or_is_unsaved_is_named(lab: Lab, host: Host, xunwei: Tool) -> None:
    uplink = next(
        i["name"] for i in lab.state("sw-access-1")["interfaces"]
        if str(i.get("description", "")).startswith(("UPLINK", "TO-")) and i["phy"] == "up"
    )  # fmt: skip
    inventory = xunwei.inventory({"sw-access-1": host("sw-access-1"), "sw-dc-1": host("sw-dc-1")})
    xunwei.inspect(inventory, "--skip-tags", "report")
    lab.fault("sw-access-1", "port_down", uplink)
    lab.fault("sw-dc-1", "config_unsaved", True)
    try:
        run = xunwei.inspect(inventory, "--skip-tags", "report")
    finally:
        lab.fault("sw-access-1", "port_down", False)
        lab.fault("sw-dc-1", "config_unsaved", False)
    new = [f for f in xunwei.read(run, "findings.json") if f["lifecycle"] == "new"]
    assert any(uplink in f["key"] or uplink in f["measured"] for f in new if f["asset"] == "sw-access-1"), new
    assert any("saved" in f["rule"] for f in new if f["asset"] == "sw-dc-1"), new
    assert all(f["services"] == ["统一受理"] for f in new)


def test_dead_hanging_and_garbage_devices_cost_nobody_else(lab: Lab, estate: dict[str, Any], xunwei: Tool) -> None:
    dead = {"dead-1": {**estate["sw-dc-1"], "ansible_port": 1}, "dead-2": {**THIS, "ansible_connection": "ssh", "ansible_host": "127.0.0.1",
            "ansible_port": 1, "ansible_user": "nobody"}}  # fmt: skip
    faults = {"sw-access-1": "hang", "fw-edge-1": "garbage_banner", "sw-dc-1": "login_refused"}
    for device, fault in faults.items():
        lab.fault(device, fault, True)
    try:
        run = xunwei.inspect(xunwei.inventory({**estate, **dead}), code=3)
    finally:
        for device, fault in faults.items():
            lab.fault(device, fault, False)
    states = {a["name"]: (a["state"], a["reason"]) for a in xunwei.read(run, "assets.json")}
    for name in (*faults, *dead):
        assert states[name][0] == "unreachable", states[name]
        assert states[name][1], name
    assert states["sw-core-1"][0] == states["bmc-app-1"][0] == "complete", states
    assert "refused" in states["sw-dc-1"][1]
    assert run["counts"]["unreachable"] == 5
    page = (Path(run["folder"]) / "reports" / "report.html").read_text(encoding="utf-8")
    assert all(name in page for name in states)


@pytest.mark.parametrize(
    ("fault", "value", "statuses"),
    [
        ("dropped_mid_command", 5, {"unreachable", "timed_out", "unparsed"}),
        ("truncated_output", True, {"unparsed", "empty"}),
        ("unknown_firmware_text", True, {"unparsed", "unsupported"}),
    ],
)
def test_half_answers_are_holes_and_never_healthy(
    lab: Lab, host: Host, xunwei: Tool, fault: str, value: Any, statuses: set[str]
) -> None:
    inventory = xunwei.inventory({"sw-access-1": host("sw-access-1")})
    good = xunwei.inspect(inventory, "--skip-tags", "report")
    lab.fault("sw-access-1", fault, value)
    try:
        bad = xunwei.inspect(inventory, "--skip-tags", "report")
    finally:
        lab.fault("sw-access-1", fault, False)
    sections = {s["section"]: s["status"] for s in xunwei.read(bad, "assets/sw-access-1/record.json")["sections"]}
    assert set(sections.values()) & statuses, sections
    passed = {j["rule"] for j in xunwei.read(good, "verdicts.json") if j["verdict"] == "pass"}
    now = {j["rule"]: j["verdict"] for j in xunwei.read(bad, "verdicts.json")}
    assert sum(now[rule] == "not_collected" for rule in passed) >= 3, now
    assert bad["counts"]["verdicts"]["pass"] < good["counts"]["verdicts"]["pass"]


def test_check_mode_limit_and_lock(lab: Lab, estate: dict[str, Any], xunwei: Tool) -> None:
    inventory = xunwei.inventory(estate)
    checked = xunwei("inspect", "-i", inventory, "--check", "-l", "sw-dc-1", "--json")
    assert (checked.returncode, json.loads(checked.stdout)) == (0, {"check": True})
    assert json.loads(xunwei("runs", "--json").stdout) == []
    run = xunwei.inspect(inventory, "--limit", "sw-dc-1", "--run-id", "given-1", "--skip-tags", "report")
    assert (run["run_id"], run["counts"]["assets"]) == ("given-1", 1)
    again = xunwei("inspect", "-i", inventory, "--run-id", "given-1")
    assert again.returncode == 4
    assert "sealed" in again.stderr


def test_the_playbook_does_the_same(lab: Lab, host: Host, xunwei: Tool) -> None:
    inventory = xunwei.inventory({"sw-dc-1": host("sw-dc-1")}, inspection_gate="minor")
    done = subprocess.run(
        ["ansible-playbook", "playbooks/inspect.yml", "-i", str(inventory)], cwd=Path(__file__).resolve().parents[2],
        env=xunwei.environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stdout + done.stderr
    assert "exit code 2" in done.stdout + done.stderr
    [run] = json.loads(xunwei("runs", "--json").stdout)
    assert (run["state"], run["exit_code"]) == ("sealed", 2)


def test_facts_for_a_playbook_of_ones_own(host: Host, xunwei: Tool, tmp_path: Path) -> None:
    play = [{
        "hosts": "all", "gather_facts": False,
        "tasks": [
            {"xunwei_collect": {"facts": True}, "register": "collected"},
            {"ansible.builtin.assert": {"that": [
                "collected.facts['sw-dc-1'].version.status == 'collected'",
                "'worst=fail' == 'worst=' ~ (['pass', 'fail'] | xunwei_worst)",
            ]}},
        ],
    }]  # fmt: skip
    (tmp_path / "own.yml").write_text(json.dumps(play), encoding="utf-8")
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        ["ansible-playbook", str(tmp_path / "own.yml"), "-i", str(xunwei.inventory({"sw-dc-1": host("sw-dc-1")}))],
        cwd=root, env=xunwei.environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (xunwei.state / "runs").exists()
