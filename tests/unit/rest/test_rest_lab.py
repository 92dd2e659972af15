"""The REST products of the lab are strict: who is not logged in, asks for what is not there or pages wrongly is told so."""

from __future__ import annotations

import base64
import hashlib
import ssl
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from unit.rest.live import NAME, Product, spec
from xunwei.lab.harness import Lab

Start = Callable[[str, str], tuple[Product, httpx.Client]]
USER, PASSWORD = "inspector", "lab-inspector-1"


@pytest.fixture
def start() -> Iterator[Start]:
    labs: list[Lab] = []
    clients: list[httpx.Client] = []

    def run(personality: str, platform: str) -> tuple[Product, httpx.Client]:
        lab = Lab(specs=[spec(personality)])
        lab.__enter__()
        labs.append(lab)
        product = Product(lab, platform)
        context = ssl.create_default_context(cafile=str(product.certificate))
        base = f"https://127.0.0.1:{lab.devices[NAME].port}"
        clients.append(httpx.Client(base_url=base, verify=context, trust_env=False))
        return product, clients[-1]

    yield run
    for client in clients:
        client.close()
    for lab in labs:
        lab.__exit__(None, None, None)


def ocean_login(client: httpx.Client, **changed: Any) -> httpx.Response:
    body = {"username": USER, "password": PASSWORD, "scope": "0"} | changed
    answer = client.post("/deviceManager/rest/xxxxx/sessions", json=body)
    if answer.json()["error"]["code"] == 0:
        client.headers["iBaseToken"] = answer.json()["data"]["iBaseToken"]
    return answer


def test_oceanstor_answers_everything_with_200_and_an_error_object(start: Start) -> None:
    product, client = start("oceanstor", "oceanstor")
    base = "/deviceManager/rest/2102350LAB10F9000001"

    def code(path: str) -> int:
        answer = client.get(path)
        assert answer.status_code == 200
        return int(answer.json()["error"]["code"])

    assert code(f"{base}/disk") == -401
    assert ocean_login(client, password="wrong").json()["error"]["code"] == 1077949061
    assert ocean_login(client, scope="1").json()["error"]["code"] == 1077949061
    assert client.post("/deviceManager/rest/xxxxx/sessions", content=b"{").json()["error"]["code"] == 50331651
    assert ocean_login(client).json()["data"]["accountstate"] == 1
    assert code(f"{base}/disk") == 0
    assert code(f"{base}/teapot") == 1077949004
    assert code("/deviceManager/rest/other/disk") == 50331651
    assert len(client.get(f"{base}/disk?range=[0-5]").json()["data"]) == 5
    assert code(f"{base}/disk?range=[0-500]") == 50331651
    assert "data" not in client.get(f"{base}/alarm/currentalarm").json()
    product.lab.fault(NAME, "session_expired")
    assert code(f"{base}/disk") == -401


def test_fusioncompute_wants_its_version_and_its_hash(start: Start) -> None:
    _, client = start("fusioncompute", "fusioncompute")
    key = hashlib.sha256(PASSWORD.encode()).hexdigest()
    headers = {
        "X-Auth-User": USER,
        "X-Auth-Key": key,
        "X-ENCRYPT-ALGORITHM": "0",
        "Accept": "application/json;version=8.1",
    }

    def login(**changed: str) -> httpx.Response:
        return client.post("/service/session", headers=headers | {k.replace("_", "-"): v for k, v in changed.items()})

    assert client.get("/service/sites").status_code == 401
    assert login(Accept="application/json").json()["errorCode"] == "10000022"
    assert login(X_Auth_Key=PASSWORD).json()["errorCode"] == "10000034"
    client.headers["X-Auth-Token"] = login().headers["X-Auth-Token"]
    assert client.get("/service/sites").json()["sites"][0]["name"] == "site-lab"
    assert client.get("/service/sites/1/vms").json()["errorCode"] == "10000003"
    assert client.get("/service/sites/4A5B06C7/alarms/activeAlarms").status_code == 405
    page = client.get("/service/sites/4A5B06C7/vms?limit=2&offset=4").json()
    assert (page["total"], len(page["vms"])) == (5, 1)
    assert client.delete("/service/session").status_code == 200
    assert client.get("/service/sites").status_code == 401


def test_commvault_pages_by_headers(start: Start) -> None:
    _, client = start("backup_commvault", "commvault")
    login = {"username": USER, "password": base64.b64encode(PASSWORD.encode()).decode()}
    assert client.get("/webconsole/api/Job").status_code == 401
    plain = client.post("/webconsole/api/Login", json=login | {"password": PASSWORD})
    assert plain.json()["errList"][0]["errorCode"] == 1127
    client.headers["Authtoken"] = client.post("/webconsole/api/Login", json=login).json()["token"]
    page = client.get("/webconsole/api/Job", headers={"limit": "2", "offset": "4"}).json()
    assert (page["totalRecordsWithoutPaging"], len(page["jobs"])) == (5, 1)
    assert client.get("/webconsole/api/Nothing").status_code == 404


def test_rubrik_wants_a_service_account(start: Start) -> None:
    _, client = start("backup_rubrik", "rubrik")
    body = {"grant_type": "client_credentials", "client_id": USER, "client_secret": PASSWORD}
    assert client.get("/api/v1/cluster/me").status_code == 401
    assert client.post("/api/client_token", json=body | {"grant_type": "password"}).status_code == 401
    token = client.post("/api/client_token", json=body).json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    assert client.get("/api/v1/cluster/me").json()["name"] == "backup-lab-2"
    assert client.get("/api/v1/nothing").status_code == 404
    page = client.get("/api/internal/cluster/me/node?limit=3&offset=0").json()
    assert (page["hasMore"], len(page["data"])) == (True, 3)
    assert client.delete("/api/v1/session/me").status_code == 204
    assert client.get("/api/v1/cluster/me").status_code == 401


def test_a_fault_takes_a_value_and_an_unknown_one_is_refused(start: Start) -> None:
    product, _ = start("oceanstor", "oceanstor")
    product.lab.fault(NAME, "pool_full", 85)
    assert product.findings() == {"pools.usage": "warn"}
    with pytest.raises(Exception, match="unknown fault 'fire'"):
        product.lab.fault(NAME, "fire")


def test_the_distributed_cluster_tells_results_in_two_forms(start: Start) -> None:
    _, client = start("oceanstor_distributed", "oceanstor_pacific")
    login = {"user_name": USER, "password": PASSWORD, "scope": "0", "isEncrypt": False}
    assert client.get("/api/v2/cluster/servers").json()["result"]["code"] == -401
    assert client.post("/api/v2/aa/sessions", json=login | {"password": "no"}).json()["result"]["code"] == 1077949061
    client.headers["X-Auth-Token"] = client.post("/api/v2/aa/sessions", json=login).json()["data"]["x_auth_token"]
    assert client.get("/api/v2/data_service/storagepool").json()["result"] == 0
    assert client.get("/api/v2/hwm/fan").json()["result"]["code"] == 1077949004
    assert client.post("/api/v2/hwm/fan", json={}).json()["result"]["code"] == 50331651
    fans = client.post("/api/v2/hwm/fan", json={"server_list": ["192.0.2.82"]}).json()["data"]
    assert [fan["frame_sn"] for fan in fans] == ["2102LAB0000000000002"]
