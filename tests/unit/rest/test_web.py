"""The web server under the lab's devices, and the kinds that are built on it, started together as the lab starts them."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from unit.rest.live import spec
from unit.rest.mockoon import serve
from xunwei.lab.harness import Lab
from xunwei.lab.tls import Identity
from xunwei.lab.web import MAX_BODY, WEB_FAULTS, Reply, WebDevice


class Echo(WebDevice):
    """Answers with what it was asked."""

    def is_open(self, path: str) -> bool:
        return path == "/open"

    def reply(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        if path == "/empty":
            return Reply(204)
        return Reply(200, {"method": method, "path": path, "agent": headers.get("x-agent"), "body": len(body)})


def plain(_: Identity) -> Echo:
    return Echo(None)


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[tuple[Any, httpx.Client]]:
    with (
        serve(plain, tmp_path) as device,
        httpx.Client(base_url=f"http://127.0.0.1:{device.port}", trust_env=False, timeout=2.0) as client,
    ):
        yield device, client


def test_plain_http_keep_alive_and_journal(echo: tuple[Any, httpx.Client]) -> None:
    device, client = echo
    assert client.get("/a?b=c", headers={"X-Agent": "me"}).json() == {
        "method": "GET", "path": "/a?b=c", "agent": "me", "body": 0,
    }  # fmt: skip
    assert client.post("/b", content=b"x" * 70_000).json()["body"] == MAX_BODY + 1
    assert client.head("/a").content == b""
    assert client.get("/empty").status_code == 204
    assert [r[:2] for r in device.requests] == [("GET", "/a?b=c"), ("POST", "/b"), ("HEAD", "/a"), ("GET", "/empty")]
    assert device.info() == {}


def test_faults_of_the_wire(echo: tuple[Any, httpx.Client]) -> None:
    device, client = echo
    device.set_fault("http_500", True)
    assert client.get("/a").status_code == 500
    assert client.get("/open").status_code == 200
    device.set_fault("http_500", None)
    device.set_fault("garbage", True)
    assert "busy" in client.get("/a").text
    device.set_fault("garbage", False)
    device.set_fault("slow", 0.2)
    began = time.monotonic()
    client.get("/a")
    assert time.monotonic() - began >= 0.2
    device.set_fault("slow", False)
    device.set_fault("truncated_output", True)
    with pytest.raises(httpx.RemoteProtocolError):
        client.get("/a")
    device.set_fault("truncated_output", False)
    device.set_fault("hang", True)
    with pytest.raises(httpx.ReadTimeout):
        client.get("/a", timeout=0.3)
    assert device.state() == {"faults": {"hang": True}}
    with pytest.raises(ValueError, match="known: slow, hang"):
        device.set_fault("fire", True)
    assert set(WEB_FAULTS) == set(device.known_faults)


def test_who_speaks_no_http_is_let_go(echo: tuple[Any, httpx.Client]) -> None:
    device, client = echo
    with socket.create_connection(("127.0.0.1", device.port), timeout=2) as raw:
        raw.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert raw.recv(100) == b""
    assert client.get("/a").status_code == 200


def test_products_and_a_bmc_in_one_lab() -> None:
    names = ("oceanstor", "oceanstor_distributed", "fusioncompute", "backup_commvault", "backup_rubrik", "ibmc")
    specs = [spec(name, name=f"{name.replace('_', '-')}-1") for name in names]
    began = time.monotonic()
    with Lab(specs=specs) as lab:
        assert time.monotonic() - began < 20
        assert len({d.port for d in lab.devices.values()}) == len(names)
        for status in lab._estate.status().values():
            assert Path(status["certificate"]).is_file()
            assert len(status["fingerprint"]) == 64
        assert lab.state("ibmc-1")["product"]["host_name"] == "ibmc-1"
        lab.fault("ibmc-1", "fan_failed")
        assert lab.state("ibmc-1")["faults"] == {"fan_failed": True}
        assert lab.state("oceanstor-1")["tree"]["controller"]["data"][0]["ID"] == "0A"
        with pytest.raises(Exception, match="unknown fault"):
            lab.fault("ibmc-1", "fire")
