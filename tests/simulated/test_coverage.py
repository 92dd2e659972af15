"""`xunwei coverage` on an inventory and on a run of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tool import THIS, Tool

MANUAL = {"ansible_connection": "local", "asset_platform": "manual"}
HOSTS: dict[str, Any] = {
    "host-1": {**THIS, "asset_manual_checks": ["indicator"]},
    "term-1": {
        "ansible_connection": "local", "ansible_host": "127.0.0.1", "asset_platform": "av_terminal", "asset_class": "audio_video",
        "asset_variant": "terminal", "asset_sip_port": 1, "asset_h323_port": 1, "asset_web_port": 1, "asset_http_port": 1,
        "asset_telnet_port": 1,
    },
    "rack-1": {**MANUAL, "asset_class": "facility"},
}  # fmt: skip


def test_inventory_and_run(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    tool = Tool(tmp_path / "state", tmp_path)
    inventory = tool.inventory(HOSTS)
    done = tool("coverage", "-i", inventory, "--json")
    assert done.returncode == 0, done.stderr
    declared = json.loads(done.stdout)
    assert [r["asset"] for r in declared["assets"]] == ["host-1", "rack-1", "term-1"]
    assert declared["assets"][0]["companion"] == "host-1/manual"
    assert {c["status"] for r in declared["assets"] for c in r["cells"]} == {None}

    record = ("manual", "record", "rack-1", "appearance", "--verdict", "normal", "--by", "Li", "-i", inventory)
    assert tool(*record).returncode == 0
    folder = tool.inspect(inventory, "--format", "json", code=3)["folder"]  # one asset is unreachable
    done = tool("coverage", "-i", inventory, "--run", folder, "--json")
    assert done.returncode == 0, done.stderr
    rows = {r["asset"]: {c["area"]: c["status"] for c in r["cells"]} for r in json.loads(done.stdout)["assets"]}
    assert rows["host-1"]["cpu"] == "collected"
    assert rows["host-1"]["uptime"] in ("collected", "partial")
    assert rows["host-1"]["health"] is not None
    assert rows["rack-1"]["appearance"] == "fresh"
    assert rows["rack-1"]["power"] == "waiting"
    assert set(rows["term-1"].values()) == {"not_collected"}

    more = tool.inventory({**HOSTS, "rack-2": {**MANUAL, "asset_class": "facility"}})
    done = tool("coverage", "-i", more, "--run", folder, "--json")
    rows = {r["asset"]: {c["status"] for c in r["cells"]} for r in json.loads(done.stdout)["assets"]}
    assert rows["rack-2"] == {"not_in_run"}


def test_plain_lines(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    tool = Tool(tmp_path / "state", tmp_path)
    done = tool("coverage", "-i", tool.inventory(HOSTS))
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines() if "\t" in line]
    assert {line[0] for line in lines} == set(HOSTS)
    assert all(len(line) == 7 for line in lines)
    assert ["rack-1", "facility", "manual", "appearance", "manual", "required", "-"] in lines
    assert done.stdout.splitlines()[-1].startswith("total: 3 assets, 3 covered in full")


def test_mistakes(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    tool = Tool(tmp_path / "state", tmp_path)
    inventory = tool.inventory(HOSTS)
    for words in (("-i", tmp_path / "none.yml"), ("-i", inventory, "--run", "last"), ("-i", inventory, "--run", "x/y")):
        done = tool("coverage", *words)
        assert done.returncode == 4
        assert len(done.stderr.strip().splitlines()) == 1
