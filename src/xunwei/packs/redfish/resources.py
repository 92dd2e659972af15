"""Read Redfish answers strictly: `{"<path>": resource, …}` as the collector gives them (DMTF DSP0268 schemas).

A value of an unexpected type, a health word that is none of the standard's, or an answer that was cut off raises
Unparsed. What a device leaves out or gives as null stays null: not seen is never healthy.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from xunwei.parse import Unparsed

Json = dict[str, Any]
FAILED = "@xunwei.failed"
RECEIVED = "@xunwei.received"
CLIPPED = "?clipped"
HEALTH = ("OK", "Warning", "Critical")
_OEM = ("Huawei", "xFusion", "Public")  # one firmware family, three names of its vendor block
_KEY = re.compile(r'("(?:[^"\\]|\\.)*"): ')
Place = tuple[str | int, ...]


class Resource(NamedTuple):
    """One resource of an answer. `failed` says why it could not be read ('' when it was)."""

    path: str
    body: Json
    failed: str
    line: int | None

    @property
    def kind(self) -> str:
        """The schema's name from `@odata.type`: `#Drive.v1_1_0.Drive` → `Drive`; '' when there is none."""
        match = re.match(r"#?([A-Za-z]+)\.", text(self.body, "@odata.type") or "")
        return match.group(1) if match else ""

    @property
    def last(self) -> str:
        """The last word of the path; the whole path of what could not be read."""
        return self.path if self.failed else self.path.rstrip("/").rpartition("/")[2]


class Book:
    """All resources of one section's answer, with the line each was read from."""

    def __init__(self, raw: str, *, clips: bool = False) -> None:
        """`clips`: whether the section can do with a list that was cut short; others are Unparsed then."""
        try:
            data = json.loads(raw, parse_constant=_no_constant)
        except (ValueError, RecursionError) as exc:
            raise Unparsed(f"the answer is not JSON: {str(exc)[:80]}") from None
        if not isinstance(data, dict) or not data:
            raise Unparsed("the answer is not a map of resources")
        self._lines = line_map(raw)
        self.clips = {k.removesuffix(CLIPPED): _record(v, k) for k, v in data.items() if k.endswith(CLIPPED)}
        if self.clips and not clips:
            raise Unparsed(f"the list {min(self.clips)} is not complete")
        self.resources = [self._resource(path, data[path]) for path in sorted(data) if not path.endswith(CLIPPED)]

    def _resource(self, path: str, value: Any) -> Resource:
        body = _record(value, path)
        failed = record(body, FAILED)
        why = text(failed, "reason") or "not read" if failed else ""
        if failed and text(failed, "kind") == "unparsed":
            raise Unparsed(f"{path}: {why}")
        return Resource(path, body, why, self.line(path))

    def line(self, *place: str | int) -> int | None:
        """1-based line of a value, given as path and the keys and indexes below it."""
        return self._lines.get(place)

    def only(self, *kinds: str) -> Book:
        """This book, when every resource read is of these schemas; else Unparsed."""
        for resource in self.resources:
            if not resource.failed and resource.kind not in kinds:
                raise Unparsed(f"{resource.path} is a {resource.kind or 'resource without type'}, not {kinds[0]}")
        return self

    def of(self, *kinds: str) -> list[Resource]:
        """The resources of these schemas that were read and are there: empty slots are left out."""
        return [r for r in self.resources if not r.failed and r.kind in kinds and not absent(r.body)]

    def unread(self, pattern: str = "") -> list[Resource]:
        """The resources that could not be read, those whose path matches. Their facts are all null."""
        return [r for r in self.resources if r.failed and re.search(pattern, r.path)]

    def members(self, *kinds: str) -> list[Resource]:
        """Resources of a list section, in order of path: read or not."""
        return sorted([*self.of(*kinds), *self.unread()], key=lambda r: r.path)

    def embedded(self, resource: Resource, key: str) -> Iterator[tuple[Json, int | None]]:
        """Records of a list property with the line that names them; absent ones are left out."""
        for index, value in enumerate(records(resource.body, key) or []):
            if not absent(value):
                place = (resource.path, key, index)
                telling = (("Name",), ("Status", "Health"), ("Status", "State"), ())
                yield value, next((n for t in telling if (n := self.line(*place, *t))), None)


