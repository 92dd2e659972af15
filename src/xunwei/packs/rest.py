"""What the parsers of REST packs share: resources of an answer, records of a list with the line each was read from.

The answer is JSON, one value a line: {"<path>": resource, …} (see `xunwei.collect.rest`).
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from xunwei.packs.redfish.resources import Json, at, distinct, epoch, flag, line_map, number, record, text, whole, words
from xunwei.parse import Unparsed

FAILED = "@xunwei.failed"
CLIPPED = "@xunwei.clipped"
RECEIVED = "@xunwei.received"
__all__ = [
    "Book", "Item", "Json", "at", "certificate", "count", "distinct", "epoch", "flag", "moment", "number", "percent",
    "record", "text", "told", "whole", "word", "words",
]  # fmt: skip


class Item(NamedTuple):
    """One record of a list: its body, the resource it was in, and where."""

    body: Json
    path: str
    place: tuple[str | int, ...]
    book: Book

    def line(self, *keys: str) -> int | None:
        """Line of the first of these fields that is there, else of the record."""
        found = (self.book.line(*self.place, key) for key in keys)
        return next((n for n in found if n), self.book.line(*self.place))


class Book:
    """All resources of one section's answer that are there. Raises Unparsed for one that is broken, cut or unread."""

    def __init__(self, raw: str) -> None:
        try:
            data = json.loads(raw, parse_constant=_no_constant)
        except (ValueError, RecursionError) as exc:
            raise Unparsed(f"the answer is not JSON: {str(exc)[:80]}") from None
        if not isinstance(data, dict) or not data:
            raise Unparsed("the answer is not a map of resources")
        self.data: Json = {path: body for path, body in data.items() if _there(path, body)}
        self._lines = line_map(raw)

    def line(self, *place: str | int) -> int | None:
        """1-based line of a value, given as path and the keys and indexes below it."""
        return self._lines.get(place)

    def paths(self, pattern: str) -> list[str]:
        """Paths (without query) that match as a whole, in order; Unparsed when there is none."""
        found = [p for p in sorted(self.data) if re.fullmatch(pattern, p.partition("?")[0])]
        if not found:
            raise Unparsed(f"no answer to {pattern}")
        return found

    def one(self, pattern: str) -> tuple[str, Json]:
        """The one resource at a path."""
        path = self.paths(pattern)[0]
        body = self.data[path]
        if not isinstance(body, dict):
            raise Unparsed(f"{path} is not an object")
        return path, body

    def items(self, pattern: str, key: str, *, may_lack: bool = False) -> list[Item]:
        """Records of the list `key` of all resources at `pattern`. `may_lack`: no such key means an empty list."""
        found: list[Item] = []
        for path in self.paths(pattern):
            found += self._items(path, key, may_lack)
        return found

    def _items(self, path: str, key: str, may_lack: bool) -> list[Item]:
        place: tuple[str | int, ...] = (path,)
        value: Any = self.data[path]
        for step in key.split(".") if key else ():
            if not isinstance(value, dict):
                raise Unparsed(f"{path} is not an object")
            value, place = value.get(step), (*place, step)
        if value is None and may_lack:
            return []
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise Unparsed(f"{path}: {key or 'the answer'} is not a list of objects")
        return [Item(v, path, (*place, i), self) for i, v in enumerate(value)]


def _there(path: str, body: Any) -> bool:
    """Whether a resource is there: not one that the product does not have. Unparsed for one that is there but unread."""
    if isinstance(body, dict) and CLIPPED in body:
        raise Unparsed(f"the list {path} is not complete")
    failed = body.get(FAILED) if isinstance(body, dict) else None
    if isinstance(failed, dict) and failed.get("kind") == "unsupported":
        return False
    if failed is not None:
        why = failed.get("reason") if isinstance(failed, dict) else None
        raise Unparsed(f"{path}: {why if isinstance(why, str) else 'not read'}")
    return True


def told(body: Json, key: str) -> str:
    """A text that must be there."""
    value = word(body, key)
    if value is None:
        raise Unparsed(f"{key} is not in the answer")
    return value


def word(data: Json, key: str) -> str | None:
    """A text, or a whole number as one (services give both); None when missing, null, blank or `--`."""
    value = data.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    found = text(data, key)
    return None if found == "--" else found


def count(data: Json, key: str) -> int | None:
    """A whole number, given as one or as text; None when missing, blank, `--` or negative (= not known)."""
    value = word(data, key)
    if value is None or re.fullmatch(r"-\d{1,18}", value):
        return None
    if not re.fullmatch(r"\d{1,19}", value):
        raise Unparsed(f"{key} is not a count: {value[:40]!r}")
    return int(value)


def percent(part: float | None, total: float | None) -> float | None:
    """`part` of `total` in percent, None when one is not known or there is no total."""
    if part is None or not total:
        return None
    return round(100.0 * part / total, 1)


def moment(data: Json, key: str, *, thousandth: bool = False) -> int | None:
    """Epoch seconds, given as number or text of digits (`thousandth`: milliseconds); 0 and negative: None."""
    value = count(data, key)
    if not value:
        return None
    return value // 1000 if thousandth else value


def certificate(raw: str) -> dict[str, Any]:
    """Facts of the HTTPS certificate (`tls:certificate`); times in epoch seconds."""
    book = Book(raw)
    path, body = book.one("tls:certificate")
    begin, end = epoch(told(body, "not_before")), epoch(told(body, "not_after"))
    if begin is None or end is None:
        raise Unparsed("a validity without a time zone")
    lines = {key: line for key in ("not_after", "key_bits") if (line := book.line(path, key))}
    return {
        "subject": told(body, "subject"),
        "issuer": told(body, "issuer"),
        "names": words(body, "names") or [],
        "not_before": begin,
        "not_after": end,
        "self_signed": flag(body, "self_signed"),
        "key": told(body, "key"),
        "key_bits": whole(body, "key_bits"),
        "tls_version": told(body, "tls_version"),
        "_lines": lines,
    }


def _no_constant(value: str) -> float:
    raise ValueError(f"{value} is not JSON")
