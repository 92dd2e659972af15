"""What all DeviceManager objects have in common: status words, error object, capacities in sectors.

Status codes by the REST Interface References of OceanStor (Dorado 6.1, V700R001C10 and their V3/V5 predecessors). A
code no reference lists, 0 (unknown) and `--` come out as null: they are not judged, neither good nor bad.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from xunwei.packs.rest import Book, Item, Json, at, count, distinct, percent, record, told, word
from xunwei.parse import Unparsed

HEALTH = {
    "1": "normal", "2": "faulty", "3": "about to fail", "4": "partially damaged", "5": "degraded",
    "7": "bit errors", "9": "inconsistent", "11": "no input", "12": "low battery", "14": "invalid",
    "15": "write-protected", "17": "single link", "18": "offline",
}  # fmt: skip
RUNNING = {
    "1": "normal", "2": "running", "3": "not running", "5": "sleep in high temperature", "8": "spin down",
    "10": "link up", "11": "link down", "12": "powering on", "13": "powered off", "14": "pre-copy",
    "16": "rebuilding", "23": "synchronizing", "25": "unsynchronized", "26": "split", "27": "online",
    "28": "offline", "30": "enabled", "31": "disabled", "32": "balancing", "33": "to be recovered",
    "34": "interrupted", "35": "invalid", "37": "queuing", "41": "paused", "43": "activated", "44": "rolling back",
    "45": "inactive", "46": "idle", "47": "powering off", "48": "charging", "49": "charged", "50": "discharging",
    "51": "upgrading", "53": "initializing", "74": "migration fault", "89": "overloaded", "93": "forcibly started",
    "94": "faulty", "100": "to be synchronized", "101": "connecting", "103": "power-on failed", "105": "abnormal",
    "106": "deleting", "110": "standby", "112": "rollback failure", "114": "erasing", "115": "verifying",
    "118": "air gap link down",
}  # fmt: skip
SECTOR = 512
_BASE = r"/deviceManager/rest/[^/]+/"
Maker = Callable[[Json], Json]


def objects(raw: str, name: str, kind: int, maker: Maker, *, must: bool = False) -> list[Json]:
    """All objects of `GET <name>` as facts: id, name and status, and what `maker` reads.

    `kind`: the TYPE number of the object; another one is not understood. `must`: a device always has some.
    """
    book = Book(raw)
    found = [_object(item, kind, maker) for item in listed(book, name)]
    if must and not found:
        raise Unparsed(f"no {name} in the answer")
    return distinct(found)


def listed(book: Book, name: str) -> list[Item]:
    """Records of `data`; an empty list is left out by some releases."""
    for path in book.paths(_BASE + name):
        checked(book.data[path], path)
    return book.items(_BASE + name, "data", may_lack=True)


def single(raw: str, name: str) -> tuple[Book, str, Json, Json]:
    """(book, path, whole answer, its `data`) of an answer about one thing."""
    book = Book(raw)
    path, body = book.one(_BASE + name)
    checked(body, path)
    data = body.get("data")
    if isinstance(data, list):
        data = data[0] if len(data) == 1 else None
    if not isinstance(data, dict) or not data:
        raise Unparsed(f"{path}: no data")
    return book, path, body, data


def checked(body: Any, path: str) -> None:
    """Raises Unparsed unless the answer says of itself that it is good."""
    code = word(record(body, "error"), "code") if isinstance(body, dict) else None
    if code != "0":
        raise Unparsed(f"{path}: error {code}")


def nothing(_: Json) -> Json:
    """A maker for objects of which only the status is read."""
    return {}


def status(body: Json, key: str, words: dict[str, str]) -> str | None:
    """The word of a status code."""
    return words.get(word(body, key) or "")


def label(body: Json) -> str:
    """What people call it: where it is, else its name, else its id. Text is HTML-escaped by the device."""
    own = word(body, "ID")
    if own is None:
        raise Unparsed("an object without ID")
    return html.unescape(word(body, "LOCATION") or word(body, "NAME") or own)


def named(body: Json) -> str:
    """Name first: for things that people name."""
    own = told(body, "ID")
    return html.unescape(word(body, "NAME") or own)


def size(body: Json, key: str, sector: int = SECTOR) -> int | None:
    """Bytes of a capacity given in sectors of `SECTORSIZE`, or of 512 bytes."""
    sectors = count(body, key)
    return None if sectors is None else sectors * (count(body, "SECTORSIZE") or sector)


def used(body: Json, part: str, total: str) -> float | None:
    """Percent of one capacity in another."""
    return percent(count(body, part), count(body, total))


def _object(item: Item, kind: int, maker: Maker) -> Json:
    body = item.body
    told_kind = word(body, "TYPE")
    if told_kind is not None and told_kind != str(kind):
        raise Unparsed(f"an object of type {told_kind}, not {kind}")
    facts = {
        "name": label(body),
        "health": status(body, "HEALTHSTATUS", HEALTH),
        "running": status(body, "RUNNINGSTATUS", RUNNING),
    }
    return at({**facts, **maker(body)}, item.line("HEALTHSTATUS", "RUNNINGSTATUS", "ID"))