def line_map(raw: str) -> dict[Place, int]:
    """Line of every value in JSON text that is indented by one blank a level, keyed by its place."""
    found: dict[Place, int] = {}
    stack: list[str | int] = []
    counts: dict[Place, int] = {}
    for number, line in enumerate(raw.splitlines(), start=1):
        body = line.lstrip(" ")
        depth = len(line) - len(body)
        if depth == 0 or not body or body[0] in "}]" or depth > len(stack) + 1:
            continue
        parent = tuple(stack[: depth - 1])
        match = _KEY.match(body)
        step: str | int = json.loads(match.group(1)) if match else counts.get(parent, 0)
        if not match:
            counts[parent] = counts.get(parent, 0) + 1
        stack[depth - 1 :] = [step]
        found[tuple(stack)] = number
    return found


def at(facts: Json, line: int | None) -> Json:
    """`facts` with the line they were read from."""
    return {**facts, "_line": line} if line else facts


def distinct(items: list[Json]) -> list[Json]:
    """The same items, with a number behind a name that came before: a name is what a finding is known by."""
    seen: dict[str, int] = {}
    for item in items:
        name = item["name"]
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            item["name"] = f"{name} #{seen[name]}"
    return items


def text(data: Json, key: str) -> str | None:
    """A string, None when missing, null or blank."""
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Unparsed(f"{key} is not text: {str(value)[:40]!r}")
    return value.strip() or None


def word(data: Json, key: str) -> str | None:
    """A string, or a whole number as one (slots and sockets are given both ways)."""
    value = data.get(key)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else text(data, key)


def number(data: Json, key: str) -> float | None:
    """A finite number, None when missing or null."""
    value = data.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
        raise Unparsed(f"{key} is not a number: {str(value)[:40]!r}")
    return float(value)


def whole(data: Json, key: str) -> int | None:
    """A whole number that is not negative, None when missing or null."""
    value = number(data, key)
    if value is None:
        return None
    if value < 0 or value != int(value):
        raise Unparsed(f"{key} is not a count: {value}")
    return int(value)


def flag(data: Json, key: str) -> bool | None:
    """True or false, None when missing or null."""
    value = data.get(key)
    if value is not None and not isinstance(value, bool):
        raise Unparsed(f"{key} is not true or false: {str(value)[:40]!r}")
    return value


def record(data: Json, key: str) -> Json:
    """An object, {} when missing or null."""
    value = data.get(key)
    return {} if value is None else _record(value, key)


def records(data: Json, key: str) -> list[Json] | None:
    """A list of objects, None when missing or null."""
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, list):
        raise Unparsed(f"{key} is not a list")
    return [_record(v, key) for v in value]


def words(data: Json, key: str) -> list[str] | None:
    """A list of strings, None when missing or null."""
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise Unparsed(f"{key} is not a list of texts")
    return value


def vendor(data: Json) -> Json:
    """The vendor's own block: `Oem.Huawei` (and its later names), {} when there is none."""
    oem = record(data, "Oem")
    return next((record(oem, name) for name in _OEM if oem.get(name) is not None), {})


def health(data: Json, key: str = "Health") -> str | None:
    """`Status.Health` (or HealthRollup): OK, Warning, Critical, or None when not told."""
    value = text(record(data, "Status"), key)
    if value is not None and value not in HEALTH:
        raise Unparsed(f"Status.{key} is no known word: {value[:40]!r}")
    return value


def state(data: Json) -> str | None:
    """`Status.State`, None when not told."""
    return text(record(data, "Status"), "State")


def absent(data: Json) -> bool:
    """Whether the part is not there: an empty slot."""
    return state(data) == "Absent"


def label(data: Json, fallback: str) -> str:
    """What people call the part: its name, else its id, else the end of its path."""
    return text(data, "Name") or text(data, "Id") or word(data, "MemberId") or fallback


def epoch(value: str | None, zone: str | None = None) -> int | None:
    """Epoch seconds of a Redfish date-time; `zone` (`+08:00`) helps when it has none; None when that is not enough."""
    if value is None:
        return None
    joined = value if re.search(r"(Z|[+-]\d\d:?\d\d)$", value) else f"{value}{zone or ''}"
    try:
        moment = dt.datetime.fromisoformat(joined.replace("Z", "+00:00"))
        seconds = moment.timestamp() if moment.tzinfo else None
    except (ValueError, OverflowError):
        raise Unparsed(f"not a date and time: {value[:40]!r}") from None
    return None if seconds is None else int(seconds)


def _record(value: Any, what: str) -> Json:
    if not isinstance(value, dict):
        raise Unparsed(f"{what} is not an object")
    return value


def _finite(value: float) -> bool:
    return abs(value) < 1e18 and math.isfinite(value)


def _no_constant(value: str) -> float:
    raise ValueError(f"{value} is not JSON")
