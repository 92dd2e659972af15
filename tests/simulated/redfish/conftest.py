"""A lab BMC in a thread, and a small strict HTTPS server for recorded trees."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import secrets
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.collect.redfish import Limits, Target, collect
from xunwei.lab import bmc
from xunwei.lab.tls import Identity, identity
from xunwei.model import Answer

USER, PASSWORD = "inspector", "lab-inspector-1"


@dataclass
class Ask:
    """A section as the collector sees it."""

    name: str
    ask: Any
    timeout: float = 10.0


@dataclass
class Device:
    """A server and how to reach it."""

    port: int
    certificate: Path
    fingerprint: str
    server: Any
    log: list[tuple[str, str, int]] = field(default_factory=list)

    def target(self, **changed: Any) -> Target:
        values = {"user": USER, "password": PASSWORD, "verify": str(self.certificate), "timeout": 5.0} | changed
        return Target("127.0.0.1", self.port, **values)

    def ask(self, *patterns: str, name: str = "s", limits: Limits | None = None, **changed: Any) -> Answer:
        [answer] = collect(
            self.target(**changed), [Ask(name, list(patterns))], deadline=time.monotonic() + 20, limits=limits
        )
        return answer

    def ask_all(self, names: list[str] | None = None, **changed: Any) -> dict[str, Answer]:
        """All sections of the pack (or those named)."""
        sections = packs.load("redfish").sections
        asked = [sections[n] for n in names or sections]
        found = collect(
            self.target(**changed), [Ask(s.name, s.asks, s.timeout) for s in asked], deadline=time.monotonic() + 60
        )
        return {answer.section: answer for answer in found}


@pytest.fixture(scope="session")
def lab_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder a test process: its certificate is made once."""
    return tmp_path_factory.mktemp("bmc")


@pytest.fixture
def lab_bmc(lab_folder: Path) -> Iterator[Callable[..., Device]]:
    """Start lab BMCs; they run on a loop in a thread and are closed at the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    running: list[bmc.Bmc] = []

    def start(**device: Any) -> Device:
        made = asyncio.run_coroutine_threadsafe(
            bmc.start({"name": "bmc-test-1", **device}, "127.0.0.1", 0, lab_folder), loop
        ).result(20)
        running.append(made)
        return Device(made.port, made.certificate, made.fingerprint, made, made.requests)

    yield start
    for one in running:
        asyncio.run_coroutine_threadsafe(one.close(), loop).result(20)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


Tree = dict[str, Any]


class _Handler(BaseHTTPRequestHandler):
    """GET of a tree with sessions; a str in the tree is sent as it is, an int is an HTTP status."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65536
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass

    def answer(self, status: int, body: Any, **headers: str) -> None:
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.server.log.append((self.command, self.path, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path != "/redfish/v1/SessionService/Sessions" or not self.server.sessions:
            self.answer(404, {"error": {"code": "Base.1.0.GeneralError", "message": "no"}})
        elif (body["UserName"], body["Password"]) != (USER, PASSWORD):
            self.answer(401, {"error": {"code": "Base.1.0.NoValidSession", "message": "no"}})
        else:
            token = secrets.token_hex(16)
            self.server.tokens.add(token)
            place = f"https://127.0.0.1{self.path}/1"
            self.answer(201, {"@odata.id": f"{self.path}/1"}, X_Auth_Token=token, Location=place)

    def do_DELETE(self) -> None:
        self.server.tokens.discard(self.headers.get("X-Auth-Token", ""))
        self.answer(204, "")

    def do_GET(self) -> None:
        path = self.path if self.path in self.server.tree else re.sub(r"(?<=.)/$", "", self.path)
        known = self.headers.get("X-Auth-Token") in self.server.tokens or self.headers.get("Authorization")
        if path not in ("/redfish/v1", "/redfish/v1/") and not known:
            self.answer(401, {"error": {"code": "Base.1.0.NoValidSession", "message": "no"}})
            return
        found = self.server.tree.get(path, 404)
        self.answer(found, {"error": {"code": "x", "message": "y"}}) if isinstance(found, int) else self.answer(
            200, found
        )


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, tree: Tree, sessions: bool, own: Identity) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.tree, self.sessions = tree, sessions
        self.tokens: set[str] = set()
        self.log: list[tuple[str, str, int]] = []
        self.socket = own.server_context().wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that refuse the certificate are part of the tests."""


@pytest.fixture
def tree_server(lab_folder: Path) -> Iterator[Callable[..., Device]]:
    """Serve a tree {path: resource | text | status}; `sessions=False`: a service without SessionService."""
    running: list[_Server] = []

    def start(tree: Tree, *, sessions: bool = True) -> Device:
        own = identity(lab_folder / "lab", "tree-test-1", "127.0.0.1")
        server = _Server(tree, sessions, own)
        running.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return Device(server.server_port, own.certificate, own.fingerprint, server, server.log)

    yield start
    for server in running:
        server.shutdown()
        with contextlib.suppress(OSError, ssl.SSLError):
            server.server_close()


def read_tree(folder: Path) -> Tree:
    """A DMTF mockup: every `index.json` at its folder's place under /redfish/v1."""
    tree: Tree = {}
    for path in folder.rglob("index.json"):
        place = path.parent.relative_to(folder).as_posix()
        tree["/redfish/v1" if place == "." else f"/redfish/v1/{place}"] = json.loads(path.read_text(encoding="utf-8"))
    return tree


@pytest.fixture(scope="session")
def mockup(fixtures_dir: Path) -> Tree:
    """DMTF's public-rackmount1."""
    return read_tree(fixtures_dir / "redfish" / "dmtf" / "public-rackmount1")


@pytest.fixture(scope="session")
def ibmc_answers(fixtures_dir: Path) -> list[tuple[str, dict[str, Any]]]:
    """Recorded iBMC answers as (file name, body)."""
    folder = fixtures_dir / "redfish" / "ibmc"
    return [(p.name, json.loads(p.read_text(encoding="utf-8"))) for p in sorted(folder.glob("*.json"))]
