"""The pack's own script against a strict stand-in for Nacos: login, tokens, refusals, faults. Not a real Nacos."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from unit.app_node.script import ask, findings, views
from xunwei.words import Status

PASSWORD = 'invented&"1=% #'
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJpbnNwZWN0b3IifQ.aW52ZW50ZWQtc2lnbmF0dXJl"
# Of this machine: nothing called Nacos runs here.
ELSEWHERE = {"processes.running"}


class StandIn(ThreadingHTTPServer):
    """State that tests change; `seen`: requests as (path, with token)."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.auth, self.ready = True, True
        self.states = ["UP", "UP", "UP"]
        self.services = {"portal": (2, 2), "login": (3, 3)}
        self.tasks = 0
        self.seen: list[tuple[str, bool]] = []


class Handler(BaseHTTPRequestHandler):
    server: StandIn

    def log_message(self, *args: Any) -> None:
        """Quiet."""

    def answer(self, code: int, body: Any) -> None:
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self) -> None:
        words = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        good = self.path == "/nacos/v1/auth/login" and words == {"username": ["inspector"], "password": [PASSWORD]}
        self.answer(200 if good else 403, {"accessToken": TOKEN, "tokenTtl": 18000} if good else "unknown user!")

    def do_GET(self) -> None:
        path = urlsplit(self.path).path.removeprefix("/nacos")
        known = self.headers.get("accessToken") == TOKEN
        self.server.seen.append((path, known))
        if path.startswith("/v1/console/"):
            self.answer(*self.console(path))
        elif self.server.auth and not known:
            self.answer(403, {"status": 403, "error": "Forbidden"})
        else:
            self.answer(*self.data(path))

    def console(self, path: str) -> tuple[int, Any]:
        if path == "/v1/console/server/state":
            return 200, {"version": "2.2.3", "auth_enabled": str(self.server.auth).lower(), "startup_mode": "cluster"}
        if path in ("/v1/console/health/readiness", "/v1/console/health/liveness"):
            good = self.server.ready or path.endswith("liveness")
            return (200, "OK") if good else (500, "naming not in readiness")
        return 404, "not found"

    def data(self, path: str) -> tuple[int, Any]:
        if path == "/v1/core/cluster/nodes":
            rows = [
                {"address": f"192.0.2.{n}:8848", "state": s, "failAccessCnt": 0}
                for n, s in enumerate(self.server.states, 1)
            ]
            return 200, {"code": 200, "message": None, "data": rows}
        if path == "/v1/ns/operator/metrics":
            return 200, {
                "status": "UP",
                "serviceCount": 2,
                "raftNotifyTaskCount": self.server.tasks,
                "cpu": 0.1,
                "mem": 0.5,
            }
        if path == "/v1/ns/catalog/services":
            rows = [
                {"name": k, "groupName": "G", "ipCount": t, "healthyInstanceCount": h}
                for k, (t, h) in self.server.services.items()
            ]
            return 200, {"count": len(rows), "serviceList": rows}
        return (200, {}) if path in ("/v1/auth/users", "/v1/cs/configs") else (404, "not found")


@pytest.fixture
def server() -> Iterator[StandIn]:
    with StandIn() as one:
        thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield one
        one.shutdown()
        thread.join()


def given(server: StandIn, home: Path | None = None, **changed: str) -> dict[str, str]:
    return {
        "XW_NACOS_URL": f"http://127.0.0.1:{server.server_port}/nacos", "XW_NACOS_USER": "inspector", "XW_NACOS_PASSWORD": PASSWORD,
        "XW_NACOS_PROCESS": "no-such-process-here", "XW_NACOS_HOME": str(home or ""), **changed,
    }  # fmt: skip


def look(server: StandIn) -> set[str]:
    answers = ask("nacos", given(server), only=["health", "state", "cluster", "metrics", "services", "anonymous"])
    text = "".join(a.raw + a.reason for a in answers.values())
    assert TOKEN not in text
    assert PASSWORD not in text
    return findings("nacos", views("nacos", answers), time.time())


FAULTS: list[tuple[Callable[[StandIn], None], set[str]]] = [
    (lambda s: setattr(s, "ready", False), {"health.probes"}),
    (lambda s: setattr(s, "states", ["UP", "DOWN", "UP"]), {"cluster.nodes"}),
    (lambda s: setattr(s, "states", ["UP"]), {"cluster.size"}),
    (lambda s: setattr(s, "tasks", 5000), {"metrics.tasks"}),
    (lambda s: s.services.update(portal=(2, 0)), {"services.healthy", "services.ratio"}),
    (lambda s: s.services.update(portal=(1, 1)), {"services.single"}),
    (lambda s: setattr(s, "auth", False), {"anonymous.closed"}),
]


@pytest.mark.parametrize(("fault", "expected"), FAULTS)
def test_a_fault_is_found(server: StandIn, fault: Callable[[StandIn], None], expected: set[str]) -> None:
    assert look(server) == set()
    fault(server)
    assert look(server) == expected


def test_a_refused_login_and_nobody_there(server: StandIn) -> None:
    found = views("nacos", ask("nacos", given(server, XW_NACOS_PASSWORD="wrong")))
    assert {found[n].status for n in ("cluster", "metrics", "services")} == {Status.DENIED}
    assert found["state"].status is Status.COLLECTED
    gone = given(server) | {"XW_NACOS_URL": "http://127.0.0.1:9/nacos"}
    found = views("nacos", ask("nacos", gone))
    assert not {n for n, v in found.items() if v.status is Status.COLLECTED} - {
        "processes",
        "listening",
        "unit",
        "anonymous",
    }


def test_published_secrets_are_told_and_do_not_leave(server: StandIn, tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    properties = tmp_path / "conf" / "application.properties"
    text = (
        "nacos.core.auth.enabled=true\nspring.datasource.platform=mysql\ndb.password.0=invented-db-1\n"
        "nacos.core.auth.server.identity.key={k}\nnacos.core.auth.server.identity.value={v}\n"
        "nacos.core.auth.plugin.nacos.token.secret.key={t}\n"
    )
    properties.write_text(text.format(k="own-key", v="own-value", t="aW52ZW50ZWQta2V5LWludmVudGVkLWtleS1pbnZlbnRlZA=="))
    properties.chmod(0o600)
    answers = ask("nacos", given(server, tmp_path), only=["configuration", "files"])
    assert findings("nacos", views("nacos", answers), time.time()) == set()
    assert "invented-db-1" not in answers["configuration"].raw
    assert "own-value" not in answers["configuration"].raw
    assert "aW52" not in answers["configuration"].raw
    properties.write_text(
        text.format(
            k="serverIdentity", v="security", t="SecretKey012345678901234567890123456789012345678901234567890123456789"
        )
    )
    found = findings(
        "nacos", views("nacos", ask("nacos", given(server, tmp_path), only=["configuration"])), time.time()
    )
    assert found == {"configuration.token", "configuration.identity"}
