"""The lab BMC itself: strict Redfish semantics, faults that show, a certificate that stays."""

from __future__ import annotations

import asyncio
import functools
import json
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from xunwei import pack as packs
from xunwei.evaluate import Compiled, SectionView, compile_rules, judge
from xunwei.lab import bmc
from xunwei.lab.bmc_state import FAULTS, State
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.words import Verdict

SESSIONS = "/redfish/v1/SessionService/Sessions"
LOGIN = {"UserName": "inspector", "Password": "lab-inspector-1"}


@pytest.fixture
def client(lab_bmc: Any) -> Iterator[httpx.Client]:
    device = lab_bmc()
    context = ssl.create_default_context(cafile=str(device.certificate))
    with httpx.Client(base_url=f"https://127.0.0.1:{device.port}", verify=context, trust_env=False) as made:
        made.device = device  # type: ignore[attr-defined]
        yield made


def log_in(client: httpx.Client) -> str:
    answer = client.post(SESSIONS, json=LOGIN)
    assert answer.status_code == 201
    client.headers["X-Auth-Token"] = answer.headers["X-Auth-Token"]
    return str(answer.headers["Location"])


def message_id(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["@Message.ExtendedInfo"][0]["MessageId"])


def test_only_the_root_is_open(client: httpx.Client) -> None:
    root = client.get("/redfish/v1/")
    assert root.status_code == 200
    assert root.headers["OData-Version"] == "4.0"
    assert root.json()["@odata.id"] == "/redfish/v1/"
    assert client.get("/redfish").json() == {"v1": "/redfish/v1/"}
    for path in ("/redfish/v1/Systems", "/redfish/v1/SessionService", SESSIONS, "/redfish/v1/Nothing"):
        answer = client.get(path)
        assert (answer.status_code, message_id(answer)) == (401, "Base.1.0.NoValidSession"), path
    assert client.get("/redfish/v1/Systems", headers={"X-Auth-Token": "0" * 32}).status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"{", 400, "MalformedJSON"),
        (b"{}", 400, "PropertyMissing"),
        (b"[]", 400, "PropertyMissing"),
        (json.dumps(LOGIN | {"Password": 7}).encode(), 400, "PropertyMissing"),
        (json.dumps(LOGIN | {"Password": "wrong"}).encode(), 401, "LoginFailed"),
        (json.dumps(LOGIN | {"UserName": "nobody"}).encode(), 401, "LoginFailed"),
        (b"x" * 70_000, 413, "PayloadTooLarge"),
    ],
)
def test_bad_logins(client: httpx.Client, body: bytes, status: int, said: str) -> None:
    answer = client.post(SESSIONS, content=body)
    assert answer.status_code == status
    assert said in message_id(answer)
    assert "X-Auth-Token" not in answer.headers


def test_session_lives_until_deleted(client: httpx.Client) -> None:
    place = log_in(client)
    assert client.get(place).json()["UserName"] == "inspector"
    assert client.get(SESSIONS).json()["Members@odata.count"] == 1
    assert client.delete(place).status_code == 200
    assert client.get("/redfish/v1/Systems").status_code == 401


def test_session_limit_and_basic_authentication(client: httpx.Client) -> None:
    for _ in range(4):
        assert client.post(SESSIONS, json=LOGIN).status_code == 201
    full = client.post(SESSIONS, json=LOGIN)
    assert (full.status_code, message_id(full)) == (503, "Base.1.0.SessionLimitExceeded")
    assert client.get("/redfish/v1/Systems", auth=("inspector", "lab-inspector-1")).status_code == 200
    assert client.get("/redfish/v1/Systems", auth=("inspector", "wrong")).status_code == 401


def test_account_is_locked_after_five_failures(client: httpx.Client) -> None:
    for _ in range(5):
        client.post(SESSIONS, json=LOGIN | {"Password": "wrong"})
    locked = client.post(SESSIONS, json=LOGIN)
    assert (locked.status_code, message_id(locked)) == (401, "iBMC.1.0.UserLocked")


def test_methods_paths_and_headers(client: httpx.Client) -> None:
    log_in(client)
    missing = client.get("/redfish/v1/Systems/2")
    assert (missing.status_code, message_id(missing)) == (404, "Base.1.0.ResourceMissingAtURI")
    for method in ("POST", "PATCH", "PUT", "DELETE"):
        answer = client.request(method, "/redfish/v1/Systems/1", json={})
        assert answer.status_code == 405, method
        assert answer.headers["Allow"] == "GET, HEAD"
    first = client.get("/redfish/v1/Systems/1")
    etag = first.headers["ETag"]
    assert client.get("/redfish/v1/Systems/1", headers={"If-None-Match": etag}).status_code == 304
    head = client.head("/redfish/v1/Systems/1")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", etag)
    assert client.get("/redfish/v1/", headers={"OData-Version": "3.0"}).status_code == 412


def test_every_link_of_the_tree_leads_somewhere() -> None:
    tree = State({}).tree()
    links: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in ("@odata.id", "Members@odata.nextLink"):
                    links.add(inner)
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(tree)
    served_elsewhere = {SESSIONS}
    dead = {x for x in links if "#" not in x and x not in tree} - served_elsewhere
    assert dead == set()
    assert all(path.partition("?")[0] == body["@odata.id"] for path, body in tree.items())
    assert all("@odata.type" in body for body in tree.values())


