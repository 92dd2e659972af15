"""What only shows between runs: growing counters, resets, changed configurations; and the asset list against what was found."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tool import Tool
from xunwei.lab.harness import Lab

Host = Callable[[str], dict[str, Any]]
SWITCHES = {"sw-access-1": ("huawei_vrp", "GigabitEthernet0/0/3"), "sw-dc-1": ("hp_comware", "")}


def verdict(xunwei: Tool, run: dict[str, Any], asset: str, rule: str) -> str:
    [found] = [v for v in xunwei.read(run, "verdicts.json") if (v["asset"], v["rule"]) == (asset, rule)]
    return str(found["verdict"])


def deltas(xunwei: Tool, run: dict[str, Any], asset: str) -> list[int | None]:
    """Every growth in the records of an asset."""
    found: list[int | None] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            found.extend((node.get("delta") or {}).values())
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(xunwei.read(run, f"assets/{asset}/record.json")["sections"])
    return found


@pytest.mark.parametrize("name", SWITCHES)
def test_growing_errors_are_found_and_a_reset_is_no_negative_rate(
    lab: Lab, host: Host, xunwei: Tool, name: str
) -> None:
    platform, port = SWITCHES[name]
    rule = f"{platform}.interfaces.errors_growing"
    inventory = xunwei.inventory({name: host(name)})
    quick = ("--skip-tags", "report")
    first = xunwei.inspect(inventory, *quick)
    assert verdict(xunwei, first, name, rule) == "not_applicable"
    assert set(deltas(xunwei, first, name)) == {None}
    lab.fault(name, "errors_growing", port or True)
    try:
        second = xunwei.inspect(inventory, *quick)
        third = xunwei.inspect(inventory, *quick)
        assert "pass" not in (verdict(xunwei, third, name, rule),)
        assert any(d for d in deltas(xunwei, third, name) if d)
        again = xunwei("evaluate", second["folder"], "--json")
        assert json.loads(again.stdout)["changed"] == [], "an old run is compared with what it was compared with then"
    finally:
        lab.fault(name, "errors_growing", None)
    lab.fault(name, "counters_reset", True)
    try:
        last = xunwei.inspect(inventory, *quick)
        assert [d for d in deltas(xunwei, last, name) if d is not None and d < 0] == []
        assert verdict(xunwei, last, name, rule) == "pass"
    finally:
        lab.fault(name, "counters_reset", None)


def test_a_changed_configuration_has_a_history(lab: Lab, host: Host, xunwei: Tool) -> None:
    inventory = xunwei.inventory({"sw-access-1": host("sw-access-1")})
    xunwei.inspect(inventory, "--skip-tags", "report")
    lab.fault("sw-access-1", "config_unsaved", True)
    try:
        xunwei.inspect(inventory, "--skip-tags", "report")
    finally:
        lab.fault("sw-access-1", "config_unsaved", None)
    rows = json.loads(xunwei("history", "sw-access-1", "configuration", "--json").stdout)
    assert [r["changed"] for r in rows] == [True, True]
    shown = xunwei("history", "sw-access-1", "configuration", "--diff").stdout.splitlines()
    added = [line for line in shown if line.startswith("+") and not line.startswith("+++")]
    removed = [line for line in shown if line.startswith("-") and not line.startswith("---")]
    assert len(added) >= 1
    assert removed == []
    assert xunwei("history", "no-such").returncode == 4
    wrong = xunwei("history", "sw-access-1", "nothing")
    assert wrong.returncode == 4
    assert "has no answer of section 'nothing'" in wrong.stderr


def test_the_asset_list_is_audited(host: Host, xunwei: Tool) -> None:
    about = {"asset_platform": "estate", "asset_class": "other", "ansible_host": "127.0.0.1"}
    wrong = {**host("sw-access-1"), "asset_serial": "2102350000009999", "asset_model": "S5720-36C-EI-AC"}
    right = {**host("sw-core-1"), "asset_hostname": "sw-core-1", "asset_address": "192.0.2.11"}
    inventory = xunwei.inventory(
        {
            "estate": {**about, "asset_networks": ["192.0.2.0/24"]},
            "sw-access-1": {
                **wrong,
                "asset_links": [{"port": "XGE0/0/1", "peer": "sw-core-1", "peer_port": "10GE1/0/1"}],
            },
            "sw-core-1": right,
        }
    )
    run = xunwei.inspect(inventory, "--skip-tags", "report")
    found = {
        f"{f['rule']} {f['key']}": f["measured"] for f in xunwei.read(run, "findings.json") if f["asset"] == "estate"
    }
    assert found["estate.identities.differences sw-access-1 serial"].endswith("≠ 2102350000009999")
    assert "estate.identities.differences sw-access-1 model" not in found
    assert not [k for k in found if "XGigabitEthernet0/0/1" in k or "XGE0/0/1" in k], "the declared link is there"
    assert any(k.startswith("estate.links.unknown_device sw-core-1") for k in found), "sw-access-2 is in no list"
    assert any(k.startswith("estate.addresses.unknown 192.0.2.") for k in found)
    audit = xunwei("assets", "--audit", "last")
    assert audit.returncode == 2
    assert "2102350000009999" in audit.stdout
    verified = xunwei("verify", "last")
    assert verified.returncode == 0, verified.stdout
