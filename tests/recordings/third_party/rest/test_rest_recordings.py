"""Answers of REST products that none of us made: what a pack takes of them is right, everything else is refused.

Arrays of OceanStor as SODA delfin's tests have them (with delfin's own reading of them), and Mockoon environments of
Commvault, Rubrik, NetApp ONTAP and vSphere, replayed over HTTPS to the real collector.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from unit.rest.mockoon import Mockoon, environment, serve
from xunwei import pack as packs
from xunwei.collect import rest
from xunwei.collect.access import Access
from xunwei.lab.web import Reply, WebDevice
from xunwei.model import Answer, Asset
from xunwei.parse.engine import Parsed, parse
from xunwei.words import Status

WALKS = ["storage/oceanstor-delfin/*", "storage/centreon/*", "backup/centreon/*", "virtualization/centreon/*"]
PLATFORMS = ("oceanstor", "oceanstor_pacific", "fusioncompute", "commvault", "rubrik")
BASE = "/deviceManager/rest/012345/"
# What of each file is the answer to which resource of the array.
DELFIN: dict[str, list[str]] = {
    "get_storage": ["system/"], "list_disks": ["disk"], "list_storage_pools": ["storagepool"],
    "list_volumes": ["lun"], "list_storage_hosts": ["host"], "list_storage_host_initiators": ["fc_initiator", "iscsi_initiator"],
    "list_ports": ["fc_port", "", "eth_port", "", "", "sas_port", "backup_power"],
}  # fmt: skip
RESOURCES = {
    "system": "system/", "controllers": "controller", "enclosures": "enclosure", "modules": "intf_module", "disks": "disk",
    "disk_domains": "diskpool", "pools": "storagepool", "luns": "lun", "hosts": "host", "initiators": "fc_initiator",
    "fc_ports": "fc_port", "eth_ports": "eth_port", "sas_ports": "sas_port", "power": "power", "fans": "fan",
    "bbus": "backup_power", "alarms": "alarm/currentalarm", "licences": "license/feature",
    "replication": "REPLICATIONPAIR", "hypermetro": "HyperMetroPair", "snapshots": "snapshot", "time": "system_utc_time",
}  # fmt: skip
OWN = ("commvault", "rubrik")  # a file whose name begins so is that platform's own


def files(part: str) -> list[Path]:
    root = Path(os.environ.get("XUNWEI_FIXTURES", "/nonexistent"))
    return sorted(p for pattern in WALKS if part in pattern for p in root.glob(pattern))


DELFIN_FILES, MOCKOON_FILES = files("delfin"), files("centreon")


def bodies(path: Path) -> list[dict[str, Any]]:
    """Every recorded answer in a file, as deep as it may lie."""
    found: list[dict[str, Any]] = []

    def look(value: Any) -> None:
        if isinstance(value, dict) and "error" in value:
            found.append(value)
        elif isinstance(value, list):
            for entry in value:
                look(entry)

    look(json.loads(path.read_text(encoding="utf-8")).get("responses", []))
    return found


def taken(section: str, resource: str, body: dict[str, Any]) -> Parsed:
    found = parse(packs.load("oceanstor"), section, json.dumps({BASE + resource: body}, indent=1, sort_keys=True))
    assert not found.reason.startswith(("parser failed", "parser returned")), found.reason
    return found


def facts(name: str, fixtures: Path, index: int = 0) -> dict[str, Any]:
    resource = DELFIN[name][index]
    section = next(s for s, r in RESOURCES.items() if r == resource)
    found = taken(section, resource, bodies(fixtures / "storage" / "oceanstor-delfin" / f"{name}.json")[index])
    assert found.facts is not None, found.reason
    return found.facts


def expected(name: str, fixtures: Path) -> Any:
    path = fixtures / "storage" / "oceanstor-delfin" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))["expected"]


def test_there_are_recordings(fixtures_dir: Path) -> None:
    assert len(DELFIN_FILES) >= 12
    assert len(MOCKOON_FILES) >= 5


def test_array(fixtures_dir: Path) -> None:
    found, want = facts("get_storage", fixtures_dir), expected("get_storage", fixtures_dir)
    assert (found["serial"], found["name"], found["location"]) == (
        want["serial_number"],
        want["model"],
        want["location"],
    )
    assert (found["total_bytes"], found["used_bytes"]) == (want["total_capacity"], want["used_capacity"])
    assert (found["running"], found["health"]) == ("normal", None)  # a health that is not told is not good


def test_disks(fixtures_dir: Path) -> None:
    words = {"normal": {"online", "normal"}, "offline": {"offline"}, "abnormal": {None}}
    for disk, want in zip(
        facts("list_disks", fixtures_dir)["disks"], expected("list_disks", fixtures_dir), strict=True
    ):
        assert disk["running"] in words[want["status"]]
        assert disk["health"] is None
        assert disk["capacity_bytes"] == want["capacity"]
        assert (disk["serial"], disk["firmware"]) == (want["serial_number"], want["firmware"])
        assert (disk["usage"], disk["score"]) == (want["logical_type"], None)


def test_pools(fixtures_dir: Path) -> None:
    found, want = facts("list_storage_pools", fixtures_dir)["pools"], expected("list_storage_pools", fixtures_dir)
    for pool, told in zip(found, want, strict=True):
        assert pool["running"] == {"normal": "online", "offline": "offline"}[told["status"]]
        assert (pool["total_bytes"], pool["used_bytes"]) == (told["total_capacity"], told["used_capacity"])
        assert (pool["free_bytes"], pool["use"]) == (told["free_capacity"], told["storage_type"])
        assert pool["used_percent"] == 75.0


def test_luns_hosts_and_initiators(fixtures_dir: Path) -> None:
    luns = facts("list_volumes", fixtures_dir)["luns"]
    for lun, want in zip(luns, expected("list_volumes", fixtures_dir), strict=True):
        assert lun["running"] == {"available": "online", "error": "offline"}[want["status"]]
        assert (lun["bytes"], lun["allocated_bytes"]) == (want["total_capacity"], want["used_capacity"])
    [host] = facts("list_storage_hosts", fixtures_dir)["hosts"]
    assert (host["name"], host["health"], host["running"]) == ("Host001", "normal", "normal")
    [fc] = facts("list_storage_host_initiators", fixtures_dir)["initiators"]
    assert (fc["host"], fc["running"], fc["free"]) == ("Host001", "online", True)


def test_ports(fixtures_dir: Path) -> None:
    [fc] = facts("list_ports", fixtures_dir, 0)["ports"]
    assert (fc["name"], fc["running"], fc["mbps"], fc["max_mbps"]) == ("Location1", "link down", None, 16000)
    [eth] = facts("list_ports", fixtures_dir, 2)["ports"]
    assert (eth["running"], eth["mbps"], eth["max_mbps"], eth["ip"]) == ("link down", None, 1000, None)
    [sas] = facts("list_ports", fixtures_dir, 5)["ports"]
    assert (sas["health"], sas["running"]) == (None, None)
    [unit] = facts("list_ports", fixtures_dir, 6)["bbus"]
    assert (unit["health"], unit["running"]) == (None, "online")


@pytest.mark.parametrize("path", DELFIN_FILES, ids=lambda p: p.stem)
def test_whatever_is_asked_the_array_is_never_made_healthier_than_it_says(path: Path) -> None:
    """Every answer as the answer to every question: refused, or as many things with no better state than was told."""
    for body in bodies(path):
        for section, resource in RESOURCES.items():
            found = taken(section, resource, body)
            if found.facts is None:
                continue
            data = body.get("data")
            rows = data if isinstance(data, list) else [data]
            lists = [v for v in found.facts.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
            good = sum(r.get("HEALTHSTATUS") == "1" for r in rows if isinstance(r, dict))
            assert sum(item.get("health") == "normal" for items in lists for item in items) <= good
            assert all(len(items) <= len(rows) for items in lists)
            if section == "system":
                assert found.facts["health"] in (None, "normal" if good else None) or not good


@pytest.mark.parametrize("path", [*DELFIN_FILES, *MOCKOON_FILES], ids=lambda p: p.stem)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_file_as_it_is_is_no_answer(platform: str, path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    pack = packs.load(platform)
    for section in pack.sections:
        assert parse(pack, section, raw).status is Status.UNPARSED, section


class Init(WebDevice):
    """An array that answers every request with the recorded login answer, whose error code is not 0."""

    body: Any = None

    def reply(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        return Reply(200, self.body)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("replay")


def ask(device: WebDevice, platform: str) -> dict[str, Answer]:
    pack = packs.load(platform)
    assert device.own is not None
    access = Access(
        asset=Asset("a", platform, "storage"), address="127.0.0.1", port=device.port, user="inspector",
        password="lab-inspector-1", settings={"tls_ca": str(device.own.certificate)},
    )  # fmt: skip
    found = rest.ask(access, pack, list(pack.sections.values()), deadline=time.monotonic() + 60)
    return {answer.section: answer for answer in found}


def test_the_recorded_login_is_a_refusal(fixtures_dir: Path, folder: Path) -> None:
    [Init.body] = [json.loads((fixtures_dir / "storage/oceanstor-delfin/init.json").read_text())["responses"][0]]
    with serve(Init, folder) as device:
        found = ask(device, "oceanstor")
    assert {a.status for a in found.values()} == {Status.DENIED}
    assert "123" in found["disks"].reason


@pytest.mark.parametrize("path", MOCKOON_FILES, ids=lambda p: p.name.partition(".")[0])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_foreign_product_gives_no_facts(platform: str, path: Path, folder: Path) -> None:
    if platform in OWN and path.name.startswith(platform):
        return  # its own: the tests below
    with serve(lambda own: Mockoon(own, environment(path)), folder) as device:
        found = ask(device, platform)
    pack = packs.load(platform)
    for name, answer in found.items():
        if name == "certificate":
            continue  # told by the TLS session, whoever answers
        parsed = parse(pack, name, answer.raw) if answer.status is Status.COLLECTED else None
        assert parsed is None or parsed.facts is None, f"{name}: {parsed}"


def test_commvault_replayed(fixtures_dir: Path, folder: Path) -> None:
    data = environment(fixtures_dir / "backup/centreon/commvault.mockoon.json")
    with serve(lambda own: Mockoon(own, data), folder) as device:
        found = ask(device, "commvault")
    jobs = parse(packs.load("commvault"), "jobs", found["jobs"].raw).facts
    assert jobs is not None
    assert [j["id"] for j in jobs["jobs"]] == [1, 2, 3, 4, 10, 11]
    assert [j["state"] for j in jobs["jobs"]] == ["success"] * 4 + ["active", "success"]
    assert {j["ended"] for j in jobs["jobs"]} == {1661877470}
    assert all(s["succeeded"] == 1661877470 for s in jobs["subclients"])
    others = {n: a.status for n, a in found.items() if n not in ("jobs", "certificate")}
    assert Status.COLLECTED not in others.values(), others


def test_rubrik_replayed(fixtures_dir: Path, folder: Path) -> None:
    data = environment(fixtures_dir / "backup/centreon/rubrik.mockoon.json")
    with serve(lambda own: Mockoon(own, data), folder) as device:
        found = ask(device, "rubrik")
    jobs = parse(packs.load("rubrik"), "jobs", found["jobs"].raw).facts
    assert jobs is not None
    assert [(j["state"], j["sla"]) for j in jobs["jobs"]] == [
        ("success", "CENTREON-DOMAIN"), ("scheduled", "CENTREON-DOMAIN"),
    ]  # fmt: skip
    [one] = jobs["objects"]
    assert (one["state"], one["ended"]) == ("success", 1721371336)
    others = {n: a.status for n, a in found.items() if n not in ("jobs", "certificate")}
    assert Status.COLLECTED not in others.values(), others