def test_certificate_stays_and_is_made_anew_for_another_host(tmp_path: Path) -> None:
    async def run(host: str) -> tuple[str, Path]:
        device = await bmc.start({"name": "bmc-7"}, host, 0, tmp_path)
        await device.close()
        return device.fingerprint, device.certificate

    first, place = asyncio.run(run("127.0.0.1"))
    assert place == tmp_path / "lab" / "bmc-7.pem"
    assert (tmp_path / "lab" / "bmc-7.key").stat().st_mode & 0o077 == 0
    assert asyncio.run(run("127.0.0.1"))[0] == first
    assert asyncio.run(run("127.0.0.3"))[0] != first


def test_close_frees_the_port_even_with_a_hanging_client(tmp_path: Path) -> None:
    async def run() -> None:
        device = await bmc.start({"name": "bmc-8", "faults": {"hang": True}}, "127.0.0.1", 0, tmp_path)
        context = ssl.create_default_context(cafile=str(device.certificate))
        _, writer = await asyncio.open_connection("127.0.0.1", device.port, ssl=context, server_hostname="127.0.0.1")
        writer.write(b"GET /redfish/v1/ HTTP/1.1\r\nHost: x\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)
        await asyncio.wait_for(device.close(), 3)
        again = await bmc.start({"name": "bmc-8"}, "127.0.0.1", device.port, tmp_path)
        await again.close()
        writer.transport.abort()

    asyncio.run(run())


# -- faults ------------------------------------------------------------------------------------------------------------

SHOWN = {
    "fan_failed": {"fans.health", "fans.speed", "system.health", "chassis.health", "log_entries.critical_recent"},
    "power_failed": {
        "power.supply_health",
        "power.input",
        "power.redundancy",
        "power.supply_count",
        "system.health",
        "chassis.health",
        "log_entries.critical_recent",
    },
    "drive_predicted": {"drives.failure_predicted"},
    "drive_failed": {
        "drives.health",
        "drives.media_errors",
        "drives.raid_state",
        "system.health",
        "chassis.health",
        "log_entries.critical_recent",
    },
    "temperature_high": {
        "temperatures.threshold",
        "temperatures.health",
        "temperatures.inlet",
        "system.health",
        "chassis.health",
        "log_entries.critical_recent",
    },
    "dimm_error": {"memory.health", "system.health", "chassis.health", "log_entries.critical_recent"},
}


@functools.cache
def rules() -> list[Compiled]:
    return compile_rules(packs.load("redfish"))


def failing(device: Any) -> set[str]:
    """Rules that fail on what the device answers now."""
    pack = packs.load("redfish")
    views = {}
    for name, answer in device.ask_all().items():
        parsed = parse(pack, name, answer.raw) if answer.status.value == "collected" else None
        views[name] = SectionView(parsed.status if parsed else answer.status, parsed.facts if parsed else None)
    asset = Asset("bmc-test-1", "redfish", "server")
    found = judge(asset, views, rules(), time.time())
    return {j.rule.removeprefix("redfish.") for j in found if j.verdict is Verdict.FAIL}


@pytest.mark.parametrize("fault", sorted(SHOWN))
def test_fault_shows_in_exactly_these_rules_and_goes_again(lab_bmc: Any, fault: str) -> None:
    device = lab_bmc()
    before = failing(device)
    assert before == {"network_protocol.snmp_v2c"}  # the lab's BMC has one weakness that fails
    device.server.set_fault(fault, True)
    assert failing(device) - before == SHOWN[fault]
    device.server.set_fault(fault, None)
    assert failing(device) == before  # the log remembers, and says that it is over


def test_fault_writes_an_event_and_its_end() -> None:
    state = State({})
    count = len(state.log)
    state.set_fault("fan_failed", 2)
    state.set_fault("fan_failed", 2)
    state.set_fault("fan_failed", False)
    state.set_fault("fan_failed", False)
    assert [(e["Severity"], e["Message"]) for e in state.log[count:]] == [
        ("Critical", "Fan3 Front has failed."),
        ("OK", "Fan3 Front has recovered."),
    ]
    tree = state.tree()
    entries = tree["/redfish/v1/Systems/1/LogServices/Log1/Entries"]
    assert entries["Members@odata.count"] == count + 2
    assert entries["Members"][0]["Message"] == "Fan3 Front has recovered."


def test_unknown_fault_and_unknown_part_are_refused() -> None:
    state = State({})
    with pytest.raises(ValueError, match="unknown fault 'fire'"):
        state.set_fault("fire", True)
    with pytest.raises(ValueError, match="there is no part 9"):
        state.set_fault("fan_failed", 9)
    assert state.faults == {}


def test_every_fault_name_is_tested_somewhere() -> None:
    transport = {"slow", "hang", "login_refused", "garbage", "truncated_output"}
    assert set(FAULTS) == set(SHOWN) | transport


def test_login_refused_fault(lab_bmc: Any) -> None:
    answer = lab_bmc(faults={"login_refused": True}).ask("/redfish/v1/Systems/*")
    assert answer.status.value == "denied"
