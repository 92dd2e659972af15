"""Recordings of a real vCenter 8.0.3: its values, served to the real client, collected, parsed, judged.

The dialogues hold single properties (method Fetch). Here they are read with pyVmomi, kept as the objects they are, and
served by the lab's server: the pack asks in its own way and must find what the recording says. The REST answers of the
other folder belong to an API that the pack does not speak: they must be refused.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyVmomi import SoapAdapter, vim

from xunwei import pack as packs
from xunwei.collect import vsphere
from xunwei.collect.access import Access
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.lab import tls
from xunwei.lab.kinds.vsphere import Vcenter
from xunwei.lab.vsphere_model import Inventory, Object, cls, member
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

WALKS = ["virtualization/pyvmomi/*", "virtualization/centreon/*"]
PACK = packs.load("vsphere")
ASSET = Asset("vc-1", "vsphere", "virtualization")
STATE: dict[str, Any] = {
    "about": {"version": "0", "build": "0", "api": "VirtualCenter", "instance": ""}, "hosts": [], "vms": [],
    "datastores": [], "networks": [], "licenses": [],
}  # fmt: skip
Facts = dict[str, Any]


def recorded(path: Path) -> tuple[Any, Inventory, dict[tuple[str, str], str]]:
    """(service content, objects with every recorded property, {(id, property): XML})."""
    stub = SoapAdapter.SoapStubAdapter(host="nowhere", version="vim.version.v8_0_2_0")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content, inventory, texts = None, Inventory(), {}
    for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=loader)["interactions"]:
        asked, answered = entry["request"]["body"] or b"", entry["response"]["body"]["string"]
        request = asked if isinstance(asked, str) else asked.decode()
        answer = answered.encode() if isinstance(answered, str) else answered
        if "<RetrieveServiceContent" in request:
            content = SoapAdapter.SoapResponseDeserializer(stub).Deserialize(
                io.BytesIO(answer), vim.ServiceInstanceContent
            )
        this = re.search(r'<_this[^>]*type="(\w+)"[^>]*>([^<]+)<', request)
        prop = re.search(r"<prop[^>]*>([^<]+)<", request)
        if "<Fetch" not in request or this is None or prop is None:
            continue
        kind, ident, name = this[1], this[2], prop[1]
        if entry["response"]["status"]["code"] != 200 or kind == "ContainerView":
            continue
        value = SoapAdapter.SoapResponseDeserializer(stub).Deserialize(io.BytesIO(answer), member(cls(kind), name))
        target = inventory.objects.setdefault(ident, Object(kind, ident))
        target.properties[name] = value
        texts[ident, name] = answer.decode()
    assert content is not None
    for ident, target in inventory.objects.items():
        target.properties.setdefault("name", ident)  # not every dialogue asked for the name
    return content, inventory, texts


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Access]]:
    """Serves a recorded inventory; gives the access to it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    servers: list[Vcenter] = []

    def run(content: Any, inventory: Inventory) -> Access:
        server = Vcenter(tls.identity(tmp_path, "vc-1", "127.0.0.1"), STATE, {})
        server._made = inventory
        server.service.content = content
        asyncio.run_coroutine_threadsafe(server.listen("127.0.0.1", 0), loop).result(10)
        servers.append(server)
        words = {"tls_ca": str(tmp_path / "vc-1.pem")}
        return Access(ASSET, "127.0.0.1", server.port, "inspector", "lab-inspector-1", settings=words)

    yield run
    for server in servers:
        asyncio.run_coroutine_threadsafe(server.close(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


def collected(access: Access) -> dict[str, SectionView]:
    views = {}
    for answer in vsphere.ask(access, PACK, list(PACK.sections.values()), deadline=time.monotonic() + 60):
        parsed = parse(PACK, answer.section, answer.raw) if answer.status is Status.COLLECTED else None
        status, facts = (parsed.status, parsed.facts) if parsed else (answer.status, None)
        reason = parsed.reason if parsed else answer.reason
        views[answer.section] = SectionView(status, facts, reason, raw=answer.raw)
    return views


def facts(views: dict[str, SectionView], section: str) -> Facts:
    found = views[section].facts
    assert found is not None, (section, views[section])
    return found


def number(text: str, name: str) -> int:
    found = re.search(rf"<{name}>(-?\d+)</{name}>", text)
    assert found is not None, name
    return int(found[1])


def word(text: str, name: str) -> str:
    found = re.search(rf"<{name}>([^<]*)</{name}>", text)
    assert found is not None, name
    return found[1]


def test_host(fixtures_dir: Path, serve: Callable[..., Access]) -> None:
    content, inventory, texts = recorded(fixtures_dir / "virtualization/pyvmomi/test_json_host_explode.yaml")
    views = collected(serve(content, inventory))
    [ident] = [i for i, o in inventory.objects.items() if o.kind == "HostSystem"]
    summary, runtime = texts[ident, "summary"], texts[ident, "runtime"]
    [host] = facts(views, "hosts")["hosts"]
    assert facts(views, "about")["version"] == "8.0.3"
    assert host["memory_mb"] == number(summary, "memorySize") // 2**20
    assert host["cores"] == number(summary, "numCpuCores")
    assert (host["model"], host["vendor"]) == (word(summary, "model"), word(summary, "vendor"))
    assert host["connection"] == word(runtime, "connectionState")
    assert host["booted"][:19] == word(runtime, "bootTime")[:19]
    used = number(summary, "overallCpuUsage") / (number(summary, "cpuMhz") * host["cores"])
    assert host["cpu_percent"] == pytest.approx(100 * used, abs=0.06)
    config = texts[ident, "config"]
    services = dict(re.findall(r"<service><key>([^<]+)</key>.*?<running>(\w+)</running>", config, re.S))
    [service] = facts(views, "host_services")["hosts"]
    assert service["ssh"] is (services["TSM-SSH"] == "true")
    assert service["ntp_running"] is (services["ntpd"] == "true" or services.get("ptpd") == "true")
    luns = re.search(r"<multipathInfo>(.*?)</multipathInfo>", config, re.S)
    assert luns is not None
    [paths] = facts(views, "host_paths")["hosts"]
    assert paths["luns"] == len(re.findall(r"<lun><key>", luns[1]))
    assert sum(lun["paths"] for lun in facts(views, "host_paths")["luns"]) == len(re.findall(r"<path><key>", luns[1]))
    assert len(facts(views, "host_network")["nics"]) == len(re.findall(r"<pnic><key>", config))
    # what the dialogue has nothing of is not understood; everything else is
    assert {n for n, v in views.items() if v.status is Status.UNPARSED} == {"licenses", "alarms"}


def test_datastore(fixtures_dir: Path, serve: Callable[..., Access]) -> None:
    content, inventory, texts = recorded(fixtures_dir / "virtualization/pyvmomi/test_json_datastore_explode.yaml")
    inventory.objects["host-1"] = Object("HostSystem", "host-1", {"name": "host-1"})  # else nothing may be seen
    views = collected(serve(content, inventory))
    [ident] = [i for i, o in inventory.objects.items() if o.kind == "Datastore"]
    summary = texts[ident, "summary"]
    [store] = facts(views, "datastores")["datastores"]
    capacity, free = number(summary, "capacity"), number(summary, "freeSpace")
    assert (store["capacity_bytes"], store["free_bytes"]) == (capacity, free)
    assert store["used_percent"] == pytest.approx(100 * (capacity - free) / capacity, abs=0.06)
    assert store["accessible"] is (word(summary, "accessible") == "true")
    assert store["type"] == word(summary, "type")


@pytest.mark.parametrize("name", ["vm_nic_data", "basic_container_view"])
def test_what_was_not_recorded_is_not_healthy(fixtures_dir: Path, serve: Callable[..., Access], name: str) -> None:
    content, inventory, texts = recorded(fixtures_dir / f"virtualization/pyvmomi/{name}.yaml")
    inventory.objects["host-1"] = Object("HostSystem", "host-1", {"name": "host-1"})
    views = collected(serve(content, inventory))
    assert facts(views, "about")["full_name"] == "VMware vCenter Server 8.0.3 build-69507950"
    machines = [i for i, o in inventory.objects.items() if o.kind == "VirtualMachine"]
    assert len(machines) == (3 if name == "vm_nic_data" else 0)
    if not machines:
        assert views["vms"].status is Status.EMPTY
    else:
        found = {vm["id"]: vm for vm in facts(views, "vms")["vms"]}
        for ident in machines:
            assert found[ident]["tools"] == word(texts[ident, "guest"], "toolsRunningStatus")
            assert found[ident]["name"] in texts[ident, "name"]
            assert found[ident]["power"] is None
    judged = {j.rule: j for j in judge(ASSET, views, compile_rules(PACK), time.time())}
    for rule in ("hosts.connection", "hosts.memory", "host_services.ntp_running", "vms.connection", "vms.should_run"):
        assert judged[f"vsphere.{rule}"].verdict is not Verdict.PASS, rule


@pytest.mark.parametrize("name", ["vsphere8-esx.mockoon.json", "vsphere8-vm.mockoon.json"])
def test_answers_of_the_rest_api_are_refused(fixtures_dir: Path, name: str) -> None:
    routes = json.loads((fixtures_dir / "virtualization/centreon" / name).read_text(encoding="utf-8"))["routes"]
    bodies = [r["body"] for route in routes for r in route["responses"] if r.get("body")]
    assert bodies
    for body in bodies:
        for section in PACK.sections:
            assert parse(PACK, section, body).status is not Status.COLLECTED, (section, body[:80])
