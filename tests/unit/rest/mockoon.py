"""Replay of a Mockoon environment over HTTPS: its routes, and the first response whose rules hold."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from xunwei.lab.tls import identity
from xunwei.lab.web import Reply, WebDevice


class Mockoon(WebDevice):
    """One environment file."""

    def __init__(self, own: Any, environment: dict[str, Any]) -> None:
        super().__init__(own)
        prefix = environment.get("endpointPrefix", "").strip("/")
        self.routes = [
            (route["method"].upper(), _pattern(f"{prefix}/{route['endpoint']}".strip("/")), route["responses"])
            for route in environment["routes"]
        ]

    def reply(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        path, _, query = path.partition("?")
        for verb, pattern, responses in self.routes:
            if verb == method and pattern.fullmatch(path.strip("/")):
                return _response(responses, headers, parse_qs(query))
        return Reply(404, text="Not found", content_type="text/plain")


def _pattern(endpoint: str) -> re.Pattern[str]:
    return re.compile("/".join("[^/]+" if word.startswith(":") else re.escape(word) for word in endpoint.split("/")))


def _response(responses: list[dict[str, Any]], headers: dict[str, str], query: dict[str, list[str]]) -> Reply:
    chosen = next((r for r in responses if r["rules"] and _holds(r, headers, query)), None)
    chosen = chosen or next((r for r in responses if r.get("default")), responses[0])
    return Reply(int(chosen["statusCode"]), text=chosen["body"])


def _holds(response: dict[str, Any], headers: dict[str, str], query: dict[str, list[str]]) -> bool:
    results = []
    for rule in response["rules"]:
        name = rule["modifier"]
        found = headers.get(name.lower()) if rule["target"] == "header" else query.get(name, [None])[0]
        results.append((found == rule["value"]) != bool(rule.get("invert")))
    return all(results) if response.get("rulesOperator") == "AND" else any(results)


@contextmanager
def serve(device_of: Any, folder: Path) -> Iterator[WebDevice]:
    """Run the device that `device_of(identity)` makes on a loop in a thread."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    device: WebDevice = device_of(identity(folder, "replay-1", "127.0.0.1"))
    try:
        asyncio.run_coroutine_threadsafe(device.listen("127.0.0.1", 0), loop).result(20)
        yield device
    finally:
        asyncio.run_coroutine_threadsafe(device.close(), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def environment(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
