"""Kind `rest`: storage, virtualization and backup products that are asked over REST, each as strict as the real one.

A personality's device.yml says which `manners` (login, error objects: `xunwei.lab.rest_manners`) the product has, its
`tree` (path → resource) and its `faults`: name → list of changes. A change is
    {at: path in the tree, list: key of a list, where: {field: value}, set: {field: value}}     the matching records
    {at: …, set: {field: value}}                                                                the resource itself
    {at: …, list: …, add: record}
`$value` in a change is the fault's value (True: the `default` of the fault). Texts like `@epoch-3600`, `@ms+86400`,
`@iso-7200`, `@local-60`, `@text+5` become that moment: seconds from now as epoch, milliseconds, ISO 8601 UTC, the
product's local time `YYYY-MM-DD hh:mm:ss`, and epoch as text; `@date+86400` is that day.
"""

from __future__ import annotations

import asyncio
import copy
import datetime as dt
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from xunwei.lab.kinds import Device, Server, State
from xunwei.lab.rest_manners import MANNERS, Manners, Request
from xunwei.lab.tls import Identity, identity
from xunwei.lab.web import MAX_BODY, WEB_FAULTS, Reply, WebDevice

_ZONE = dt.timezone(dt.timedelta(hours=8))
_MOMENT = re.compile(r"@(epoch|ms|iso|local|text|date)([+-]\d+)")


class RestDevice(WebDevice):
    """One product."""

    def __init__(self, device: Device, own: Identity, clock: Callable[[], float] = time.time) -> None:
        super().__init__(own)
        self.device = device
        self.clock = clock
        self.changes: dict[str, Any] = device.state["faults"]
        self.known_faults = (*self.changes, "session_expired", *WEB_FAULTS)
        self.manners: Manners = MANNERS[device.state["manners"]](device.state)
        self.garbage = "<html><head><title>502 Bad Gateway</title></head></html>"
        for name, value in device.faults.items():
            self.set_fault(name, value)

    def set_fault(self, name: str, value: Any) -> None:
        """As WebDevice; `session_expired` ends all sessions once. Raises ValueError, also for a change that hits nothing."""
        if name == "session_expired" and value not in (None, False):
            self.manners.sessions.clear()
            return
        super().set_fault(name, value)

    def is_open(self, path: str) -> bool:
        """Logins and logouts work even when the rest is broken."""
        return self.manners.is_login(path)

    def state(self) -> State:
        """The tree as it is now, and the faults."""
        return {"tree": self.tree(), "faults": dict(self.faults)}

    def tree(self) -> dict[str, Any]:
        """All resources with faults and moments put in."""
        tree = copy.deepcopy(self.device.state["tree"])
        for name, value in self.faults.items():
            fault = self.changes.get(name)
            if fault is None:
                continue
            used = fault.get("default") if value is True else value
            for change in fault["changes"]:
                _change(tree, _with(change, used))
        found: dict[str, Any] = self._timed(tree)
        return found

    def reply(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """The answer, by the product's manners."""
        if len(body) > MAX_BODY:
            return Reply(413)
        path, _, query = unquote(path).partition("?")
        request = Request(method, path, query, headers, body)
        if self.manners.is_login(path):
            return self.manners.login(request, allowed="login_refused" not in self.faults)
        return self.manners.refusal(request) or self.manners.answer(request, self.tree())

    def _timed(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {k: self._timed(v) for k, v in value.items()}
        if isinstance(value, list):
            return [self._timed(v) for v in value]
        match = _MOMENT.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            return value
        return _moment(match.group(1), int(self.clock()) + int(match.group(2)))


async def start(
    devices: Sequence[Device], address: str, ports: Mapping[str, int], folder: Path
) -> Mapping[str, Server]:
    """Start all products; their certificates are kept as `folder/lab/<name>.pem`. Raises OSError, ValueError."""
    running: dict[str, Server] = {}
    try:
        for device in devices:
            own = await asyncio.to_thread(identity, folder / "lab", device.name, address)
            product = RestDevice(device, own)
            await product.listen(address, ports.get(device.name, 0))
            running[device.name] = product
    except BaseException:
        await asyncio.gather(*(server.close() for server in running.values()))
        raise
    return running


def _moment(form: str, when: int) -> Any:
    if form in ("epoch", "text"):
        return when if form == "epoch" else str(when)
    if form == "ms":
        return str(when * 1000)
    if form == "date":
        return dt.datetime.fromtimestamp(when, dt.UTC).strftime("%Y-%m-%d")
    if form == "iso":
        return dt.datetime.fromtimestamp(when, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return dt.datetime.fromtimestamp(when, _ZONE).strftime("%Y-%m-%d %H:%M:%S")


def _with(value: Any, used: Any) -> Any:
    """A change with the fault's value in place of `$value` and its kin (`_words`)."""
    if isinstance(value, dict):
        return {k: _with(v, used) for k, v in value.items()}
    if isinstance(value, list):
        return [_with(v, used) for v in value]
    if value == "$value":
        return used
    if isinstance(value, str) and "$" in value and isinstance(used, int | float):
        value = re.sub(r"\$of(\d+)", lambda m: str(int(int(m.group(1)) * used / 100)), value)
        for name, text in _words(used).items():
            value = value.replace(name, text)
    return value


def _words(used: float) -> dict[str, str]:
    """What stands for the fault's value in a text: as it is, as days from now; `$of400` is that many percent of 400."""
    return {
        "$text": str(used),
        "$days": f"{int(used * 86400):+d}",
        "$seconds": str(int(used * 86400)),
        "$ahead": f"{int(used):+d}",
        "$value": str(used),
    }


def _change(tree: dict[str, Any], change: dict[str, Any]) -> None:
    if change["at"] not in tree:
        raise ValueError(f"no resource {change['at']}")
    resource = tree[change["at"]]
    if "list" not in change:
        _set(resource, change["set"])
        return
    items: Any = resource
    for word in change["list"].split("."):
        items = items[int(word)] if isinstance(items, list) else items.setdefault(word, [])
    if "add" in change:
        items.append(copy.deepcopy(change["add"]))
        return
    chosen = [i for i in items if all(_field(i, k) == v for k, v in change.get("where", {}).items())]
    if not chosen:
        raise ValueError(f"nothing in {change['at']} is {change.get('where')}")
    for item in chosen:
        if change.get("remove"):
            items.remove(item)
        else:
            _set(item, change["set"])


def _field(item: Any, path: str) -> Any:
    for word in path.split("."):
        item = item.get(word) if isinstance(item, dict) else None
    return item


def _set(item: dict[str, Any], values: dict[str, Any]) -> None:
    for path, value in values.items():
        *way, last = path.split(".")
        place = item
        for word in way:
            place = place[word]
        place[last] = value
